"""The error of uncertainty budgets."""

from __future__ import annotations

from scoring.errors import JifenError


class BudgetError(JifenError):
    """Refuse a budget that cannot be drawn up, saying which source has too few levels or none."""
