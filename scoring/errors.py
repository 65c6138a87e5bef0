"""The errors that users of jifen meet: each says what is wrong, where, and what would do."""

from __future__ import annotations


class JifenError(Exception):
    """Stand above every error that is the user's to mend, so that the command prints it in one line."""


class RulebookError(JifenError):
    """Refuse a rulebook, a value or a path that the law's schema does not allow."""


class UnknownName(JifenError):
    """Refuse a name that is not known, naming the nearest one that is."""


class RankingError(JifenError):
    """Refuse to rank what has no order: a missing score or an impossible quota."""
