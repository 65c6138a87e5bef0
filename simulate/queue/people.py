"""The queue of people: lives and rules in, a line and its paths out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from scoring.errors import UnknownName
from scoring.indicators import COLUMNS
from scoring.indicators.age import BAND, age_band
from scoring.indicators.calendar import FIRST_DAY, years_by_birth
from scoring.indicators.education import LEVELS
from scoring.indicators.eligibility import REASONS as REASON_NAMES
from scoring.nearest import did_you_mean
from scoring.points import REASONS, TOTAL
from scoring.rulebook import Rulebook
from simulate.queue.admit import admit
from simulate.queue.behaviour import behaviour
from simulate.queue.errors import QueueError
from simulate.queue.line import NOT_YET, Group, Line, check_years
from simulate.queue.paths import Paths
from simulate.queue.presence import Presence
from synthetic_data import published
from synthetic_data.population import Lives, Parameters
from synthetic_data.population.counting import claimed, dated
from synthetic_data.population.entry import FIRST_ROUND
from synthetic_data.population.fact_table import SECTORS
from synthetic_data.population.lives import SIZES
from synthetic_data.population.points import scored
from synthetic_data.population.pool import applying

RulesByYear = Rulebook | Mapping[int, Rulebook]
"""The rulebook of each round, or one for all."""

BIRTH_YEAR = "birth_year"
_LEVEL, _AGE = "education_level", "age_band"
_NAMED: dict[str, tuple[str, ...]] = {
    "sex": ("female", "male"),
    "post": ("worker", "cadre"),
    "employer_size": SIZES,
    "sector": SECTORS,
}
_LEVELS: dict[str, tuple[str, ...]] = {_LEVEL: LEVELS, _AGE: tuple(BAND.categories)}
NAMED = {**_NAMED, **_LEVELS}
"""The levels of the groups whose levels have names, in their order."""

_CHANGING = (*_LEVELS, *COLUMNS)
GROUPS = (BIRTH_YEAR, *_NAMED, *_CHANGING)
"""What people of `Lives` can be counted by; of a column of points, hundredths are the levels."""

_BARRED = np.uint8(1 << REASON_NAMES.index("barred"))


def queue(
    lives: Lives,
    rules: RulesByYear,
    *,
    quota: ArrayLike,
    years: Sequence[int],
    replications: int = 200,
    seed: int,
    rates: Parameters | None = None,
) -> Paths:
    """Follow a population through the years: who applies, gains, leaves and is admitted.

    Runs `admit` on `line_of`; for several quotas draw the line once, and for groups and ranks ask these.

    Args:
        lives: everybody who may ever apply, not the pool of one round alone: later applicants are among them.
        rules: the rulebook of each year, or one for all.
        quota: int [years], or [years, replications], or one for all.
        years: the rounds, one after the other.
        replications: how many times chance is drawn.
        seed: 0 or more.
        rates: assumed rates, those of `simulate.queue.behaviour` if None.

    Raises:
        QueueError: the years, the quota or the number of replications cannot be.

    """
    line = line_of(lives, rules, years=years, rates=rates)
    return admit(Presence.draw(line, replications=replications, seed=seed), quota)


def line_of(
    lives: Lives,
    rules: RulesByYear,
    *,
    years: Sequence[int],
    rates: Parameters | None = None,
    groups: Sequence[str] = (BIRTH_YEAR,),
) -> Line:
    """Return the line of a population: exact totals of every year in which somebody may stand in it.

    In the pool at the start are those who applied in a round before and were not admitted, by the published
    cutoffs; the reservoir are those whose first round has come and who let it pass, and who come later.
    People stand in the order of their first rounds.

    Args:
        lives: everybody who may ever apply.
        rules: the rulebook of each year, or one for all.
        years: the rounds, one after the other.
        rates: assumed rates, those of `simulate.queue.behaviour` if None.
        groups: among `GROUPS`.

    Raises:
        QueueError: a year has no rulebook, or rounds before the first year have no known cutoff.
        UnknownName: a group that lives do not know.

    """
    candidates = Candidates.of(lives, years=years, groups=groups)
    told = candidates.told(_books(rules, candidates.years))
    return candidates.line(told, behaviour() if rates is None else rates)


def _books(rules: RulesByYear, years: tuple[int, ...]) -> dict[int, Rulebook]:
    if isinstance(rules, Rulebook):
        return dict.fromkeys(years, rules)
    missing = [year for year in years if year not in rules]
    if missing:
        raise QueueError(f"rules: the round of {missing[0]} has no rulebook")
    return {year: rules[year] for year in years}


def check_start(years: tuple[int, ...]) -> None:
    """Refuse years that begin when it is not known who was admitted before."""
    known = int(published.rounds()["round"].max())  # type: ignore[arg-type]
    if years[0] > known + 1:
        raise QueueError(
            f"years begin in {years[0]}: who was admitted in {known + 1} and later is not known; "
            f"begin in {known + 1} at the latest"
        )


def _concerned(lives: Lives, years: tuple[int, ...]) -> NDArray[np.intp]:
    """Return who stands in the pool at the start or may apply later, in the order of their first rounds.

    Neighbours then have the same chances, which are drawn fastest.
    """
    later = (lives.applies_from >= years[0]) & (lives.applies_from <= years[-1])
    some = np.flatnonzero(later | applying(lives, years[0]))
    return some[np.argsort(lives.applies_from[some], kind="stable")]


@dataclass(frozen=True)
class Candidates:
    """Hold the people who may stand in the line over some years, in the order of their first rounds.

    Attributes:
        lives: the people.
        years: the rounds, one after the other.
        groups: among `GROUPS`, by which the admitted are counted.

    """

    lives: Lives
    years: tuple[int, ...]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, lives: Lives, *, years: Sequence[int], groups: Sequence[str]) -> Candidates:
        """Find them among everybody who may ever apply; see `line_of`."""
        rounds = tuple(int(year) for year in years)
        check_years(rounds)
        check_start(rounds)
        for name in groups:
            if name not in GROUPS:
                raise UnknownName(f"lives have no group {name!r}{did_you_mean(name, GROUPS)}")
        return cls(lives.take(_concerned(lives, rounds)), rounds, tuple(groups))

    def dated(self, books: Mapping[int, Rulebook]) -> tuple[Told, ...]:
        """Count what people have in each year, the claimed credential aside.

        It serves every rulebook that differs in no value which facts use up.
        """
        return tuple(dated(self.lives.take(self._there(year)), books[year], year) for year in self.years)

    def _there(self, year: int) -> NDArray[np.intp]:
        return np.flatnonzero((self.lives.applies_from <= year) & (year <= self.lives.leaves_after))

    def told(
        self, books: Mapping[int, Rulebook], columns: Sequence[str] = (), facts: Sequence[Told] | None = None
    ) -> Told:
        """Score everybody in each year in which they may stand in the pool.

        Args:
            books: the rulebook of each year.
            columns: columns of points that are told as well.
            facts: what `dated` counted, if it did.

        Returns:
            By name, each [years, people] with 0 where somebody is not there: ``totals`` and the columns in
            hundredths, ``children``, ``eligible``, ``barred``, and the levels of every group that changes.

        """
        shape = (len(self.years), len(self.lives))
        kinds = {"totals": np.int32, "children": np.int8, "eligible": np.bool_, "barred": np.bool_}
        more = dict.fromkeys((*(name for name in self.groups if name in _CHANGING), *columns), np.int32)
        told: Told = {name: np.zeros(shape, dtype=kind) for name, kind in {**kinds, **more}.items()}
        for at, year in enumerate(self.years):
            there = self._there(year)
            some, rules = self.lives.take(there), books[year]
            known = dated(some, rules, year) if facts is None else facts[at]
            has = {**known, **claimed(some, rules, year)}
            for name, values in _round(has, rules, year, more).items():
                told[name][at, there] = values
        return told

    def line(self, told: Told, rates: Parameters) -> Line:
        """Return the line of these people, with what each has and what may befall them."""
        befall: dict[str, Any] = dict(chances(self.lives, self.years, rates))
        return replace(self.standing(told), **befall)

    def standing(self, told: Told) -> Line:
        """Return the same line without what may befall anybody: nobody applies first, and nobody leaves."""
        groups = {name: _group(name, told.get(name), self.lives) for name in self.groups}
        has = {name: told[name] for name in ("totals", "children", "eligible", "barred")}
        return Line(years=self.years, groups=groups, **has, **came(self.lives, self.years))


Told = dict[str, NDArray[Any]]


def _round(facts: Told, rules: Rulebook, year: int, names: Collection[str]) -> Told:
    """Return what facts come to in a year, and what is asked for by name."""
    points = scored(facts, rules, year)
    told = {
        "totals": points[TOTAL],
        "children": facts["minor_children"],
        "eligible": points[REASONS] == 0,
        "barred": (points[REASONS] & _BARRED) != 0,
        **{name: points[name] for name in names if name in points},
    }
    if _LEVEL in names:
        told[_LEVEL] = facts["education"]
    if _AGE in names:
        table = years_by_birth(dt.date(year, 12, 31), dt.date(year - 1, 1, 1))
        ages = pl.Series(table.take(facts["birth_date"] - FIRST_DAY))
        told[_AGE] = age_band(ages).to_physical().to_numpy()
    return told


def chances(lives: Lives, years: tuple[int, ...], rates: Parameters) -> Told:
    """Return who applies, leaves and settles with which chance, as a `Line` has it."""
    first, rounds = years[0], np.array(years)[:, None]
    applies_from, number = lives.applies_from.astype(np.int32), rates.number
    leaves = np.where(rounds > np.maximum(applies_from, first), number("leaving.leaves"), 0.0)
    return {
        "enters": np.array(1 - number("entering.skips")),
        "leaves": np.where(rounds > lives.leaves_after, 1.0, leaves),
        "removed": np.array(number("notice.objected") * number("notice.upheld")),
        "withdraws": np.array(number("settling.withdraws")),
        "lapses": np.array(number("settling.lapses")),
    }


def came(lives: Lives, years: tuple[int, ...]) -> Told:
    """Return since when people are there and since when they have applied, as a `Line` has it."""
    applies_from = lives.applies_from.astype(np.int32)
    since = np.maximum(applies_from, FIRST_ROUND)
    return {"applied_since": np.where(applies_from < years[0], since, NOT_YET), "arrives": applies_from}


def _group(name: str, changing: NDArray[np.integer] | None, lives: Lives) -> Group:
    """Return a group of people; levels that are numbers are those that occur."""
    if name in _NAMED:
        return Group(_NAMED[name], getattr(lives, name))
    if changing is not None and name in _LEVELS:
        return Group(_LEVELS[name], changing)
    born = lives.birth_day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    values = born if changing is None else changing
    levels, codes = np.unique(values, return_inverse=True)
    return Group(tuple(levels.tolist()), codes.reshape(values.shape))
