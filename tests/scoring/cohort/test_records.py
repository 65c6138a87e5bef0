"""Records against their applicants, against each other, and against time."""

from pathlib import Path

import polars as pl
import pytest

from scoring.cohort.words import sentence
from tests.scoring.cohort.records_made import (
    admitted,
    applicant,
    changed,
    csv_of,
    dwelling,
    folder,
    only,
    refused,
    sound,
    spell,
    typed,
)


@pytest.mark.parametrize("table", [name for name in sound() if name != "applicants"])
def test_a_record_is_about_somebody(table: str, tmp_path: Path) -> None:
    """An unknown applicant is an error in every table, an empty one too."""
    violation = only(folder(tmp_path / "histories", changed(table, applicant_id="A0003")))
    assert (violation.rule, violation.table, violation.row, violation.value) == (
        "unknown_applicant",
        table,
        1,
        "A0003",
    )
    violation = only(folder(tmp_path / "histories", changed(table, applicant_id="")))
    assert (violation.rule, violation.column) == ("empty", "applicant_id")


def test_an_unknown_applicant_that_is_a_person_is_masked(tmp_path: Path) -> None:
    """Where one export has pseudonyms and another has not."""
    violation = only(folder(tmp_path / "histories", changed("insurance", applicant_id="11010519491231002X")))
    assert (violation.rule, violation.value) == ("unknown_applicant", "1" + 17 * "*")


def test_pseudonyms_may_be_numbers_in_one_table_and_text_in_another(tmp_path: Path) -> None:
    """A number is as good a pseudonym as its digits."""
    tables = {"applicants": [applicant(applicant_id="17")], "insurance": [spell(applicant_id="17")]}
    place = folder(tmp_path / "histories", tables)
    (place / "insurance.csv").unlink()
    numbered = typed("insurance", tables["insurance"]).with_columns(applicant_id=pl.lit(17))
    numbered.write_parquet(place / "insurance.parquet")
    assert admitted(place).frame["insured_months"].to_list() == [142]


def test_an_applicant_has_one_row(tmp_path: Path) -> None:
    """A second one is an error that names the first; records are still found to be about him or her."""
    tables = sound()
    tables["applicants"].append(applicant(birth_date="1990-01-01"))
    violation = only(folder(tmp_path / "histories", tables))
    assert (violation.rule, violation.table, violation.row, violation.data["first"]) == (
        "duplicate_id",
        "applicants",
        3,
        1,
    )


@pytest.mark.parametrize("table", ["insurance", "dwellings"])
def test_a_reversed_spell_is_an_error(table: str, tmp_path: Path) -> None:
    """One month is a spell, and the month before it is none."""
    same = changed(table, first_month="2015-06-01", last_month="2015-06-01")
    assert admitted(folder(tmp_path / "histories", same)).notices == ()
    violation = only(
        folder(tmp_path / "histories", changed(table, first_month="2015-06-01", last_month="2015-05-01"))
    )
    assert (violation.rule, violation.table, violation.column, violation.value) == (
        "reversed_spell",
        table,
        "last_month",
        "2015-05-01",
    )


@pytest.mark.parametrize("table", ["insurance", "dwellings"])
@pytest.mark.parametrize(
    "more",
    [
        ("2010-01-01", "2012-12-01"),
        ("2009-03-01", "2020-12-01"),
        ("2020-12-01", "2020-12-01"),
        ("2009-03-01", "2009-03-01"),
    ],
)
def test_overlapping_nested_and_duplicated_spells_are_legal(
    table: str, more: tuple[str, str], tmp_path: Path
) -> None:
    """A month counts once, and nothing is to be remarked."""
    tables = sound()
    tables["dwellings"][0]["first_month"] = "2009-03-01"
    before = admitted(folder(tmp_path / "histories", tables)).frame
    first, last = more
    tables[table].append(tables[table][0] | {"first_month": first, "last_month": last})
    cohort = admitted(folder(tmp_path / "histories", tables))
    assert cohort.frame.equals(before)
    assert cohort.notices == ()


