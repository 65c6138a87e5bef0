"""The error of a report that could not be made."""

from __future__ import annotations

from scoring.errors import JifenError


class ReportError(JifenError):
    """Say why a notebook could not become a page: its name, its parameters, or the cell that stopped."""
