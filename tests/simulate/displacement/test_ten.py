"""A pool of ten worked out by hand: who moves, between which groups, moved by which change.

Everyone is 40 and has 20 points for age. Beside them, for insured years at 3 points and other things:
a1 20 years 60; a2 18 years 54; a3 16 years 48; a4 15 years and one taxed year 47; a5 3 years and a doctor 46;
a6 13 years and three taxed years 45; a7 to a10 10, 9, 8 and 7 years.
Three places go to a1, a2 and a3; the cutoff is 68.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from scoring import Cohort, Rulebook
from scoring.reform import Reform
from scoring.rulebook import INDICATORS
from simulate.displacement import Displacement, DisplacementError, compare, displacement
from simulate.displacement.parts import parts_of
from tests.scoring.applicants import facts_frame, plain

RULES = Rulebook.load("beijing-2020")
YEARS = (20, 18, 16, 15, 3, 13, 10, 9, 8, 7)
MORE: dict[int, dict[str, Any]] = {
    3: {"sex": "female"},
    4: {"taxed_100k_years": 1},
    5: {"education": "doctor"},
    6: {"taxed_100k_years": 3},
}
DOCTOR: dict[str, object] = {"education.points.doctor": 40}
TAX: dict[str, object] = {"tax.points_per_award": Decimal("3.5"), "tax.max_points": Decimal("10.5")}


def cohort(*changes: dict[str, Any]) -> Cohort:
    """Make the ten, and more like them."""
    ten = [
        plain(2020) | {"applicant_id": f"a{n}", "insured_months": 12 * years} | MORE.get(n, {})
        for n, years in enumerate(YEARS, start=1)
    ]
    more = [plain(2020) | {"applicant_id": f"b{n}"} | change for n, change in enumerate(changes)]
    return Cohort.from_frame(facts_frame([*ten, *more], RULES), rules=RULES, round_year=2020)


def moved(changes: dict[str, object], quota: int = 3, people: Cohort | None = None) -> Displacement:
    """Take the ledger of changes on the ten."""
    reform = Reform.from_changes(RULES, changes, title="试改")
    return displacement(people or cohort(), reform, quota=quota, groups=["sex"])


def test_who_enters_and_who_leaves() -> None:
    """Doctors at 40 put a5 at 49, tax at 3.5 puts a6 at 49.5; with both a6 enters for a3, at 69.50."""
    ledger = moved({**DOCTOR, **TAX})
    assert (ledger.entered, ledger.left) == (1, 1)
    assert (ledger.before.cutoff, ledger.after.cutoff) == (Decimal("68.00"), Decimal("69.50"))
    assert ledger.people.to_dicts() == [
        {
            "applicant_id": name,
            "moved": way,
            "total_before": Decimal(before),
            "total_after": Decimal(after),
            "share_education": doctor,
            "share_tax": tax,
        }
        for name, way, before, after, doctor, tax in (
            ("a3", "left", "68.00", "68.00", 0.5, 0.5),
            ("a6", "entered", "65.00", "69.50", 0.0, 1.0),
        )
    ]


def test_which_change_moved_them() -> None:
    """Either change alone displaces a3, so each has half of it; a6 enters by tax alone, doctors or not.

    The cutoff goes from 68 to 69 by doctors, to 69.50 by tax or both: half a point and a whole one.
    """
    ledger = moved({**DOCTOR, **TAX})
    assert ledger.exact("entered") == {"education": 0, "tax": 1}
    assert ledger.exact("left") == {"education": Fraction(1, 2), "tax": Fraction(1, 2)}
    assert ledger.parts.to_dicts() == [
        {"part": "education", "entered": 0, "left": 0.5, "entered_alone": 0, "left_alone": 1, "cutoff": 0.5},
        {"part": "tax", "entered": 1, "left": 0.5, "entered_alone": 1, "left_alone": 1, "cutoff": 1.0},
    ]
    assert ledger.group_parts.filter(pl.col("left") > 0).rows() == [
        ("sex", "female", "education", 0.0, 0.5),
        ("sex", "female", "tax", 0.0, 0.5),
    ]


def test_between_which_groups() -> None:
    """The one woman's place goes to a man."""
    ledger = moved({**DOCTOR, **TAX})
    assert ledger.flows.rows() == [("sex", "female", "male", 1, None)]
    assert ledger.groups.rows() == [("sex", "female", 1, 0, 0, 1), ("sex", "male", 2, 3, 1, 0)]


def test_ties_let_more_in_than_leave() -> None:
    """With doctors at 39 a5 has 48 as a3 does: both are in at the cutoff, and nobody leaves."""
    ledger = moved({"education.points.doctor": 39})
    assert (ledger.entered, ledger.left) == (1, 0)
    assert (ledger.after.admitted, ledger.after.tied_at_cutoff) == (4, 2)
    assert ledger.flows.rows() == [("sex", None, "male", 1, "from")]
    back = displacement(cohort(), ledger.reform.inverse, quota=3, groups=["sex"])
    assert (back.entered, back.left) == (0, 1)
    assert back.flows.rows() == [("sex", "male", None, 1, "to")]


