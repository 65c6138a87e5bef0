"""``jifen check``: everything that is wrong at once, for readers and for programs."""

import json
from pathlib import Path

import pytest

from tests.reports.cli.command import FACTS, POINTS, Said, jifen, saved
from tests.scoring.cohort.made import fact, text_of

KEYS = ["severity", "rule", "table", "column", "row", "value", "count", "message", "message_zh"]
# Five errors of five kinds in three rows, one of them the same id again.
BROKEN = text_of(
    [
        fact(back_paid_months="-3", sector="服务"),
        fact(applicant_id="A2", education="batchelor", birth_date="1980-02-30", sector="服务"),
        fact(taxed_100k_years="4", sector="制造"),
    ]
)


def check(cohort: Path, *more: object, round_year: int = 2020) -> Said:
    """Run ``jifen check`` for a round, of 2020 unless another is named."""
    return jifen("check", cohort, "--round", round_year, *more)


def test_a_sound_cohort_leaves_with_0(tmp_path: Path) -> None:
    """One line in either language, on standard output."""
    cohort = saved(tmp_path, FACTS)
    assert check(cohort) == Said(0, "no errors\n", "")
    assert check(cohort, "--lang", "zh") == Said(0, "没有错误。\n", "")


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    """Each error has its row, column and value, what would do, and the nearest word."""
    said = check(saved(tmp_path, BROKEN))
    assert (said.status, said.err) == (1, "")
    wanted = {
        "Row 1, back_paid_months: -3 is negative; ",
        "Row 2, education: 'batchelor' is not among the words allowed (did you mean bachelor?); ",
        "Row 2, birth_date: '1980-02-30' is not a date; ",
        "Row 3, taxed_100k_years: 4 is too high; ",
        "Row 3, applicant_id: 'A0001' was there in row 1 already; ",
    }
    errors = said.lines("error: ")
    assert {start for start in wanted if any(line.startswith(f"error: {start}") for line in errors)} == wanted
    assert len(errors) == 5


def test_chinese_readers_get_the_same_in_chinese(tmp_path: Path) -> None:
    """As many sentences, each with its row, and no English word around the names of columns and values."""
    said = check(saved(tmp_path, BROKEN), "--lang", "zh")
    errors = said.lines("错误：")
    assert said.status == 1
    assert len(errors) == 5
    assert all(line.startswith("错误：第 ") and line.endswith("。") for line in errors)
    assert "错误：第 2 行 education：“batchelor”不在可填范围内（是否应为 bachelor？）" in said.out


def test_json_is_one_document_with_every_violation(tmp_path: Path) -> None:
    """Programs get severity, rule, place, value, count and both messages, and whether all is well."""
    said = check(saved(tmp_path, BROKEN), "--json")
    assert (said.status, said.err) == (1, "")
    document = json.loads(said.out)
    assert document["ok"] is False
    assert all(list(one) == KEYS for one in document["violations"])
    found = {(one["severity"], one["rule"], one["column"], one["row"]) for one in document["violations"]}
    assert found == {
        ("error", "negative", "back_paid_months", 1),
        ("error", "unknown_level", "education", 2),
        ("error", "not_date", "birth_date", 2),
        ("error", "too_high", "taxed_100k_years", 3),
        ("error", "duplicate_id", "applicant_id", 3),
    }
    text = check(saved(tmp_path, BROKEN)).lines("error: ")
    assert [f"error: {one['message']}" for one in document["violations"]] == text


def test_json_of_a_sound_cohort(tmp_path: Path) -> None:
    """Notes are told and all is well; with nothing to tell, the list is empty."""
    document = json.loads(check(saved(tmp_path, FACTS), "--json").out)
    assert (document["ok"], document["violations"]) == (True, [])
    unnamed = "\n".join(line.partition(",")[2] for line in POINTS.splitlines())
    said = check(saved(tmp_path, unnamed), "--json")
    document = json.loads(said.out)
    assert (said.status, document["ok"]) == (0, True)
    assert [one["rule"] for one in document["violations"]] == ["row_numbers"]


