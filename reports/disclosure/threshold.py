"""The threshold, and frames that were held to it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from scoring.errors import JifenError

THRESHOLD = 10
LEAST_THRESHOLD = 5


class DisclosureError(JifenError):
    """Refuse a threshold that protects nobody, or bins that would give each other's people away."""


@dataclass(frozen=True)
class Publishable:
    """A frame that may be read by anyone; charts and tables take nothing else.

    A hidden value is null. `hidden` counts the cells hidden, `merged` the rows that became part of another.
    """

    frame: pl.DataFrame
    threshold: int
    hidden: int = 0
    merged: int = 0


def checked(threshold: object) -> int:
    """Return the threshold, or raise DisclosureError where it is no whole number of at least 5 people."""
    if isinstance(threshold, bool) or not isinstance(threshold, int) or threshold < LEAST_THRESHOLD:
        raise DisclosureError(
            f"threshold: {threshold!r} people; a cell may be shown from a whole number of at least "
            f"{LEAST_THRESHOLD} people on (the default is {THRESHOLD})"
        )
    return threshold
