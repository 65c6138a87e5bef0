"""Percentages that may be below zero, and the step by which weights move."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from reports.page import Page

_TENTH = Decimal("0.1")


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
