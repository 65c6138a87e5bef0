"""``jifen facts``, and the commands that take a folder of histories in the place of a file."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from scoring.cohort.contract_facts import FACTS
from tests.reports.cli.command import POINTS, Said, jifen, saved
from tests.reports.cli.conftest import Disk
from tests.scoring.cohort.records_made import changed, folder, sound, workbook

ROUND = 2021
CUT = {"last_month": "2030-12-01"}


@pytest.fixture
def histories(tmp_path: Path) -> Path:
    """Give the records of two applicants."""
    return folder(tmp_path / "histories", sound())


def run(command: str, cohort: Path, *more: object) -> Said:
    """Run a command on a cohort for the round."""
    return jifen(command, cohort, "--round", ROUND, *more)


def facts(cohort: Path, out: Path, *more: object) -> Said:
    """Run ``jifen facts``."""
    return run("facts", cohort, "--out", out, *more)


def test_facts_are_written_and_score_as_the_records_do(histories: Path, tmp_path: Path) -> None:
    """A file of facts gives the very scores of the folder it was counted from."""
    out = tmp_path / "facts.parquet"
    assert facts(histories, out) == Said(0, f"facts of 2 applicants, round of 2021; written to {out}\n", "")
    assert tuple(pl.read_parquet(out).columns) == tuple(
        column.name for column in FACTS.columns if column.required or column.name == "minor_children"
    )
    for name, cohort in (("one", histories), ("other", out)):
        assert run("score", cohort, "--quota", 1, "--out", tmp_path / f"{name}.csv").status == 0
    assert (tmp_path / "one.csv").read_text("utf-8") == (tmp_path / "other.csv").read_text("utf-8")


def test_facts_say_what_they_were_made_for(histories: Path, tmp_path: Path) -> None:
    """Another round, or rules with other dates, get the reason why they cannot have them."""
    out = tmp_path / "facts.parquet"
    facts(histories, out)
    assert "for the round of 2021 and cannot serve that of 2022" in jifen("check", out, "--round", 2022).out
    said = run("check", out, "--rules", "beijing-2020-draft")
    assert said.status == 1
    assert "job_housing_area.counting_from" in said.out


def test_rules_that_count_otherwise_give_other_facts(histories: Path, tmp_path: Path) -> None:
    """From January 2017 on, as the draft has it, the area counts 48 months, and 36 in force."""
    months = []
    for name in ("beijing-2020", "beijing-2020-draft"):
        facts(histories, tmp_path / "facts.parquet", "--rules", name)
        months.append(pl.read_parquet(tmp_path / "facts.parquet")["suburban_home_and_job_months"][0])
    assert months == [36, 48]


def test_facts_are_counted_from_a_workbook_too(histories: Path, tmp_path: Path) -> None:
    """One sheet a table, as the template has it."""
    book = workbook(tmp_path / "histories.xlsx", sound())
    for name, cohort in (("one", histories), ("other", book)):
        assert facts(cohort, tmp_path / f"{name}.parquet").status == 0
    one, other = (pl.read_parquet(tmp_path / f"{name}.parquet") for name in ("one", "other"))
    assert one.equals(other)


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("facts.csv", "facts are written to a .parquet file"),
        ("facts", "its suffix must be .parquet, .csv or .xlsx"),
        ("none/facts.parquet", "there is no folder none"),
        ("histories", "it is a folder, and a file name is needed"),
        ("histories/insurance.parquet", "it is the cohort itself"),
    ],
)
def test_a_place_that_will_not_do_is_refused_before_any_work(
    out: str, reason: str, histories: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says why, and the records are as they were."""
    monkeypatch.chdir(tmp_path)
    (histories / "insurance.csv").rename(histories / "insurance.parquet")
    before = {path.name: path.read_bytes() for path in histories.iterdir()}
    assert facts(Path("histories"), Path(out)).error == f"cannot write {out}: {reason}"
    assert {path.name: path.read_bytes() for path in histories.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["histories"]


@pytest.mark.parametrize("reason", ["broken records", "full disk", "no folder of files"])
def test_what_was_there_stays_when_counting_fails(
    reason: str, histories: Path, tmp_path: Path, disk: Disk
) -> None:
    """An output is whole or what it was before: no half of one, and no file beside it."""
    out = tmp_path / "facts.parquet"
    out.write_bytes(b"older")
    if reason == "full disk":
        with disk.full_after(500):
            assert facts(histories, out).error.startswith(f"cannot write {out}: ")
    elif reason == "broken records":
        (histories / "insurance.csv").write_text("")
        assert facts(histories, out).error == f"insurance: {histories}/insurance.csv is empty."
    elif Path("/proc/self").exists():
        said = facts(histories, Path("/proc/facts.parquet"))
        assert re.fullmatch("cannot write /proc/facts.parquet: [A-Za-z ]+", said.error)
    assert out.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "histories"]