@pytest.mark.parametrize("table", ["degrees", "awards", "equity", "honours"])
def test_a_record_told_twice_changes_nothing(table: str, tmp_path: Path) -> None:
    """A credential, an award, a holding or a title counts once however often it is told."""
    tables = sound()
    before = admitted(folder(tmp_path / "histories", tables)).frame
    tables[table] *= 2
    cohort = admitted(folder(tmp_path / "histories", tables))
    assert cohort.frame.equals(before)
    assert cohort.notices == ()


@pytest.mark.parametrize(
    ("table", "fact", "row"), [("income_tax", "taxed_100k_years", 0), ("penalties", "tax_penalties", 1)]
)
def test_equal_payments_and_penalties_add_up_and_are_warned_of(
    table: str, fact: str, row: int, tmp_path: Path
) -> None:
    """They may be two or one exported twice: both count, and somebody should look."""
    tables = sound()
    tables["income_tax"][0]["paid_yuan"] = "50000"
    tables[table] *= 2
    cohort = admitted(folder(tmp_path / "histories", tables))
    assert [(one.severity, one.rule, one.table, one.row) for one in cohort.notices] == [
        ("warning", "same_row", table, 2)
    ]
    assert cohort.frame[row, fact] == {"income_tax": 1, "penalties": 2}[table]
    tables[table][1] = tables[table][0] | {list(tables[table][0])[-1]: "50000.01"}
    assert admitted(folder(tmp_path / "histories", tables)).notices == ()


@pytest.mark.parametrize("table", ["insurance", "dwellings"])
@pytest.mark.parametrize(
    ("first", "last", "rules"),
    [
        ("1998-07-01", "2020-12-01", []),
        ("1998-06-01", "2020-12-01", ["before_counting"]),
        ("1998-07-01", "2021-01-01", ["past_reference"]),
        ("1990-01-01", "2030-12-01", ["before_counting", "past_reference"]),
    ],
)
def test_what_does_not_count_is_cut_with_a_note(
    table: str, first: str, last: str, rules: list[str], tmp_path: Path
) -> None:
    """Months before July 1998 and after the reference date are no error; the row is named."""
    tables = sound()
    tables["insurance"][0] |= {"first_month": "1998-07-01"}
    tables["dwellings"][0] |= {"first_month": "1998-07-01", "last_month": "2020-12-01"}
    whole = admitted(folder(tmp_path / "histories", tables)).frame
    tables[table][0] |= {"first_month": first, "last_month": last}
    cohort = admitted(folder(tmp_path / "histories", tables))
    assert cohort.frame.equals(whole)
    assert [(one.severity, one.rule, one.table, one.row) for one in cohort.notices] == [
        ("note", rule, table, 1) for rule in rules
    ]


@pytest.mark.parametrize(
    ("table", "column", "on_the_day", "before"),
    [
        ("insurance", "first_month", "1999-05-01", "1999-04-01"),
        ("dwellings", "first_month", "1999-05-01", "1999-04-01"),
        ("degrees", "graduated_on", "1999-05-17", "1999-05-16"),
        ("awards", "won_on", "1999-05-17", "1999-05-16"),
        ("penalties", "decided_on", "1999-05-17", "1999-05-16"),
        ("honours", "awarded_on", "1999-05-17", "1999-05-16"),
        ("applicants", "residence_permit_date", "1999-05-17", "1999-05-16"),
    ],
)
def test_what_lies_before_birth_is_warned_of(
    table: str, column: str, on_the_day: str, before: str, tmp_path: Path
) -> None:
    """The two tables contradict each other: the record counts as it stands, and somebody should look."""
    tables = sound()
    for person in tables["applicants"]:
        person["birth_date"] = "1999-05-17"
    tables[table][0][column] = on_the_day
    assert admitted(folder(tmp_path / "histories", tables)).notices == ()
    tables[table][0][column] = before
    (notice,) = admitted(folder(tmp_path / "histories", tables)).notices
    assert (notice.severity, notice.rule, notice.table, notice.column, notice.row, notice.value) == (
        "warning",
        "before_birth",
        table,
        column,
        1,
        before,
    )


