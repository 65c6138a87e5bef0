"""The lever atlas of rates: every hundredth scored anew until the admitted change."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scoring
from scoring.errors import UnknownName
from simulate import sensitivity
from simulate.engine.law import items_moved_by
from simulate.sensitivity import SensitivityError
from simulate.sensitivity.rates import Rate, rates_of
from tests.simulate.engine.cohorts import RULES, facts_cohort
from tests.simulate.sensitivity.pools import ten

RATES = rates_of(RULES)
BUSY = [rate for rate in RATES if not rate.path.startswith("innovation.")]
FAR = 25
"""Hundredths that the brute force looks at on each side."""


def admitted(cohort: scoring.Cohort, rate: Rate, value: int, quota: int) -> list[bool]:
    """Score a cohort with one rate changed."""
    scored = scoring.score(cohort, RULES.changed(rate.change(value)), quota=quota)
    if scored.ranking.cutoff is None:
        return [False] * cohort.frame.height
    eligible, total = scored.points["reasons"] == 0, scored.points["total"]
    return (eligible & (total >= int(scored.ranking.cutoff * 100))).to_list()


def changes_within(cohort: scoring.Cohort, rate: Rate, step: int, quota: int) -> int | None:
    """Give the first hundredth on one side that admits others, None if none does so near."""
    before = admitted(cohort, rate, rate.baseline, quota)
    for value in range(rate.baseline + step, rate.baseline + step * (FAR + 1), step):
        if not rate.low <= value <= rate.high:
            return None
        if admitted(cohort, rate, value, quota) != before:
            return value
    return None


@settings(max_examples=8)
@given(
    rate=st.sampled_from(BUSY),
    size=st.sampled_from([25, 60, 150]),
    quota=st.integers(1, 30),
    seed=st.integers(0, 1),
    step=st.sampled_from([-1, 1]),
)
def test_every_end_is_that_of_scoring_each_hundredth(
    rate: Rate, size: int, quota: int, seed: int, step: int
) -> None:
    """The set stays up to the end and no further, as a cohort scored anew at every hundredth says."""
    cohort = facts_cohort(size, seed)
    study = sensitivity.study(cohort, RULES, quota=quota)
    told = sensitivity.rate_atlas(study, levers=[rate.name]).row(int(step > 0), named=True)
    found = changes_within(cohort, rate, step, quota)
    assert told["complete"]
    if found is not None:
        assert told["end"] == (found - step) / 100
        changed = np.array(admitted(cohort, rate, found, quota)) != study.admitted
        rows = {told["entering_row"], told["leaving_row"]} - {None}
        assert rows <= set((np.flatnonzero(changed) + 1).tolist())
        assert rows
    elif told["end"] is not None:
        assert abs(round(told["end"] * 100) - rate.baseline) >= FAR


@settings(max_examples=30)
@given(rate=st.sampled_from(RATES), data=st.data())
def test_points_of_an_item_rise_or_fall_with_a_rate_all_the_way(rate: Rate, data: st.DataObject) -> None:
    """Between two values of a rate, every code's points lie between those at the two: bounds rest on it."""
    casebook = sensitivity.study(facts_cohort(60), RULES, quota=5).engine.casebook
    assert casebook is not None
    values = sorted(data.draw(st.lists(st.integers(rate.low, rate.high), min_size=3, max_size=3)))
    for item in items_moved_by(rate.path, RULES):
        low, middle, high = (casebook.table(item, RULES.changed(rate.change(value))) for value in values)
        assert ((np.minimum(low, high) <= middle) & (middle <= np.maximum(low, high))).all()


def test_overtaking_leaves_broken_ties_aside() -> None:
    """Overtaking never comes before the set first changes, and is where somebody outside is level."""
    frame = sensitivity.rate_atlas(sensitivity.study(facts_cohort(400), RULES, quota=40))
    for told in frame.filter(pl.col("overtaking").is_not_null()).iter_rows(named=True):
        away, first = (abs(told[name] - told["baseline"]) for name in ("overtaking", "end"))
        assert away > first
        assert told["overtaking_row"] != told["overtaken_row"]


def test_people_are_those_whom_a_rate_moves_apart() -> None:
    """A credential's points move whoever holds it, an award of taxed years whoever has one."""
    study = sensitivity.study(facts_cohort(2_000), RULES, quota=120)
    frame = sensitivity.rate_atlas(study, levers=["education.points.doctor", "tax.points_per_award"])
    people = dict(frame.select("lever", "people").iter_rows())
    facts = study.engine.cohort.frame.filter(pl.Series(study.pool))
    assert people["education.points.doctor"] == (facts["education"] == "doctor").sum() > 0
    assert people["tax.points_per_award"] == (facts["taxed_100k_years"] > 0).sum()


def test_every_rate_is_there_once_and_on_both_sides() -> None:
    """Each value in points has two rows, so has each step of the ladder, and rounding has none."""
    frame = sensitivity.rate_atlas(sensitivity.study(facts_cohort(60), RULES, quota=5))
    levers = frame["lever"].unique(maintain_order=True).to_list()
    assert frame.height == 2 * len(levers)
    assert {
        "employment.points_per_year",
        "tax.points_per_penalty",
        "age.ladder[<=45]",
        "age.ladder[>49]",
    } <= {*levers}
    assert not [name for name in levers if name.startswith(("rounding", "eligibility"))]


def test_a_step_of_a_ladder_lies_between_its_neighbours() -> None:
    """46 years have 16 points and may have 12 to 20 as long as 45 and 47 stay; the change moves that step."""
    (rate,) = (rate for rate in RATES if rate.name == "age.ladder[<=46]")
    assert (rate.baseline, rate.low, rate.high) == (1600, 1200, 2000)
    steps = RULES.changed(rate.change(1750)).ladder("age.ladder")
    assert [step.points for step in steps[:3]] == [Decimal(20), Decimal("17.5"), Decimal(12)]


def test_with_a_place_for_everyone_no_rate_moves_anybody() -> None:
    """A quota of the whole pool has no ends."""
    frame = sensitivity.rate_atlas(sensitivity.study(facts_cohort(60), RULES, quota=60))
    assert frame["end"].null_count() == frame["overtaking"].null_count() == frame.height
    assert frame["complete"].all()


def test_a_search_that_is_given_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one look a side, the end is no further than where the set changes, and is told as incomplete."""
    study = sensitivity.study(facts_cohort(400), RULES, quota=40)
    whole = sensitivity.rate_atlas(study)
    monkeypatch.setattr("simulate.sensitivity.atlas_rates.MOST_LOOKS", 1)
    both = sensitivity.rate_atlas(study).with_columns(whole["end"].alias("known"))
    given_up = both.filter(~pl.col("complete"))
    assert given_up.height > 10
    far, known = ((given_up[name] - given_up["baseline"]).abs() for name in ("end", "known"))
    assert (far <= known).all()
    assert given_up["entering_row"].null_count() == given_up.height


def test_an_unknown_rate_is_refused_with_the_nearest() -> None:
    """A misspelt rate names the one that was probably meant."""
    with pytest.raises(UnknownName, match=re.escape("did you mean honours.points")):
        sensitivity.rate_atlas(sensitivity.study(facts_cohort(60), RULES, quota=5), levers=["honour.points"])


def test_points_have_no_rates() -> None:
    """A cohort of points is refused in a sentence."""
    with pytest.raises(SensitivityError, match="holds points"):
        sensitivity.rate_atlas(sensitivity.study(ten(), RULES, quota=4))
