"""The ledger of the displaced: who enters, who leaves, between which groups, and moved by which change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import factorial
from typing import Literal

import polars as pl

from scoring import Cohort, Ranking
from scoring.reform import Reform
from scoring.scored import score
from simulate.displacement.columns import Coalitions
from simulate.displacement.frames import (
    flows_frame,
    group_parts_frame,
    groups_frame,
    parts_frame,
    people_frame,
)
from simulate.displacement.parts import parts_of, taken_together
from simulate.displacement.rounds import Moves
from simulate.engine.groups import Groups


@dataclass(frozen=True)
class Displacement:
    """Say who enters and who leaves under a reform at one quota.

    Attributes:
        coalitions: the cohort under every subset of the reform's parts.
        quota: places.
        moves: the moved and what moved them, person by person.
        groups: ``group``, ``level``, ``before``, ``after`` (the admitted), ``entered``, ``left``.
        flows: ``group``, ``from``, ``to``, ``people``, and ``unmatched``: the side, ``from`` or ``to``, on
            which there is nobody, else null; see `simulate.displacement.flows`.
        parts: ``part``, ``entered``, ``left`` (each person counts 1, shared among the parts that moved him or
            her), ``entered_alone``, ``left_alone`` (people whom that part alone would move so), and
            ``cutoff``, the part's share of the cutoff's change in points, null where there is no cutoff.
        group_parts: ``group``, ``level``, ``part``, ``entered``, ``left``, shared likewise.
        ids: everyone's pseudonym, in the cohort's order.
        places: everyone's level in each group.

    """

    coalitions: Coalitions = field(repr=False)
    quota: int
    moves: Moves = field(repr=False)
    groups: pl.DataFrame = field(repr=False)
    flows: pl.DataFrame = field(repr=False)
    parts: pl.DataFrame = field(repr=False)
    group_parts: pl.DataFrame = field(repr=False)
    ids: pl.Series = field(repr=False)
    places: Groups = field(repr=False)

    @property
    def reform(self) -> Reform:
        """The reform, which names its baseline."""
        return self.coalitions.reform

    @property
    def taken_together(self) -> bool:
        """Whether the reform has so many parts that some are told as one."""
        return taken_together(self.coalitions.parts)

    @property
    def before(self) -> Ranking:
        """How the round ends under the baseline."""
        return self.moves.before.ranking

    @property
    def after(self) -> Ranking:
        """How it ends under the reform."""
        return self.moves.after.ranking

    @property
    def entered(self) -> int:
        """People admitted under the reform alone."""
        return int(self.moves.entered.sum())

    @property
    def left(self) -> int:
        """People displaced: admitted under the baseline alone."""
        return len(self.moves.entered) - self.entered

    @property
    def people(self) -> pl.DataFrame:
        """A line for each of the moved, with both totals and each part's share; never for a report."""
        return people_frame(self.moves, tuple(self.coalitions.parts), self.ids)

    def exact(self, side: Literal["entered", "left"]) -> dict[str, Fraction]:
        """Return by part how many of those who entered or left it moved; the fractions sum to all of them."""
        parts = self.coalitions.parts
        unit = factorial(len(parts))
        which = self.moves.entered if side == "entered" else ~self.moves.entered
        sums = self.moves.shares[:, which].sum(axis=1)
        return {part: Fraction(int(total), unit) for part, total in zip(parts, sums, strict=True)}


def displacement(cohort: Cohort, reform: Reform, *, quota: int, groups: Sequence[str] = ()) -> Displacement:
    """Tell who enters and who leaves when a reform comes into force, at the same quota.

    Args:
        cohort: facts, histories or points; read under the reform's rules if it adds an indicator.
        reform: changes on a baseline; for its parts see `simulate.displacement.parts`.
        quota: places before and after.
        groups: categorical columns of the scored cohort, such as ``age_band`` or the cohort's own.

    Raises:
        ReformError: the cohort cannot answer a change: points tell nothing of rules, facts nothing of dates.
        UnknownName: the cohort has no such group.

    """
    reform.check_cohort(cohort)
    coalitions = Coalitions(cohort, reform, parts_of(reform))
    parts = tuple(coalitions.parts)
    moves = Moves.of(coalitions, quota)
    places = Groups.of(score(cohort, reform.baseline, quota=quota).frame, groups)
    return Displacement(
        coalitions,
        quota,
        moves,
        groups_frame(moves, places),
        flows_frame(moves, places),
        parts_frame(moves, parts),
        group_parts_frame(moves, parts, places),
        cohort.frame.get_column("applicant_id"),
        places,
    )
