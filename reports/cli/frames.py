"""Small frames of results on a terminal, as JSON, or as files: what every analysis of the command gives."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scoring.errors import JifenError

if TYPE_CHECKING:
    import polars as pl

Cell = Callable[[Mapping[str, Any]], str]

NONE = "-"
"""What stands where there is no number."""


@dataclass(frozen=True)
class Told:
    """Hold one frame of results: the name of its file, its title, and how its columns read on a terminal.

    A frame without cells is for files and JSON alone. The first *words* columns stand to the left.
    """

    name: str
    title: str
    frame: pl.DataFrame
    cells: Mapping[str, Cell]
    words: int = 1


class NotAFolder(JifenError):
    """Refuse a place for files that is no folder."""


def give(tables: Sequence[Told], *, as_json: bool, out: Path | None) -> None:
    """Print tables, as text or as one JSON document, and write them into a folder when one is named.

    The folder is made where it is missing; each table is written as CSV and as Parquet, every column of it.

    Raises:
        NotAFolder: *out* is a file.
        CannotWrite: the system refuses a file.

    """
    if out is not None:
        _write(tables, out)
    if as_json:
        document = {table.name: [_plain(row) for row in table.frame.rows(named=True)] for table in tables}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo("\n\n".join(as_text(table) for table in tables if table.cells))
    if out is not None:
        click.echo(
            f"\nwritten to {out}: {', '.join(table.name for table in tables)}, each as CSV and Parquet"
        )


def as_text(table: Told) -> str:
    """Write a table as aligned text under its title: words to the left, the numbers to the right."""
    lines = [list(table.cells)]
    lines += [[cell(row) for cell in table.cells.values()] for row in table.frame.rows(named=True)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    rows = [
        "  ".join(
            _padded(text, width, left=place < table.words)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([table.title, *(f"  {row}" for row in rows)])


def text(column: str, *, none: str = NONE) -> Cell:
    """Show a column as it is, and *none* where it is null."""
    return lambda row: none if row[column] is None else str(row[column])


def whole(column: str) -> Cell:
    """Show a column of numbers as whole ones with separators."""
    return lambda row: NONE if row[column] is None else f"{row[column]:,.0f}"


def number(column: str, digits: int = 2) -> Cell:
    """Show a column of numbers with so many decimals."""
    return lambda row: NONE if row[column] is None else f"{row[column]:,.{digits}f}"


def share(column: str, digits: int = 2) -> Cell:
    """Show a column of shares in per cent."""
    return lambda row: NONE if row[column] is None else f"{100 * row[column]:.{digits}f} %"


def between(column: str, ends: tuple[str, str], shown: Callable[[str], Cell]) -> Cell:
    """Show a column with the ends of its interval in brackets."""
    low, high = ends

    def cell(row: Mapping[str, Any]) -> str:
        if row[column] is None or row[low] is None:
            return shown(column)(row)
        edges = [shown(end)(row).removesuffix(" %") for end in (low, high)]
        return f"{shown(column)(row)} [{edges[0]} to {edges[1]}]"

    return cell


def _write(tables: Sequence[Told], out: Path) -> None:
    from scoring.cohort.atomic import replacing

    if out.exists() and not out.is_dir():
        raise NotAFolder(f"cannot write into {out}: it is a file, and a folder is needed")
    out.mkdir(parents=True, exist_ok=True)
    for table in tables:
        with replacing(out / f"{table.name}.csv") as path:
            table.frame.write_csv(path)
        with replacing(out / f"{table.name}.parquet") as path:
            table.frame.write_parquet(path)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Write exact points as text, as every document of the command does."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _padded(shown: str, width: int, *, left: bool) -> str:
    gap = " " * (width - _width(shown))
    return shown + gap if left else gap + shown


def _width(shown: str) -> int:
    """Count the places a text takes on a terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in shown)
