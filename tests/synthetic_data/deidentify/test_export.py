"""Reading an export: what cannot be read is refused in two lines, and no line tells a personal value."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from synthetic_data.deidentify import Settings, UnsafeExport, deidentify
from synthetic_data.deidentify.export import read_export

from .exports import KEY, facts_export, histories_export, person, write

SOMEONE = person(7, date(1980, 5, 5))


def refused(raw: Path, **how: str) -> str:
    """Give the message with which an export is refused; nothing may be written."""
    out = raw.parent / "safe"
    with pytest.raises(UnsafeExport) as error:
        deidentify(raw, out, key=KEY, settings=Settings(**how))  # type: ignore[arg-type]
    message = str(error.value)
    assert message.count("\n") <= 1
    assert not any(value in message for value in SOMEONE.values())
    assert [path.name for path in raw.parent.iterdir() if "safe" in path.name] == []
    return message


def facts_with(tmp_path: Path, column: str, *cells: object, suffix: str = ".csv") -> Path:
    """Write an export with some cells of a column replaced, from the first row on."""
    export = facts_export(30)
    frame = export.frame().with_columns(pl.col(column).cast(pl.String))
    values = frame.get_column(column).to_list()
    values[: len(cells)] = cells
    return write(frame.with_columns(pl.Series(column, values, strict=False)), tmp_path / f"raw{suffix}")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("birth_date", "1980-13-05"),
        ("detentions", SOMEONE.phone),
        ("sex", SOMEONE.name),
        ("home_district", SOMEONE.address),
        ("innovation_award", SOMEONE.id_number),
        ("insured_months", SOMEONE.id_number),
        ("insurance_in_order", SOMEONE.email),
    ],
)
def test_a_cell_that_cannot_be_read_may_hold_anything(tmp_path: Path, column: str, cell: str) -> None:
    """Identity in a column of the contract is refused with row, column and a masked value."""
    export = facts_export(30).frame()
    if column not in export.columns:
        export = export.with_columns(pl.lit("海淀区").alias(column))
    values = export.get_column(column).cast(pl.String).to_list()
    values[4] = cell
    raw = write(export.with_columns(pl.Series(column, values)), tmp_path / "raw.csv")
    message = refused(raw)
    assert message.startswith(f"facts: Row 5, {column}: ")
    assert f"{cell[0]}*" in message
    assert cell not in message


def test_all_columns_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """The first cell is a sentence, the others a second line with their rows."""
    raw = facts_with(tmp_path, "birth_date", "soon", "later")
    frame = pl.read_csv(raw, infer_schema=False).with_columns(sex=pl.lit(SOMEONE.name))
    message = refused(write(frame, raw))
    assert message == (
        "facts: Row 1, birth_date: 's***' is not a date; write a date like 1985-03-01. (so in 2 rows)\n"
        "Also: facts sex, 30 rows, first 1 (unknown level)"
    )


@pytest.mark.parametrize(
    "cells", [["1.10105198005E+17"], ["110105198005050000"] * 20], ids=["scientific", "fifteen digits"]
)
def test_identity_numbers_rounded_by_a_spreadsheet_are_refused(tmp_path: Path, cells: list[str]) -> None:
    """When different people may have become one, no pseudonym would be right."""
    message = refused(facts_with(tmp_path, "applicant_id", *cells))
    assert message.startswith(
        f"facts: applicant_id was rounded by a spreadsheet, first in row 1 ({len(cells)} rows)"
    )


def test_identity_numbers_as_floats_are_refused(tmp_path: Path) -> None:
    """A 64-bit float holds fifteen digits of the eighteen."""
    frame = facts_export(30).frame().with_columns(applicant_id=pl.int_range(pl.len()).cast(pl.Float64))
    assert "of type Float64, which rounds identity numbers" in refused(write(frame, tmp_path / "raw.parquet"))


def test_two_rows_of_one_person_are_refused_with_their_rows(tmp_path: Path) -> None:
    """The output's rows are in another order, so the place is told where it can still be looked up."""
    someone = SOMEONE.id_number
    message = refused(facts_with(tmp_path, "applicant_id", "x", someone, "y", f" {someone} "))
    assert "Row 4, applicant_id" in message
    assert "was there in row 2 already" in message


def test_an_empty_identity_is_refused(tmp_path: Path) -> None:
    """A row that says of nobody whom it is about cannot be linked."""
    assert refused(facts_with(tmp_path, "applicant_id", " ")).startswith(
        "facts: Row 1, applicant_id: this is empty"
    )


