"""A whole export made safe: nobody is named in any byte, and everybody scores as before."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import scoring
from scoring.cohort import facts_metadata
from scoring.cohort.identity import identity_in
from scoring.errors import UnknownName
from scoring.rulebook import Rulebook
from synthetic_data.deidentify import Settings, UnsafeExport, deidentify
from tests.oracle.literal import RULEBOOKS, score_literally
from tests.scoring.applicants import scores

from .exports import (
    EMPLOYERS,
    KEY,
    KEYS,
    RULES,
    SECRET,
    Tables,
    bytes_and_cells,
    facts_export,
    histories_export,
    literal_facts,
    person,
    write,
    write_sheets,
)

SIZE = 240
EXPORT = facts_export(SIZE)
REPORT_FILES = ["risk-report.en.md", "risk-report.json", "risk-report.zh.md"]


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an export of facts safe once."""
    folder = tmp_path_factory.mktemp("facts")
    deidentify(write(EXPORT.frame(), folder / "raw.parquet"), folder / "safe", key=KEY)
    return folder / "safe"


def forms_of(value: str) -> list[bytes]:
    """Give the ways in which a value may stand in a file."""
    return [value.encode(), value.encode("gb18030"), value.encode("utf-16-le")]


def test_no_byte_names_anybody(safe: Path) -> None:
    """No identity number, name, telephone, e-mail, address or employer is in a file, nor is the key."""
    found = bytes_and_cells(safe)
    named = {form for someone in EXPORT.people for value in someone.values() for form in forms_of(value)}
    assert len(named) > 4 * SIZE
    assert [form for form in named if form in found] == []
    assert [
        form for form in (SECRET, SECRET.hex().encode(), SECRET.hex().upper().encode()) if form in found
    ] == []


def test_the_scan_would_find_an_identity(tmp_path: Path) -> None:
    """Were one identity left in a compressed file, the scan of bytes and cells would see it."""
    someone = EXPORT.people[0].id_number
    pl.DataFrame({"applicant_id": ["A", someone]}).write_parquet(tmp_path / "facts.parquet")
    assert someone.encode() in bytes_and_cells(tmp_path)


def test_the_output_is_a_cohort(safe: Path) -> None:
    """The door admits it, and its detector of identity finds nothing in any column of words."""
    assert sorted(path.name for path in safe.iterdir()) == ["facts.parquet", *REPORT_FILES]
    cohort = scoring.read(safe / "facts.parquet", rules=RULES, round_year=2020)
    assert cohort.groups == ("户籍地", "party")
    words = pl.read_parquet(safe / "facts.parquet").select(pl.col(pl.String))
    assert [column.name for column in words if identity_in(column, share=0.3)] == []


@pytest.mark.parametrize("year", [2018, 2020, 2023, 2026, 2027])
@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_everybody_scores_as_before(tmp_path: Path, rulebook: str, year: int) -> None:
    """Ten columns, total and reasons are those of the export, person by person, whichever round is scored."""
    export = facts_export(120, round_year=year, seed=year)
    deidentify(write(export.frame(), tmp_path / "raw.parquet"), tmp_path / "safe", key=KEY)
    rules = Rulebook.load(rulebook)
    cohort = scoring.read(tmp_path / "safe" / "facts.parquet", rules=rules, round_year=year)
    after = by_id(scoring.score(cohort, rules, quota=40).frame)
    exact = scores(export.rows, rules, round_year=year)
    for someone, expected in zip(export.people, exact, strict=True):
        got = after[str(KEY.pseudonym(someone.id_number, "applicant"))]
        assert int(got["total"] * 100) == expected["total"]
        assert got["ineligible_because"] == expected["reasons"]
        assert int(got["age"] * 100) == expected["age"]


