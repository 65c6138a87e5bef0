"""Describe a scored cohort in counts: which totals, which points, who the people are, and who fares how.

Every function takes a `Scored` and gives a small frame of counts, means and shares; none knows a picture.
The *pool* is the eligible applicants, those whom a quota ranks; the *admitted* are part of it.
``distribution.md`` settles ties, exclusions and every other edge, with worked examples.
Counts are exact and unprotected here: what may be published is decided in `reports.disclosure`.
"""

from __future__ import annotations

from simulate.distribution.change import change
from simulate.distribution.composition import LEVELS, composition, dimensions
from simulate.distribution.concentration import Theil, gini, inequality, theil
from simulate.distribution.distances import distances
from simulate.distribution.employers import employers
from simulate.distribution.errors import DistributionError
from simulate.distribution.indicators import DEDUCTIONS, indicators
from simulate.distribution.intervals import wilson
from simulate.distribution.populations import ADMITTED, POOL, medians, pool
from simulate.distribution.rates import rates
from simulate.distribution.scores import WidthError, score_bands, score_bins
from simulate.distribution.standardised import standardised, strata
from simulate.distribution.traits import Trait, trait, traits

__all__ = [
    "ADMITTED",
    "DEDUCTIONS",
    "LEVELS",
    "POOL",
    "DistributionError",
    "Theil",
    "Trait",
    "WidthError",
    "change",
    "composition",
    "dimensions",
    "distances",
    "employers",
    "gini",
    "indicators",
    "inequality",
    "medians",
    "pool",
    "rates",
    "score_bands",
    "score_bins",
    "standardised",
    "strata",
    "theil",
    "trait",
    "traits",
    "wilson",
]