def test_a_file_without_a_header_does_not_tell_its_first_row(tmp_path: Path) -> None:
    """Where the first person stands in place of the column names, no message repeats them."""
    raw = tmp_path / "raw.csv"
    row = ",".join(SOMEONE.values())
    raw.write_text(f"{row}\n{row}\n")
    assert "so it cannot be told what it holds" in refused(raw)
    raw.write_text(f"{SOMEONE.name},{SOMEONE.name}\n{row}\n")
    assert "occurs 2 times" in refused(raw)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("raw.csv", b"", "is empty"),
        ("raw.csv", b"applicant_id,insured_months\n", "has no rows"),
        ("raw.csv", b"\x00\x01\x02binary", "is not text"),
        ("raw.csv", "insured_months\n1\n中\n".encode("utf-16"), "UTF-16"),
        ("raw.csv", b"insured_months;applicant_id\n1;2\n", "separated by semicolons"),
        ("raw.csv", b"insured_months,applicant_id\n1,2,3\n", "Row 1 has 3 fields"),
        ("raw.parquet", b"PAR1 and no more", "not a Parquet file"),
        ("raw.xlsx", b"PK\x03\x04", "not an Excel workbook"),
        ("raw.doc", b"", "is not known; .csv, .parquet"),
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """What the cohort's door says of a file is said here as well."""
    (tmp_path / name).write_bytes(content)
    assert reason in refused(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A slip in the name of the file is no traceback."""
    assert "does not exist" in refused(tmp_path / "raw.csv")


def test_the_column_that_identifies_may_be_called_otherwise(tmp_path: Path) -> None:
    """Without applicant_id the message points at a column of identity numbers, and --id takes it."""
    frame = facts_export(30).frame().rename({"applicant_id": "身份证号"})
    raw = write(frame, tmp_path / "raw.parquet")
    assert refused(raw).endswith(
        "no column applicant_id that says whom a row is about; with --id 身份证号 that column is used"
    )
    deidentify(raw, tmp_path / "safe", key=KEY, settings=Settings(id_column="身份证号"))
    same = write(facts_export(30).frame(), tmp_path / "same.parquet")
    deidentify(same, tmp_path / "same", key=KEY)
    first, second = (pl.read_parquet(tmp_path / name / "facts.parquet") for name in ("safe", "same"))
    assert first.equals(second)


def histories_folder(tmp_path: Path) -> Path:
    """Write a folder of histories as CSV."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, rows in histories_export(12)[0].items():
        write(pl.DataFrame(rows, infer_schema_length=None), folder / f"{name}.csv")
    return folder


def test_a_folder_needs_applicants_and_knows_its_tables(tmp_path: Path) -> None:
    """A misspelt table is not passed over, a table twice is not chosen from, and people must be there."""
    folder = histories_folder(tmp_path)
    (folder / "insurence.csv").write_text("a\n1\n")
    assert "did you mean insurance" in refused(folder)
    (folder / "insurence.csv").rename(folder / "insurance.parquet")
    assert "table insurance twice: insurance.csv, insurance.parquet" in refused(folder)
    (folder / "insurance.parquet").unlink()
    (folder / "applicants.csv").unlink()
    assert "no table applicants" in refused(folder)


def test_applicants_without_rows_are_refused(tmp_path: Path) -> None:
    """A header alone says of nobody whom the records are about."""
    folder = histories_folder(tmp_path)
    header = (folder / "applicants.csv").read_text("utf-8").splitlines()[0]
    (folder / "applicants.csv").write_text(header + "\n", "utf-8")
    assert "has no rows of data" in refused(folder)


def test_an_empty_table_and_other_files_are_left_aside(tmp_path: Path) -> None:
    """A table with a header alone holds no record; a letter beside the tables is not read, and is counted."""
    folder = histories_folder(tmp_path)
    (folder / "equity.csv").write_text("applicant_id,year,share_held,financing_3y_yuan\n")
    (folder / "读我.txt").write_text(SOMEONE.name)
    export = read_export(folder)
    assert export.tables["equity"].frame.height == 0
    assert export.files_left == 1
    deidentify(folder, tmp_path / "safe", key=KEY)
    assert pl.read_parquet(tmp_path / "safe" / "equity.parquet").height == 0
    assert SOMEONE.name not in (tmp_path / "safe" / "risk-report.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("insurance", "first_month", SOMEONE.name),
        ("insurance", "district", SOMEONE.address),
        ("income_tax", "paid_yuan", SOMEONE.phone + "元"),
        ("income_tax", "paid_yuan", "-1"),
        ("equity", "share_held", "1.5"),
        ("degrees", "graduated_on", ""),
        ("insurance", "last_month", "1990-01-01"),
    ],
)
def test_a_cell_of_a_record_that_cannot_be_read(tmp_path: Path, table: str, column: str, cell: str) -> None:
    """Months, money and shares are read as strictly as the rest."""
    folder = histories_folder(tmp_path)
    frame = pl.read_csv(folder / f"{table}.csv", infer_schema=False)
    values = [cell, *frame.get_column(column).to_list()[1:]]
    write(frame.with_columns(pl.Series(column, values)), folder / f"{table}.csv")
    assert refused(folder).startswith(f"{table}: Row 1, {column}: ")
