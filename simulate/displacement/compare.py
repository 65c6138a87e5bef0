"""Reforms side by side on one cohort and one quota."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from scoring import Cohort
from scoring.reform import Reform
from simulate.displacement.errors import DisplacementError
from simulate.displacement.intervals import flow_intervals, intervals, part_intervals
from simulate.displacement.ledger import Displacement, displacement
from simulate.displacement.resampling import REPLICATES, SEED

MOST_OF_PARTS = 200
"""Resamples behind what each part moves: each ranks the applicants under every subset of the parts."""


@dataclass(frozen=True)
class Comparison:
    """Hold the ledgers of several reforms of one baseline; frames name each by its title, in ``reform``."""

    ledgers: tuple[Displacement, ...] = field(repr=False)

    @property
    def summary(self) -> pl.DataFrame:
        """One line a reform: cutoffs in points, the admitted, those tied, who entered and who left."""
        rows = [
            {
                "reform": one.reform.title,
                "quota": one.quota,
                "cutoff_before": one.before.cutoff,
                "cutoff_after": one.after.cutoff,
                "eligible_before": one.before.eligible,
                "eligible_after": one.after.eligible,
                "admitted_before": one.before.admitted,
                "admitted_after": one.after.admitted,
                "tied_before": one.before.tied_at_cutoff,
                "tied_after": one.after.tied_at_cutoff,
                "entered": one.entered,
                "left": one.left,
            }
            for one in self.ledgers
        ]
        points = {"cutoff_before": pl.Decimal(12, 2), "cutoff_after": pl.Decimal(12, 2)}
        return pl.DataFrame(rows, schema_overrides=points)

    @property
    def groups(self) -> pl.DataFrame:
        """The admitted before and after, and the moved, by reform and level."""
        return self._stacked({one.reform.title: one.groups for one in self.ledgers})

    @property
    def flows(self) -> pl.DataFrame:
        """From whom places go to whom, by reform."""
        return self._stacked({one.reform.title: one.flows for one in self.ledgers})

    @property
    def parts(self) -> pl.DataFrame:
        """Which changed part moved how many, by reform."""
        return self._stacked({one.reform.title: one.parts for one in self.ledgers})

    @property
    def group_parts(self) -> pl.DataFrame:
        """Which changed part moved how many of each level, by reform."""
        return self._stacked({one.reform.title: one.group_parts for one in self.ledgers})

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """Every table of counts, by name."""
        names = ("summary", "groups", "flows", "parts", "group_parts")
        return {name: getattr(self, name) for name in names}

    def intervals(self, *, replicates: int = REPLICATES, seed: int = SEED) -> dict[str, pl.DataFrame]:
        """Return each number with its interval, by reform: the main ones, those of parts, and of flows."""
        tables = {
            "intervals": (intervals, replicates),
            "part_intervals": (part_intervals, min(replicates, MOST_OF_PARTS)),
            "flow_intervals": (flow_intervals, replicates),
        }
        return {
            name: self._stacked(
                {one.reform.title: table(one, replicates=often, seed=seed) for one in self.ledgers}
            )
            for name, (table, often) in tables.items()
        }

    @staticmethod
    def _stacked(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
        return pl.concat(
            frame.select(pl.lit(title).alias("reform"), pl.all()) for title, frame in frames.items()
        )


def compare(
    cohort: Cohort, reforms: Sequence[Reform], *, quota: int, groups: Sequence[str] = ()
) -> Comparison:
    """Compare reforms of one baseline on a cohort; see `simulate.displacement.displacement`.

    Raises:
        DisplacementError: there is no reform, two have one title, or they are pinned to different rulebooks.

    """
    if not reforms:
        raise DisplacementError("there is no reform to compare with the baseline")
    for position, one in enumerate(reforms):
        if one.baseline.digest != reforms[0].baseline.digest:
            raise DisplacementError(
                f"{one.title} is pinned to {one.baseline.name} ({one.baseline.digest[:12]}) and"
                f" {reforms[0].title} to {reforms[0].baseline.name} ({reforms[0].baseline.digest[:12]});"
                " reforms are compared on one baseline"
            )
        if one.title in {other.title for other in reforms[:position]}:
            raise DisplacementError(f"two reforms are called {one.title}; give each a title of its own")
    return Comparison(tuple(displacement(cohort, one, quota=quota, groups=groups) for one in reforms))
