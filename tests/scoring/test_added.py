"""Indicators that a reform adds or removes: what they give by hand, and what the door asks for."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import scoring
from scoring import Cohort, CohortError, Rulebook, RulebookError

from .applicants import COLUMNS, facts_frame, plain

RULES = Rulebook.load("beijing-2020")
HEAD: dict[str, object] = {
    "added.service.title": "志愿服务",
    "added.service.title_en": "Service",
    "added.service.column": "service_years",
}
RATE = {**HEAD, "added.service.points_each": Decimal("1.25"), "added.service.max_points": 3}
LADDER = {
    **HEAD,
    "added.service.ladder": [{"up_to": 1, "points": 0}, {"up_to": 4, "points": 2}, {"points": 6}],
}


def facts(years: list[Any], **more: Any) -> pl.DataFrame:
    """Give plain applicants, insured for ten years, with a column of the user's own."""
    rows = [plain(2020) | {"applicant_id": f"a{i}", "insured_months": 120} | more for i in range(len(years))]
    return facts_frame(rows, RULES).with_columns(pl.Series("service_years", years))


def scored(frame: pl.DataFrame, changes: dict[str, object], quota: int = 1) -> scoring.Scored:
    """Score a frame under changed rules."""
    rules = RULES.changed(changes)
    return scoring.score(Cohort.from_frame(frame, rules=rules, round_year=2020), rules, quota=quota)


@pytest.mark.parametrize(
    ("changes", "years", "points"),
    [
        (RATE, [0, 1, 2, 3, 9], ["0.00", "1.25", "2.50", "3.00", "3.00"]),
        (LADDER, [0, 1, 2, 4, 5], ["0.00", "0.00", "2.00", "2.00", "6.00"]),
        ({**RATE, "added.service.points_each": -2}, [0, 1, 2], ["0.00", "-2.00", "-3.00"]),
        ({**HEAD, "added.service.points_each": 4}, [True, False], ["4.00", "0.00"]),
        ({**LADDER, "added.service.max_points": 5}, [5], ["5.00"]),
    ],
)
def test_an_added_indicator_gives_points(
    changes: dict[str, object], years: list[Any], points: list[str]
) -> None:
    """A rate, a ladder, a cap on either side of zero, and yes or no; the total takes the points in."""
    frame = scored(facts(years), changes).frame
    assert frame.get_column("service").to_list() == [Decimal(one) for one in points]
    assert frame.get_column("total").to_list() == [Decimal(one) + 50 for one in points]
    place = frame.columns.index("service")
    assert frame.columns[place - 1 : place + 2] == ["law_abiding", "service", "total"]


FINE = {**HEAD, "added.service.points_each": Decimal("0.35"), "added.service.hundredths": True}


@pytest.mark.parametrize(
    ("changes", "tonnes", "points"),
    [
        # 0.35 x 1.5 = 0.525, 0.35 x 0.1 = 0.035, 0.35 x 4.13 = 1.4455: half-up to 0.53, 0.04, 1.45.
        (FINE, [1.5, 0.1, 4.13, 2.0], ["0.53", "0.04", "1.45", "0.70"]),
        (FINE, [Decimal("1.50"), Decimal("0.10")], ["0.53", "0.04"]),
        (FINE, [3, 0], ["1.05", "0.00"]),
        ({**FINE, "added.service.points_each": Decimal("-0.35")}, [1.5], ["-0.53"]),
        ({**FINE, "added.service.max_points": 1}, [9.99], ["1.00"]),
        (
            {**LADDER, "added.service.hundredths": True},
            [1.0, 1.01, 4.0, 4.01],
            ["0.00", "2.00", "2.00", "6.00"],
        ),
        ({**FINE, "rounding.rule": "toward_zero"}, [1.5, 4.13], ["0.52", "1.44"]),
    ],
)
def test_decimals_give_points_without_a_float(
    changes: dict[str, object], tonnes: list[Any], points: list[str]
) -> None:
    """Numbers of two decimals are whole hundredths, and what a part of one gives is rounded by the law."""
    assert scored(facts(tonnes), changes).frame.get_column("service").to_list() == [
        Decimal(one) for one in points
    ]


