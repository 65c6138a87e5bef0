"""What the ledger of the displaced refuses."""

from __future__ import annotations

from scoring.errors import JifenError


class DisplacementError(JifenError):
    """Refuse a reform whose parts cannot be told apart on a cohort, or reforms of different rulebooks."""
