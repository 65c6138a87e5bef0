"""What the engine is held against: every draw by itself, in 64-bit integers, with a sort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

import scoring
from simulate.engine import NO_CUTOFF, Draws, Engine, Outcomes

INDICATORS = (
    *("employment", "residence", "education", "job_housing_area", "innovation", "tax", "age", "honours"),
    "law_abiding",
)

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Literal:
    """Answer draws as the words say it, with nothing shared between draws."""

    def __init__(self, engine: Engine, *, quota: int, lots: NDArray[np.float64] | None = None) -> None:
        self.cohort, self.rules, self.levels = engine.cohort, engine.rules, engine.groups.levels
        self.lots = lots
        self.known: dict[str, tuple[Whole, Flags, pl.DataFrame]] = {}
        hundredths, eligible, frame = self._points({})
        _, self.before = admit(hundredths.sum(axis=1) * 1024, eligible, quota)
        told = {name: frame.get_column(name).cast(pl.String).to_list() for name, _ in self.levels}
        self.members = np.array([[one == level for one in told[name]] for name, level in self.levels])

    def _points(self, changes: Mapping[str, Any]) -> tuple[Whole, Flags, pl.DataFrame]:
        """Give the hundredths of nine indicators, education less its deduction, and who is eligible."""
        if repr(changes) not in self.known:
            self.known[repr(changes)] = self._scored(self.rules.changed(changes) if changes else self.rules)
        return self.known[repr(changes)]

    def _scored(self, rules: scoring.Rulebook) -> tuple[Whole, Flags, pl.DataFrame]:
        frame = scoring.score(self.cohort, rules, quota=1).frame
        less = frame.with_columns(pl.col("education") + pl.col("study_deduction"))
        columns = [(less.get_column(name) * 100).cast(pl.Int64).to_numpy() for name in INDICATORS]
        return np.column_stack(columns), frame.get_column("eligible").to_numpy(), frame

    def answer(self, draws: Draws) -> dict[str, Any]:
        """Give the outcomes of draws as plain lists."""
        rows = [self._one(draws, draw) for draw in range(len(draws))]
        told = {name: [row[name] for row in rows] for name in rows[0] if name != "in"}
        return {**told, "people": np.sum([row["in"] for row in rows], axis=0).tolist()}

    def _one(self, draws: Draws, draw: int) -> dict[str, Any]:
        changes = draws.changes[draw] if draws.changes else {}
        hundredths, eligible, _ = self._points(changes)
        if draws.applies is not None and self.lots is not None:
            eligible = eligible & (self.lots < draws.applies[draw])
        total = (hundredths * draws.weights[draw].astype(np.int64)).sum(axis=1)
        cutoff, admitted = admit(total, eligible, int(draws.quota[draw]))
        return {
            "cutoff": cutoff,
            "admitted": int(admitted.sum()),
            "tied": int((admitted & (total == cutoff)).sum()),
            "entered": int((admitted & ~self.before).sum()),
            "left": int((self.before & ~admitted).sum()),
            "groups": [int((admitted & level).sum()) for level in self.members],
            "in": admitted,
        }


def admit(total: Whole, pool: Flags, quota: int) -> tuple[int | None, Flags]:
    """Give the total at rank *quota*, or None, and whoever in the pool has it or more."""
    ranked = np.sort(total[pool])[::-1]
    if not quota or not len(ranked):
        return None, np.zeros(len(total), dtype=bool)
    cutoff = int(ranked[min(quota, len(ranked)) - 1])
    return cutoff, pool & (total >= cutoff)


def told(outcomes: Outcomes) -> dict[str, Any]:
    """Give the engine's outcomes in the same form."""
    return {
        "cutoff": [None if cutoff == NO_CUTOFF else cutoff for cutoff in outcomes.cutoff_exact.tolist()],
        "admitted": outcomes.admitted.tolist(),
        "tied": outcomes.tied.tolist(),
        "entered": outcomes.entered.tolist(),
        "left": outcomes.left.tolist(),
        "groups": outcomes.group_counts.tolist(),
        "people": outcomes.person_counts.tolist(),
    }