def test_decimals_are_read_from_text_and_beside_points(tmp_path: Path) -> None:
    """A list of points in CSV holds the column as it is written; a third decimal is refused with its row."""
    file = tmp_path / "points.csv"
    lines = ["60,0,0,0,0,0,0,20,0,0,80.00,1.5", "30,0,0,0,0,0,0,20,0,0,50.00,0.10"]
    text = "\n".join([",".join([*COLUMNS, "total", "service_years"]), *lines])
    file.write_text(text, "utf-8")
    rules = RULES.changed(FINE)
    result = scoring.score(scoring.read(file, rules=rules, round_year=2020), rules, quota=1)
    assert result.frame.get_column("total").to_list() == [Decimal("80.53"), Decimal("50.04")]
    file.write_text(text.replace("1.5", "1.505"), "utf-8")
    with pytest.raises(CohortError, match=r"Row 1, service_years: '1\.505' is not a number of at most two"):
        scoring.read(file, rules=rules, round_year=2020)
    file.write_text(text.replace("1.5", "-1.5"), "utf-8")
    with pytest.raises(CohortError, match=r"negative; write a number from 0 to 20000000 with at most two"):
        scoring.read(file, rules=rules, round_year=2020)


BY_KIND = {**HEAD, "added.service.points": {"金牌": 3, "银牌": Decimal("1.5"), "无": 0}}


def test_points_by_category() -> None:
    """Each category gives its own points, the column stays a group, and order of writing does not matter."""
    frame = facts(["银牌", "无", "金牌"])
    one = scored(frame, BY_KIND)
    assert one.frame["service"].to_list() == [Decimal("1.5"), 0, 3]
    assert "service_years" in one.groups
    turned = {**HEAD, "added.service.points": {"无": 0, "金牌": 3, "银牌": Decimal("1.5")}}
    again = scoring.score(one.cohort, RULES.changed(turned), quota=1)
    assert again.frame["service"].to_list() == one.frame["service"].to_list()
    capped = scored(frame, {**BY_KIND, "added.service.max_points": 2})
    assert capped.frame["service"].to_list() == [Decimal("1.5"), 0, 2]


def test_points_by_category_beside_published_points(tmp_path: Path) -> None:
    """A list of points has the category as well; one that the table lacks is refused, those it has named."""
    file = tmp_path / "points.csv"
    lines = ["60,0,0,0,0,0,0,20,0,0,80.00,金牌", "30,0,0,0,0,0,0,20,0,0,50.00,无"]
    text = "\n".join([",".join([*COLUMNS, "total", "service_years"]), *lines])
    file.write_text(text, "utf-8")
    rules = RULES.changed(BY_KIND)
    result = scoring.score(scoring.read(file, rules=rules, round_year=2020), rules, quota=1)
    assert result.frame["total"].to_list() == [83, 50]
    file.write_text(text.replace("金牌", "金"), "utf-8")
    with pytest.raises(CohortError, match=r"Row 1, service_years: '金' is not among the words allowed.*金牌"):
        scoring.read(file, rules=rules, round_year=2020)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({**RATE}, r"added\.service: the column 'service_years' holds categories"),
        ({**HEAD, "added.service.points": {"金牌": 3}}, r"no points for '无', which 'service_years' holds"),
    ],
)
def test_categories_need_their_points(changes: dict[str, object], told: str) -> None:
    """Read as categories, a column gives no points by number, and none to a category that is not named."""
    cohort = Cohort.from_frame(facts(["无", "金牌"]), rules=RULES.changed(BY_KIND), round_year=2020)
    with pytest.raises(RulebookError, match=told):
        scoring.score(cohort, RULES.changed(changes), quota=1)


def test_one_column_in_hundredths_serves_two_indicators() -> None:
    """Where one of two asks for decimals both count them, each by its own rule."""
    other = {f"added.help.{key.removeprefix('added.service.')}": value for key, value in RATE.items()}
    frame = scored(facts([1.5]), {**FINE, **other}).frame
    assert (frame["service"][0], frame["help"][0]) == (Decimal("0.53"), Decimal("1.88"))


def test_points_of_an_added_indicator_decide_who_is_in() -> None:
    """Ranks and cutoff come from totals with the added points."""
    result = scored(facts([0, 2, 1]), RATE, quota=2)
    assert result.frame.get_column("rank").to_list() == [3, 1, 2]
    assert result.ranking.cutoff == Decimal("51.25")


def test_an_added_indicator_is_read_beside_published_points(tmp_path: Path) -> None:
    """A list of points with the column of the user's own is scored with it, from CSV as well."""
    file = tmp_path / "points.csv"
    lines = ["60,0,0,0,0,0,0,20,0,0,80.00,3", "30,0,0,0,0,0,0,20,0,0,50.00,0"]
    file.write_text("\n".join([",".join([*COLUMNS, "total", "service_years"]), *lines]), "utf-8")
    rules = RULES.changed({**RATE, "age.removed": True})
    result = scoring.score(scoring.read(file, rules=rules, round_year=2020), rules, quota=1)
    assert result.frame.get_column("total").to_list() == [Decimal(63), Decimal(30)]
    assert result.frame.get_column("age").to_list() == [0, 0]


