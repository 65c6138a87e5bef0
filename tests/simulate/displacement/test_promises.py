"""What the ledger promises on any cohort: exact shares and flows, nothing that hangs on rows or scale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import factorial
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring
from scoring import Cohort, Rulebook
from scoring.indicators import COLUMNS
from scoring.reform import Reform, ReformError
from simulate.displacement import Displacement, displacement
from simulate.displacement.columns import Coalitions
from simulate.displacement.flows import matched
from simulate.displacement.parts import parts_of
from simulate.displacement.shapley import shapley
from tests.scoring.cohort.records_made import admitted, folder, sound
from tests.scoring.test_promises import scaled
from tests.simulate.engine.cohorts import facts_cohort, points_cohort

RULES = Rulebook.load("beijing-2020")
QUOTA = 150
GROUPS = ("sex", "age_band", "sector")
CHANGES: dict[str, object] = {
    "employment.points_per_year": Decimal("3.2"),
    "education.points.doctor": 45,
    "education.deduction.residence_points_per_year": 1,
    "age.ladder": [{"up_to": 40, "points": 20}, {"up_to": 50, "points": 13}],
    "eligibility.continuous_months": 100,
    "rounding.step": Decimal("0.05"),
    "honours.removed": True,
}


def reform(changes: dict[str, object] | None = None, rules: Rulebook = RULES) -> Reform:
    """Make a reform, of six parts unless told otherwise."""
    return Reform.from_changes(rules, CHANGES if changes is None else changes, title="试改")


def ledger(people: Cohort | None = None, made: Reform | None = None) -> Displacement:
    """Take the ledger of two thousand generated applicants."""
    return displacement(people or facts_cohort(2_000), made or reform(), quota=QUOTA, groups=GROUPS)


def literal_shares(made: Reform, people: Cohort) -> dict[str, list[Fraction]]:
    """Share each person's change of status among the parts, by the definition: over all orders of them.

    A status is scored from the start under each set of parts, without anything that the ledger is made of.
    """
    known: dict[frozenset[str], list[bool]] = {}

    def status(parts: frozenset[str]) -> list[bool]:
        if parts not in known:
            paths = [path for part in parts for path in made.parts[part]]
            rules = RULES.changed({path: made.changes[path] for path in paths})
            known[parts] = scoring.score(people, rules, quota=QUOTA).frame["admitted"].to_list()
        return known[parts]

    before, after = status(frozenset()), status(frozenset(made.parts))
    rows = [row for row, (was, now) in enumerate(zip(before, after, strict=True)) if was != now]
    shares = {part: [0] * len(rows) for part in made.parts}
    for order in permutations(made.parts):
        for turn, part in enumerate(order):
            less, more = status(frozenset(order[:turn])), status(frozenset(order[: turn + 1]))
            for place, row in enumerate(rows):
                shares[part][place] += (int(more[row]) - int(less[row])) * (1 if after[row] else -1)
    unit = factorial(len(made.parts))
    return {part: [Fraction(one, unit) for one in own] for part, own in shares.items()}


def test_shares_are_those_of_the_definition() -> None:
    """Person by person, the exact share of every part is the mean of what it changes over all orders."""
    result, unit = ledger(), factorial(6)
    got = {
        part: [Fraction(int(one), unit) for one in result.moves.shares[number]]
        for number, part in enumerate(result.reform.parts)
    }
    assert got == literal_shares(result.reform, facts_cohort(2_000))
    assert min(result.entered, result.left) > 20


def test_shares_sum_to_the_moved() -> None:
    """Exactly, over parts, for those who entered and those who left, whole and by level."""
    result = ledger()
    assert sum(result.exact("entered").values()) == result.entered
    assert sum(result.exact("left").values()) == result.left
    shared = result.group_parts.group_by("group", "level").agg(pl.col("entered", "left").sum().round(9))
    both = result.groups.join(shared, on=["group", "level"], suffix="_shared", nulls_equal=True)
    assert both.height == result.groups.height
    assert both.filter(
        (pl.col("entered") != pl.col("entered_shared")) | (pl.col("left") != pl.col("left_shared"))
    ).is_empty()


def test_the_cutoff_shares_sum_to_its_change() -> None:
    """What the parts do to the cutoff adds up to what the reform does."""
    result = ledger()
    assert result.before.cutoff is not None
    assert result.after.cutoff is not None
    assert result.parts["cutoff"].sum() == pytest.approx(float(result.after.cutoff - result.before.cutoff))


@given(st.lists(st.integers(-1_000, 1_000), min_size=1, max_size=6))
def test_of_a_sum_each_part_has_its_summand(gains: list[int]) -> None:
    """Closed form: where parts add up, a part's Shapley value is what it adds."""
    subsets = range(1 << len(gains))
    values = np.array(
        [[sum(gain for bit, gain in enumerate(gains) if subset >> bit & 1)] for subset in subsets]
    )
    assert shapley(values)[:, 0].tolist() == [gain * factorial(len(gains)) for gain in gains]


def test_flows_agree_with_the_counts_of_each_group() -> None:
    """Whoever left a level leaves by its row, whoever entered one by its column, ties aside."""
    result = ledger()
    for side, end in (("left", "from"), ("entered", "to")):
        sums = (
            result.flows.filter(pl.col(end).is_not_null())
            .group_by("group", pl.col(end).alias("level"))
            .agg(pl.col("people").sum())
        )
        counts = result.groups.filter(pl.col("level").is_not_null(), pl.col(side) > 0)
        assert sorted(sums.rows()) == sorted(counts.select("group", "level", side).rows())
    assert result.entered - result.left == result.after.admitted - result.before.admitted


