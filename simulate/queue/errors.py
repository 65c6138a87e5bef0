"""The error of the queue."""

from __future__ import annotations

from scoring.errors import JifenError


class QueueError(JifenError):
    """Refuse a line, a quota or a behaviour that no queue can have, saying which value and what would do."""