def by_id(frame: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Give the rows by pseudonym."""
    return {row["applicant_id"]: row for row in frame.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("suffix", "encoding"), [(".csv", "utf-8-sig"), (".csv", "gb18030"), (".xlsx", ""), (".parquet", "")]
)
def test_every_format_gives_the_same_cohort(safe: Path, tmp_path: Path, suffix: str, encoding: str) -> None:
    """CSV with a byte-order mark, in GB18030, Excel and Parquet give the same bytes of data."""
    raw = write(EXPORT.frame(), tmp_path / f"raw{suffix}", encoding=encoding or "utf-8")
    deidentify(raw, tmp_path / "safe", key=KEY)
    assert (tmp_path / "safe" / "facts.parquet").read_bytes() == (safe / "facts.parquet").read_bytes()


def test_the_order_of_rows_tells_nothing(safe: Path, tmp_path: Path) -> None:
    """The export shuffled gives the same output, sorted by pseudonym."""
    shuffled = EXPORT.frame().sample(fraction=1, shuffle=True, seed=3)
    deidentify(write(shuffled, tmp_path / "raw.parquet"), tmp_path / "safe", key=KEY)
    assert (tmp_path / "safe" / "facts.parquet").read_bytes() == (safe / "facts.parquet").read_bytes()
    ids = pl.read_parquet(safe / "facts.parquet").get_column("applicant_id")
    assert ids.is_sorted()


def test_employers_have_pseudonyms_of_their_own(safe: Path) -> None:
    """The column of employers' names becomes employer_id, six employers six pseudonyms."""
    frame = pl.read_parquet(safe / "facts.parquet")
    assert set(frame.get_column("employer_id")) == {KEY.pseudonym(name, "employer") for name in EMPLOYERS}
    assert "单位名称" not in frame.columns


def test_an_employer_id_that_is_there_is_replaced_too(tmp_path: Path) -> None:
    """A registry code of an employer names it as well as its name does; the name then goes."""
    frame = EXPORT.frame().with_columns(employer_id=pl.lit("91110105MA00A1B2C3"))
    deidentify(write(frame, tmp_path / "raw.parquet"), tmp_path / "safe", key=KEY)
    kept = pl.read_parquet(tmp_path / "safe" / "facts.parquet")
    assert set(kept.get_column("employer_id")) == {KEY.pseudonym("91110105MA00A1B2C3", "employer")}
    assert b"91110105MA00A1B2C3" not in bytes_and_cells(tmp_path / "safe")


def test_small_groups_are_merged_and_no_category_of_parquet_betrays_them(tmp_path: Path) -> None:
    """Six people of Tibet join the next smallest; an Enum's list of categories is not carried over."""
    sorts = pl.Enum(["河北省", "山东省", "河南省", "西藏自治区", "无人之地"])
    frame = EXPORT.frame().with_columns(pl.col("户籍地").cast(sorts))
    report = deidentify(write(frame, tmp_path / "raw.parquet"), tmp_path / "safe", key=KEY)
    counts = pl.read_parquet(tmp_path / "safe" / "facts.parquet").get_column("户籍地").value_counts()
    assert frame.get_column("户籍地").value_counts().filter(pl.col("count") < 10).height == 1
    assert counts.get_column("count").min() >= 10  # type: ignore[operator]
    assert [one.data["people"] for one in report.done("merged") if one.column == "户籍地"] == [84]
    found = bytes_and_cells(tmp_path / "safe")
    assert not any(form in found for name in ("西藏自治区", "无人之地") for form in forms_of(name))


def test_the_threshold_is_a_parameter_that_has_a_floor(tmp_path: Path) -> None:
    """With 5, six people of Tibet are enough; below 5 nothing is made."""
    raw = write(EXPORT.frame(), tmp_path / "raw.parquet")
    deidentify(raw, tmp_path / "safe", key=KEY, settings=Settings(threshold=5))
    kept = pl.read_parquet(tmp_path / "safe" / "facts.parquet")
    assert kept.filter(pl.col("户籍地") == "西藏自治区").height == 6
    with pytest.raises(UnsafeExport, match="at least 5"):
        Settings(threshold=4)


def test_districts_with_few_people_are_emptied(tmp_path: Path) -> None:
    """A district of the contract has no word for others: it becomes empty, and enough people share that."""
    districts = ["海淀区" if number >= 9 else "延庆区" for number in range(SIZE)]
    districts[-30:] = ["密云区"] * 30
    frame = EXPORT.frame().with_columns(home_district=pl.Series(districts))
    deidentify(write(frame, tmp_path / "raw.parquet"), tmp_path / "safe", key=KEY)
    kept = pl.read_parquet(tmp_path / "safe" / "facts.parquet").get_column("home_district")
    assert dict(kept.cast(pl.String).value_counts().iter_rows()) == {"海淀区": 201, None: 39}


def test_facts_that_say_their_round_keep_what_it_needs(tmp_path: Path) -> None:
    """Round and rulebook stay on record, and births are kept for that round alone; other metadata goes."""
    raw = tmp_path / "raw.parquet"
    made = {**facts_metadata(RULES, 2020), "jifen.synthetic": "true"}
    said = {**made, "author": EXPORT.people[0].name}
    EXPORT.frame().write_parquet(raw, metadata=said)
    report = deidentify(raw, tmp_path / "safe", key=KEY)
    assert report.births is not None
    assert report.births.rounds == (2020, 2020)
    metadata = pl.read_parquet_metadata(tmp_path / "safe" / "facts.parquet")
    assert {name: metadata[name] for name in made} == made
    assert "author" not in metadata


@pytest.mark.parametrize("birth", ["month", "year"])
def test_births_coarsened_on_request(tmp_path: Path, birth: str) -> None:
    """The month or the year alone is kept, and the report counts for how many that may matter."""
    raw = write(EXPORT.frame(), tmp_path / "raw.parquet")
    settings = Settings(birth=birth, rounds=(2020,))  # type: ignore[arg-type]
    report = deidentify(raw, tmp_path / "safe", key=KEY, settings=settings)
    births = pl.read_parquet(tmp_path / "safe" / "facts.parquet").get_column("birth_date")
    assert set(births.dt.day()) == {1}
    assert (set(births.dt.month()) == {1}) == (birth == "year")
    edges = [date(1959, 12, 31), date(1964, 12, 31), date(1969, 12, 31)]
    assert report.births is not None
    assert report.births.changed == sum(row["birth_date"] in edges for row in EXPORT.rows) > 0


def test_quasi_identifiers_are_checked_before_anything_is_written(tmp_path: Path) -> None:
    """A misspelt one leaves no folder behind."""
    raw = write(EXPORT.frame(), tmp_path / "raw.parquet")
    with pytest.raises(UnknownName, match="did you mean education"):
        deidentify(raw, tmp_path / "safe", key=KEY, settings=Settings(quasi=("educaton",)))
    assert [path.name for path in tmp_path.iterdir()] == ["raw.parquet"]


def test_the_report_measures_the_output(safe: Path) -> None:
    """The k and the unique are those of the table that was written, over what is commonly known."""
    risk = json.loads((safe / "risk-report.json").read_text("utf-8"))["risk"]
    assert risk["quasi"] == ["birth_date", "sex", "education", "户籍地", "party"]
    sizes = pl.read_parquet(safe / "facts.parquet").group_by(risk["quasi"]).len().get_column("len")
    assert risk["anonymity"]["k"] == sizes.min()
    assert risk["anonymity"]["unique"] == (sizes == 1).sum()
    assert risk["anonymity"]["people"] == SIZE


# Points


def points(size: int) -> pl.DataFrame:
    """Make points as a public list would have them, with names."""
    rows = [
        {
            "姓名": person(number, date(1980, 1, 1)).name,
            "单位名称": EMPLOYERS[number % 6],
            "birth_year": 1970 + number % 10,
            "employment": "60.25",
            "residence": f"{number % 7}.67",
            **dict.fromkeys(("education", "study_deduction", "job_housing_area", "innovation"), "0.00"),
            **dict.fromkeys(("tax", "age", "honours", "law_abiding"), "0.00"),
            "total": f"{60 + number % 7}.92",
        }
        for number in range(size)
    ]
    return pl.DataFrame(rows)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_points_stay_exact_hundredths(tmp_path: Path, suffix: str) -> None:
    """The ten columns and the total are the same decimals; rows without pseudonyms are in a new order."""
    raw = points(60)
    deidentify(write(raw, tmp_path / f"raw{suffix}"), tmp_path / "safe", key=KEY)
    kept = pl.read_parquet(tmp_path / "safe" / "points.parquet")
    assert kept.get_column("total").dtype == pl.Decimal(12, 2)
    assert sorted(map(str, kept.get_column("total"))) == sorted(raw.get_column("total"))
    assert kept.columns[:2] == ["employment", "residence"]
    assert "姓名" not in kept.columns
    cohort = scoring.read(tmp_path / "safe" / "points.parquet", rules=RULES, round_year=2020)
    assert scoring.score(cohort, RULES, quota=8).ranking.cutoff == Decimal("66.92")


def test_the_order_of_points_tells_nothing(tmp_path: Path) -> None:
    """Without pseudonyms rows are sorted by what they hold: a public list in its order gives the same."""
    listed, shuffled = points(60), points(60).sample(fraction=1, shuffle=True, seed=1)
    for name, frame in (("listed", listed), ("shuffled", shuffled)):
        deidentify(write(frame, tmp_path / f"{name}.csv"), tmp_path / name, key=KEY)
    first, second = (pl.read_parquet(tmp_path / name / "points.parquet") for name in ("listed", "shuffled"))
    assert first.equals(second)


# Histories


@pytest.fixture(scope="module", params=[".csv", ".parquet"])
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Tables, list[Any]]:
    """Make histories safe once a format."""
    base = tmp_path_factory.mktemp("histories")
    tables, people = histories_export(60)
    (base / "raw").mkdir()
    for name, rows in tables.items():
        write(pl.DataFrame(rows, infer_schema_length=None), base / "raw" / f"{name}{request.param}")
    deidentify(base / "raw", base / "safe", key=KEY)
    return base / "safe", tables, people


