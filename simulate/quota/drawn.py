"""Lines that are drawn, and where places lead over them: of single people, or of the calibrated ensemble.

Chance, and what is assumed of the line, are drawn once; whatever places are then tried, each replication has
the same people and the same rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulate.forecast import WeightedLine
from simulate.queue import NOBODY, Presence, admit
from simulate.quota.errors import QuotaError

Values = NDArray[np.float64]
"""A quantity, float64 [years, replications], or a number a replication."""

Places = NDArray[np.int64]
"""Places, int64 [years, replications], or a number a replication."""

Leads = dict[str, Values]
"""Where places lead, by quantity."""

BIRTH_YEAR = "birth_year"
"""The group of a line by which ages at admission are told."""


class Line(Protocol):
    """Say where places lead, in replications that are drawn."""

    @property
    def years(self) -> tuple[int, ...]:
        """The rounds."""

    @property
    def replications(self) -> int:
        """How often chance is drawn."""

    @property
    def members(self) -> int:
        """Sets of replications that have people or rates in common; they stand side by side, of one size."""

    def lead(self, places: Places) -> Leads:
        """Return what places lead to, by year and replication.

        ``cutoff`` in points; ``admitted``, ``backlog`` and ``population`` in people, the last those who
        settle and their minor children, and ``population_so_far`` the same from the first year on;
        ``years_to_clear``, the backlog by the places just filled; ``mean_waited``, years since the first
        application of the admitted; ``age``, the year less the mean year of birth of the admitted, where the
        line knows it. Not a number where nobody is admitted.

        Args:
            places: int64 [years], or [years, replications].

        """


@dataclass(frozen=True)
class PlainLine:
    """Hold a line of single people, under rates of its own.

    Attributes:
        presence: the line, drawn.
        children: minor children who move with one settler; None where each has their own.

    """

    presence: Presence
    children: float | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The rounds."""
        return self.presence.line.years

    @property
    def replications(self) -> int:
        """How often chance is drawn."""
        return self.presence.replications

    @property
    def members(self) -> int:
        """All replications have their people in common."""
        return 1

    def lead(self, places: Places) -> Leads:
        """Return what places lead to; see `Line`."""
        paths = admit(self.presence, places)
        each = paths.children if self.children is None else self.children * paths.settled
        age = None
        if BIRTH_YEAR in paths.groups:
            age = np.array(paths.years)[:, None] - paths.groups[BIRTH_YEAR].means()
        return _told(paths, population=paths.settled + each, waited=paths.waited.means(), age=age)


@dataclass(frozen=True)
class CalibratedLine:
    """Hold the line of the calibrated ensemble, and what becomes of its admitted.

    Attributes:
        line: the lives, drawn under every member.
        settling: float64 [replications], the share of the admitted who settle.
        children: float64 [replications], minor children who move with one settler; None where each life has
            its own.

    """

    line: WeightedLine
    settling: Values
    children: Values | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The rounds."""
        return self.line.years

    @property
    def replications(self) -> int:
        """How often chance is drawn, over all members."""
        return self.line.replications

    @property
    def members(self) -> int:
        """The members of the ensemble."""
        return self.line.members

    def lead(self, places: Places) -> Leads:
        """Return what places lead to; see `Line`."""
        paths = self.line.run(places)
        years = np.array(paths.years)[:, None]
        children = paths.children if self.children is None else self.children * paths.admitted
        moving = self.settling * (paths.admitted + children)
        return _told(paths, population=moving, waited=years - paths.applied, age=years - paths.born)


class _Counted(Protocol):
    """Hold what both kinds of paths count."""

    @property
    def cutoff(self) -> NDArray[np.int32]: ...
    @property
    def admitted(self) -> NDArray[np.integer] | Values: ...
    @property
    def backlog(self) -> NDArray[np.integer] | Values: ...


def as_lines(lines: Sequence[Line | Presence]) -> tuple[Line, ...]:
    """Return drawn lines of the same years; one of `simulate.queue` is taken as it is.

    Raises:
        QuotaError: there is none, or they have other years.

    """
    found = tuple(PlainLine(one) if isinstance(one, Presence) else one for one in lines)
    if not found:
        raise QuotaError("no line is given: a schedule runs over at least one")
    if any(one.years != found[0].years for one in found):
        raise QuotaError("the lines are not of the same years")
    return found


def sets(lines: Sequence[Line]) -> NDArray[np.intp]:
    """Return to which set each replication of all lines belongs, [replications].

    Replications of one set have people or rates in common, so that what differs between sets says how sure a
    number is. Where there is one set alone, each replication is a set of its own.
    """
    sizes = [line.replications // line.members for line in lines for _ in range(line.members)]
    labels = np.repeat(np.arange(len(sizes)), sizes)
    return labels if len(sizes) > 1 else np.arange(len(labels))


def _told(
    paths: _Counted,
    *,
    population: NDArray[np.integer] | NDArray[np.floating],
    waited: Values,
    age: Values | None,
) -> Leads:
    nobody = paths.cutoff == NOBODY
    people = np.asarray(population, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = {
            "cutoff": np.where(nobody, np.nan, paths.cutoff / 100),
            "admitted": np.asarray(paths.admitted, dtype=np.float64),
            "backlog": np.asarray(paths.backlog, dtype=np.float64),
            "population": people,
            "population_so_far": people.cumsum(axis=0),
            "years_to_clear": np.where(nobody, np.nan, paths.backlog / paths.admitted),
            "mean_waited": waited,
        }
    return told if age is None else {**told, "age": age}
