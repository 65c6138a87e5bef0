"""Describe a scored cohort in counts: which totals, which points, and who the people are.

Every function takes a `Scored` and gives a small frame of counts, means and shares; none knows a picture.
The *pool* is the eligible applicants, those whom a quota ranks; the *admitted* are part of it.
Counts are exact and unprotected here: what may be published is decided in `reports.disclosure`.
"""

from __future__ import annotations

from simulate.distribution.composition import LEVELS, composition, dimensions
from simulate.distribution.indicators import DEDUCTIONS, indicators
from simulate.distribution.populations import ADMITTED, POOL, medians, pool
from simulate.distribution.scores import WidthError, score_bands, score_bins

__all__ = [
    "ADMITTED",
    "DEDUCTIONS",
    "LEVELS",
    "POOL",
    "WidthError",
    "composition",
    "dimensions",
    "indicators",
    "medians",
    "pool",
    "score_bands",
    "score_bins",
]