def test_removed_eligibility_and_added() -> None:
    """A removed indicator, a condition that shuts someone out, and a new indicator are parts like others."""
    assert moved({"tax.removed": True, **DOCTOR}).people["applicant_id"].to_list() == ["a3", "a5"]
    assert moved({"eligibility.continuous_months": 85}).after.eligible == 0
    assert moved({"eligibility.continuous_months": 85}).parts["cutoff"].to_list() == [None]
    new = {"title": "子女", "title_en": "Children", "column": "minor_children", "points_each": 2}
    reform = Reform.from_changes(
        RULES, {f"added.children.{key}": value for key, value in new.items()}, title="加子女"
    )
    frame = cohort().frame.with_columns(
        minor_children=pl.Series([0, 0, 0, 0, 0, 2, 0, 0, 0, 0], dtype=pl.Int16)
    )
    people = Cohort.from_frame(frame, rules=reform.rules, round_year=2020)
    ledger = displacement(people, reform, quota=3)
    assert ledger.people["applicant_id"].to_list() == ["a3", "a6"]
    assert ledger.parts["part"].to_list() == ["children"]


@pytest.mark.parametrize("quota", [0, 3, 99])
def test_an_empty_reform_moves_nobody(quota: int) -> None:
    """No change, no ledger, whatever the quota."""
    ledger = moved({}, quota)
    assert (ledger.entered, ledger.left, ledger.before) == (0, 0, ledger.after)
    assert ledger.flows.is_empty()
    assert ledger.parts.is_empty()
    assert ledger.people.is_empty()


def test_no_place_and_places_for_all_move_nobody() -> None:
    """With a quota of nothing, or of everyone, a reform decides nothing."""
    for quota in (0, 10, 99):
        ledger = moved({**DOCTOR, **TAX}, quota)
        assert (ledger.entered, ledger.left) == (0, 0)


def test_reforms_are_compared_side_by_side() -> None:
    """Each has its line, in the order given; frames name them by their titles."""
    one, two = (
        Reform.from_changes(RULES, changes, title=title) for changes, title in ((DOCTOR, "甲"), (TAX, "乙"))
    )
    both = compare(cohort(), [one, two], quota=3, groups=["sex"])
    told = both.summary.select("reform", "cutoff_before", "cutoff_after", "entered", "left").rows()
    assert told == [
        ("甲", Decimal("68.00"), Decimal("69.00"), 1, 1),
        ("乙", Decimal("68.00"), Decimal("69.50"), 1, 1),
    ]
    assert both.flows["reform"].to_list() == ["甲", "乙"]
    assert all(frame.columns[0] == "reform" for frame in both.frames.values())


def test_reforms_that_cannot_be_compared_are_refused() -> None:
    """None at all, two of one title, and two of different rulebooks each say so."""
    draft = Reform.from_changes(Rulebook.load("beijing-2020-draft"), {}, title="乙")
    one = Reform.from_changes(RULES, DOCTOR, title="甲")
    for reforms, told in (
        ([], "there is no reform"),
        ([one, one], "two reforms are called 甲"),
        (
            [one, draft],
            f"乙 is pinned to beijing-2020-draft .* and 甲 to beijing-2020 \\({RULES.digest[:12]}\\)",
        ),
    ):
        with pytest.raises(DisplacementError, match=told):
            compare(cohort(), reforms, quota=3)


EVERY: dict[str, object] = {
    **{
        path: value + 1
        for path, value in RULES.items()
        if path.endswith(("points_per_year", "points_per_award")) and isinstance(value, Decimal)
    },
    "education.points.doctor": 1,
    "innovation.awards.beijing_news_third.points": 1,
    "age.ladder": [{"points": 1}],
    "honours.points": 1,
    "law_abiding.points_per_detention": -1,
}
CONDITIONS: dict[str, object] = {"eligibility.continuous_months": 80, "rounding.rule": "toward_zero"}
ADDED: dict[str, object] = {
    f"added.{name}.{key}": value
    for name in ("children", "service")
    for key, value in {
        "title": name,
        "title_en": name,
        "column": "minor_children",
        "points_each": 1,
    }.items()
}


@pytest.mark.parametrize(
    ("changes", "beside"),
    [
        ({**DOCTOR, **CONDITIONS, **ADDED}, ["eligibility", "rounding", "children", "service"]),
        ({**EVERY, **dict([*CONDITIONS.items()][:1])}, ["eligibility"]),
        ({**EVERY, **CONDITIONS}, ["eligibility+rounding"]),
        ({**EVERY, **ADDED}, ["children+service"]),
        ({**EVERY, **CONDITIONS, **ADDED}, ["eligibility+rounding+children+service"]),
        (
            {**dict([*EVERY.items()][:-2]), **ADDED, **CONDITIONS},
            ["eligibility+rounding", "children+service"],
        ),
    ],
)
def test_what_is_beside_the_indicators_is_one_part_of_too_many(
    changes: dict[str, object], beside: list[str]
) -> None:
    """Up to nine parts stand alone; beyond, conditions, then added indicators, then both are taken as one."""
    parts = parts_of(Reform.from_changes(RULES, changes, title="大改"))
    assert [part for part in parts if part not in INDICATORS] == beside
    assert sorted(one for sections in parts.values() for one in sections) == sorted(
        Reform.from_changes(RULES, changes, title="大改").parts
    )


def test_a_reform_of_everything_is_shared_among_the_indicators() -> None:
    """At 50 for doctors a5 has 59 and enters for a3; the exact shares of ten parts sum to one each."""
    doctor = {"employment.points_per_year": Decimal("3.01"), "education.points.doctor": 50}
    ledger = moved({**EVERY, **CONDITIONS, **doctor})
    assert ledger.taken_together
    assert (ledger.entered, ledger.left) == (1, 1)
    entered, left = ledger.exact("entered"), ledger.exact("left")
    assert set(entered) == set(left) == {*INDICATORS, "eligibility+rounding"}
    assert (sum(entered.values()), sum(left.values())) == (1, 1)
