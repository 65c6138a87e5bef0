"""The targets as equations of the weights: what coefficients give for each, and how it would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.calibrate.sample import Sample
from simulate.calibrate.targets import Target, admitted_rounds, look_at, targets_of
from synthetic_data import published
from synthetic_data.population.careers import Careers, cutoffs

Column = NDArray[Any]
Floats = NDArray[np.float64]

_QUALITY = {"checked": 0.01, "unofficial": 0.02, "interpolated": 0.06}
_APPLICANTS = {2020: 0.02, 2021: 0.02}
"""Rounds whose number of applicants is fitted, and how far it may be off; before 2020 many came in vain."""


@dataclass(frozen=True)
class Block:
    """Hold the equations of one group of people: the admitted of a round, or its pool in order of points.

    Attributes:
        round: the round.
        rows: places in the sample.
        values: a row a target, a column a person; for a pool, up to which person each target counts.
        targets: the targets.

    """

    round: int
    rows: Column
    values: Column
    targets: tuple[Target, ...]

    @property
    def in_order(self) -> bool:
        """Whether targets count everybody up to some place."""
        return self.values.ndim == 1


def blocks(careers: Careers, origin: int) -> Iterator[Block]:
    """Yield the equations of every round up to the origin."""
    admitted = admitted_rounds(careers, origin)
    for year in cutoffs(origin):
        rows = np.flatnonzero(admitted == year)
        found = tuple(targets_of(look_at(careers, rows, year)))
        values = np.stack([one.values for one in found]).astype(np.float64)
        yield Block(year, rows, values, found)
    for year in _APPLICANTS:
        if year <= origin:
            yield _pool(careers, admitted, year)


def _pool(careers: Careers, admitted: Column, year: int) -> Block:
    """Count the pool of a round: everybody, and for 2020 those with at least so many points."""
    applies = careers.eligible[year] & (careers.lives.applies_from <= year)
    rows = np.flatnonzero(applies & ((admitted == 0) | (admitted >= year)))
    rows = rows[np.argsort(-careers.totals[year][rows].astype(np.int32), kind="stable")]
    totals = -careers.totals[year][rows].astype(np.int32)
    everybody = int(published.rounds().filter(published.rounds()["round"] == year)["applicants"][0])
    found = [Target("applicants", year, rows[:0], everybody, _APPLICANTS[year] * everybody)]
    places = [rows.size]
    if year == 2020:
        for total, people, quality in published.pool_2020().iter_rows():
            name = f"pool from {total / 100:g} ({quality})"
            found.append(Target(name, year, rows[:0], people, _QUALITY[quality] * people))
            places.append(int(np.searchsorted(totals, -total, side="right")))
    order = np.argsort(places, kind="stable")
    return Block(year, rows, np.array(places)[order], tuple(found[place] for place in order))


class Equations:
    """Give every target for some coefficients, and the slopes.

    Attributes:
        sample: the people.
        targets: in order.
        published: of each target, in its unit.
        spread: of each target.

    """

    def __init__(self, sample: Sample, *, origin: int) -> None:
        self.sample = sample
        self._blocks = [
            (
                block,
                sample.traits[block.rows],
                sample.log_draw[block.rows],
                _rounds_waited(sample.careers, block),
            )
            for block in blocks(sample.careers, origin)
        ]
        self.targets = tuple(target for block, *_ in self._blocks for target in block.targets)
        self.published = np.array([one.published for one in self.targets], np.float64)
        self.spread = np.array([one.spread for one in self.targets], np.float64)

    def __call__(self, coefficients: Floats, leaves: float) -> tuple[Floats, Floats]:
        """Return the targets and their slopes by each coefficient, if a share leaves after each round."""
        given, slopes = [], []
        for block, traits, log_draw, waited in self._blocks:
            weights = np.exp(np.clip(traits @ coefficients + log_draw, -40, 12)) * (1 - leaves) ** waited
            if block.in_order:
                sums = np.concatenate([[0.0], np.cumsum(weights)])
                given.append(sums[block.values])
                slopes.append(_cumulated(weights, traits, block.values))
            else:
                given.append(block.values @ weights)
                slopes.append((block.values * weights) @ traits)
        return np.concatenate(given), np.concatenate(slopes)


def _rounds_waited(careers: Careers, block: Block) -> Column:
    return np.clip(block.round - careers.ready_from[block.rows].astype(np.int32), 0, None)


def _cumulated(weights: Floats, traits: Floats, places: Column) -> Floats:
    """Sum weighted traits up to each place."""
    starts = np.concatenate([[0], places[:-1]])
    steps = [weights[start:end] @ traits[start:end] for start, end in zip(starts, places, strict=True)]
    return np.cumsum(steps, axis=0)
