"""The lever atlas, rates: how far each number of the rulebook may move before the admitted set changes.

Points are rounded item by item, so that a total is no straight line over a rate, and an admitted set may come
back after it has changed. What is looked for is the first hundredth that changes it. From the baseline
outward, a stretch of hundredths is passed over only where bounds prove that nothing in it changes the set;
any other is halved, down to single hundredths, which are answered exactly. The bounds rest on one property of
the law: the points of an item rise with a rate all the way, or fall all the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from scoring.errors import RulebookError
from simulate.engine import Draws
from simulate.engine.brute import at_rank
from simulate.engine.law import Casebook, items_moved_by
from simulate.engine.points import alike
from simulate.engine.scores import Some, Whole
from simulate.sensitivity.errors import SensitivityError
from simulate.sensitivity.margin import Margin, moved_apart
from simulate.sensitivity.rates import Rate, chosen, rates_of
from simulate.sensitivity.study import Study, ones

MOST_LOOKS = 2_000
"""Single values looked at on one side of a rate; beyond, the interval is told as far as it is known."""

SCHEMA = {
    "lever": pl.String,
    "people": pl.Int64,
    "side": pl.String,
    "baseline": pl.Float64,
    "end": pl.Float64,
    "complete": pl.Boolean,
    "entering_row": pl.Int64,
    "leaving_row": pl.Int64,
    "overtaking": pl.Float64,
    "overtaking_row": pl.Int64,
    "overtaken_row": pl.Int64,
}


def rate_atlas(study: Study, *, levers: Sequence[str] | None = None) -> pl.DataFrame:
    """Give the interval of each rate of the rulebook over which exactly the same people are admitted.

    Everything else stays at the baseline. The resolution is the hundredth of a point, in which rates are set.

    Args:
        study: the prepared cohort, of facts.
        levers: the names of some rates; all of them unless told.

    Returns:
        A row a rate and side (``down``, ``up``): ``lever`` (the path, or the step of a ladder),
        ``people`` (of the pool, whom the rate at its bounds moves otherwise than it moves most), ``side``,
        ``baseline``, ``end`` (the last value, in points, up to which the set stays; null if the law's own
        bound comes first), ``complete`` (false where the search was given up and the set stays at least so
        far), ``entering_row`` and ``leaving_row`` of the first to move at the next hundredth, ``overtaking``
        (the first value at which somebody not admitted draws level with somebody who is, whatever becomes of
        ties), ``overtaking_row`` and ``overtaken_row``. Row numbers count the cohort from 1; they are for
        research on the cohort itself, and no part of a report.

    Raises:
        SensitivityError: the cohort holds points, which no rule can change.
        UnknownName: there is no such rate; the message names the nearest.

    """
    casebook = study.engine.casebook
    if casebook is None:
        raise SensitivityError("rates of the rulebook can move on facts, and this cohort holds points")
    rows: list[tuple[object, ...]] = []
    kinds: dict[tuple[str, ...], _Kinds] = {}
    for rate in chosen(rates_of(study.engine.rules), levers):
        items = items_moved_by(rate.path, study.engine.rules)
        if items not in kinds:
            kinds[items] = _Kinds.of(study, casebook, items)
        search = _Search(study, casebook, rate, kinds[items])
        rows += [
            (rate.name, search.people, side, rate.baseline / 100, *search.told(far))
            for side, far in rate.sides
        ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@dataclass(frozen=True)
class _Kinds:
    """Hold people of equal codes in some items as one kind.

    Attributes:
        margin: the nearest to the cutoff of each kind.
        codes: for each item the code of each kind, intp [kinds].
        people: int64 [kinds], of each kind in the pool.

    """

    margin: Margin
    codes: dict[str, Some]
    people: Whole

    @classmethod
    def of(cls, study: Study, casebook: Casebook, items: tuple[str, ...]) -> _Kinds:
        codes = casebook.coded_under(study.engine.rules).codes
        kind = alike([codes[item] for item in items])
        example = np.unique(kind, return_index=True)[1]
        people = np.bincount(kind[study.pool], minlength=len(example))
        own = {item: codes[item][example].astype(np.intp) for item in items}
        return cls(Margin.of(study, kind), own, people)


@dataclass(frozen=True)
class _Search:
    """Look for the first hundredth of one rate that changes the admitted.

    Attributes:
        study: the cohort.
        casebook: its codes.
        rate: the rate.
        kinds: whom the rate moves alike.
        moves: what was found: at a value, how far each item moves each kind, int64 [kinds].

    """

    study: Study
    casebook: Casebook
    rate: Rate
    kinds: _Kinds
    moves: dict[int, tuple[Whole, ...]] = field(default_factory=dict)

    @property
    def margin(self) -> Margin:
        """The nearest to the cutoff of each kind."""
        return self.kinds.margin

    @property
    def people(self) -> int:
        """How many of the pool the rate, at a bound of the law, moves otherwise than most of them."""
        bounds = (self.rate.low, self._bearable(self.rate.high))
        return max(moved_apart(self.kinds.people, _sum(self._moved(value))) for value in bounds)

    def told(self, far: int) -> tuple[object, ...]:
        """Return the columns of one side, from ``end`` on."""
        if not len(self.margin.inside):
            return (None, True, *(None,) * 5)
        far = self._bearable(far)
        changed, complete = self._first_change(far, ties=True)
        overtaking, found = self._first_change(far, ties=False)
        return (
            *self._end(changed, complete=complete),
            *self._overtaking(overtaking if found else None),
        )

    def _bearable(self, far: int) -> int:
        """Return the value farthest out that gives no more points than can be counted."""
        near, step = self.rate.baseline, abs(far - self.rate.baseline)
        while step:
            try:
                self._moved(far)
            except RulebookError:
                step //= 2
                far = near + step if far > near else near - step
            else:
                break
        return far

    def _end(self, value: int | None, *, complete: bool) -> tuple[object, ...]:
        if value is None or not complete:
            return (None if value is None else value / 100, complete, None, None)
        last = value - 1 if value > self.rate.baseline else value + 1
        return (last / 100, complete, *self._first_to_move(value))

    def _first_change(self, far: int, *, ties: bool) -> tuple[int | None, bool]:
        """Return the first value that changes the admitted, None if there is none, and True.

        When the search is given up: the last value known not to, and False.
        """
        stretches, looks = [(self.rate.baseline, far)], 0
        while stretches:
            near, end = stretches.pop()
            if near == end or self._passes(near, end, ties=ties):
                continue
            looks += 1
            if looks > MOST_LOOKS:
                return near, False
            if abs(end - near) > 1:
                middle = (near + end) // 2
                stretches += [(middle, end), (near, middle)]
            elif not self.margin.same(_sum(self._moved(end)), ties=ties):
                return end, True
        return None, True

    def _passes(self, near: int, end: int, *, ties: bool) -> bool:
        pairs = list(zip(self._moved(near), self._moved(end), strict=True))
        least = _sum([np.minimum(*pair) for pair in pairs])
        most = _sum([np.maximum(*pair) for pair in pairs])
        return self.margin.safe(least, most, ties=ties)

    def _moved(self, value: int) -> tuple[Whole, ...]:
        """Return for each item how far it moves each kind when the rate is a value, int64 [kinds]."""
        if value not in self.moves:
            base = self.study.engine.rules
            rules = base.changed(self.rate.change(value))
            self.moves[value] = tuple(
                (self.casebook.table(item, rules) - self.casebook.table(item, base))[code]
                for item, code in self.kinds.codes.items()
            )
        return self.moves[value]

    def _first_to_move(self, value: int) -> tuple[int | None, int | None]:
        """Return the rows of the highest to enter and of the lowest to leave at a value."""
        study = self.study
        draw = Draws(ones(1), np.array([study.quota], dtype=np.int64), (self.rate.change(value),))
        totals, pool = study.engine.totals(draw)
        admitted = pool & (totals >= at_rank(totals, pool.astype(np.int64), study.quota))
        entering = np.flatnonzero(admitted & ~study.admitted)
        leaving = np.flatnonzero(study.admitted & ~admitted)
        first = int(entering[np.argmax(totals[entering])]) + 1 if len(entering) else None
        return first, int(leaving[np.argmin(totals[leaving])]) + 1 if len(leaving) else None

    def _overtaking(self, value: int | None) -> tuple[object, ...]:
        if value is None:
            return (None, None, None)
        moved = _sum(self._moved(value))
        inside, outside = self.margin.inside, self.margin.outside
        upper = int(np.argmax(outside.total + moved[outside.kind]))
        lower = int(np.argmin(inside.total + moved[inside.kind]))
        return (value / 100, int(outside.person[upper]) + 1, int(inside.person[lower]) + 1)


def _sum(parts: Sequence[Whole]) -> Whole:
    total: Whole = np.add.reduce(parts)
    return total
