"""The pool of a round: who applies, once those admitted in earlier rounds have gone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.errors import JifenError
from scoring.rulebook import Rulebook
from synthetic_data import published
from synthetic_data.population.chance import BLOCK
from synthetic_data.population.draw import draw
from synthetic_data.population.lives import Lives
from synthetic_data.population.parameters import Parameters
from synthetic_data.population.points import reaches

DRAWN_AT_ONCE = 8 * BLOCK
"""People drawn at a time: as many as memory holds beside what is made of them."""


_DRAWN_FOR_ONE = 4
LEAST_SHARE = 1_000
"""One in so many people must apply, or the population is of another time."""


class NobodyApplies(JifenError):
    """Refuse a round in which next to nobody of the population applies."""


def pool_parts(
    parameters: Parameters, *, round_year: int, size: int, seed: int, at_once: int = DRAWN_AT_ONCE
) -> Iterator[Lives]:
    """Draw people until *size* of them are in the pool of a round, and give these out part by part.

    The pool is the same in whatever parts it comes, and a smaller one is the beginning of a larger one.

    Args:
        parameters: how lives run.
        round_year: the year of the round.
        size: how many applicants.
        seed: 0 or more.
        at_once: how many people are drawn at a time at most, of whom some are in the pool.

    Raises:
        NobodyApplies: next to nobody of the population applies in that year.

    """
    found, first = 0, 0
    at_once = min(at_once, BLOCK * -(-_DRAWN_FOR_ONE * size // BLOCK))
    while found < size:
        lives = draw(parameters, size=at_once, seed=seed, first=first)
        part = lives.take(applying(lives, round_year))
        first += at_once
        part = part.take(slice(0, size - found))
        found += len(part)
        if found < size and found * LEAST_SHARE < first and first >= DRAWN_AT_ONCE:
            raise NobodyApplies(f"hardly anybody of the population applies in the round of {round_year}")
        if len(part):
            yield part


def applying(lives: Lives, round_year: int) -> NDArray[np.bool_]:
    """Say who applies in a round: they would, and were not admitted in a round before.

    Who was admitted follows from the published cutoffs, and for rounds without one is not known here.
    """
    would = (lives.applies_from <= round_year) & (round_year <= lives.leaves_after)
    rows = np.flatnonzero(would)
    before = published.rounds().filter(pl.col("round") < round_year).select("round", "rulebook", "cutoff")
    for earlier, rulebook, cutoff in before.iter_rows():
        if rows.size:
            rows = rows[~admitted(lives.take(rows), earlier, Rulebook.load(rulebook), cutoff=cutoff)]
    there = np.zeros(len(lives), np.bool_)
    there[rows] = True
    return there


def admitted(lives: Lives, round_year: int, rules: Rulebook, *, cutoff: int) -> NDArray[np.bool_]:
    """Say who applied in a round and reached its cutoff, in hundredths of a point."""
    applied: NDArray[np.bool_] = lives.applies_from <= round_year
    return applied & reaches(lives, rules, round_year, cutoff=cutoff)
