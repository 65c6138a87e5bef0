"""The errors of experiments: a specification that cannot be, and a folder that cannot be used."""

from __future__ import annotations

from scoring.errors import JifenError


class ExperimentError(JifenError):
    """Refuse an experiment that cannot be run as it is written, saying where and what would do."""


class ResultsError(JifenError):
    """Refuse a folder: it holds other results, or none, or a run that another experiment began."""


class Stopped(JifenError):
    """Say that a run stopped before its end; what was finished is kept and can be resumed."""
