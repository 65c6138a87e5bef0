"""A scored cohort: points, ranks and who is in, with the rules that made them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from scoring.cohort import Cohort
from scoring.errors import RulebookError
from scoring.indicators import COLUMNS, INDICATOR_OF, codes_of, columns_of, tables_of
from scoring.indicators.age import age_band
from scoring.indicators.calendar import FIRST_DAY, births_until, completed_years
from scoring.indicators.education import LEVELS
from scoring.indicators.eligibility import REASONS as REASON_NAMES
from scoring.indicators.facts import Extent, as_whole
from scoring.indicators.item import Law
from scoring.notices import Notice, not_in_force
from scoring.points import REASONS, TOTAL, chunks_of, score_facts
from scoring.ranking import Ranking, TotalCounts, rank
from scoring.rulebook import Rulebook

PLACED = 1 << 16
"""Rows that are given their ranks at a time."""

_DECIMAL = pl.Decimal(12, 2)
_TRAITS = ("sex", "age_band", "education_level")
_REASON_LISTS = pl.Series(
    [[reason for bit, reason in enumerate(REASON_NAMES) if mask >> bit & 1] for mask in range(256)],
    dtype=pl.List(pl.String),
)


@dataclass(frozen=True)
class Scored:
    """Hold a cohort's points and ranking under one rulebook, quota and round.

    ``points`` has the columns of points and the total in hundredths, and the mask of failed conditions;
    ``frame`` is the same with everything the contract's "Scored" names, points as exact decimals.
    """

    cohort: Cohort
    rules: Rulebook
    points: pl.DataFrame
    counts: TotalCounts
    ranking: Ranking

    @property
    def level(self) -> str:
        """The level of the cohort: ``facts`` or ``points``."""
        return self.cohort.level

    @property
    def round_year(self) -> int:
        """The year of the round."""
        return self.cohort.round_year

    @property
    def quota(self) -> int:
        """How many places there were."""
        return self.ranking.quota

    @property
    def groups(self) -> tuple[str, ...]:
        """The cohort's own categorical columns."""
        return self.cohort.groups

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader of the result must know."""
        return not_in_force(self.rules, self.round_year)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The scored cohort as the contract's "Scored" says, one row an applicant in the cohort's order."""
        return scored_frame(self.cohort, self.points, self.counts, self.ranking)

    def row(self, position: int) -> dict[str, Any]:
        """Return one applicant's line of the contract's "Scored"."""
        cohort, points = (
            replace(self.cohort, frame=self.cohort.frame.slice(position, 1)),
            self.points.slice(position, 1),
        )
        return scored_frame(cohort, points, self.counts, self.ranking).row(0, named=True)


def score(cohort: Cohort, rules: Rulebook, *, quota: int) -> Scored:
    """Score a cohort, rank the eligible, and admit everyone at or above the total at rank *quota*.

    Facts are scored by Art. 14 and 15; those that were counted from records under other rules are counted
    again. Points are taken as they stand and everybody counts as eligible.

    Raises:
        RankingError: the quota is negative.

    """
    cohort = cohort.under(rules)
    points = points_of(cohort, rules)
    counts = TotalCounts.of(chunks_of(points))
    return Scored(cohort, rules, points, counts, rank(counts, applicants=points.height, quota=quota))


def points_of(cohort: Cohort, rules: Rulebook) -> pl.DataFrame:
    """Return the columns of points, their sum as the total, and the mask of reasons."""
    if taken := set(cohort.groups) & set(rules.added):
        name = min(taken)
        raise RulebookError(
            f"added.{name}: the cohort has a group of this name; call the indicator otherwise"
        )
    if cohort.level == "facts":
        return score_facts(_keyed_by(rules, cohort.frame), rules, round_year=cohort.round_year)
    _refuse_changes(rules)
    points = cohort.frame.select(*COLUMNS).with_columns(
        *(pl.lit(0, pl.Int32).alias(column) for column in COLUMNS if rules.removes(INDICATOR_OF[column])),
        *_added(cohort, rules),
    )
    total = pl.sum_horizontal(columns_of(rules)).cast(pl.Int32).alias(TOTAL)
    return points.with_columns(total, pl.lit(0, pl.UInt8).alias(REASONS))


