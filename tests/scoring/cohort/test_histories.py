"""Histories in any format: the facts worked out by hand, groups, identity, and what a cohort keeps."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from scoring.cohort import read
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
