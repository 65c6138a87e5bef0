"""Write an indicator's weight as changed values of the law, where these say exactly the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from scoring.errors import RulebookError, UnknownName
from scoring.nearest import did_you_mean
from scoring.reform.errors import ReformError
from scoring.rulebook import INDICATORS, Rulebook, Step
from scoring.rulebook.change import parse_change
from scoring.rulebook.paths import parameter_at, section_of
from scoring.rulebook.values import Plain

PRO_RATA = ("employment", "residence", "education")
"""Indicators whose points are rounded after months have been counted, the study deduction's among them."""


def weighted(rules: Rulebook, indicator: str, weight: Decimal) -> Mapping[str, object]:
    """Return the changes, by path, that multiply an indicator's points by a weight.

    Weight 0 removes the indicator. Another weight multiplies every points value the indicator has, which says
    the same where its points are whole multiples of these; where they are rounded pro rata by month, no rate
    says what a weight does.

    >>> weighted(Rulebook.load("beijing-2020"), "honours", Decimal("0.5"))
    {'honours.points': Decimal('10.000')}

    Raises:
        UnknownName: there is no such indicator.
        ReformError: no values of the law say the same.

    """
    paths = _points(rules, indicator)
    if not weight:
        return {f"{indicator}.removed": True}
    if weight == 1:
        return {}
    if indicator in PRO_RATA:
        raise ReformError(
            f"no values of the law multiply the points of {indicator} by {weight}: they are rounded after "
            "months are counted; change its rates instead"
        )
    changes = {path: _times(rules[path], weight) for path in paths}
    for path, value in changes.items():
        try:
            parse_change(path, value, rules)
        except RulebookError as error:
            raise ReformError(f"no values of the law multiply {indicator} by {weight}: {error}") from None
    return changes


def _points(rules: Rulebook, indicator: str) -> list[str]:
    if indicator not in INDICATORS:
        raise UnknownName(f"no indicator is called {indicator!r}{did_you_mean(indicator, INDICATORS)}")
    own = [path for path in rules if section_of(path) == indicator]
    return [path for path in own if parameter_at(path, rules.award_keys).kind in ("points", "ladder")]


def _times(value: Plain, weight: Decimal) -> object:
    if isinstance(value, Decimal):
        return value * weight
    if isinstance(value, tuple):
        return [replace(step, points=step.points * weight) for step in value if isinstance(step, Step)]
    return value
