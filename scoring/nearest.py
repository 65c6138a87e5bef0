"""Find the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to *name*, or None when none is close.

    >>> nearest("employmnt", ["employment", "residence"])
    'employment'
    """
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a clause that names the nearest known name, or an empty string.

    >>> did_you_mean("employmnt", ["employment"])
    '; did you mean employment?'
    """
    found = nearest(name, known)
    return f"; did you mean {found}?" if found else ""
