"""The annual round as a funnel (Art. 3-13): how many reach each step, and how many are lost at it.

What a scored cohort knows is counted; only what it cannot know comes from assumed rates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from scoring.indicators.eligibility import REASONS as REASON_NAMES
from scoring.points import REASONS
from scoring.scored import Scored
from simulate.queue.behaviour import behaviour
from synthetic_data.population import Parameters

STAGE, EXIT, SIDE = "stage", "exit", "side"
"""A step that people reach; those lost between two steps; and those at a step to whom something happens."""

COHORT, ASSUMPTION = "cohort", "assumption"

YEARS_BARRED = 5
"""Rounds after that of the finding for which false material bars (Art. 17)."""

SCHEMA = {
    "stage": pl.String,
    "kind": pl.String,
    "people": pl.Int64,
    "share": pl.Float64,
    "article": pl.String,
    "basis": pl.String,
    "barred_through": pl.Int32,
}

_Row = tuple[str, str, int, str, str]


def funnel(scored: Scored, rates: Parameters | None = None) -> pl.DataFrame:
    """Tell the steps of a round in the law's order, from declaration to settlement.

    A stage is the stage before less the exits between the two, in whole people. Those removed, withdrawn or
    lapsed are not replaced (Art. 13). A cohort of points knows nobody who is refused.

    Args:
        scored: the round: its applicants declared, its eligible are ranked, its admitted are noticed.
        rates: assumed rates, those of `simulate.queue.behaviour` if None.

    Returns:
        One row a step: ``stage``; ``kind`` (`STAGE`, `EXIT` or `SIDE`); ``people``; ``share`` of the
        declared; ``article`` of the rules; ``basis``, whether counted in the `COHORT` or an `ASSUMPTION`;
        ``barred_through``, the last round for which those found with false material are barred.
        ``children`` are the minor children who move with the settled; the row is missing where the cohort
        does not know children.

    """
    rows = list(_Round.of(scored, behaviour() if rates is None else rates).rows())
    declared = rows[0][2]
    barred = scored.round_year + YEARS_BARRED
    told = [
        (
            stage, kind, people, people / declared, article, basis,
            barred if stage == "false_material" else None,
        )
        for stage, kind, people, article, basis in rows
    ]  # fmt: skip
    return pl.DataFrame(told, schema=SCHEMA, orient="row")


@dataclass(frozen=True)
class _Round:
    """Hold what a cohort says of its round, and the rates for the rest."""

    declared: int
    refused_with_employer: int
    refused: int
    ranked: int
    noticed: int
    children: int | None
    rates: Parameters

    @classmethod
    def of(cls, scored: Scored, rates: Parameters) -> _Round:
        mask = scored.points.get_column(REASONS)
        employer, person = (_has(mask, reason) for reason in ("employer_barred", "barred"))
        frame, ranking = scored.frame, scored.ranking
        cohort = scored.cohort.frame
        children = None
        if "minor_children" in cohort.columns:
            children = int(cohort.get_column("minor_children").filter(frame.get_column("admitted")).sum())
        return cls(
            ranking.applicants,
            int(employer.sum()),
            int((person & ~employer).sum()),
            ranking.eligible,
            ranking.admitted,
            children,
            rates,
        )

    def rows(self) -> Iterator[_Row]:
        """Yield the steps in order."""
        yield from self._before_the_ranking()
        yield from self._ranking()
        yield from self._after_the_notice()

    def _before_the_ranking(self) -> Iterator[_Row]:
        confirmed = self.declared - self.refused_with_employer
        checked = confirmed - self.refused
        appealed = self._part(checked, "checking.appealed")
        yield "declared", STAGE, self.declared, "5", COHORT
        yield "employer_barred", EXIT, self.refused_with_employer, "17", COHORT
        yield "confirmed", STAGE, confirmed, "5", COHORT
        yield "barred", EXIT, self.refused, "17", COHORT
        yield "checked", STAGE, checked, "6", COHORT
        yield "questioned", SIDE, self._part(checked, "checking.questioned"), "7", ASSUMPTION
        yield "appealed", SIDE, appealed, "8", ASSUMPTION
        yield "appeal_upheld", SIDE, self._part(appealed, "checking.appeal_upheld"), "8", ASSUMPTION
        yield "ineligible", EXIT, checked - self.ranked, "14", COHORT

    def _ranking(self) -> Iterator[_Row]:
        yield "ranked", STAGE, self.ranked, "10", COHORT
        yield "below_cutoff", EXIT, self.ranked - self.noticed, "10", COHORT
        yield "noticed", STAGE, self.noticed, "10", COHORT

    def _after_the_notice(self) -> Iterator[_Row]:
        objected = self._part(self.noticed, "notice.objected")
        removed = self._part(objected, "notice.upheld")
        qualified = self.noticed - removed
        withdrew = min(self._part(self.noticed, "settling.withdraws"), qualified)
        lapsed = min(self._part(self.noticed, "settling.lapses"), qualified - withdrew)
        settled = qualified - withdrew - lapsed
        yield "objected", SIDE, objected, "10", ASSUMPTION
        yield "removed", EXIT, removed, "13", ASSUMPTION
        yield "false_material", SIDE, self._part(removed, "notice.false_material"), "17", ASSUMPTION
        yield "qualified", STAGE, qualified, "10", ASSUMPTION
        yield "withdrew", EXIT, withdrew, "13", ASSUMPTION
        yield "lapsed", EXIT, lapsed, "10", ASSUMPTION
        yield "settled", STAGE, settled, "12", ASSUMPTION
        if self.children is not None:
            moving = _rounded(Fraction(self.children * settled, self.noticed or 1))
            yield "children", SIDE, moving, "11", ASSUMPTION

    def _part(self, people: int, path: str) -> int:
        """Return a rate's part of some people, a whole number, half up."""
        return _rounded(people * Fraction(str(self.rates.number(path))))


def _has(mask: pl.Series, reason: str) -> pl.Series:
    return (mask & (1 << REASON_NAMES.index(reason))) != 0


def _rounded(people: Fraction) -> int:
    return int(people + Fraction(1, 2))
