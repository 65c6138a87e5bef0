"""Count those whom a round takes: what becomes of them, who moves with them, and their groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulate.queue.admission import Pieces, Taken
from simulate.queue.bits import Adder, Counts, mask
from simulate.queue.crowd import Crowd, count_masked
from simulate.queue.presence import Presence

_FEW_LEVELS = 16
"""Levels up to which each is counted by itself, and beyond which people are put in their order."""


def fates(taken: Taken, pieces: Pieces, drawn: Presence, year: int) -> dict[str, Counts]:
    """Count those removed, withdrawn, lapsed and settled, and the children who move with the settled."""
    children = drawn.line.children[year]
    most = int(children[taken.people].max(initial=0))
    adder = Adder()
    for people, bits in pieces:
        kept = np.empty((3 + most, *bits.shape), dtype=np.uint64)
        np.bitwise_and(drawn.lasting.take(people, axis=-1), bits, out=kept[:3])
        young = children[people]
        for number in range(1, most + 1):
            np.bitwise_and(kept[2], mask(young >= number), out=kept[2 + number])
        adder.add(kept)
    first, second, settled, *moving = adder.total()
    return {
        "removed": taken.admitted - first,
        "withdrew": first - second,
        "lapsed": second - settled,
        "settled": settled,
        "children": sum(moving, np.zeros_like(settled)),
    }


def by_group(taken: Taken, drawn: Presence, year: int) -> dict[str, NDArray[np.int64]]:
    """Count the taken by the levels of every group, each int64 [replications, levels]."""
    told = {}
    for name, group in drawn.line.groups.items():
        codes, levels = group.codes[year][taken.people], len(group.levels)
        counted = _one_by_one if levels <= _FEW_LEVELS else _in_order
        told[name] = counted(taken, codes, levels)[:, : drawn.replications].T
    return told


def _one_by_one(taken: Taken, codes: NDArray[np.integer], levels: int) -> NDArray[np.int64]:
    """Count the taken by the few levels of a group, int64 [levels, 64 x words]."""
    counts = [count_masked(taken.turned, codes == level) for level in range(levels - 1)]
    return np.stack([*counts, taken.admitted - sum(counts, np.zeros_like(taken.admitted))])


def _in_order(taken: Taken, codes: NDArray[np.integer], levels: int) -> NDArray[np.int64]:
    """Count the taken by the many levels of a group, int64 [levels, 64 x words]."""
    # Small numbers are sorted in linear time.
    order = np.argsort(codes.astype(np.min_scalar_type(levels)), kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=levels))
    crowd = Crowd.of(taken.bits.take(order, axis=1))
    reached = crowd.up_to(np.broadcast_to(ends[:, None], (levels, len(taken.admitted))))
    return np.diff(reached, axis=0, prepend=0)
