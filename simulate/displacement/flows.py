"""From whom places go to whom: those who left matched with those who entered, level by level.

A place has no name on it: nobody can say whose place an entrant took. The rule of matching is this.
First, who left a level is matched with who entered the same level, as far as both reach: such a place stays
where it was. What is left over, on each side, is spread in proportion: each level's leavers over the entrants
of the other levels, in whole people by largest remainder, so that every row and column is exact. Where more
entered than left, or fewer, which ties at the cutoff can do, the difference has no counterpart.
The result hangs on the counts of each level alone, and on nothing about a person.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def matched(left: Whole, entered: Whole) -> Whole:
    """Match counts by level.

    Args:
        left: int64 [levels], who left each level; *entered* likewise.
        entered: who entered each.

    Returns:
        int64 [levels + 1, levels + 1], from by to; the last row and column are those without counterpart.

    """
    table = np.zeros((len(left) + 1, len(left) + 1), dtype=np.int64)
    stay = np.minimum(left, entered)
    np.fill_diagonal(table[:-1, :-1], stay)
    more = int(entered.sum() - left.sum())
    giving = np.append(left - stay, max(more, 0))
    taking = np.append(entered - stay, max(-more, 0))
    for level, people in enumerate(giving):
        shared = _apportioned(int(people), taking)
        table[level] += shared
        taking = taking - shared
    return table


def _apportioned(people: int, room: Whole) -> Whole:
    """Spread people over rooms in proportion to their size, in whole people by largest remainder."""
    total = int(room.sum())
    if not people:
        return np.zeros_like(room)
    whole, rest = np.divmod(people * room, total)
    short = people - int(whole.sum())
    whole[np.argsort(-rest, kind="stable")[:short]] += 1
    return whole
