"""The errors of describing a distribution."""

from __future__ import annotations

from scoring.errors import JifenError


class DistributionError(JifenError):
    """Refuse a comparison that the cohorts cannot bear, or a measure that their values do not have."""