def test_points_know_nothing_of_a_changed_rate(tmp_path: Path) -> None:
    """Scored under a changed rate, a list of points would answer as if nothing had changed: it is refused."""
    file = tmp_path / "points.csv"
    file.write_text(",".join([*COLUMNS, "total"]) + "\n60,0,0,0,0,0,0,20,0,0,80.00\n", "utf-8")
    cohort = scoring.read(file, rules=RULES, round_year=2020)
    with pytest.raises(
        RulebookError, match=r"^tax\.max_points is changed, and a cohort of points cannot tell"
    ):
        scoring.score(cohort, RULES.changed({"tax.max_points": 8}), quota=1)
    assert scoring.score(cohort, RULES.changed({"tax.removed": True}), quota=1).ranking.cutoff == 80


def test_a_removed_indicator_gives_nothing() -> None:
    """Its columns are zero, with education its study deduction too, and nothing else changes."""
    frame = facts(
        [0],
        education="bachelor",
        study_insured_months=12,
        suburban_home_months=24,
        suburban_home_in_december=True,
    )
    before = scored(frame, {}).frame.row(0, named=True)
    assert (before["education"], before["study_deduction"], before["total"]) == (
        15,
        Decimal("-3.50"),
        Decimal("65.50"),
    )
    for indicator, columns in (
        ("education", ("education", "study_deduction")),
        ("job_housing_area", ("job_housing_area",)),
    ):
        after = scored(frame, {f"{indicator}.removed": True}).frame.row(0, named=True)
        assert [after[name] for name in COLUMNS if name in columns] == [0] * len(columns)
        assert [after[name] for name in COLUMNS if name not in columns] == [
            before[name] for name in COLUMNS if name not in columns
        ]
        assert after["total"] == before["total"] - sum(before[name] for name in columns)


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([1, None], "Row 2, service_years: this is empty; write a whole number from 0 to 2000000000"),
        ([-1, 0], "Row 1, service_years: -1 is negative; write a whole number from 0 to 2000000000"),
        ([0.5, 1.0], "Row 1, service_years: '0.5' is not a whole number; write a whole number"),
        (["many", "2"], "service_years"),
    ],
)
def test_the_door_asks_for_the_column(years: list[Any], told: str) -> None:
    """Empty, negative and broken numbers are refused with their row, like in any column of the contract."""
    with pytest.raises(CohortError, match="service_years") as refused:
        scored(facts(years), RATE)
    assert str(refused.value).startswith(told) or "String" in str(refused.value)


def test_a_cohort_without_the_column_is_refused() -> None:
    """At the door the column is missing; read under other rules, scoring says what to do."""
    with pytest.raises(CohortError, match="service_years"):
        scored(facts([1]).drop("service_years"), RATE)
    cohort = Cohort.from_frame(facts([1]), rules=RULES, round_year=2020)
    with pytest.raises(
        RulebookError, match=r"^added\.service\.column: the cohort was read without .*'service_years'"
    ):
        scoring.score(cohort, RULES.changed(RATE), quota=1)


def test_points_that_cannot_be_counted_are_refused() -> None:
    """Without a cap a rate on a large number would give more points than ranks can be counted for."""
    with pytest.raises(
        RulebookError, match=r"^added\.service: a value of 'service_years' gives more than 10000 points"
    ):
        scored(facts([20_000]), {**HEAD, "added.service.points_each": 1})


def test_a_column_that_the_contract_leaves_open_must_be_filled_in() -> None:
    """Children are optional for the analysis, but an indicator that counts them needs to know."""
    children: dict[str, object] = {**RATE, "added.service.column": "minor_children"}
    known = facts([0, 0]).with_columns(minor_children=pl.Series([2, 0], dtype=pl.Int16))
    assert scored(known, children).frame.get_column("service").to_list() == [Decimal("2.50"), 0]
    with pytest.raises(CohortError, match="minor_children: this is empty"):
        scored(known.with_columns(minor_children=pl.Series([None, 0], dtype=pl.Int16)), children)


def test_an_indicator_is_not_called_like_a_group() -> None:
    """Two columns of one name cannot stand in a result."""
    frame = facts([1]).with_columns(service=pl.lit("yes"))
    with pytest.raises(RulebookError, match=r"added\.service: the cohort has a group of this name"):
        scored(frame, RATE)
