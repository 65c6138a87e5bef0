"""Cells of tables: what people read, and the number behind it for a workbook."""

from __future__ import annotations

from decimal import Decimal

from reports.blocks import Cell
from reports.words import HIDDEN, Words

#: A cell that is not shown, so that it describes nobody.
HIDDEN_CELL = Cell(HIDDEN)


def text(words: str) -> Cell:
    """Write a text."""
    return Cell(words)


def people(words: Words, number: int | None) -> Cell:
    """Write a number of people, hidden where there is none to show."""
    return HIDDEN_CELL if number is None else Cell(words.people(number), int(number), "#,##0")


def points(words: Words, value: Decimal | float | None) -> Cell:
    """Write points, hidden where there are none to show."""
    return HIDDEN_CELL if value is None else Cell(words.points(value), float(value), "0.00")


def share(words: Words, value: float | None) -> Cell:
    """Write a share as a percentage, hidden where there is none to show."""
    return HIDDEN_CELL if value is None else Cell(words.share(value), float(value), "0.0%")


def number(words: str, value: float, form: str = "General") -> Cell:
    """Write any other number: *words* as it is read, *form* as a workbook formats it."""
    return Cell(words, value, form)


def interval(words: str, low: float, high: float, form: str) -> Cell:
    """Write an interval: *words* as it is read, *form* as a workbook formats its ends."""
    return Cell(words, form=form, ends=(low, high))


def bounded(words: Words, value: float | None, bound: str | None) -> Cell:
    """Write a share that may be known only as a bound."""
    shown = words.bounded(value, bound)
    return share(words, value) if bound == "exact" else Cell(shown)
