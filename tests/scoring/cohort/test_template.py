"""The blank workbooks: filled in, they are read; their checks and dictionary are the contract's."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import fastexcel
import pytest

from scoring.cohort import CannotWrite
from scoring.cohort.contract import CREDENTIALS
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.contract_points import POINTS
from scoring.cohort.template import write_template
from scoring.errors import UnknownName
from scoring.rulebook.schema import DISTRICTS
from tests.scoring.cohort.made import FACT, POINT, RULES, admitted, only

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def fill_in(path: Path, row: Mapping[str, str]) -> None:
    """Write a row under the header of the first sheet, as a person would, and leave all else as it is."""
    header = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars().row(0)
    cells = "".join(_cell(i, row[name]) for i, name in enumerate(header) if row.get(name))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        "</sheetData>", f'<row r="2">{cells}</row></sheetData>'
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _cell(position: int, text: str) -> str:
    letters = f"A{chr(ord('A') + position - 26)}" if position >= 26 else chr(ord("A") + position)
    if NUMBER.fullmatch(text):
        return f'<c r="{letters}2"><v>{text}</v></c>'
    return f'<c r="{letters}2" t="inlineStr"><is><t>{text}</t></is></c>'


def text_in(path: Path) -> str:
    """Return everything a workbook holds, sheet by sheet."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize(("level", "row"), [("facts", FACT), ("points", POINT)])
def test_a_template_filled_in_is_a_cohort(level: str, row: dict[str, str], tmp_path: Path) -> None:
    """What a clerk fills in is read by the same contract, and the dictionary beside it is no data."""
    path = tmp_path / "blank.xlsx"
    write_template(level, path)
    fill_in(path, row)
    cohort = admitted(path)
    assert (cohort.level, cohort.frame.height) == (level, 1)
    assert {one.rule for one in cohort.notices} <= {"ignored_column", "row_numbers"}


def test_a_blank_template_has_no_rows(tmp_path: Path) -> None:
    """Before it is filled in, that is what is said of it."""
    write_template("facts", tmp_path / "blank.xlsx")
    assert only(tmp_path / "blank.xlsx").rule == "no_rows"


@pytest.mark.parametrize(
    ("level", "tables"), [("facts", (FACTS,)), ("points", (POINTS,)), ("histories", HISTORIES)]
)
def test_each_table_has_a_sheet_with_its_header(
    level: str, tables: tuple[object, ...], tmp_path: Path
) -> None:
    """One sheet a table, in the contract's order, then the dictionary."""
    path = tmp_path / "blank.xlsx"
    write_template(level, path)
    book = fastexcel.read_excel(path)
    assert book.sheet_names == [*(table.name for table in tables), "说明 dictionary"]  # type: ignore[attr-defined]
    for i, table in enumerate(tables):
        header = book.load_sheet(i, header_row=None, dtypes="string").to_polars().row(0)
        assert header == table.names  # type: ignore[attr-defined]


@pytest.mark.parametrize("level", ["facts", "points", "histories"])
def test_the_dictionary_explains_every_column_in_both_languages(level: str, tmp_path: Path) -> None:
    """The last sheet says what each column means."""
    path = tmp_path / "blank.xlsx"
    write_template(level, path)
    tables = {"facts": (FACTS,), "points": (POINTS,), "histories": HISTORIES}[level]
    sheet = (
        fastexcel.read_excel(path).load_sheet("说明 dictionary", header_row=None, dtypes="string").to_polars()
    )
    cells = {cell for row in sheet.rows() for cell in row}
    wanted = {
        text for table in tables for column in table.columns for text in (column.name, column.zh, column.en)
    }
    assert wanted <= cells


def test_choices_and_bounds_are_the_contracts(tmp_path: Path) -> None:
    """A cell offers the contract's words and refuses what lies outside its bounds."""
    write_template("facts", tmp_path / "blank.xlsx")
    text = text_in(tmp_path / "blank.xlsx")
    for words in (CREDENTIALS, DISTRICTS, ("female", "male"), ("true", "false")):
        assert f'"{",".join(words)}"'.replace('"', "&quot;") in text or f'"{",".join(words)}"' in text
    assert "<formula1>0</formula1><formula2>3</formula2>" in text
    assert "<formula1>0</formula1><formula2>1200</formula2>" in text
    assert text.count("<dataValidation ") == len(FACTS.columns)


def test_a_rulebook_gives_the_keys_to_choose_from(tmp_path: Path) -> None:
    """With a rulebook, awards and honours are chosen and not typed."""
    path = tmp_path / "blank.xlsx"
    write_template("facts", path, rules=RULES)
    text = text_in(path)
    assert all(key in text for key in (*RULES.award_keys, *RULES.honour_keys))
    assert "lists!$A$1:$A$3" in text
    assert "lists!$B$1:$B$2" in text
    fill_in(path, FACT)
    assert admitted(path).frame.height == 1


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in it depends on when or where it was made."""
    for name in ("a.xlsx", "b.xlsx"):
        write_template("points", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_other_levels_and_other_suffixes_are_refused(tmp_path: Path) -> None:
    """A template is one of three, and a workbook."""
    with pytest.raises(UnknownName, match="did you mean facts"):
        write_template("fact", tmp_path / "blank.xlsx")
    with pytest.raises(CannotWrite, match=r"a template is an \.xlsx file"):
        write_template("facts", tmp_path / "blank.csv")
