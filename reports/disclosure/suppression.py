"""Which cells of linked tables to hide, so that what is printed gives none of the small ones back.

Cells are linked by sums: a column and its total, the admitted and those not admitted, a table and another
that counts the same people under other rules. An attacker who knows every printed cell and every sum solves
a linear programme for the least and the greatest that a hidden cell can be. Cells are hidden until that range
is at least as wide as the threshold for every cell that needs it (Willenborg and de Waal 2001, chapter 8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.disclosure.threshold import DisclosureError, checked

Counts = NDArray[np.float64]
Mask = NDArray[np.bool_]

SLACK = 1e-6
"""How far a programme's solution may be from the exact one."""


@dataclass(frozen=True)
class Cells:
    """Hold linked cells: n of them, and m sums.

    Attributes:
        values: what each counts; a difference may be negative.
        sums: m by n; every row times the values is 0.
        printable: cells that a table shows unless they are hidden.
        known: cells that everyone knows, such as the totals of a round; they cannot be hidden.
        signed: cells that can be negative.
        sensitive: cells that nobody may tell to within the threshold.

    """

    values: Counts
    sums: Counts
    printable: Mask
    known: Mask
    signed: Mask
    sensitive: Mask

    def exposed(self, shown: Mask, *, needed: float) -> Mask:
        """Return the sensitive cells that can be told to within less than *needed* by who knows those shown.

        Every solution of the programme is a table that agrees with what is printed, so that one solution
        widens the range of many cells, and few programmes are left to solve.
        """
        low, high = self.values.copy(), self.values.copy()
        told = np.zeros(len(self.values), dtype=bool)
        for cell in np.flatnonzero(self.sensitive).tolist():
            for sign in (1.0, -1.0):
                if high[cell] - low[cell] < needed - SLACK:
                    point = self._furthest(cell, sign, shown)
                    low, high = np.minimum(low, point), np.maximum(high, point)
            told[cell] = high[cell] - low[cell] < needed - SLACK
        return told

    def _furthest(self, cell: int, sign: float, shown: Mask) -> Counts:
        """Return a table that agrees with what is shown, with a cell as small or as large as can be."""
        from scipy.optimize import linprog

        bounds = np.column_stack([np.where(self.signed, -np.inf, 0.0), np.full(len(shown), np.inf)])
        bounds[shown] = self.values[shown, None]
        aim = np.zeros(len(shown))
        aim[cell] = sign
        solved = linprog(aim, A_eq=self.sums, b_eq=np.zeros(len(self.sums)), bounds=bounds, method="highs")
        if solved.status != 0:
            # Without end: the cell can be anything.
            return np.where(np.arange(len(shown)) == cell, -sign * np.inf, self.values)
        return np.asarray(solved.x)


def hidden(cells: Cells, *, threshold: int) -> Mask:
    """Return which printable cells to hide.

    Raises DisclosureError where even hiding all of them would not protect the sensitive ones, because the
    totals that everyone knows tell too much.
    """
    needed = checked(threshold)
    hide = cells.printable & cells.sensitive & ~cells.known
    while True:
        shown = (cells.printable & ~hide) | cells.known
        exposed = cells.exposed(shown, needed=needed)
        if not exposed.any():
            return hide
        further = _next(cells, hide=hide, exposed=exposed)
        if further is None:
            raise DisclosureError(
                f"a table cannot be shown without telling of fewer than {needed} people; leave it out or "
                "join its groups"
            )
        hide = hide | further


def _next(cells: Cells, *, hide: Mask, exposed: Mask) -> Mask | None:
    """Choose the smallest cell that stands in a sum with an exposed one, else the smallest of all."""
    free = cells.printable & ~hide & ~cells.known
    if not free.any():
        return None
    # Sums that an exposed cell is part of, directly or through cells nobody prints.
    reach = exposed | hide
    linked = (np.abs(cells.sums[:, reach]).sum(axis=1) > 0) if reach.any() else np.zeros(0, dtype=bool)
    beside = free & (np.abs(cells.sums[linked]).sum(axis=0) > 0)
    among = beside if beside.any() else free
    smallest = np.where(among, np.abs(cells.values), np.inf).argmin()
    chosen = np.zeros(len(cells.values), dtype=bool)
    chosen[smallest] = True
    return chosen
