"""How sure a ledger is: each of its numbers with its interval over applicants drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import factorial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.displacement.flows import matched
from simulate.displacement.ledger import Displacement
from simulate.displacement.resampling import INTERVAL, REPLICATES, SEED, Counts, Sample
from simulate.displacement.shapley import coefficients

PEOPLE = ("admitted_before", "admitted_after", "entered", "left", "net")
SIDES = ("entered", "left")

_CELLS_AT_ONCE = 10_000_000
"""Statuses of people under subsets of the parts that are held at a time."""

Real = NDArray[np.float64]
NONE = np.zeros((1, 0))
Name = tuple[str | None, ...]


def intervals(ledger: Displacement, *, replicates: int = REPLICATES, seed: int = SEED) -> pl.DataFrame:
    """Return what a ledger counts with the interval of each number.

    Columns: ``quantity`` (``cutoff_before``, ``cutoff_after`` and ``cutoff_change`` in points;
    ``admitted_before``, ``admitted_after``, ``entered``, ``left`` and ``net`` in people), ``group`` and
    ``level``, null for everyone, ``value``, ``low``, ``high``.
    Where nobody is admitted in some round, there are no rows.
    """
    sample = _ends(ledger)
    if sample is None:
        return _frame([], ("quantity", "group", "level"), value=NONE, drawn=NONE)
    levels = [(None, None), *ledger.places.levels]
    names: list[Name] = [(f"cutoff_{name}", None, None) for name in ("before", "after", "change")]
    names += [(name, *level) for level in levels for name in PEOPLE]
    drawn = [outcome(sample, counts) for counts in sample.draws(replicates, seed)]
    value = outcome(sample, np.ones((1, len(sample.rows))))
    return _frame(names, ("quantity", "group", "level"), value=value, drawn=np.concatenate(drawn))


def outcome(sample: Sample, counts: Counts) -> Real:
    """Return three cutoffs and, for everyone and for each level, `PEOPLE`: float64 [replicates, quantities].

    The sample is of the two rounds without and with the reform.
    """
    cutoffs, sides = sample.cutoffs(counts), _sides(sample, counts)
    points = np.stack([*cutoffs, cutoffs[1] - cutoffs[0]], axis=1) / 100
    people = np.stack([*sides, sides[2] - sides[3]], axis=2)
    return np.hstack([points, people.reshape(len(counts), -1)])


def part_intervals(ledger: Displacement, *, replicates: int = REPLICATES, seed: int = SEED) -> pl.DataFrame:
    """Return what each part of the reform moves, with intervals: the Shapley values of every replicate.

    Columns: ``part``; ``quantity``, ``cutoff`` (its share of the change, in points), ``entered`` or ``left``
    (people); ``group`` and ``level``, null for everyone; ``value``, ``low``, ``high``. No rows where nobody
    is admitted in some round.
    """
    parts = tuple(ledger.coalitions.parts)
    columns = ("part", "quantity", "group", "level")
    sample = Sample.of(ledger, range(1 << len(parts))) if parts else None
    if sample is None:
        return _frame([], columns, value=NONE, drawn=NONE)
    levels = [(None, None), *ledger.places.levels]
    own = [("cutoff", None, None), *((side, *level) for side in SIDES for level in levels)]
    names = [(part, *one) for part in parts for one in own]
    value = shares(sample, np.ones((1, len(sample.rows))))
    drawn = [shares(sample, counts) for counts in sample.draws(replicates, seed)]
    return _frame(names, columns, value=value, drawn=np.concatenate(drawn)).fill_nan(None)


def shares(sample: Sample, counts: Counts) -> Real:
    """Return what each part moves, float64 [replicates, parts x (1 + 2 x (1 + levels))].

    The sample is of the rounds under every subset of the parts; for each part come its share of the cutoff's
    change, then those who entered, then those who left, everyone before the levels.
    """
    parts = len(sample.totals).bit_length() - 1
    game, unit = coefficients(parts).astype(np.float64), factorial(parts)
    cutoffs = sample.cutoffs(counts)
    was, now = (sample.totals[end] >= cutoffs[end][:, None] for end in (0, -1))
    moved = np.flatnonzero((was != now).any(axis=0))
    way = (now.astype(np.int8) - was)[:, moved]
    totals, member, people = sample.totals[:, moved], sample.member[moved], counts[:, moved]
    size, told = max(1, _CELLS_AT_ONCE // max(1, totals.size)), []
    for some in (slice(start, start + size) for start in range(0, len(counts), size)):
        status = totals[:, None] >= cutoffs[:, some, None]
        each = np.tensordot(game, status.astype(np.float64), 1) * (people * way)[some]
        told.append(np.concatenate([(each * (way[some] == side)) @ member for side in (1, -1)], axis=2))
    points = np.tensordot(game, np.where(sample.fillable, cutoffs.T, np.nan).T, 1)[..., None]
    # Sums of whole numbers, exact as floats; a share is its number of the unit.
    both = np.concatenate([points / 100, np.concatenate(told, axis=1)], axis=2) / unit
    return both.transpose(1, 0, 2).reshape(len(counts), -1)


def flow_intervals(ledger: Displacement, *, replicates: int = REPLICATES, seed: int = SEED) -> pl.DataFrame:
    """Return the ledger's flows with ``low`` and ``high``, null where nobody is admitted in some round."""
    sample = _ends(ledger)
    if sample is None or ledger.flows.is_empty():
        none = (pl.lit(None, pl.Int64).alias(end) for end in ("low", "high"))
        return ledger.flows.with_columns(*none)
    sides = [_sides(sample, counts)[2:] for counts in sample.draws(replicates, seed)]
    entered, left = (np.rint(np.concatenate(one)[:, 1:]).astype(np.int64) for one in zip(*sides, strict=True))
    levels, tables = ledger.places.levels, {}
    for group in dict.fromkeys(name for name, _ in levels):
        some = [place for place, (name, _) in enumerate(levels) if name == group]
        pairs = zip(left[:, some], entered[:, some], strict=True)
        tables[group] = [levels[place][1] for place in some], np.stack([matched(*pair) for pair in pairs])
    ends = [np.quantile(one, INTERVAL, method="inverted_cdf") for one in _drawn_flows(ledger.flows, tables)]
    low, high = (pl.Series([int(end[place]) for end in ends], dtype=pl.Int64) for place in (0, 1))
    return ledger.flows.with_columns(low.alias("low"), high.alias("high"))


