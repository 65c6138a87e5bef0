"""What a reform refuses."""

from __future__ import annotations

from scoring.errors import JifenError


class ReformError(JifenError):
    """Refuse a reform that is not pinned to the rulebook, contradicts another, or asks what no law can."""
