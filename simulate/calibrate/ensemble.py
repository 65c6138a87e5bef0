"""The ensemble: populations that fit about equally well, each from a prior and published numbers drawn anew.

Each member draws what is thought before (the middle of every coefficient and what is not identified), moves
every published number by its own uncertainty, and then fits (randomise, then optimise). Where the published
numbers say much, members agree; where they say little, members differ as the prior does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError
from simulate.calibrate.equations import Equations
from simulate.calibrate.fit import fit
from simulate.calibrate.future import Future
from simulate.calibrate.priors import draw_future, draw_leaves

Floats = NDArray[np.float64]

FOLDER = Path(__file__).parent / "ensembles"
CLOSE = 0.1
"""Members stop at a coarser step than the main fit, still far below what tells them apart."""
_DIGITS = 3


class NoEnsemble(JifenError):
    """Refuse an origin for which no ensemble was calibrated."""


@dataclass(frozen=True)
class Member:
    """Hold a member: coefficients by trait, what it assumes of the future, its distance from the targets."""

    coefficients: Mapping[str, float]
    future: Future
    distance: float

    def vector(self, names: Sequence[str]) -> Floats:
        """Return the coefficients in the order of some traits; a trait it does not know has none."""
        return np.array([self.coefficients.get(name, 0.0) for name in names])


def draw_member(equations: Equations, start: Floats, *, seed: int, origin: int, number: int) -> Member:
    """Draw and fit one member; which others are drawn makes no difference.

    Args:
        equations: the targets.
        start: coefficients of the main fit.
        seed: 0 or more.
        origin: the last round that is known.
        number: of the member.

    """
    sequence = np.random.SeedSequence(seed, spawn_key=(origin, number))
    random = np.random.Generator(np.random.PCG64DXSM(sequence))
    sample = equations.sample
    leaves = draw_leaves(random)
    away = random.standard_normal(sample.spread.size)
    away[0] = 0.0
    found = fit(
        equations,
        leaves=leaves,
        start=start,
        prior=sample.mean + away * sample.spread,
        noise=random.standard_normal(equations.spread.size),
        close=CLOSE,
    )
    coefficients = dict(zip(sample.names, np.round(found.coefficients, _DIGITS).tolist(), strict=True))
    future = draw_future(random, coefficients, leaves=leaves, origin=origin)
    given, _ = equations(found.coefficients, leaves)
    off = (given - equations.published) / equations.spread
    return Member(coefficients, future, float(np.sqrt(np.mean(off**2))))


def to_csv(members: Sequence[Member]) -> str:
    """Write an ensemble, a line a member."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    first = members[0]
    lines.writerow(
        ["distance", "leaves", "tax_begins", "tax_ends", "moves"]
        + [f"late:{year}" for year in first.future.late]
        + list(first.coefficients)
    )
    for one in members:
        assumed = one.future
        numbers = [one.distance, assumed.leaves, assumed.tax_begins, assumed.tax_ends, assumed.moves]
        lines.writerow(
            [f"{number:.4f}" for number in (*numbers, *assumed.late.values())]
            + [f"{number:.{_DIGITS}f}" for number in one.coefficients.values()]
        )
    return text.getvalue()


def from_csv(text: str) -> tuple[Member, ...]:
    """Read an ensemble."""
    return tuple(_member(line) for line in csv.DictReader(io.StringIO(text)))


def _member(line: Mapping[str, str]) -> Member:
    numbers = {name: float(number) for name, number in line.items()}
    distance = numbers.pop("distance")
    late = {int(name[5:]): numbers.pop(name) for name in list(numbers) if name.startswith("late:")}
    assumed = {name: numbers.pop(name) for name in ("leaves", "tax_begins", "tax_ends", "moves")}
    return Member(numbers, Future(**assumed, late=late), distance)


def load(origin: int) -> tuple[Member, ...]:
    """Return the ensemble calibrated with the data up to a round.

    Raises:
        NoEnsemble: there is none.

    """
    path = FOLDER / f"ensemble-{origin}.csv"
    if not path.exists():
        there = ", ".join(sorted(one.stem.removeprefix("ensemble-") for one in FOLDER.glob("ensemble-*.csv")))
        raise NoEnsemble(f"no ensemble is calibrated with the data up to {origin}; there are: {there}")
    return from_csv(path.read_text("utf-8"))
