"""A weight written as values of the law multiplies an indicator's points, exactly or not at all."""

from decimal import Decimal

import polars as pl
import pytest

import scoring
from scoring.errors import UnknownName
from scoring.reform import Reform, ReformError
from scoring.reform.weight import PRO_RATA, weighted
from scoring.rulebook import INDICATORS
from synthetic_data.population import facts

ROUND = 2020
NAMES = ("beijing-2018-trial", "beijing-2020-draft", "beijing-2020")


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    """Draw some hundred applicants, some of them with an award, an honour or penalties."""
    rules = scoring.Rulebook.load("beijing-2020")
    drawn = facts(rules, round_year=ROUND, size=600, seed=5)
    row = pl.int_range(pl.len())
    award, honour = pl.lit(rules.award_keys[0]), pl.lit(rules.honour_keys[0])
    return drawn.with_columns(
        pl.when(row % 13 == 0).then(award).otherwise("innovation_award").alias("innovation_award"),
        pl.when(row % 17 == 0).then(honour).otherwise("honour").alias("honour"),
        pl.when(row % 7 == 0).then(pl.col("detentions") + 1).otherwise("detentions").alias("detentions"),
        pl.when(row % 11 == 0)
        .then(pl.col("tax_penalties") + 1)
        .otherwise("tax_penalties")
        .alias("tax_penalties"),
    )


def points(people: pl.DataFrame, rules: scoring.Rulebook) -> pl.DataFrame:
    """Score everyone."""
    cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=ROUND)
    return scoring.score(cohort, rules, quota=100).frame


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("weight", ["0.5", "1.25", "2"])
@pytest.mark.parametrize("indicator", [one for one in INDICATORS if one not in PRO_RATA])
def test_points_are_multiplied(people: pl.DataFrame, indicator: str, weight: str, name: str) -> None:
    """Everyone's points of the indicator are the weight times what they were, and no others change."""
    rules, factor = scoring.Rulebook.load(name), Decimal(weight)
    before, after = points(people, rules), points(people, rules.changed(weighted(rules, indicator, factor)))
    assert after[indicator].to_list() == [value * factor for value in before[indicator].to_list()]
    assert before[indicator].n_unique() > 1
    others = [one for one in scoring.indicators.COLUMNS if one != indicator]
    assert after.select(others).equals(before.select(others))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_weight_nothing_removes(people: pl.DataFrame, indicator: str) -> None:
    """Under weight 0 every indicator can be written: it is removed, education with its deduction."""
    rules = scoring.Rulebook.load("beijing-2020")
    reform = Reform.from_changes(rules, weighted(rules, indicator, Decimal(0)), title="删去")
    before, after = points(people, rules), points(people, reform.rules)
    gone = ["education", "study_deduction"] if indicator == "education" else [indicator]
    lost = before.select(pl.sum_horizontal(gone)).to_series()
    assert (before["total"] - after["total"]).to_list() == lost.to_list()


@pytest.mark.parametrize("indicator", PRO_RATA)
def test_what_is_rounded_by_months_has_no_weight_in_the_law(indicator: str) -> None:
    """A rate does not say what a weight on points already rounded does, so none is written."""
    rules = scoring.Rulebook.load("beijing-2020")
    with pytest.raises(ReformError, match="change its rates instead"):
        weighted(rules, indicator, Decimal("1.1"))
    assert weighted(rules, indicator, Decimal(1)) == {}


def test_a_product_finer_than_a_hundredth_is_refused() -> None:
    """The law knows hundredths of a point; half of 0.05 more is none."""
    rules = scoring.Rulebook.load("beijing-2020").changed({"tax.points_per_award": Decimal("2.05")})
    with pytest.raises(ReformError, match=r"multiply tax by 0\.5: tax\.points_per_award: .* hundredth"):
        weighted(rules, "tax", Decimal("0.5"))


def test_an_unknown_indicator_is_refused_with_the_nearest() -> None:
    """The study deduction has no weight of its own, and a misspelling names the indicator meant."""
    with pytest.raises(UnknownName, match="did you mean honours"):
        weighted(scoring.Rulebook.load("beijing-2020"), "honors", Decimal(0))