def read_back(safe: Path) -> Tables:
    """Read the safe tables as plain rows."""
    return {path.stem: pl.read_parquet(path).to_dicts() for path in sorted(safe.glob("*.parquet"))}


def test_histories_name_nobody(folder: tuple[Path, Tables, list[Any]]) -> None:
    """No byte of any table of records names anybody."""
    safe, _, people = folder
    found = bytes_and_cells(safe)
    assert [value for someone in people for value in someone.values() if value.encode() in found] == []
    assert "王建国".encode() not in found


def test_one_person_has_one_pseudonym_in_all_tables(folder: tuple[Path, Tables, list[Any]]) -> None:
    """Every record is about whom it was about before."""
    safe, tables, _ = folder
    kept = read_back(safe)
    assert kept.keys() == tables.keys()
    for name, rows in tables.items():
        before = sorted(str(KEY.pseudonym(row["applicant_id"], "applicant")) for row in rows)
        assert [row["applicant_id"] for row in kept[name]] == before


@pytest.mark.parametrize("year", [2018, 2020, 2026])
@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_histories_score_as_before(folder: tuple[Path, Tables, list[Any]], rulebook: str, year: int) -> None:
    """The literal facts of the safe records have the literal score of the export's, person by person."""
    safe, tables, _ = folder
    before, after = literal_facts(tables, rulebook, year), literal_facts(read_back(safe), rulebook, year)
    assert len(before) == len(after) == 60
    for someone, (facts,) in before.items():
        (kept,) = after[str(KEY.pseudonym(someone, "applicant"))]
        scored, again = (
            score_literally(one, rulebook=rulebook, round_year=year, **KEYS) for one in (facts, kept)
        )
        assert (again.items, again.total, again.reasons) == (scored.items, scored.total, scored.reasons)


