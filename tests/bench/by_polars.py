"""Score and rank with polars alone: the article's arithmetic as expressions, in whole hundredths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from scoring.indicators import COLUMNS
from scoring.rulebook import Rulebook
from tests.bench.outcome import Outcome

DWELLINGS = ("own_home", "spouse_home", "presumed_tenancy", "leased", "dormitory")


def score(facts: pl.DataFrame, rules: Rulebook, *, year: int, quota: int) -> pl.DataFrame:
    """Return the ten columns, the total, ranks and who is admitted, as one lazy query."""
    items = {
        "employment": per_year("insured_months", rules.points("employment.points_per_year")),
        "residence": residence(rules),
        "education": education(rules),
        "study_deduction": study_deduction(rules),
        "job_housing_area": job_housing_area(rules),
        "innovation": innovation(rules),
        "tax": tax(rules),
        "age": age(rules, year),
        "honours": pl.when(pl.col("honour").is_not_null()).then(rules.points("honours.points")).otherwise(0),
        "law_abiding": _whole("detentions") * rules.points("law_abiding.points_per_detention"),
    }
    return (
        facts.lazy()
        .select(eligible(rules, year).alias("eligible"), **items)
        .with_columns(total=pl.sum_horizontal(COLUMNS))
        .with_columns(rank=pl.when("eligible").then("total").rank("min", descending=True))
        .with_columns(admitted=(pl.col("rank") <= quota).fill_null(value=False))
        .collect()
    )


def outcome(scored: pl.DataFrame) -> Outcome:
    """Return what is compared."""
    return Outcome(
        {column: scored.get_column(column).to_numpy() for column in (*COLUMNS, "total")},
        scored.get_column("rank").fill_null(0).to_numpy(),
        scored.get_column("admitted").to_numpy(),
    )


def _whole(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int32)


def per_year(months: str | pl.Expr, rate: int) -> pl.Expr:
    """Return the hundredths of months at a yearly rate, half up."""
    counted = _whole(months) if isinstance(months, str) else months.cast(pl.Int32)
    return (counted * rate + 6) // 12


def residence(rules: Rulebook) -> pl.Expr:
    """Return Art. 15(2): each class of dwelling rounded, together no more months than insured."""
    room, points = pl.col("insured_months"), []
    for dwelling in DWELLINGS:
        months = pl.min_horizontal(f"{dwelling}_months", room)
        own = dwelling in ("own_home", "spouse_home")
        rate = "residence.own_home_points_per_year" if own else "residence.other_home_points_per_year"
        points.append(per_year(months, rules.points(rate)))
        room = room - months
    return pl.sum_horizontal(points)


def by_key(column: str, values: Iterable[tuple[str, int]]) -> pl.Expr:
    """Return the number that goes with each key, 0 for none."""
    return pl.col(column).replace_strict(dict(values), default=0, return_dtype=pl.Int32)


def education(rules: Rulebook) -> pl.Expr:
    """Return Art. 15(3)."""
    prefix = "education.points."
    tiers = ((path.removeprefix(prefix), rules.points(path)) for path in rules if path.startswith(prefix))
    return by_key("education", tiers)


def study_deduction(rules: Rulebook) -> pl.Expr:
    """Return Annex 2's deduction."""
    prefix = "education.deduction.years."
    years = ((path.removeprefix(prefix), rules.count(path)) for path in rules if path.startswith(prefix))
    rate = rules.points("employment.points_per_year")
    rate += rules.points("education.deduction.residence_points_per_year")
    return -per_year(pl.min_horizontal("study_insured_months", 12 * by_key("education", years)), rate)


def job_housing_area(rules: Rulebook) -> pl.Expr:
    """Return Art. 15(4): whole years of two kinds, capped apart and together."""
    kinds = {"home": "suburban_home_months", "home_and_job": "suburban_home_and_job_months"}
    points = (
        (_whole(fact) // 12 * rules.points(f"job_housing_area.{kind}_points_per_year")).clip(
            upper_bound=rules.points(f"job_housing_area.{kind}_max_points")
        )
        for kind, fact in kinds.items()
    )
    together = pl.sum_horizontal(points).clip(upper_bound=rules.points("job_housing_area.max_points"))
    return pl.when("suburban_home_in_december").then(together).otherwise(0)


def innovation(rules: Rulebook) -> pl.Expr:
    """Return Art. 15(5), Annex 3."""
    return by_key("innovation_award", ((award.key, rules.award_points(award)) for award in rules.awards))


def tax(rules: Rulebook) -> pl.Expr:
    """Return Art. 15(6)."""
    awards = _whole("taxed_100k_years") // rules.count("tax.years_per_award")
    earned = (awards * rules.points("tax.points_per_award")).clip(upper_bound=rules.points("tax.max_points"))
    return earned + _whole("tax_penalties") * rules.points("tax.points_per_penalty")


def completed_years(on: dt.date) -> pl.Expr:
    """Return the years of age completed on a day; one is completed on the day after the birthday."""
    born = pl.col("birth_date").dt
    month, day = born.month(), born.day()
    reached = (month < on.month) | ((month == on.month) & (day < on.day))
    return on.year - born.year() - pl.when(reached).then(0).otherwise(1)


def age(rules: Rulebook, year: int) -> pl.Expr:
    """Return Art. 15(7)."""
    years = completed_years(dt.date(year - 1, 1, 1))
    steps = rules.ladder("age.ladder")
    points = pl.lit(int(steps[-1].points * 100))
    for step in reversed(steps[:-1]):
        points = pl.when(years <= step.up_to).then(int(step.points * 100)).otherwise(points)
    return points


def eligible(rules: Rulebook, year: int) -> pl.Expr:
    """Return Art. 14 and 17, for a round before the retirement age rises."""
    on = dt.date(year - 1, 12, 31)
    groups = {"men": pl.col("sex") == "male", "women_workers": pl.col("post") == "worker"}
    limit = pl.lit(rules.count("eligibility.retirement.women_cadres.age"))
    for group, belongs in reversed(groups.items()):
        limit = pl.when(belongs).then(rules.count(f"eligibility.retirement.{group}.age")).otherwise(limit)
    return pl.all_horizontal(
        (pl.col("residence_permit_date") <= on).fill_null(value=False),
        completed_years(on) < limit,
        pl.col("continuous_insured_months") >= rules.count("eligibility.continuous_months"),
        pl.col("back_paid_months") <= rules.count("eligibility.back_paid_months_allowed"),
        pl.col("insurance_in_order"),
        ~pl.col("criminal_record"),
        *(
            (pl.col(bar) < year).fill_null(value=True)
            for bar in ("barred_through", "employer_barred_through")
        ),
    )
