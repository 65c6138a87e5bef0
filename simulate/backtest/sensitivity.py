"""How far the forecast moves with what is not identified: one assumption at a time, all else as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from simulate.calibrate.ensemble import Member, load
from simulate.calibrate.future import Future
from simulate.forecast import Front

Change = Callable[[Future], Future]


def _late(times: float) -> Change:
    return lambda future: replace(future, late={year: times * one for year, one in future.late.items()})


CHANGES: Mapping[str, Change] = {
    "nobody_leaves": lambda future: replace(future, leaves=0.0),
    "twice_as_many_leave": lambda future: replace(future, leaves=2 * future.leaves),
    "fewer_late_comers": _late(0.7),
    "more_late_comers": _late(1.3),
    "tax_begins_half_as_often": lambda future: replace(future, tax_begins=future.tax_begins / 2),
    "tax_begins_twice_as_often": lambda future: replace(future, tax_begins=2 * future.tax_begins),
    "moves_half_as_often": lambda future: replace(future, moves=future.moves / 2),
    "moves_twice_as_often": lambda future: replace(future, moves=2 * future.moves),
}
"""Assumptions of the years after the origin, changed one by one; the fit stays as it is."""

RAISES: Mapping[str, bool] = {
    "more_late_comers": True,
    "fewer_late_comers": False,
    "twice_as_many_leave": False,
    "nobody_leaves": True,
}
"""Whether a change must raise every cutoff or lower it: entrants raise it, attrition lowers it."""


def moved(origin: int, last: int, quota: Mapping[int, int], *, members: int = 8) -> pl.DataFrame:
    """Return how the median cutoff, mean age and share with tax points move with each assumption.

    Args:
        origin: the last round that is known.
        last: the last round to forecast.
        quota: places by round.
        members: how many members of the ensemble run.

    Returns:
        ``change, round, cutoff`` (points), ``mean_age`` (years), ``tax_share`` (per cent), each less what it
        is without the change.

    """
    some = load(origin)[:members]
    front = Front.of(some, origin=origin, last=last)
    base = front.run(some, quota)
    lines = []
    for name, change in CHANGES.items():
        found = front.run([_changed(one, change) for one in some], quota)
        for before, after in zip(base.outlooks, found.outlooks, strict=True):
            lines.append(
                {
                    "change": name,
                    "round": after.year,
                    "cutoff": float(np.median(after.cutoffs) - np.median(before.cutoffs)),
                    "mean_age": after.mean("mean_age") - before.mean("mean_age"),
                    "tax_share": 100 * (after.mean("tax_share") - before.mean("tax_share")),
                }
            )
    return pl.DataFrame(lines)


def signs(found: pl.DataFrame) -> pl.DataFrame:
    """Tell whether entrants raise the cutoff and attrition lowers it, as they must.

    Args:
        found: as `moved` returns it.

    Returns:
        ``change``; ``raises``, whether it must raise the cutoff; ``least, most``, how far it moves the
        cutoff of any round, in points; ``right``, whether it does so as it must in every round.

    """
    expected = pl.DataFrame({"change": list(RAISES), "raises": list(RAISES.values())})
    cutoff = pl.col("cutoff")
    return (
        expected.join(found, on="change", how="left", maintain_order="left")
        .group_by("change", "raises", maintain_order=True)
        .agg(
            least=cutoff.min(),
            most=cutoff.max(),
            right=pl.when(pl.col("raises").first()).then(cutoff > 0).otherwise(cutoff < 0).all(),
        )
    )


def _changed(member: Member, change: Change) -> Member:
    return replace(member, future=change(member.future))
