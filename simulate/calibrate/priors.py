"""What is thought before the fit, and drawn anew for each member of the ensemble; see ``priors.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.calibrate.future import HORIZON, Future

Floats = NDArray[np.float64]


@cache
def priors() -> Mapping[str, Mapping[str, Any]]:
    """Return the priors by name."""
    return tomllib.loads((Path(__file__).parent / "priors.toml").read_text("utf-8"))


def draw_leaves(random: np.random.Generator) -> float:
    """Draw the share who leave after each round."""
    prior = priors()["leaves"]
    drawn = prior["median"] * np.exp(prior["spread"] * random.standard_normal())
    return float(np.clip(drawn, prior["low"], prior["high"]))


def draw_future(
    random: np.random.Generator, effects: Mapping[str, float], *, leaves: float, origin: int
) -> Future:
    """Draw what is assumed of the years after the origin.

    Args:
        random: where chance comes from.
        effects: the fitted coefficients by trait.
        leaves: the share who leave, as fitted with.
        origin: the last round that is known.

    """
    tax_begins = _recent("tax_begins", effects, origin) + _normal("tax_begins", random)
    tax_ends = np.log(priors()["tax_ends"]["median"]) + _normal("tax_ends", random)
    moves = _recent("moves", effects, origin) + _normal("moves", random)
    late = priors()["late"]
    level = late["lasting"] * effects.get(f"late.{origin}", 0.0) + late["level"] * random.standard_normal()
    drift = late["drift"] * random.standard_normal()
    years = range(origin + 1, HORIZON + 1)
    noise = late["noise"] * random.standard_normal(len(years))
    return Future(
        leaves=leaves,
        tax_begins=float(np.exp(tax_begins)),
        tax_ends=float(np.exp(tax_ends)),
        moves=float(np.exp(moves)),
        late={
            year: float(np.exp(level + drift * (year - origin) + one))
            for year, one in zip(years, noise, strict=True)
        },
    )


def _normal(name: str, random: np.random.Generator) -> float:
    return float(priors()[name]["spread"] * random.standard_normal())


def _recent(name: str, effects: Mapping[str, float], origin: int) -> float:
    years = priors()[name]["years"]
    return float(np.mean([effects[f"{name}.{year}"] for year in range(origin - years, origin)]))