def test_what_is_not_known_of_a_lease_or_a_fine_is_warned_of(tmp_path: Path) -> None:
    """Empty where it decides: the lease counts as not filed, the fine does not count."""
    tables = sound()
    tables["dwellings"] += [dwelling(applicant_id="A0002", dwelling="rented", lease_filed="")]
    tables["penalties"] += [
        {"applicant_id": "A0002", "kind": "tax_fine", "decided_on": "2019-03-02", "fine_yuan": ""},
        {"applicant_id": "A0002", "kind": "detention", "decided_on": "2019-03-02", "fine_yuan": ""},
    ]
    tables["dwellings"][1]["lease_filed"] = "false"
    cohort = admitted(folder(tmp_path / "histories", tables))
    assert [(one.severity, one.rule, one.column, one.row) for one in cohort.notices] == [
        ("warning", "lease_unknown", "lease_filed", 3),
        ("warning", "fine_unknown", "fine_yuan", 2),
    ]
    assert cohort.frame.select("leased_months", "tax_penalties", "detentions").row(1) == (0, 1, 1)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("insurance", name) for name in ("insurance", "first_month", "last_month", "payment", "district")),
        *(("dwellings", name) for name in ("dwelling", "district", "titled")),
        *(("degrees", name) for name in ("level", "diploma", "degree", "graduated_on", "recognised")),
        *(("awards", "award"), ("awards", "won_on"), ("honours", "honour"), ("honours", "awarded_on")),
        *(("equity", name) for name in ("year", "share_held", "financing_3y_yuan")),
        *(
            ("income_tax", "year"),
            ("income_tax", "paid_yuan"),
            ("penalties", "kind"),
            ("penalties", "decided_on"),
        ),
    ],
)
def test_what_must_be_known_cannot_be_empty(table: str, column: str, tmp_path: Path) -> None:
    """Only lease_filed and fine_yuan may be."""
    violation = only(folder(tmp_path / "histories", changed(table, **{column: ""})))
    assert (violation.rule, violation.table, violation.column, violation.row) == ("empty", table, column, 1)


def test_rows_are_listed_up_to_a_number_and_counted_to_the_last(tmp_path: Path) -> None:
    """A whole export with one fault is one line and a count."""
    tables = sound()
    tables["insurance"] += [spell(district="海定区")] * 500
    found = refused(folder(tmp_path / "histories", tables))
    assert [(one.rule, one.row, one.count) for one in found] == [
        ("unknown_level", 11 + i, 500) for i in range(20)
    ]


def test_the_table_stands_in_every_line(tmp_path: Path) -> None:
    """With row, column, value and what would do, in both languages."""
    place = folder(tmp_path / "histories", changed("insurance", first_month="2018-13-01"))
    with pytest.raises(
        Exception, match="insurance: Row 1, first_month: '2018-13-01' is not a month"
    ) as error:
        admitted(place)
    assert str(error.value) == (
        "insurance: Row 1, first_month: '2018-13-01' is not a month (there is no such month); "
        "write the first day of the month, like 2015-07-01."
    )
    assert sentence(only(place), "zh") == (
        "第 1 行 first_month：“2018-13-01”不是月份（没有这个月份）；应填写当月1日，形如 2015-07-01。"
    )


def test_a_csv_in_gb18030_holds_districts(tmp_path: Path) -> None:
    """Each table has its own encoding."""
    place = folder(tmp_path / "histories", sound())
    plain = admitted(place).digest
    (place / "insurance.csv").write_bytes(csv_of(sound()["insurance"]).encode("gb18030"))
    assert admitted(place).digest == plain
