"""Experiments: what varies, over which cohort, and what came of it.

An experiment is a TOML file. `Experiment.load` checks it, `run` answers it and saves a folder that carries
its own specification, and `Result` reads that folder again. One with ``years`` follows the queue of a
synthetic population for so many rounds (`simulate.experiment.years`).
"""

from simulate.experiment.errors import ExperimentError, ResultsError, Stopped
from simulate.experiment.experiment import Experiment
from simulate.experiment.result import Result
from simulate.experiment.run import run

__all__ = ["Experiment", "ExperimentError", "Result", "ResultsError", "Stopped", "run"]