def _drawn_flows(
    flows: pl.DataFrame, tables: dict[str, tuple[list[str | None], NDArray[np.int64]]]
) -> Iterator[NDArray[np.int64]]:
    for group, start, end, _, unmatched in flows.iter_rows():
        names, table = tables[group]
        row = len(names) if unmatched == "from" else names.index(start)
        column = len(names) if unmatched == "to" else names.index(end)
        yield table[:, row, column]


def _ends(ledger: Displacement) -> Sample | None:
    """Return the sample of the two rounds without and with the reform."""
    return Sample.of(ledger, (0, (1 << len(ledger.coalitions.parts)) - 1))


def _sides(sample: Sample, counts: Counts) -> list[Real]:
    """Return admitted before and after, who entered and who left: float64 [replicates, 1 + levels] each."""
    rounds = zip(sample.totals, sample.cutoffs(counts), strict=True)
    was, now = (totals >= cutoff[:, None] for totals, cutoff in rounds)
    return [(counts * some) @ sample.member for some in (was, now, now & ~was, was & ~now)]


def _frame(names: Sequence[Name], columns: Sequence[str], *, value: Real, drawn: Real) -> pl.DataFrame:
    told = {
        title: pl.Series(title, [name[place] for name in names], dtype=pl.String)
        for place, title in enumerate(columns)
    }
    low, high = np.quantile(drawn, INTERVAL, axis=0, method="inverted_cdf")
    return pl.DataFrame({**told, "value": value[0], "low": low, "high": high})
