"""The errors of sizing a quota."""

from __future__ import annotations

from scoring.errors import JifenError


class QuotaError(JifenError):
    """Refuse a target that no quota meets, or a question that the cohort cannot answer."""