@given(st.data())
def test_matching_keeps_every_margin(data: st.DataObject) -> None:
    """Rows and columns sum to the counts, nobody is counted below zero, who can stays in the level does."""
    levels = data.draw(st.integers(1, 6))
    counts = st.lists(st.integers(0, 50), min_size=levels, max_size=levels)
    left, entered = np.array(data.draw(counts)), np.array(data.draw(counts))
    table = matched(left, entered)
    assert (table >= 0).all()
    assert table[:-1].sum(axis=1).tolist() == left.tolist()
    assert table[:, :-1].sum(axis=0).tolist() == entered.tolist()
    assert table[:-1, :-1].diagonal().tolist() == np.minimum(left, entered).tolist()
    assert table[-1].sum() == max(entered.sum() - left.sum(), 0)
    assert table[:, -1].sum() == max(left.sum() - entered.sum(), 0)


def test_what_is_left_over_is_spread_in_proportion() -> None:
    """Ten leavers of one level go to entrants of two others, three to one: 7.5 and 2.5 are 8 and 2."""
    assert matched(np.array([10, 0, 0]), np.array([0, 9, 3])).tolist() == [
        [0, 8, 2, 0],
        [0] * 4,
        [0] * 4,
        [0, 1, 1, 0],
    ]


def test_the_order_of_rows_does_not_matter() -> None:
    """Shuffled, the same people move and every table is the same."""
    people = facts_cohort(2_000)
    shuffled = replace(people, frame=people.frame.sample(fraction=1, shuffle=True, seed=3))
    one, other = ledger(), ledger(shuffled)
    for name in ("groups", "flows", "parts", "group_parts"):
        assert getattr(one, name).equals(getattr(other, name)), name
    assert one.people.sort("applicant_id").equals(other.people.sort("applicant_id"))


def test_people_who_never_qualify_change_nothing() -> None:
    """Those shut out under every subset of the reform, or without any points, leave the ledger as it is."""
    people = facts_cohort(2_000)
    convicts = people.frame.head(500).with_columns(
        (pl.lit("x") + pl.col("applicant_id")).alias("applicant_id"), criminal_record=pl.lit(value=True)
    )
    more = Cohort.from_frame(pl.concat([people.frame, convicts]), rules=RULES, round_year=2020)
    assert ledger(more).parts.equals(ledger().parts)
    assert ledger(more).flows.equals(ledger().flows)


def test_scaling_all_points_moves_the_same_people() -> None:
    """With every point worth three times as much the ledger is the same, and the cutoff tripled."""
    base = scaled(RULES, 3)
    target = scaled(reform().rules, 3)
    tripled = ledger(made=Reform.between(base, target, title="三倍"))
    one = ledger()
    assert tripled.people["applicant_id"].equals(one.people["applicant_id"])
    assert tripled.exact("left") == {part: one.exact("left")[part] for part in tripled.reform.parts}
    assert tripled.after.cutoff == (one.after.cutoff or 0) * 3


def test_a_reform_and_its_inverse_exchange_who_enters_and_who_leaves() -> None:
    """Undoing a reform lets back in whom it displaced, by the same shares."""
    there = ledger()
    back = ledger(made=there.reform.inverse)
    assert (there.entered, there.left) == (back.left, back.entered)
    assert there.exact("entered") == back.exact("left")
    assert there.exact("left") == back.exact("entered")


def test_points_answer_what_is_removed() -> None:
    """A list of points tells who would be in without two indicators; it refuses a changed rate."""
    people = points_cohort(3_000, seed=2)
    gone = reform({"tax.removed": True, "education.removed": True})
    result = displacement(people, gone, quota=QUOTA, groups=["sector"])
    rest = [name for name in COLUMNS if name not in ("tax", "education", "study_deduction")]
    totals = people.frame.select(
        pl.sum_horizontal(rest).alias("rest"), pl.sum_horizontal(COLUMNS).alias("all")
    )
    best = totals.select(pl.all() >= pl.all().sort(descending=True).get(QUOTA - 1))
    assert result.entered == best.filter(pl.col("rest") & ~pl.col("all")).height > 20
    assert sum(result.exact("left").values()) == result.left
    with pytest.raises(ReformError, match=r"^tax.max_points is changed, and a cohort of points cannot tell"):
        displacement(people, reform({"tax.max_points": 8}), quota=QUOTA)


def test_facts_do_not_answer_what_was_spent_in_making_them() -> None:
    """A changed window needs the records that facts were counted from."""
    with pytest.raises(ReformError, match=r"^tax.window_years was spent in making facts"):
        displacement(facts_cohort(2_000), reform({"tax.window_years": 2}), quota=QUOTA)


def test_histories_are_counted_again(tmp_path: Path) -> None:
    """Facts are counted anew under each subset that changes a date, and scored as if read so."""
    people = admitted(folder(tmp_path / "histories", sound()))
    later: dict[str, object] = {"job_housing_area.counting_from": date(2019, 1, 1)}
    made = reform({**later, "employment.points_per_year": 4, "education.points.bachelor": 1})
    scorer = Coalitions(people, made, parts_of(made))
    for subset in range(8):
        rules = scorer.rules(subset)
        expected = scoring.score(people, rules, quota=1).points
        totals, eligible = scorer.totals(subset)
        assert totals.tolist() == expected["total"].to_list(), subset
        assert eligible.tolist() == (expected["reasons"] == 0).to_list()
    assert len({tuple(scorer.totals(subset)[0].tolist()) for subset in range(8)}) > 4
    assert displacement(people, made, quota=1).after == scoring.score(people, made.rules, quota=1).ranking
