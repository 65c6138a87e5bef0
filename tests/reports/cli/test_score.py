"""``jifen score``: what is written in three formats, what is printed, and what stays as it was."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from tests.reports.cli.command import FACTS, POINTS, Said, jifen, saved
from tests.reports.cli.conftest import Disk

POINT_COLUMNS = (
    *("employment", "residence", "education", "study_deduction", "job_housing_area"),
    *("innovation", "tax", "age", "honours", "law_abiding", "total"),
)
COLUMNS = (
    *("applicant_id", *POINT_COLUMNS, "eligible", "ineligible_because", "rank", "admitted"),
    *("sex", "age_band", "education_level", "kind"),
)
# Worked out beside the facts in command.py; a quota of 2 is reached by the two at 83.08.
SCORED = """\
A1,37.50,5.83,15.00,0.00,3.00,0.00,2.00,20.00,0.00,0.00,83.33,true,,1,true,female,36-40,bachelor,=1+1
A2,37.25,5.83,15.00,0.00,3.00,0.00,2.00,20.00,0.00,0.00,83.08,true,,2,true,female,36-40,bachelor,=1+1
A3,37.50,5.83,15.00,0.00,3.00,0.00,2.00,20.00,0.00,0.00,83.33,false,insurance_in_order;criminal_record,,false,\
female,36-40,bachelor,国企
A4,37.50,5.83,15.00,0.00,3.00,0.00,2.00,20.00,0.00,-30.00,53.33,true,,4,false,female,36-40,bachelor,国企
A5,37.25,5.83,15.00,0.00,3.00,0.00,2.00,20.00,0.00,0.00,83.08,true,,2,true,female,36-40,bachelor,国企
"""
ROWS = [line.split(",") for line in SCORED.splitlines()]
RESULT = {"applicants": 5, "eligible": 4, "quota": 2, "cutoff": "83.08", "admitted": 3, "tied_at_cutoff": 2}
SUFFIXES = (".parquet", ".csv", ".xlsx")


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """Give five applicants whose points are known."""
    return saved(tmp_path, FACTS)


def score(cohort: Path, out: Path, *more: object, quota: int = 2, round_year: int = 2020) -> Said:
    """Run ``jifen score`` under the rulebook in force."""
    return jifen("score", cohort, "--round", round_year, "--quota", quota, "--out", out, *more)


def test_json_is_the_document_that_was_promised(cohort: Path, tmp_path: Path) -> None:
    """Six keys in their order, counts as numbers, the cutoff as a text, and nothing else on either stream."""
    said = score(cohort, tmp_path / "scored.parquet", "--json")
    assert (said.status, said.err) == (0, "")
    assert said.out.count("\n") == 1
    assert list(json.loads(said.out).items()) == list(RESULT.items())


@pytest.mark.parametrize(("quota", "facts"), [(0, FACTS), (2, FACTS.replace(",false,,", ",true,,"))])
def test_where_there_is_no_cutoff_it_is_null(quota: int, facts: str, tmp_path: Path) -> None:
    """Without places, or without anybody eligible, nobody is admitted."""
    cohort = saved(tmp_path, facts)
    document = json.loads(score(cohort, tmp_path / "scored.csv", "--json", quota=quota).out)
    assert document | {"applicants": 5, "eligible": 0, "quota": quota} == {
        "applicants": 5,
        "eligible": 0,
        "quota": quota,
        "cutoff": None,
        "admitted": 0,
        "tied_at_cutoff": 0,
    }
    said = score(cohort, tmp_path / "scored.csv", quota=quota)
    assert f"quota {quota}: no cutoff, nobody admitted; written to " in said.out


def test_the_result_is_one_sentence(cohort: Path, tmp_path: Path) -> None:
    """Without --json a reader gets one line, and a sound cohort under its own rules no remark."""
    out = tmp_path / "scored.csv"
    assert score(cohort, out) == Said(
        0,
        f"5 applicants, 4 eligible, quota 2: cutoff 83.08, 3 admitted, 2 at the cutoff; written to {out}\n",
        "",
    )


def test_csv_holds_every_column_as_plain_text(cohort: Path, tmp_path: Path) -> None:
    """Points like 97.13, reasons joined by semicolons, nothing for no rank, UTF-8 without a mark."""
    score(cohort, tmp_path / "scored.csv")
    header, *rows = csv.reader(io.StringIO((tmp_path / "scored.csv").read_bytes().decode("utf-8")))
    assert tuple(header) == COLUMNS
    assert rows == ROWS


def test_parquet_holds_exact_points_and_lists_of_reasons(cohort: Path, tmp_path: Path) -> None:
    """Decimals of two places, a list for the reasons, whole ranks with null for none."""
    score(cohort, tmp_path / "scored.parquet")
    frame = pl.read_parquet(tmp_path / "scored.parquet")
    assert tuple(frame.columns) == COLUMNS
    for name in POINT_COLUMNS:
        assert isinstance(frame.schema[name], pl.Decimal), name
        assert frame.schema[name].scale == 2, name  # type: ignore[attr-defined]
    assert frame.schema["ineligible_because"] == pl.List(pl.String)
    assert frame["ineligible_because"].to_list() == [
        *([], [], ["insurance_in_order", "criminal_record"], [], [])
    ]
    assert frame.schema["rank"].is_integer()
    assert frame["rank"].to_list() == [1, 2, None, 4, 2]
    assert frame.schema["eligible"] == frame.schema["admitted"] == pl.Boolean
    assert frame["total"].to_list() == [Decimal(row[11]) for row in ROWS]
    assert frame["kind"].to_list() == [row[-1] for row in ROWS]


def test_parquet_says_by_what_it_was_made(cohort: Path, tmp_path: Path) -> None:
    """Round, rulebook with its digest, and quota travel with the file."""
    score(cohort, tmp_path / "scored.parquet")
    made = json.loads(pl.read_parquet_metadata(tmp_path / "scored.parquet")["jifen.scored"])
    assert (made["round"], made["rulebook"], made["quota"]) == (2020, "beijing-2020", 2)
    listed = jifen("rules", "list").out.splitlines()
    assert any(line.startswith("beijing-2020 ") and made["digest"][:12] in line for line in listed)
    assert re.fullmatch("[0-9a-f]{64}", made["digest"])


def test_excel_holds_numbers_as_numbers_and_words_as_words(cohort: Path, tmp_path: Path) -> None:
    """Points show two places, and a word that begins with = is no formula."""
    score(cohort, tmp_path / "scored.xlsx")
    frame = fastexcel.read_excel(tmp_path / "scored.xlsx").load_sheet("scored").to_polars()
    assert tuple(frame.columns) == COLUMNS
    assert frame["total"].to_list() == [float(row[11]) for row in ROWS]
    assert frame["rank"].to_list() == [1, 2, None, 4, 2]
    assert frame["admitted"].to_list() == [True, True, False, False, True]
    assert frame["ineligible_because"].fill_null("").to_list() == [row[13] for row in ROWS]
    assert frame["kind"].to_list() == [row[-1] for row in ROWS]
    with zipfile.ZipFile(tmp_path / "scored.xlsx") as book:
        sheet, styles = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    assert "<f>" not in sheet
    assert 'formatCode="0.00"' in styles


def test_a_points_cohort_keeps_its_rows_and_counts_for_eligible(tmp_path: Path) -> None:
    """The ten columns come back as they were; sex, credential and age are not known."""
    cohort = saved(tmp_path, POINTS)
    out = tmp_path / "scored.csv"
    assert json.loads(score(cohort, out, "--json", quota=1).out) == {
        "applicants": 2,
        "eligible": 2,
        "quota": 1,
        "cutoff": "117.00",
        "admitted": 1,
        "tied_at_cutoff": 1,
    }
    header, first, second = csv.reader(io.StringIO(out.read_text("utf-8")))
    assert tuple(header) == COLUMNS[:16]
    assert first == [*POINTS.splitlines()[1].split(","), "true", "", "1", "true"]
    assert second == [*POINTS.splitlines()[2].split(","), "true", "", "2", "false"]


def test_row_numbers_stand_in_for_missing_ids_and_that_is_said(tmp_path: Path) -> None:
    """The note goes to standard error, so that --json stays one document."""
    rows = [line.partition(",")[2] for line in POINTS.splitlines()]
    said = score(saved(tmp_path, "\n".join(rows)), tmp_path / "scored.csv", "--json")
    assert said.err == "note: There is no applicant_id, so the row number, from 1, stands in.\n"
    assert json.loads(said.out)["applicants"] == 2
    assert [line.split(",")[0] for line in (tmp_path / "scored.csv").read_text("utf-8").splitlines()] == [
        *("applicant_id", "1", "2")
    ]


def test_values_at_odds_are_told_in_one_line_and_scored(tmp_path: Path) -> None:
    """A warning is no error: the row is scored as it stands."""
    one = FACTS.replace("female,cadre,2016-10-08,120,", "female,cadre,2016-10-08,999,", 1)
    said = score(saved(tmp_path, one), tmp_path / "scored.csv", "--json")
    assert said.status == 0
    assert re.fullmatch(r"warning: [0-9]+ values? (is|are) at odds [^\n]*`jifen check`\)\n", said.err)
    assert json.loads(said.out) == RESULT


def test_other_rules_are_a_counterfactual_and_that_is_said(cohort: Path, tmp_path: Path) -> None:
    """A rulebook that was not in force for the round scores with a notice on standard error."""
    said = score(cohort, tmp_path / "scored.csv", "--rules", "beijing-2018-trial", "--json")
    assert said.err == (
        "The rulebook beijing-2018-trial was in force for the rounds of 2018 to 2019;"
        " its results for the round of 2020 are counterfactual.\n"
    )
    # In the trial one taxed year gives nothing and a year of home and job outside 4: a point less each.
    assert json.loads(said.out)["cutoff"] == "82.08"


def test_a_rulebook_file_is_as_good_as_a_name(
    cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A TOML file in the working folder is found by its relative path, and its values count."""
    rules = Path(__file__).parents[3] / "scoring" / "rules"
    text = (rules / "beijing-2020.toml").read_text("utf-8").replace('"beijing-2020"', '"ours"', 1)
    saved(tmp_path, text, "ours.toml")
    monkeypatch.chdir(tmp_path)
    said = score(Path("cohort.csv"), Path("scored.csv"), "--rules", "ours.toml", "--json")
    assert (said.status, said.err, json.loads(said.out)) == (0, "", RESULT)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("reason", ["broken cohort", "full disk"])
