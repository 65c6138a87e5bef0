"""The parts of a reform among which the moved are shared: indicators, and what else of the law it changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scoring.reform import Reform
from scoring.reform.labels import TOGETHER
from scoring.rulebook import INDICATORS

MOST_PARTS = 9
"""Of nine parts there are 512 subsets; beyond, what is beside the nine indicators is taken together."""

Parts = Mapping[str, tuple[str, ...]]
"""The sections of the law that a part holds, by the part's name."""


def parts_of(reform: Reform) -> Parts:
    """Return the parts of a reform: each section of the law that it changes, an added indicator being one.

    Where there are more than `MOST_PARTS`, conditions and arithmetic become one part; if that does not do, so
    do the added indicators, and then all of these. The nine indicators are always told apart, so that there
    are ten parts at most.
    """
    added = {*reform.baseline.added, *reform.rules.added}
    sections = tuple(reform.parts)
    procedure = tuple(one for one in sections if one not in (*INDICATORS, *added))
    new = tuple(one for one in sections if one in added)
    for joint in ((), (procedure,), (procedure, new), ((*procedure, *new),)):
        taken = {one for several in joint for one in several}
        parts = [(one,) for one in sections if one not in taken] + [several for several in joint if several]
        if len(parts) <= MOST_PARTS:
            break
    return MappingProxyType({TOGETHER.join(part): part for part in parts})


def taken_together(parts: Parts) -> bool:
    """Say whether some sections are one part because there were too many."""
    return any(len(sections) > 1 for sections in parts.values())
