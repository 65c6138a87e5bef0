"""Indicators that a rulebook adds or removes count in the engine as they do in scoring."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
import pytest

import scoring
from scoring.indicators import COLUMNS
from simulate.engine import UNIT, Draws, Engine, EngineError
from tests.simulate.engine.cohorts import NINE, ROUND, RULES, facts_cohort, points_cohort

QUOTA = 90
NEW: dict[str, object] = {
    "added.service.title": "志愿服务",
    "added.service.title_en": "Service",
    "added.service.column": "service_years",
    "added.service.points_each": Decimal("2.5"),
    "added.service.max_points": 12,
}
WITH = RULES.changed({**NEW, "honours.removed": True})


def with_service(cohort: scoring.Cohort) -> scoring.Cohort:
    """Give everyone some years of service, and read the cohort under rules that look at them."""
    years = np.random.default_rng(3).integers(0, 9, cohort.frame.height)
    points = [
        name for name, kind in cohort.frame.schema.items() if name in (*COLUMNS, "total") and kind == pl.Int32
    ]
    exact = [(pl.col(name).cast(pl.Decimal(12, 2)) / 100).cast(pl.Decimal(12, 2)) for name in points]
    frame = cohort.frame.with_columns(exact).with_columns(pl.Series("service_years", years))
    return scoring.Cohort.from_frame(frame, rules=WITH, round_year=ROUND)


def literal(cohort: scoring.Cohort, rules: scoring.Rulebook, weights: Any, quota: int) -> tuple[int, int]:
    """Weigh everyone's points by hand: cutoff in 1/102,400 of a point, and how many are admitted."""
    frame = scoring.score(cohort, rules, quota=1).frame
    indicators = [name for name in COLUMNS if name != "study_deduction"]
    totals = (frame["study_deduction"] * 100).cast(pl.Int64).to_numpy() * int(weights[2])
    for place, name in enumerate(indicators):
        totals = totals + (frame[name] * 100).cast(pl.Int64).to_numpy() * int(weights[place])
    totals = totals + (frame["service"] * 100).cast(pl.Int64).to_numpy() * UNIT
    some = np.sort(totals[frame["eligible"].to_numpy()])[::-1]
    return int(some[quota - 1]), int((some >= some[quota - 1]).sum())


@pytest.mark.parametrize("level", ["facts", "points"])
def test_weights_and_quotas_over_rules_that_add_and_remove(level: str) -> None:
    """An added indicator has a weight of 1 in every draw, a removed one gives nothing at any weight."""
    cohort = with_service(facts_cohort(1_200) if level == "facts" else points_cohort(1_200, seed=4))
    random = np.random.default_rng(7)
    weights = np.rint(random.uniform(0.5, 1.5, (60, NINE)) * UNIT).astype(np.int32)
    quota = random.integers(50, 120, 60)
    out = Engine.prepare(cohort, WITH, quota=QUOTA).run(Draws(weights, quota))
    expected = [literal(cohort, WITH, weights[draw], int(quota[draw])) for draw in range(60)]
    assert list(zip(out.cutoff_exact.tolist(), out.admitted.tolist(), strict=True)) == expected


def test_decimals_count_in_the_engine_as_in_scoring() -> None:
    """A column of two decimals gives the same rounded points in every draw of its rate and cap."""
    rules = WITH.changed({"added.service.hundredths": True})
    whole = with_service(facts_cohort(1_200))
    quarters = whole.frame["service_years"] / 4
    frame = whole.frame.with_columns(service_years=quarters)
    cohort = scoring.Cohort.from_frame(frame, rules=rules, round_year=ROUND)
    changes: list[dict[str, object]] = [{}, {"added.service.points_each": Decimal("7.77")}]
    weights = np.full((2, NINE), UNIT, dtype=np.int32)
    out = Engine.prepare(cohort, rules, quota=QUOTA).run(Draws(weights, np.full(2, QUOTA), tuple(changes)))
    expected = [literal(cohort, rules.changed(one), weights[0], QUOTA) for one in changes]
    assert list(zip(out.cutoff_exact.tolist(), out.admitted.tolist(), strict=True)) == expected


def test_a_draw_changes_what_an_added_indicator_gives() -> None:
    """Its rate, its cap and the column it looks at can be drawn, beside the values of the nine."""
    cohort = with_service(facts_cohort(1_200))
    changes: list[dict[str, object]] = [
        {"added.service.points_each": 5},
        {"added.service.max_points": 3, "employment.points_per_year": 4},
        {"added.service.column": "taxed_100k_years", "tax.removed": True},
        {"added.service.points_each": Decimal("-1.5"), "age.removed": True},
        {},
    ]
    weights = np.full((len(changes), NINE), UNIT, dtype=np.int32)
    read = scoring.Cohort.from_frame(
        cohort.frame, rules=WITH, round_year=ROUND, measures=["taxed_100k_years"]
    )
    draws = Draws(weights, np.full(len(changes), QUOTA), tuple(changes))
    out = Engine.prepare(read, WITH, quota=QUOTA).run(draws)
    expected = [literal(read, WITH.changed(one), weights[0], QUOTA) for one in changes]
    assert list(zip(out.cutoff_exact.tolist(), out.admitted.tolist(), strict=True)) == expected


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (NEW, "added.service.title: a draw cannot add an indicator; prepare a rulebook that has it"),
        ({"added.service.points_each": None}, "a draw cannot take a value of an added indicator away"),
    ],
)
def test_a_draw_adds_and_takes_away_no_indicator(changes: dict[str, object], told: str) -> None:
    """That changes what there is to be drawn; a rulebook that has it is prepared instead."""
    rules = RULES if "title" in told else WITH
    engine = Engine.prepare(with_service(facts_cohort(300)), rules, quota=20)
    with pytest.raises(EngineError, match=told.replace(".", r"\.")):
        engine.run(Draws(np.full((1, NINE), UNIT, dtype=np.int32), np.array([20]), (changes,)))
