"""The months behind each number, where facts were counted from records."""

import datetime as dt
import random
from pathlib import Path

import pytest

import scoring
from scoring.explain import as_text
from scoring.explain.evidence import Spell
from tests.oracle.history_strategies import random_histories
from tests.scoring.cohort.records_made import RULES, folder, sound
from tests.scoring.histories.frames import frames

from .explained import scored_of

ROUND = 2021


@pytest.fixture
def scored(tmp_path: Path) -> scoring.Scored:
    """Score the two applicants made by hand, the first with a gap and back-payments."""
    tables = sound()
    first = [row for row in tables["insurance"] if row["applicant_id"] == "A0001"]
    early = [row | {"last_month": "2012-06-01"} for row in first]
    paid_back = [
        row | {"first_month": "2020-02-01", "last_month": "2020-03-01", "payment": "back_paid"}
        for row in first
    ]
    late = [
        row | {"first_month": start, "last_month": end}
        for row in first
        for start, end in (("2012-08-01", "2020-01-01"), ("2020-04-01", "2020-12-01"))
    ]
    others = [row for row in tables["insurance"] if row["applicant_id"] != "A0001"]
    tables["insurance"] = [*early, *late, *paid_back, *others]
    cohort = scoring.read(folder(tmp_path / "histories", tables), rules=RULES, round_year=ROUND)
    return scoring.score(cohort, RULES, quota=1)


def test_chinese_tells_the_months(scored: scoring.Scored) -> None:
    """Below eligibility and below each item, as unbroken runs with their number of months."""
    lines = as_text(scoring.explain(scored, "A0001"), "zh").splitlines()
    assert [line for line in lines if "月份明细" in line] == [
        "  月份明细（continuous_insured_months）：2012年8月至2020年12月（101个月）。",
        "  月份明细（back_paid_months）：2020年2月至2020年3月（2个月）。",
        (
            "  月份明细（insured_months）：2009年3月至2012年6月（40个月）；"
            "2012年8月至2020年1月（90个月）；2020年4月至2020年12月（9个月）。"
        ),
        "  月份明细（own_home_months）：2015年1月至2020年12月（72个月）。",
        (
            "  月份明细（presumed_tenancy_months）：2009年3月至2012年6月（40个月）；"
            "2012年8月至2014年12月（29个月）。"
        ),
        "  月份明细（suburban_home_months）：2020年2月至2020年3月（2个月）。",
        (
            "  月份明细（suburban_home_and_job_months）：2018年1月至2020年1月（25个月）；"
            "2020年4月至2020年12月（9个月）。"
        ),
    ]


def test_english_tells_them_too(scored: scoring.Scored) -> None:
    """The same runs, one line a fact, and each fact's once."""
    lines = as_text(scoring.explain(scored, "A0001"), "en").splitlines()
    told = [line.strip() for line in lines if line.startswith("  Months of ")]
    assert told[2] == (
        "Months of insured_months: 2009-03 to 2012-06 (40); 2012-08 to 2020-01 (90); 2020-04 to 2020-12 (9)"
    )
    assert len({line.partition(":")[0] for line in told}) == len(told) == 7


def test_each_item_has_its_own_facts_months(scored: scoring.Scored) -> None:
    """Insured months stand with employment, and not again with residence."""
    sheet = scoring.explain(scored, "A0001")
    assert {line.column: list(line.spells) for line in sheet.lines if line.spells} == {
        "employment": ["insured_months"],
        "residence": ["own_home_months", "presumed_tenancy_months"],
        "job_housing_area": ["suburban_home_months", "suburban_home_and_job_months"],
    }
    assert list(sheet.spells) == ["continuous_insured_months", "back_paid_months"]


def test_records_other_than_spells_stand_with_their_items(scored: scoring.Scored) -> None:
    """Credentials, awards, shares, taxes, fines and titles, each under the item that looks at them."""
    tables = {
        who: {line.column: list(line.records) for line in scoring.explain(scored, who).lines if line.records}
        for who in ("A0001", "A0002")
    }
    assert tables == {
        "A0001": {"education": ["degrees"], "tax": ["income_tax"]},
        "A0002": {"innovation": ["awards", "equity"], "tax": ["penalties"], "honours": ["honours"]},
    }


def test_a_record_is_told_in_both_languages(scored: scoring.Scored) -> None:
    """Column by column, in Chinese by what the contract calls it."""
    sheet = scoring.explain(scored, "A0002")
    zh = "类别（kind）为tax_fine；决定日期（decided_on）为2018-03-02；罚款数额（fine_yuan）为50.0"
    en = "kind = tax_fine; decided_on = 2018-03-02; fine_yuan = 50.0"
    assert f"  记录（penalties）：{zh}。" in as_text(sheet, "zh").splitlines()
    assert f"  Record of penalties: {en}" in as_text(sheet, "en").splitlines()


def test_a_single_month_has_one_end() -> None:
    """No run goes from a month to itself."""
    one = Spell(dt.date(2020, 2, 1), dt.date(2020, 2, 1), 1)
    assert (one.text("zh"), one.text("en")) == ("2020年2月（1个月）", "2020-02 (1)")


def test_facts_without_records_have_no_months() -> None:
    """A file of facts tells how many and not which."""
    sheet = scoring.explain(scored_of({}), "a1")
    assert sheet.spells == {}
    assert not any(line.spells or line.records for line in sheet.lines)
    assert "月份明细" not in as_text(sheet, "zh")


@pytest.mark.parametrize("name", scoring.Rulebook.names())
def test_the_months_add_up_to_the_facts(name: str, tmp_path: Path) -> None:
    """Whatever the records, and under whatever rules the cohort is scored and not only read."""
    rng = random.Random(7)  # noqa: S311 -- a seeded generator is what a test needs
    keys = {"award_keys": RULES.award_keys, "honour_keys": RULES.honour_keys}
    for table, frame in frames([random_histories(rng, ROUND, **keys) for _ in range(25)], RULES).items():
        frame.write_parquet(tmp_path / f"{table}.parquet")
    cohort = scoring.read(tmp_path, rules=RULES, round_year=ROUND)
    scored = scoring.score(cohort, scoring.Rulebook.load(name), quota=5)
    for facts in scored.cohort.frame.iter_rows(named=True):
        sheet = scoring.explain(scored, facts["applicant_id"])
        spells = {
            **sheet.spells,
            **{fact: runs for line in sheet.lines for fact, runs in line.spells.items()},
        }
        months = {fact: sum(run.months for run in runs) for fact, runs in spells.items()}
        counted = {fact: number for fact, number in facts.items() if fact.endswith("_months") and number}
        assert months == counted
