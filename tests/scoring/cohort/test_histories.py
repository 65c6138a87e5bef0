"""Histories in a folder or a workbook: which table is which, what is missing, what is left aside."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from scoring.cohort import CohortError, read
from scoring.cohort.contract import Kind
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.parse import narrow_type
from scoring.cohort.template import write_template
from tests.scoring.cohort.made import RULES as STAND_IN
from tests.scoring.cohort.made import Row
from tests.scoring.cohort.records_made import (
    RULES,
    admitted,
    applicant,
    changed,
    csv_of,
    excel_folder,
    folder,
    only,
    parquet_folder,
    refused,
    sound,
    spell,
    workbook,
)

Writer = Callable[[Path, Mapping[str, Sequence[Row]]], Path]
# Worked out by hand: insured from March 2009 to December 2020 is 142 months; the own home is outside the six
# from January 2018 on, 36 months, with the job outside; the lease counts from August 2020 on, 5 months, and
# the 137 months before are presumed.
FACTS_OF_FIRST = {
    "applicant_id": "A0001",
    "continuous_insured_months": 142,
    "back_paid_months": 0,
    "insurance_in_order": True,
    "barred_through": None,
    "insured_months": 142,
    "own_home_months": 72,
    "presumed_tenancy_months": 70,
    "education": "bachelor",
    "study_insured_months": 0,
    "suburban_home_months": 0,
    "suburban_home_and_job_months": 36,
    "suburban_home_in_december": True,
    "innovation_award": None,
    "taxed_100k_years": 1,
    "tax_penalties": 0,
    "honour": None,
    "minor_children": 1,
}
FACTS_OF_SECOND = {
    "applicant_id": "A0002",
    "residence_permit_date": None,
    "insured_months": 142,
    "own_home_months": 0,
    "presumed_tenancy_months": 137,
    "leased_months": 5,
    "education": "none",
    "suburban_home_and_job_months": 0,
    "innovation_award": RULES.award_keys[0],
    "tax_penalties": 1,
    "honour": RULES.honour_keys[0],
}


@pytest.mark.parametrize("write", [folder, parquet_folder, excel_folder])
def test_a_folder_gives_the_facts_worked_out_by_hand(write: Writer, tmp_path: Path) -> None:
    """CSV, Parquet and Excel read alike, and nothing is to be remarked."""
    cohort = admitted(write(tmp_path / "histories", sound()))
    first, second = cohort.frame.iter_rows(named=True)
    assert {name: first[name] for name in FACTS_OF_FIRST} == FACTS_OF_FIRST
    assert {name: second[name] for name in FACTS_OF_SECOND} == FACTS_OF_SECOND
    assert (cohort.level, cohort.groups, cohort.notices) == ("facts", (), ())
    assert cohort.source == str(tmp_path / "histories")


def test_formats_may_be_mixed_and_change_nothing(tmp_path: Path) -> None:
    """Each file has its own format; the digest is that of the content."""
    tables = sound()
    mixed = tmp_path / "mixed"
    for write, names in ((folder, list(tables)[:3]), (parquet_folder, list(tables)[3:6])):
        write(mixed, {name: tables[name] for name in names})
    excel_folder(mixed, {name: tables[name] for name in list(tables)[6:]})
    assert admitted(mixed).digest == admitted(folder(tmp_path / "plain", tables)).digest


def test_a_workbook_with_a_sheet_a_table_is_histories(tmp_path: Path) -> None:
    """By itself, or alone in a folder."""
    plain = admitted(folder(tmp_path / "plain", sound()))
    (tmp_path / "alone").mkdir()
    for place in (tmp_path / "book.xlsx", tmp_path / "alone" / "2021.xlsx"):
        workbook(place, sound())
        assert admitted(place).digest == plain.digest
    assert admitted(tmp_path / "alone").digest == plain.digest


def test_a_blank_template_lacks_applicants_and_says_so(tmp_path: Path) -> None:
    """All its sheets are known for tables; without a row there is no cohort."""
    write_template("histories", tmp_path / "blank.xlsx", rules=RULES)
    assert [(one.rule, one.table) for one in refused(tmp_path / "blank.xlsx")] == [("no_rows", "applicants")]


def test_the_frame_has_the_contracts_columns_and_types(tmp_path: Path) -> None:
    """As if the facts had been read from a file of facts."""
    tables = sound()
    tables["applicants"] = [
        applicant(home_district="东城", employer_id="E1", employer_barred_through="2021", branch="一")
    ]
    tables = {"applicants": tables["applicants"], "insurance": [spell()]}
    cohort = admitted(folder(tmp_path / "histories", tables))
    keys = {"": (), "awards": RULES.award_keys, "honours": RULES.honour_keys}
    for column in FACTS.columns:
        if column.required:
            assert cohort.frame.schema[column.name] == narrow_type(column, keys[column.annex]), column.name
    assert cohort.frame.columns[-1] == "branch"
    assert cohort.groups == ("home_district", "branch")
    row = cohort.frame.row(0, named=True)
    assert (row["home_district"], row["employer_id"], row["employer_barred_through"]) == (
        "东城区",
        "E1",
        2021,
    )


def test_tables_that_are_absent_hold_no_records_and_that_is_said(tmp_path: Path) -> None:
    """Applicants and insurance are enough."""
    tables = {name: rows for name, rows in sound().items() if name in {"applicants", "insurance"}}
    cohort = admitted(folder(tmp_path / "histories", tables))
    (notice,) = cohort.notices
    assert (notice.severity, notice.rule) == ("note", "absent_tables")
    assert notice.data["tables"] == tuple(table.name for table in HISTORIES[2:])
    assert cohort.frame["own_home_months"].to_list() == [0, 0]
    assert cohort.frame["education"].to_list() == ["none", "none"]


@pytest.mark.parametrize("missing", ["applicants", "insurance"])
def test_the_tables_that_are_needed_must_be_there(missing: str, tmp_path: Path) -> None:
    """Nobody to score, or nobody insured: a forgotten file must not make everybody ineligible."""
    tables = sound()
    del tables[missing]
    violation = only(folder(tmp_path / "histories", tables))
    assert (violation.rule, violation.table) == ("no_table", missing)


def test_a_table_with_a_header_alone_has_no_records(tmp_path: Path) -> None:
    """Of insurance that is worth a warning, elsewhere it is nothing to remark."""
    place = folder(tmp_path / "histories", sound())
    for name in ("insurance", "honours"):
        header = (place / f"{name}.csv").read_text("utf-8").splitlines()[0]
        (place / f"{name}.csv").write_text(header + "\n", "utf-8")
    cohort = admitted(place)
    assert [(one.severity, one.rule, one.table) for one in cohort.notices] == [
        ("warning", "no_records", "insurance")
    ]
    assert cohort.frame["insured_months"].to_list() == [0, 0]
    assert cohort.frame["honour"].to_list() == [None, None]


def test_an_empty_file_is_no_empty_table(tmp_path: Path) -> None:
    """Without even a header something went wrong in the export."""
    place = folder(tmp_path / "histories", sound())
    (place / "awards.csv").write_bytes(b"")
    violation = only(place)
    assert (violation.rule, violation.table) == ("empty_file", "awards")


def test_a_table_that_is_there_twice_is_not_chosen_from(tmp_path: Path) -> None:
    """Which of the two was meant cannot be told."""
    place = folder(tmp_path / "histories", sound())
    parquet_folder(place, {"awards": sound()["awards"]})
    violation = only(place)
    assert (violation.rule, violation.table) == ("table_twice", "awards")
    assert violation.data["files"] == ("awards.csv", "awards.parquet")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("honors", "honours"),
        ("incometax", "income_tax"),
        ("tax", "income_tax"),
        ("INCOME_TAX", "income_tax"),
        ("penalty", "penalties"),
        ("equity_2020", "equity"),
        ("Dwelling", "dwellings"),
    ],
)
def test_a_misnamed_table_is_not_passed_over(name: str, meant: str, tmp_path: Path) -> None:
    """Its records would be missed without a word."""
    tables = sound()
    rows = tables.pop(meant)
    place = folder(tmp_path / "histories", tables)
    (place / f"{name}.csv").write_text(csv_of(rows), "utf-8")
    violation = only(place)
    assert (violation.rule, violation.data["file"], violation.data["nearest"]) == (
        "unknown_table",
        f"{name}.csv",
        meant,
    )


def test_a_misnamed_sheet_is_not_passed_over_either(tmp_path: Path) -> None:
    """Sheets are as files."""
    tables = sound()
    tables["honour"] = tables.pop("honours")
    violation = only(workbook(tmp_path / "book.xlsx", tables))
    assert (violation.rule, violation.data["file"], violation.data["nearest"]) == (
        "unknown_table",
        "honour",
        "honours",
    )


def test_other_files_are_left_aside_and_named(tmp_path: Path) -> None:
    """A letter beside the tables is not read; what systems leave is not even mentioned, nor a name shown."""
    place = folder(tmp_path / "histories", sound())
    for name in ("读我.txt", "facts.csv", ".DS_Store", "~$insurance.xlsx", "13800138000.pdf"):
        (place / name).write_text("x")
    (notice,) = admitted(place).notices
    assert (notice.rule, notice.data["files"]) == (
        "other_files",
        ("1**************", "facts.csv", "读我.txt"),
    )


@pytest.mark.parametrize("name", ["awards.txt", "awards.xls", "awards"])
def test_a_table_in_another_format_is_refused(name: str, tmp_path: Path) -> None:
    """A known name with an unknown suffix is no file to leave aside."""
    place = folder(tmp_path / "histories", sound())
    (place / "awards.csv").rename(place / name)
    violation = only(place)
    assert (violation.rule, violation.table) == ("suffix", "awards")


def test_a_folder_in_the_place_of_a_table_is_refused(tmp_path: Path) -> None:
    """Some tools write a table as a folder of parts."""
    place = folder(tmp_path / "histories", sound())
    (place / "awards.csv").unlink()
    (place / "awards.parquet").mkdir()
    violation = only(place)
    assert (violation.rule, violation.table) == ("folder", "awards")


def test_every_table_is_checked_whatever_is_wrong_with_another(tmp_path: Path) -> None:
    """Errors of all tables come together, one that cannot be read included."""
    place = folder(tmp_path / "histories", changed("degrees", level="batchelor"))
    (place / "honours.csv").write_bytes(b"\x00\x01\x02")
    (place / "applicants.csv").write_text(csv_of([applicant(sex="x"), applicant(applicant_id="A0002")]))
    assert [(one.rule, one.table) for one in refused(place)] == [
        ("unknown_level", "applicants"),
        ("unknown_level", "degrees"),
        ("binary", "honours"),
    ]


def test_records_are_checked_even_where_there_are_no_applicants(tmp_path: Path) -> None:
    """Then alone it cannot be told whom they are about."""
    tables = changed("insurance", district="海定区")
    del tables["applicants"]
    assert [(one.rule, one.table) for one in refused(folder(tmp_path / "histories", tables))] == [
        ("no_table", "applicants"),
        ("unknown_level", "insurance"),
    ]


def test_columns_of_applicants_that_are_counted_are_ignored_and_that_is_said(tmp_path: Path) -> None:
    """What stands there may differ from what the records give."""
    tables = sound()
    tables["applicants"] = [row | {"education": "doctor", "rank": "1"} for row in tables["applicants"]]
    cohort = admitted(folder(tmp_path / "histories", tables))
    assert {(one.rule, one.column) for one in cohort.notices} == {
        ("counted_column", "education"),
        ("result_column", "rank"),
    }
    assert cohort.frame["education"].to_list() == ["bachelor", "none"]


def test_other_columns_of_records_are_ignored_and_that_is_said(tmp_path: Path) -> None:
    """A table of records has no groups."""
    cohort = admitted(folder(tmp_path / "histories", changed("awards", rank="first")))
    assert [(one.rule, one.table, one.column) for one in cohort.notices] == [
        ("ignored_column", "awards", "rank")
    ]
    assert cohort.groups == ()


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [
        ("awards", "姓名", "x", "identity_column"),
        ("insurance", "unit", "北京某某科技有限公司", "identity"),
        ("dwellings", "place", "朝阳路12号院3号楼", "identity"),
        ("penalties", "note", "13800138000", "identity"),
        ("applicants", "mail", "x", "identity_column"),
    ],
)
def test_identity_is_refused_in_every_table(
    table: str, column: str, value: str, rule: str, tmp_path: Path
) -> None:
    """By the column's name and by what stands in it."""
    tables = sound()
    tables[table] = [row | {column: value} for row in tables[table]]
    violation = only(folder(tmp_path / "histories", tables))
    assert (violation.rule, violation.table, violation.column) == (rule, table, column)
    assert value not in str(violation.value)


