"""The errors that users of jifen meet: each says what is wrong, where, and what would do."""

from __future__ import annotations


class JifenError(Exception):
    """Stand above every error that is the user's to mend, so that the command prints it in one line."""


class RulebookError(JifenError):
    """Refuse a rulebook, a value or a path that the law's schema does not allow."""


class UnknownName(JifenError, KeyError):
    """Refuse a name that is not known, naming the nearest one that is."""

    def __str__(self) -> str:
        """Return the message as it is, where a KeyError would quote it."""
        return Exception.__str__(self)


class RankingError(JifenError):
    """Refuse to rank what has no order: a missing score or an impossible quota."""