@pytest.mark.parametrize("year", [2020, 2026])
def test_safe_histories_are_a_cohort(folder: tuple[Path, Tables, list[Any]], year: int) -> None:
    """The door admits the folder, and its facts score as the oracle scores the export's records."""
    safe, tables, _ = folder
    cohort = scoring.read(safe, rules=RULES, round_year=year)
    after = by_id(scoring.score(cohort, RULES, quota=10).frame)
    for someone, (facts,) in literal_facts(tables, RULES.name, year).items():
        expected = score_literally(facts, rulebook=RULES.name, round_year=year, **KEYS)
        got = after[str(KEY.pseudonym(someone, "applicant"))]
        assert int(got["total"] * 100) == expected.total
        assert got["ineligible_because"] == expected.reasons


def test_a_workbook_of_histories(folder: tuple[Path, Tables, list[Any]], tmp_path: Path) -> None:
    """A workbook with a sheet a table, as the template has them, gives the same tables as a folder."""
    frames = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in folder[1].items()}
    write_sheets(frames, tmp_path / "raw.xlsx")
    deidentify(tmp_path / "raw.xlsx", tmp_path / "safe", key=KEY)
    again, before = read_back(tmp_path / "safe"), read_back(folder[0])
    assert again.keys() == before.keys()
    for name in ("applicants", "insurance", "degrees", "penalties"):
        assert again[name] == before[name]


def test_histories_keep_dates_no_finer_than_needed(folder: tuple[Path, Tables, list[Any]]) -> None:
    """Graduations are kept to the month, awards, honours, penalties and permits to the year."""
    kept = read_back(folder[0])
    assert {row["graduated_on"].day for row in kept["degrees"]} == {1}
    for table, column in [("awards", "won_on"), ("honours", "awarded_on"), ("penalties", "decided_on")]:
        assert {(row[column].month, row[column].day) for row in kept[table]} == {(1, 1)}
