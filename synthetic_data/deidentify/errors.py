"""What de-identification refuses: each says what is wrong and where, and never a personal value."""

from __future__ import annotations

from scoring.errors import JifenError


class UnusableKey(JifenError):
    """Refuse a key that is missing, unreadable or too short."""


class UnsafeExport(JifenError):
    """Refuse an export of which no safe copy can be made; values in the message are masked."""