def test_pseudonyms_that_are_identity_are_refused_once(tmp_path: Path) -> None:
    """The table of applicants answers for all."""
    one = "11010519491231002X"
    tables = {"applicants": [applicant(applicant_id=one)], "insurance": [spell(applicant_id=one)]}
    violation = only(folder(tmp_path / "histories", tables))
    assert (violation.rule, violation.table, violation.value) == ("identity", "applicants", "1" + 17 * "*")


@pytest.mark.parametrize("table", ["applicants", "insurance", "awards"])
def test_a_file_cut_anywhere_is_read_or_refused(table: str, tmp_path: Path) -> None:
    """No cut is met with anything but sentences."""
    place = folder(tmp_path / "histories", sound())
    text = (place / f"{table}.csv").read_text("utf-8")
    refusals = 0
    for end in range(0, len(text), len(text) // 60):
        (place / f"{table}.csv").write_text(text[:end], "utf-8")
        try:
            admitted(place)
        except CohortError:
            refusals += 1
    assert refusals > 30


@pytest.mark.parametrize("table", [table for table in HISTORIES if table.name != "applicants"])
def test_every_column_of_records_is_needed(table: object, tmp_path: Path) -> None:
    """What may be empty has its column all the same."""
    name, columns = table.name, table.names[1:]  # type: ignore[attr-defined]
    tables = sound()
    tables[name] = [{"applicant_id": row["applicant_id"]} for row in tables[name]]
    found = refused(folder(tmp_path / "histories", tables))
    assert [(one.rule, one.table, one.column) for one in found] == [
        ("missing_column", name, column) for column in columns
    ]


def test_records_are_not_counted_under_what_is_no_rulebook(tmp_path: Path) -> None:
    """Whoever builds on the door hears of it at once."""
    place = folder(
        tmp_path / "histories", {"applicants": [applicant()], "insurance": [spell(insurance="medical")]}
    )
    with pytest.raises(TypeError, match="under a Rulebook, not StandIn"):
        read(place, rules=STAND_IN, round_year=2021)


def test_a_folder_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    """A slip in its name is no matter of suffixes; a trailing slash makes no difference to a folder."""
    with pytest.raises(CohortError, match="none does not exist"):
        admitted(tmp_path / "none")
    place = folder(tmp_path / "histories", sound())
    assert admitted(Path(f"{place}/")).frame.height == 2


def test_a_cohort_keeps_its_records(tmp_path: Path) -> None:
    """Table by table, under the pseudonym again for one applicant."""
    cohort = admitted(folder(tmp_path / "histories", sound()))
    own = cohort.records_of(1)
    assert {name: table.height for name, table in own.items()} == {
        name: sum(row["applicant_id"] == "A0002" for row in rows) for name, rows in sound().items()
    }
    assert {one for table in own.values() for one in table["applicant_id"].unique()} == {"A0002"}
    for table in HISTORIES:
        for column in table.columns:
            if column.kind is Kind.MONTH:
                assert own[table.name].schema[column.name] == pl.Date


def test_nothing_is_written_into_the_folder(tmp_path: Path) -> None:
    """Reading leaves a department's export as it was."""
    place = folder(tmp_path / "histories", sound())
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    admitted(place)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    shutil.rmtree(place)
