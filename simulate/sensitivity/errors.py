"""The error of sensitivity analyses."""

from __future__ import annotations

from scoring.errors import JifenError


class SensitivityError(JifenError):
    """Refuse an analysis that cannot be made of this cohort, saying which and why."""
