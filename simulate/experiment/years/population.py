"""What is uncertain of people over the years: how lives run, and what people do in and between rounds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from scoring.nearest import did_you_mean
from simulate.experiment.errors import ExperimentError
from simulate.queue.behaviour import behaviour
from synthetic_data.population import Parameters
from synthetic_data.population.parameters import Parameter

POPULATION = "population."
_IDLE = "checking."
"""Rates of a round's own funnel, which the queue over the years does not look at."""


@cache
def varied() -> dict[str, Parameter]:
    """Return every parameter that may be uncertain, by its name in an experiment: those that are a number."""
    every = {**Parameters.load(), **behaviour()}
    return {
        f"{POPULATION}{path}": parameter
        for path, parameter in every.items()
        if not isinstance(parameter.value, tuple) and not path.startswith(_IDLE)
    }


def parameter_of(name: str) -> Parameter:
    """Return the parameter that an uncertainty is called after.

    Raises:
        ExperimentError: there is none (the nearest is named), or it is no number that the queue looks at.

    """
    if name in varied():
        return varied()[name]
    path = name.removeprefix(POPULATION)
    if path in Parameters.load():
        raise ExperimentError(f"{name} is a list of weights, and an uncertainty is one number")
    if path in behaviour():
        raise ExperimentError(f"{name} changes nothing here: the queue over the years does not look at it")
    raise ExperimentError(f"no uncertainty is called {name!r}{did_you_mean(name, varied())}")


def parted(values: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Part values by name into those of lives and those of rates, each by its own path."""
    lives = Parameters.load()
    by_path = {name.removeprefix(POPULATION): value for name, value in values.items()}
    return (
        {path: value for path, value in by_path.items() if path in lives},
        {path: value for path, value in by_path.items() if path not in lives},
    )
