"""Lines for schedules: six people who go on for three years, and lines in which chance decides."""

import numpy as np

from simulate.queue import NOT_YET, Group, Line, Presence

YEARS = (2021, 2022, 2023)


def six(*, replications: int = 2) -> Presence:
    """Give six people at 100, 99 ... 95 points, all in the pool from the start, 4 points more each year."""
    totals = (np.arange(100, 94, -1) + 4 * np.arange(3)[:, np.newaxis]) * 100
    born = Group(("1980", "1990"), np.array([0, 0, 1, 1, 1, 1]))
    line = Line(
        years=YEARS,
        totals=totals.astype(np.int32),
        eligible=np.ones((3, 6), dtype=bool),
        applied_since=np.full(6, 2020),
        children=np.array([1, 0, 0, 2, 0, 0]),
        groups={"birth_year": born},
    )
    return Presence.draw(line, replications=replications, seed=1)


def uncertain(people: int = 40, *, replications: int = 50, seed: int = 1) -> Presence:
    """Draw people who may enter and leave, with totals that tie and some who lose points."""
    random = np.random.default_rng(seed)
    start = random.integers(80, 110, people)
    gain = random.choice([4, 4, 7, -2], people)
    totals = (start + gain * np.arange(3)[:, np.newaxis]) * 100
    line = Line(
        years=YEARS,
        totals=totals.astype(np.int32),
        eligible=random.random((3, people)) < 0.9,
        enters=np.full(people, 0.4),
        leaves=np.full(people, 0.1),
        applied_since=np.where(random.random(people) < 0.5, 2020, NOT_YET),
    )
    return Presence.draw(line, replications=replications, seed=seed)