def _refuse_changes(rules: Rulebook) -> None:
    """Refuse changed values of the law, which published points know nothing of."""
    for path, value in rules.values_by_path.items():
        answered = path.startswith("added.") or path.endswith(".removed")
        if value.citation.confidence == "change" and not answered:
            raise RulebookError(
                f"{path} is changed, and a cohort of points cannot tell what that gives: it answers only"
                " indicators that are removed or added"
            )


def _added(cohort: Cohort, rules: Rulebook) -> list[pl.Series]:
    """Return what the indicators that a rulebook adds give in a cohort of points."""
    measures = [name for name in rules.measures if name in cohort.frame.columns]
    law = Law(rules, cohort.round_year, Extent.of_measures(cohort.frame, measures))
    read = {name: as_whole(cohort.frame.get_column(name)).to_numpy() for name in measures}
    return [
        pl.Series(name, tables_of(name, law)[name].take(codes_of(name, read, law)[name]), pl.Int32)
        for name in rules.added
    ]


def _keyed_by(rules: Rulebook, frame: pl.DataFrame) -> pl.DataFrame:
    """Give awards and honours their positions in these rules' annexes, not in those they were read with."""
    keys = {"innovation_award": pl.Enum(rules.award_keys), "honour": pl.Enum(rules.honour_keys)}
    others = {name: kind for name, kind in keys.items() if frame.schema[name] != kind}
    try:
        return frame.with_columns(pl.col(name).cast(pl.String).cast(kind) for name, kind in others.items())
    except pl.exceptions.InvalidOperationError:
        raise RulebookError(
            f"{rules.name} lacks an award or an honour that the cohort was read with"
        ) from None


def placed(points: pl.DataFrame, counts: TotalCounts, ranking: Ranking) -> pl.DataFrame:
    """Return each applicant's ``rank``, null for the ineligible, and whether they are ``admitted``.

    Some rows at a time, so that hardly more memory is held than the ranks take themselves.
    """
    eligible = pl.col(REASONS) == 0
    admitted = pl.lit(value=False)
    if ranking.cutoff is not None:
        admitted = eligible & (pl.col(TOTAL) >= int(ranking.cutoff.scaleb(2)))

    def one(part: pl.DataFrame) -> pl.DataFrame:
        place = pl.Series(counts.place(part.get_column(TOTAL).to_numpy()))
        return part.select(pl.when(eligible).then(place).alias("rank"), admitted.alias("admitted"))

    return pl.concat(map(one, points.iter_slices(PLACED)) if points.height else [one(points)], rechunk=False)


def scored_frame(cohort: Cohort, points: pl.DataFrame, counts: TotalCounts, ranking: Ranking) -> pl.DataFrame:
    """Put together the contract's "Scored" for a cohort, or for one batch of it, ranked among all."""
    columns = [name for name in points.columns if name != REASONS]
    return points.select(
        cohort.frame.get_column("applicant_id"),
        # A decimal of two places is held as a whole number of hundredths, which is what points are.
        *(pl.col(name).cast(pl.Int128).reinterpret(dtype=_DECIMAL) for name in columns),
        (pl.col(REASONS) == 0).alias("eligible"),
        _REASON_LISTS.gather(points.get_column(REASONS)).alias("ineligible_because"),
        *placed(points, counts, ranking),
        *_traits(cohort),
        *(cohort.frame.get_column(group) for group in cohort.groups if group not in _TRAITS),
    )


def _traits(cohort: Cohort) -> list[pl.Series]:
    frame = cohort.frame
    traits = []
    if "sex" in frame.columns:
        traits.append(frame.get_column("sex"))
    if (years := _completed_years(frame, cohort.round_year)) is not None:
        traits.append(age_band(years))
    if cohort.level == "facts":
        traits.append(frame.get_column("education").cast(pl.Enum(LEVELS)).alias("education_level"))
    return traits


def _completed_years(frame: pl.DataFrame, round_year: int) -> pl.Series | None:
    """Return completed years on 1 January of the year before the round, null where no birth is known."""
    on = dt.date(round_year - 1, 1, 1)
    if "birth_date" in frame.columns:
        table = completed_years(births_until(dt.date(round_year, 12, 31)), on)
        return pl.Series(table.take(frame.get_column("birth_date").to_physical().to_numpy() - FIRST_DAY))
    if "birth_year" in frame.columns:
        return on.year - 1 - frame.get_column("birth_year").cast(pl.Int16)
    return None
