"""Percentages that may be below zero, and the step by which weights move."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from reports.page import Page
from scoring.reform.labels import section

_TENTH = Decimal("0.1")


def indicator(page: Page, name: str) -> str:
    """Name an indicator; one that a reform adds has a title of its own."""
    rules = page.made_of.rules
    if rules is not None and name in rules.added:
        return section(name, rules, page.words.lang)
    return page.words.name("indicator", name)


def percent(page: Page, value: float) -> str:
    """Write a share as a percentage with one decimal and a minus sign: 4.9%, −0.3%; never −0.0%."""
    return page.say("unit.share", value=_tenths(value))


def moved(value: float) -> str:
    """Write by how many percentage points a share moves, with its sign: +4.9, −0.3, 0.0."""
    told = _tenths(value)
    return told if told == "0.0" or value < 0 else f"+{told}"


def _tenths(value: float) -> str:
    exact = (Decimal(str(value)) * 100).quantize(_TENTH, ROUND_HALF_UP) + 0
    return f"{exact or abs(exact)}".replace("-", "−")


def step(page: Page, spread: float) -> str:
    """Write how far weights move, without needless zeros: 10%."""
    return page.say("unit.share", value=f"{100 * Decimal(str(spread)):f}".rstrip("0").rstrip("."))
