"""The errors of executors."""

from __future__ import annotations

from scoring.errors import JifenError


class ExecutorError(JifenError):
    """Refuse a place to run that cannot be used, saying why."""


class LostWorker(JifenError):
    """Say that a worker went away in mid-run: killed, out of memory, or out of reach."""
