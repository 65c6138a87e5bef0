"""The error of the engine."""

from __future__ import annotations

from scoring.errors import JifenError


class EngineError(JifenError):
    """Refuse draws or groups that the engine cannot answer for this cohort, saying which and why."""
