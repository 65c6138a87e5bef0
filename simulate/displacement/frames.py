"""The ledger as frames: groups, flows and parts in counts, and the moved one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import factorial
from typing import Any

import numpy as np
import polars as pl

from simulate.displacement.columns import Whole
from simulate.displacement.flows import matched
from simulate.displacement.rounds import Counts, Moves
from simulate.engine.groups import Groups

_HUNDREDTHS = pl.Decimal(12, 2)


def groups_frame(moves: Moves, groups: Groups) -> pl.DataFrame:
    """Count the admitted before and after, and those who entered and left, by level."""
    admitted = {name: one.admitted for name, one in (("before", moves.before), ("after", moves.after))}
    counts = {name: groups.counts(np.flatnonzero(some)) for name, some in admitted.items()}
    return pl.DataFrame({**_levels(groups), **counts, **_sides(moves, groups)})


def flows_frame(moves: Moves, groups: Groups) -> pl.DataFrame:
    """Match who left with who entered, level by level; see `simulate.displacement.flows`."""
    rows = [
        row for name in dict.fromkeys(one for one, _ in groups.levels) for row in _flows(name, moves, groups)
    ]
    schema = {
        "group": pl.String,
        "from": pl.String,
        "to": pl.String,
        "people": pl.Int64,
        "unmatched": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def parts_frame(moves: Moves, parts: tuple[str, ...]) -> pl.DataFrame:
    """Share the moved among the parts of the reform, and the change of the cutoff."""
    unit = factorial(len(parts))
    cutoff = None if moves.cutoff is None else moves.cutoff / (100 * unit)
    return pl.DataFrame(
        {
            "part": pl.Series(parts, dtype=pl.String),
            "entered": moves.shares[:, moves.entered].sum(axis=1) / unit,
            "left": moves.shares[:, ~moves.entered].sum(axis=1) / unit,
            "entered_alone": moves.alone[:, moves.entered].sum(axis=1),
            "left_alone": moves.alone[:, ~moves.entered].sum(axis=1),
            "cutoff": pl.Series([None] * len(parts) if cutoff is None else cutoff, dtype=pl.Float64),
        }
    )


def group_parts_frame(moves: Moves, parts: tuple[str, ...], groups: Groups) -> pl.DataFrame:
    """Share those who entered and left each level among the parts of the reform."""
    unit, frames = factorial(len(parts)), [_empty_group_parts()]
    for number, part in enumerate(parts):
        shares = {
            "entered": _summed(moves.shares[number, moves.entered], moves.rows[moves.entered], groups),
            "left": _summed(moves.shares[number, ~moves.entered], moves.rows[~moves.entered], groups),
        }
        frame = pl.DataFrame({**_levels(groups), **{name: sums / unit for name, sums in shares.items()}})
        frames.append(frame.insert_column(2, pl.lit(part, pl.String).alias("part")))
    return pl.concat(frames)


def people_frame(moves: Moves, parts: tuple[str, ...], ids: pl.Series) -> pl.DataFrame:
    """Tell the moved one by one: who, which way, both totals, and each part's share."""
    unit = factorial(len(parts))
    direction = pl.Series(
        "moved", np.where(moves.entered, "entered", "left"), dtype=pl.Enum(["entered", "left"])
    )
    totals = {
        f"total_{name}": _points(one.totals[moves.rows])
        for name, one in (("before", moves.before), ("after", moves.after))
    }
    shares = {f"share_{part}": moves.shares[number] / unit for number, part in enumerate(parts)}
    return pl.DataFrame({"applicant_id": ids.gather(moves.rows), "moved": direction, **totals, **shares})


def _levels(groups: Groups) -> Mapping[str, pl.Series]:
    names, levels = zip(*groups.levels, strict=True) if groups.levels else ((), ())
    return {"group": pl.Series(names, dtype=pl.String), "level": pl.Series(levels, dtype=pl.String)}


def _sides(moves: Moves, groups: Groups) -> dict[str, Counts]:
    return {
        "entered": groups.counts(moves.rows[moves.entered]),
        "left": groups.counts(moves.rows[~moves.entered]),
    }


def _flows(name: str, moves: Moves, groups: Groups) -> Iterator[tuple[Any, ...]]:
    some = [position for position, (group, _) in enumerate(groups.levels) if group == name]
    sides, levels = _sides(moves, groups), [groups.levels[position][1] for position in some]
    table = matched(sides["left"][some], sides["entered"][some])
    for start, row in zip([*levels, None], range(len(table)), strict=True):
        for end, column in zip([*levels, None], range(len(table)), strict=True):
            if people := int(table[row, column]):
                yield name, start, end, people, _nobody(row, column, len(levels))


def _nobody(row: int, column: int, last: int) -> str | None:
    """Say on which side of a flow there is nobody, which only ties at a cutoff bring about."""
    return "from" if row == last else "to" if column == last else None


def _summed(shares: Counts, rows: np.ndarray[Any, np.dtype[np.intp]], groups: Groups) -> Counts:
    sums = np.zeros(len(groups.levels), dtype=np.int64)
    for places in groups.places[rows].T:
        np.add.at(sums, places, shares)
    return sums


def _empty_group_parts() -> pl.DataFrame:
    words = dict.fromkeys(("group", "level", "part"), pl.String)
    return pl.DataFrame(schema={**words, "entered": pl.Float64, "left": pl.Float64})


def _points(totals: Whole) -> pl.Series:
    return pl.Series(totals).cast(pl.Int128).reinterpret(dtype=_HUNDREDTHS)
