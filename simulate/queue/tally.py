"""Count those whom a round takes: what becomes of them, who moves with them, and their groups."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulate.engine.blas import one_thread
from simulate.queue.admission import Taken
from simulate.queue.bits import count, count_runs, unpacked
from simulate.queue.line import Group
from simulate.queue.presence import Presence

_FEW_LEVELS = 64
"""Levels up to which a product of matrices counts a group, and beyond which runs of people do."""

Row = NDArray[np.int64]
"""One count of every replication, int64 [64 x words]."""


def fates(taken: Taken, drawn: Presence, year: int) -> dict[str, Row]:
    """Count those removed, withdrawn, lapsed and settled, and the children who move with the settled."""
    lost = drawn.fates[taken.people] & taken.bits[:, None]
    settled = taken.bits & ~lost[:, 2]
    children = drawn.line.children[year][taken.people]
    most = int(children.max(initial=0))
    parents = [
        np.where((children >= number)[:, None], settled, np.uint64(0)) for number in range(1, most + 1)
    ]
    first, second, third, stay, *moving = count(np.stack([*lost.swapaxes(0, 1), settled, *parents], axis=1))
    return {
        "removed": first,
        "withdrew": second - first,
        "lapsed": third - second,
        "settled": stay,
        "children": sum(moving, np.zeros_like(stay)),
    }


def by_group(taken: Taken, drawn: Presence, year: int) -> dict[str, NDArray[np.int64]]:
    """Count the taken by the levels of every group, each int64 [replications, levels]."""
    line, bits, known = drawn.line, unpacked(taken.bits), drawn.replications
    codes = {name: group.codes[year][taken.people] for name, group in line.groups.items()}
    few = {name: group for name, group in line.groups.items() if len(group.levels) <= _FEW_LEVELS}
    told = _by_product(bits[:, :known], codes, few)
    for name in line.groups.keys() - few.keys():
        told[name] = _by_runs(bits, codes[name], len(line.groups[name].levels))[:, :known]
    return {name: counts.T for name, counts in told.items()}


def _by_product(
    bits: NDArray[np.uint8], codes: Mapping[str, NDArray[np.integer]], groups: Mapping[str, Group]
) -> dict[str, NDArray[np.int64]]:
    """Count bits by the levels of several groups at once, each int64 [levels, replications].

    Counts are far below 2^24, so that float32 holds them exactly.
    """
    starts = np.cumsum([0, *(len(group.levels) for group in groups.values())])
    member = np.zeros((starts[-1], len(bits)), dtype=np.float32)
    for name, start in zip(groups, starts, strict=False):
        member[start + codes[name], np.arange(len(bits))] = 1
    with one_thread():
        counts = (member @ bits.astype(np.float32)).astype(np.int64)
    ends = starts[1:]
    return {name: counts[start:end] for name, start, end in zip(groups, starts, ends, strict=False)}


def _by_runs(bits: NDArray[np.uint8], codes: NDArray[np.integer], levels: int) -> NDArray[np.int64]:
    """Count bits by the many levels of a group, int64 [levels, replications]."""
    counts = np.zeros((levels, bits.shape[1]), dtype=np.int64)
    order = np.argsort(codes, kind="stable")
    present, starts = np.unique(codes[order], return_index=True)
    if len(present):
        counts[present] = count_runs(bits[order], starts)
    return counts
