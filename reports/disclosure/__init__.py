"""Decide what of a count may be published, so that no page describes fewer people than the threshold.

A cell that counts fewer people than the threshold, nobody included, is never shown, nor is a share, a rate or
a mean that rests on it. Where a total, another column or another table would give a hidden cell back, further
cells are hidden with it: whoever knows everything printed can say of no hidden cell within which range it
lies, unless the range is at least as wide as the threshold. What only a difference of two published numbers
would say (the applicants who were not admitted, say) is held to the same rule.

What this does not undertake: to keep apart what several means and counts of one column say together when
almost everyone's points in it are known from elsewhere.
"""

from reports.disclosure.beside import beside
from reports.disclosure.bins import merged
from reports.disclosure.composition import MOST_LEVELS, beside_baseline, composition
from reports.disclosure.embedded import check_embedded
from reports.disclosure.headline import headline
from reports.disclosure.indicators import indicators
from reports.disclosure.levels import levels
from reports.disclosure.moves import Moves, moves
from reports.disclosure.shares import shares
from reports.disclosure.threshold import (
    LEAST_THRESHOLD,
    THRESHOLD,
    DisclosureError,
    Publishable,
    checked,
)

__all__ = [
    "LEAST_THRESHOLD",
    "MOST_LEVELS",
    "THRESHOLD",
    "DisclosureError",
    "Moves",
    "Publishable",
    "beside",
    "beside_baseline",
    "check_embedded",
    "checked",
    "composition",
    "headline",
    "indicators",
    "levels",
    "merged",
    "moves",
    "shares",
]