def test_there_is_nothing_to_count_in_a_file_of_points(tmp_path: Path) -> None:
    """A level above histories has no records."""
    said = facts(saved(tmp_path, POINTS), tmp_path / "facts.parquet")
    assert said.error.endswith("holds points and no histories, so there is nothing to count")
    assert not (tmp_path / "facts.parquet").exists()


def test_what_is_cut_is_said_once_a_column(tmp_path: Path) -> None:
    """`jifen check` lists rows; the others say one and how many more."""
    tables = changed("insurance", **CUT)
    tables["insurance"][1] |= CUT
    said = facts(folder(tmp_path / "histories", tables), tmp_path / "facts.parquet")
    assert said.err.splitlines() == [
        (
            "note: insurance: Row 1, last_month: 2030-12-01 is after the reference date 2020-12-31; "
            "the months after do not count."
        ),
        "note: insurance: 1 more row has the same in last_month.",
    ]


def test_check_sums_up_by_rule(tmp_path: Path) -> None:
    """After the lines of all tables, how often each rule is broken in each column."""
    tables = changed("insurance", district="海定区", **CUT)
    tables["insurance"][1] |= {"district": "x"}
    tables["dwellings"][0] |= CUT
    said = run("check", folder(tmp_path / "histories", tables))
    assert said.status == 1
    assert said.out.splitlines()[-4:] == [
        "By rule:",
        "  error  insurance.district    unknown_level   2",
        "  note   insurance.last_month  past_reference  1",
        "  note   dwellings.last_month  past_reference  1",
    ]
    assert said.lines("error: ")[0].startswith(
        "error: insurance: Row 1, district: '海定区' is not among the words allowed (did you mean 海淀区?);"
    )


def test_json_tells_table_row_column_value_and_the_sums(tmp_path: Path) -> None:
    """For programs."""
    said = run("check", folder(tmp_path / "histories", changed("insurance", district="海定区")), "--json")
    document = json.loads(said.out)
    assert document["ok"] is False
    assert document["summary"] == [
        {
            "severity": "error",
            "rule": "unknown_level",
            "table": "insurance",
            "column": "district",
            "count": 1,
        }
    ]
    (violation,) = document["violations"]
    assert [violation[name] for name in ("table", "row", "column", "value")] == [
        *("insurance", 1, "district", "海定区")
    ]


def test_explain_shows_the_months_behind_each_number(histories: Path) -> None:
    """In the language that was asked for."""
    for language, line in (
        ("zh", "  月份明细（insured_months）：2009年3月至2020年12月（142个月）。"),
        ("en", "  Months of insured_months: 2009-03 to 2020-12 (142)"),
    ):
        said = run("explain", histories, "A0001", "--quota", 1, "--lang", language)
        assert (said.status, said.err) == (0, "")
        assert line in said.out.splitlines()


def test_a_template_that_was_filled_in_serves_every_command(tmp_path: Path) -> None:
    """The workbook is a cohort like any other."""
    book = workbook(tmp_path / "histories.xlsx", sound())
    assert run("check", book) == Said(0, "no errors\n", "")
    assert run("score", book, "--quota", 1, "--out", tmp_path / "scored.csv").status == 0
    assert run("explain", book, "A0002", "--quota", 1).status == 0
