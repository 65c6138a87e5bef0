"""``jifen explain``: one applicant's sheet on the screen, in the language of who reads it."""

import re
from pathlib import Path

import polars as pl
import pytest

from tests.reports.cli.command import FACT_TOTAL, FACTS, POINTS, Said, jifen, saved

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# The ten headings of a sheet, with the points of the applicant A1 of command.py.
HEADINGS = {
    "en": [
        *("Stable employment: 37.50 points", "Stable residence: 5.83 points", "Education: 15.00 points"),
        *("Study deduction: 0.00 points", "Job and housing area: 3.00 points"),
        *("Innovation and entrepreneurship: 0.00 points", "Tax: 2.00 points", "Age: 20.00 points"),
        *("Honours: 0.00 points", "Law-abiding record: 0.00 points"),
    ],
    "zh": [
        *("合法稳定就业 37.50 分", "合法稳定住所 5.83 分", "教育背景 15.00 分", "学习期间扣除 0.00 分"),
        *("职住区域 3.00 分", "创新创业 0.00 分", "纳税 2.00 分", "年龄 20.00 分", "荣誉表彰 0.00 分"),
        "守法记录 0.00 分",
    ],
}
# The facts that points are given for; those of Art. 14 are shown where a condition fails.
USED = (
    *("insured_months", "own_home_months", "spouse_home_months", "presumed_tenancy_months", "leased_months"),
    *("dormitory_months", "education", "study_insured_months", "suburban_home_months"),
    *("suburban_home_and_job_months", "suburban_home_in_december", "innovation_award", "taxed_100k_years"),
    *("tax_penalties", "birth_date", "honour", "detentions"),
)


def explain(cohort: Path, who: object, *more: object) -> Said:
    """Explain an applicant of the round of 2020, with two places."""
    return jifen("explain", cohort, who, "--round", 2020, "--quota", 2, *more)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_item_has_its_points_in_order(language: str, tmp_path: Path) -> None:
    """Ten items with points and article, then the facts, under the total and its distance to the cutoff."""
    said = explain(saved(tmp_path, FACTS), "A1", "--lang", language)
    assert (said.status, said.err) == (0, "")
    places = [said.out.index(f"\n{heading}") for heading in HEADINGS[language]]
    assert places == sorted(places)
    assert [name for name in USED if name not in said.out] == []
    first = said.out[: places[0]]
    for text in (FACT_TOTAL, "83.08", "0.25"):
        assert text in first
    assert ("入围" in first) == (language == "zh")


def test_chinese_is_the_language_unless_another_is_asked_for(tmp_path: Path) -> None:
    """The sheet is read by applicants and clerks."""
    cohort = saved(tmp_path, FACTS)
    assert explain(cohort, "A1") == explain(cohort, "A1", "--lang", "zh")


def test_english_leaves_only_the_law_in_chinese(tmp_path: Path) -> None:
    """Outside the quoted sentences an English sheet holds no Chinese."""
    said = explain(saved(tmp_path, FACTS), "A1", "--lang", "en")
    assert not CHINESE.search(re.sub("“.*?”", "", said.out))


def test_who_is_not_eligible_reads_why(tmp_path: Path) -> None:
    """Each failed condition with its article, and no rank."""
    said = explain(saved(tmp_path, FACTS), "A3", "--lang", "en")
    assert said.status == 0
    assert "Eligible: no.\n" in said.out
    assert "(Art. 14(3))" in said.out
    assert "(Art. 14(4))" in said.out
    assert ", rank " not in said.out
    assert "not eligible, so not ranked" in said.out


def test_points_are_explained_without_facts(tmp_path: Path) -> None:
    """A points cohort has the ten columns and no fact behind them."""
    said = explain(saved(tmp_path, POINTS), 18, "--lang", "en")
    assert "Stable employment: 50.00 points, Art. 15(1)\n" in said.out
    assert "rank 2 of 2 eligible; quota 2, cutoff 90.50, at the cutoff: admitted." in said.out
    assert "Facts:" not in said.out


@pytest.mark.parametrize("format_", ["csv", "parquet with numbers", "row numbers"])
def test_an_id_may_be_a_number(format_: str, tmp_path: Path) -> None:
    """Typed on a command line, 17 is the 17 of a table, whatever type the table gives it."""
    cohort = saved(tmp_path, POINTS)
    if format_ == "parquet with numbers":
        pl.read_csv(cohort).write_parquet(tmp_path / "points.parquet")
        cohort = tmp_path / "points.parquet"
    if format_ == "row numbers":
        cohort = saved(tmp_path, "\n".join(line.partition(",")[2] for line in POINTS.splitlines()))
    said = explain(cohort, 1 if format_ == "row numbers" else 17)
    assert said.status == 0
    assert "总积分 117.00 分" in said.out
    # The note stands beside the sheet, so that the sheet can be printed.
    assert said.err == (
        "提示：没有 applicant_id 列，以行号（从 1 起）代替。\n" if format_ == "row numbers" else ""
    )


@pytest.mark.parametrize("who", ["A9", "11010519491231002X", "13800138000", "张伟"])
def test_an_unknown_applicant_is_refused_and_not_repeated(who: str, tmp_path: Path) -> None:
    """What was typed may be a name or an identity number, so no message shows it."""
    error = explain(saved(tmp_path, FACTS), who).error
    assert "no applicant" in error
    assert who not in error


def test_rules_that_were_not_in_force_are_said_on_the_sheet(tmp_path: Path) -> None:
    """A counterfactual sheet says so in its language, where it cannot be cut off."""
    cohort = saved(tmp_path, FACTS)
    zh = explain(cohort, "A1", "--rules", "beijing-2018-trial").out
    en = explain(cohort, "A1", "--rules", "beijing-2018-trial", "--lang", "en").out
    assert "施行于2018至2019年度，用于2020年度的结果属于假设情形。" in zh
    assert "its results for the round of 2020 are counterfactual." in en
    assert "counterfactual" not in explain(cohort, "A1", "--lang", "en").out


def test_a_cohort_that_breaks_the_contract_is_refused(tmp_path: Path) -> None:
    """One line, and nothing printed of anybody."""
    error = explain(saved(tmp_path, FACTS.replace("bachelor", "batchelor", 1)), "A1").error
    assert error.startswith("Row 1, education: 'batchelor' ")