def test_warnings_alone_leave_with_0(tmp_path: Path) -> None:
    """A contradiction is told, and the row will be scored as it stands."""
    said = check(saved(tmp_path, text_of([fact(study_insured_months="12", education="none")])))
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[0].startswith("warning: Row 1, study_insured_months: ")
    assert said.out.splitlines()[-1] == "no errors"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_that_chinese_offices_write(encoding: str, tmp_path: Path) -> None:
    """The same table is read alike with a byte-order mark, without one, and in GB18030."""
    path = tmp_path / "cohort.csv"
    path.write_bytes(FACTS.encode(encoding))
    assert check(path) == Said(0, "no errors\n", "")
    out = tmp_path / "scored.csv"
    assert jifen("score", path, "--round", 2020, "--quota", 2, "--out", out).status == 0
    assert [line.split(",")[-1] for line in out.read_text("utf-8").splitlines()] == [
        *("kind", "=1+1", "=1+1", "国企", "国企", "国企")
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_errors_in_those_encodings_show_the_value(encoding: str, tmp_path: Path) -> None:
    """A Chinese word where a level belongs stands in the message as it stands in the file."""
    path = tmp_path / "cohort.csv"
    path.write_bytes(text_of([fact(education="本科")]).encode(encoding))
    assert "Row 1, education: '本科' is not among the words allowed" in check(path).out


def test_many_rows_with_the_same_error_are_counted(tmp_path: Path) -> None:
    """Twenty rows are listed, the others counted, in text and in JSON."""
    rows = [fact(applicant_id=f"A{i}", detentions="-1") for i in range(25)]
    cohort = saved(tmp_path, text_of(rows))
    errors = check(cohort).lines("error: ")
    assert len(errors) == 21
    assert errors[-1] == "error: 5 more rows have the same in detentions."
    assert {one["count"] for one in json.loads(check(cohort, "--json").out)["violations"]} == {25}


@pytest.mark.parametrize("more", [(), ("--json",), ("--lang", "zh")])
def test_identity_is_never_printed(more: tuple[str, ...], tmp_path: Path) -> None:
    """A number that looks like an identity number, or a telephone, is masked on every way out."""
    number, phone = "11010519491231002X", "13800138000"
    cohort = saved(
        tmp_path, text_of([fact(applicant_id=number, insured_months=phone), fact(applicant_id=number)])
    )
    said = check(cohort, *more)
    assert said.status == 1
    assert number not in said.out + said.err
    assert phone not in said.out + said.err


def test_facts_made_for_another_round_or_by_other_dates_are_refused(synthetic: Path) -> None:
    """What a Parquet file says of itself is held against the round and the rulebook that are named."""
    said = check(synthetic, round_year=2021)
    assert said.status == 1
    assert said.out.startswith(
        "error: These facts were made for the round of 2020 and cannot serve that of 2021"
    )
    said = check(synthetic, "--rules", "beijing-2020-draft")
    assert said.status == 1
    assert "job_housing_area.counting_from is 2018-01-01; in beijing-2020-draft it is 2017-01-01." in said.out


def test_the_keys_of_awards_are_those_of_the_rulebook(tmp_path: Path) -> None:
    """An unknown key is told with the nearest, and the command that lists them all runs as it is written."""
    listed = jifen("rules", "awards", "--csv").out.splitlines()[1:]
    key = listed[0].split(",")[0]
    said = check(saved(tmp_path, text_of([fact(innovation_award=f"{key}_")])))
    assert f"did you mean {key}?" in said.out
    assert "a key that `jifen rules awards` lists" in said.out
    assert check(saved(tmp_path, text_of([fact(innovation_award=key)]))).status == 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.csv", None, "none.csv does not exist."),
        ("empty.csv", b"", "empty.csv is empty."),
        (
            "cohort.parquet",
            b"PAR1 no",
            "cohort.parquet is not a Parquet file, or a damaged or unfinished one.",
        ),
        ("cohort.xlsx", b"no book", "cohort.xlsx is not an Excel workbook (.xlsx), or a damaged one."),
        ("cohort.txt", b"a", "cohort.txt: the suffix '.txt' is not known; .csv, .parquet, .xlsx"),
        ("cohort.csv", b"a,b\n1,2\n", "There is neither a column insured_months (facts) nor total (points);"),
    ],
)
def test_files_that_are_no_cohort(
    name: str, content: bytes | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told in one line, as text and in JSON."""
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    said = check(Path(name))
    assert (said.status, said.err) == (1, "")
    (error,) = said.lines("error: ")
    assert error.startswith(f"error: {reason}")
    document = json.loads(check(Path(name), "--json").out)
    assert document["ok"] is False
    assert len(document["violations"]) == 1
