"""The outcomes of several years, draw by draw and round by round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.engine import NO_CUTOFF, UNIT
from simulate.experiment.years.people import Totals
from simulate.queue import NOBODY, Paths

PEOPLE = ("admitted", "tied", "entered", "left", "pool", "eligible", "backlog", "settled", "children")
"""The counts of people, in the order in which they are told."""

Arrays = Mapping[str, NDArray[Any]]


def outcomes(
    paths: Paths,
    values: Sequence[Totals] | None,
    *,
    both: NDArray[np.int64],
    baseline: NDArray[np.int64],
) -> Arrays:
    """Return what the queue's paths came to.

    Args:
        paths: of draws as replications.
        values: what totals stand for by round, in 1/102,400 of a point; None where they are hundredths.
        both: int64 [rounds, draws], how many are admitted by each round here and under the baseline.
        baseline: int64 [rounds, draws], how many the baseline has admitted by each round.

    Returns:
        Each int64 [draws, rounds]: ``cutoff_exact`` in 1/102,400 of a point, `NO_CUTOFF` where nobody is
        admitted; ``admitted``, ``tied``, ``pool``, ``eligible``, ``backlog``, ``settled``, ``children`` as
        `Paths` has them; ``entered``, who is admitted by this round and not by the baseline; ``left``, whom
        the baseline has admitted by this round and the draw has not; ``waited``, the years that the admitted
        have waited since their first application, summed up. ``group_counts``, int32 [draws, rounds, levels].

    """
    told = {name: getattr(paths, name).T for name in PEOPLE if name not in ("entered", "left")}
    groups = [levels.counts for levels in paths.groups.values()]
    counted = np.concatenate(groups, axis=2) if groups else np.zeros((*paths.cutoff.shape, 0))
    return {
        "cutoff_exact": _exact(paths.cutoff, values).T,
        **told,
        "entered": (paths.admitted.cumsum(axis=0) - both).T,
        "left": (baseline - both).T,
        "waited": (paths.waited.counts @ np.array(paths.waited.levels, dtype=np.int64)).T,
        "group_counts": counted.transpose(1, 0, 2).astype(np.int32),
    }


def _exact(cutoffs: NDArray[np.int32], values: Sequence[Totals] | None) -> NDArray[np.int64]:
    nobody = cutoffs == NOBODY
    if values is None:
        return np.where(nobody, NO_CUTOFF, cutoffs.astype(np.int64) * UNIT)
    codes = np.where(nobody, 0, cutoffs)
    exact = np.stack([year[code] for year, code in zip(values, codes, strict=True)])
    return np.where(nobody, NO_CUTOFF, exact)


def in_order(parts: Sequence[tuple[NDArray[np.intp], Arrays]]) -> Arrays:
    """Put parts together whose draws, given by position, are mixed; each draw is in one part."""
    order = np.argsort(np.concatenate([draws for draws, _ in parts]))
    names = parts[0][1]
    return {name: np.concatenate([arrays[name] for _, arrays in parts])[order] for name in names}
