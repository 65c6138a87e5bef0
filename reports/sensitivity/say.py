"""Percentages that may be below zero, and the step by which weights move."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from reports.page import Page

_TENTH = Decimal("0.1")


def percent(page: Page, value: float) -> str:
    """Write a share as a percentage with one decimal and a minus sign: 4.9%, −0.3%; never −0.0%."""
    exact = (Decimal(str(value)) * 100).quantize(_TENTH, ROUND_HALF_UP) + 0
    return page.say("unit.share", value=f"{exact or abs(exact)}".replace("-", "−"))


def step(page: Page, spread: float) -> str:
    """Write how far weights move, without needless zeros: 10%."""
    return page.say("unit.share", value=f"{100 * Decimal(str(spread)):f}".rstrip("0").rstrip("."))