def test_what_was_there_stays_when_scoring_fails(
    suffix: str, reason: str, cohort: Path, tmp_path: Path, disk: Disk
) -> None:
    """An output is whole or what it was before: no half of one, and no file beside it."""
    out = tmp_path / f"scored{suffix}"
    out.write_bytes(b"older")
    if reason == "full disk":
        with disk.full_after(500):
            said = score(cohort, out)
        assert re.fullmatch(f"cannot write {re.escape(str(out))}: [A-Za-z ]+", said.error)
    else:
        said = score(saved(tmp_path, FACTS.replace("bachelor", "batchelor", 1)), out)
        assert "batchelor" in said.error
    assert out.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cohort.csv", out.name]


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("scored.parq", "its suffix must be .parquet, .csv or .xlsx; did you mean .parquet?"),
        ("scored", "its suffix must be .parquet, .csv or .xlsx"),
        ("folder.csv", "it is a folder, and a file name is needed"),
        ("none/scored.csv", "there is no folder none"),
        ("cohort.csv", "it is the cohort itself"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_any_work(
    out: str, reason: str, cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says why; the cohort, sound or not, is not even read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    saved(tmp_path, "no cohort at all")
    assert score(Path("cohort.csv"), Path(out)).error == f"cannot write {out}: {reason}"
    assert (tmp_path / "cohort.csv").read_text("utf-8") == "no cohort at all"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_takes_no_file_is_said_in_one_line(suffix: str, cohort: Path) -> None:
    """The system's own reason, without the name of the file that was tried."""
    if not Path("/proc/self").exists():
        pytest.skip("this system has no folder that takes no file from anybody")
    error = score(cohort, Path(f"/proc/scored{suffix}")).error
    assert re.fullmatch(rf"cannot write /proc/scored\{suffix}: [A-Za-z ]+", error)


def test_no_more_than_two_lines_are_said_of_a_cohort_with_many_errors(cohort: Path, tmp_path: Path) -> None:
    """The first error stands for all, and the way to see the others is told."""
    broken = FACTS.replace("bachelor", "batchelor").replace("worker", "staff")
    said = score(saved(tmp_path, broken), tmp_path / "scored.csv")
    assert (said.status, said.out) == (1, "")
    first, second, *rest = said.err.splitlines()
    assert first.startswith("jifen: Row 1, education: 'batchelor' ")
    assert second == "More is wrong: `jifen check` lists everything."
    assert rest == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_result_has_the_same_bytes(suffix: str, cohort: Path, tmp_path: Path) -> None:
    """Nothing in a file depends on when it was made."""
    for name in ("a", "b"):
        score(cohort, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_two_names_that_excel_takes_for_one_are_refused(tmp_path: Path) -> None:
    """A sheet with both would come out empty; CSV holds them."""
    cohort = saved(tmp_path, FACTS.replace(",kind\n", ",Total\n"))
    error = score(cohort, tmp_path / "scored.xlsx").error
    assert error.startswith("total and Total are one name to Excel; ")
    assert not (tmp_path / "scored.xlsx").exists()
    assert score(cohort, tmp_path / "scored.csv").status == 0


def test_more_rows_than_an_excel_sheet_holds_are_refused(
    cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The formats that hold them are named."""
    monkeypatch.setattr("scoring.output.MOST_EXCEL_ROWS", 4)
    assert score(cohort, tmp_path / "scored.xlsx").error == (
        "5 rows do not fit an Excel sheet, which holds 4 under its header; write .parquet or .csv"
    )
