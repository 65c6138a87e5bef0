"""Small random lines, as people for the literal queue and as arrays for the fast one."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate.queue import NOT_YET, Group, Line
from tests.simulate.queue.literal import Person, Year, number, run

FIRST = 2021
LEVELS = ("a", "b", "c")

# Eighths to the power of at most five years are whole numbers of 1/2^31, so that fractions decide exactly
# what the thresholds decide.
EIGHTHS = st.sampled_from([0, 0, 0, 1, 4, 7, 8]).map(lambda eighths: Fraction(eighths, 8))


@dataclass(frozen=True)
class Small:
    """Hold a small line, its quotas [years][replications], its ranks and its seed."""

    people: list[Person]
    years: list[int]
    quotas: list[list[int]]
    ranks: list[int]
    seed: int

    def line(self) -> Line:
        """Return the people as arrays."""

        def each(take: Callable[[Person], object]) -> np.ndarray:
            return np.array([take(person) for person in self.people])

        def yearly(name: str, kind: type) -> np.ndarray:
            rows = [[kind(value) for value in getattr(person, name)] for person in self.people]
            return np.array(rows).reshape(len(self.people), len(self.years)).T

        removed, withdraws, lapses = each(lambda person: [float(fate) for fate in person.fates]).T
        return Line(
            years=tuple(self.years),
            totals=yearly("totals", int).astype(np.int32),
            eligible=yearly("eligible", bool),
            barred=yearly("barred", bool),
            children=yearly("children", int),
            enters=yearly("enters", float),
            leaves=yearly("leaves", float),
            applied_since=each(lambda p: NOT_YET if p.applied_since is None else p.applied_since),
            arrives=each(lambda person: person.arrives),
            removed=removed,
            withdraws=withdraws,
            lapses=lapses,
            groups={"letter": Group(LEVELS, yearly("levels", int))},
        )

    def literally(self, replication: int) -> list[Year]:
        """Run one replication in plain Python."""
        people = deepcopy(self.people)
        for at, person in enumerate(people):
            person.numbers = tuple(number(self.seed, event, at, replication) for event in range(3))  # type: ignore[assignment]
        return run(people, self.years, [quota[replication] for quota in self.quotas], self.ranks)


@st.composite
def small_lines(draw: st.DrawFn, replications: int = 3) -> Small:
    """Draw up to twelve people over up to five years, dense in ties, refusals and certain events."""
    years = list(range(FIRST, FIRST + draw(st.integers(1, 5))))
    people = [_person(draw, years) for _ in range(draw(st.integers(1, 12)))]
    quotas = [[draw(st.integers(0, 5)) for _ in range(replications)] for _ in years]
    return Small(
        people, years, quotas, draw(st.lists(st.integers(1, 6), max_size=3)), draw(st.integers(0, 9))
    )


def _person(draw: st.DrawFn, years: list[int]) -> Person:
    n = len(years)

    def yearly(values: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(values, min_size=n, max_size=n))

    barred = yearly(st.booleans())
    return Person(
        totals=yearly(st.integers(-2, 6)),  # type: ignore[arg-type]
        eligible=[bool(draw(st.integers(0, 4))) and not bar for bar in barred],
        barred=barred,  # type: ignore[arg-type]
        children=yearly(st.integers(0, 2)),  # type: ignore[arg-type]
        levels=yearly(st.integers(0, 2)),  # type: ignore[arg-type]
        enters=yearly(EIGHTHS),  # type: ignore[arg-type]
        leaves=yearly(EIGHTHS),  # type: ignore[arg-type]
        fates=draw(st.sampled_from([(0, 0, 0), (1, 1, 1), (2, 4, 2), (8, 0, 0), (0, 3, 5)]).map(_eighths)),
        applied_since=draw(st.none() | st.integers(FIRST - 2, FIRST)),
        arrives=draw(st.integers(FIRST - 1, FIRST + n)),
    )


def _eighths(counts: tuple[int, int, int]) -> tuple[Fraction, Fraction, Fraction]:
    first, second, third = (Fraction(count, 8) for count in counts)
    return first, second, third
