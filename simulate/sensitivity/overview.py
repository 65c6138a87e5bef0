"""Everything at once: each analysis of a study, and one line an indicator that sums them up."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from simulate.sensitivity.atlas_rates import rate_atlas
from simulate.sensitivity.atlas_weights import weight_atlas
from simulate.sensitivity.effects import Effects, leave_one_out, one_point_more, tornado
from simulate.sensitivity.elasticity import elasticities
from simulate.sensitivity.indices import sobol_indices
from simulate.sensitivity.rate_effects import one_point_more_by_rate
from simulate.sensitivity.shapley import variance_shares
from simulate.sensitivity.study import Study

PEOPLE = ("entering_row", "leaving_row", "overtaking_row", "overtaken_row")
"""The columns of an atlas that name a person's row, which leave the researcher's hands in no file."""


@dataclass(frozen=True)
class Settings:
    """Say how far weights move, and how intervals are made.

    Attributes:
        spread: of the tornado and of the indices, as a share of a weight.
        replicates: resamples of the cohort.
        draws: of each sample of the indices, a power of two.
        within: points from the cutoff that make the margin.
        seed: of everything random.

    """

    spread: float = 0.1
    replicates: int = 200
    draws: int = 1024
    within: float = 2.0
    seed: int = 0


@dataclass(frozen=True)
class Overview:
    """Hold every analysis; those of rates are None for a cohort of points, and indices where nobody is in."""

    study: Study = field(repr=False)
    settings: Settings
    without: Effects
    moved: Effects
    one_more: Effects
    one_more_by_rate: Effects | None
    elasticities: pl.DataFrame = field(repr=False)
    variance: pl.DataFrame = field(repr=False)
    indices: pl.DataFrame | None = field(repr=False)
    weights: pl.DataFrame = field(repr=False)
    rates: pl.DataFrame | None = field(repr=False)

    def frames(self) -> dict[str, pl.DataFrame]:
        """Return the analyses as frames by name, without the rows of single people."""
        effects = {
            "leave_one_out": self.without,
            "tornado": self.moved,
            "one_point_more": self.one_more,
            "one_point_more_by_rate": self.one_more_by_rate,
        }
        frames: dict[str, pl.DataFrame | None] = {"by_indicator": self.by_indicator()}
        for name, one in effects.items():
            if one is not None:
                frames |= {name: one.outcomes, f"{name}_groups": one.groups}
        frames |= {
            "elasticities": self.elasticities,
            "variance_shares": self.variance,
            "sobol_indices": self.indices,
            "weight_atlas": self.weights.drop(PEOPLE),
            "rate_atlas": None if self.rates is None else self.rates.drop(PEOPLE),
        }
        return {name: frame for name, frame in frames.items() if frame is not None}

    def by_indicator(self) -> pl.DataFrame:
        """Sum up what each indicator decides, a line each; an added one has no weight to move.

        Columns: ``indicator``; without it ``cutoff_without``, ``changed_without`` (share of the admitted who
        leave) and ``below_old_cutoff`` (share who fall below the old cutoff); ``cutoff_down``, ``cutoff_up``,
        ``changed_down`` and ``changed_up``, its weight moved both ways; ``elasticity`` of the cutoff;
        ``variance_share`` among the admitted; ``total_index`` of the cutoff; and the weights
        ``overtaking_down`` and ``overtaking_up`` between which nobody outside reaches anybody inside.
        """
        without = self.without.outcomes.select(
            "indicator",
            cutoff_without="cutoff",
            changed_without="share_changed",
            below_old_cutoff="share_below_old_cutoff",
        )
        return (
            without.join(self._moved("down"), on="indicator", how="left")
            .join(self._moved("up"), on="indicator", how="left")
            .join(self._one_a_row(self.elasticities, "cutoff", "elasticity"), on="indicator", how="left")
            .join(self._variance(), on="indicator", how="left")
            .join(self._indices(), on="indicator", how="left")
            .join(self._overtaking("down"), on="indicator", how="left")
            .join(self._overtaking("up"), on="indicator", how="left")
        )

    def _moved(self, side: str) -> pl.DataFrame:
        moved = self.moved.outcomes
        half = moved.filter(pl.col("weight") < 1 if side == "down" else pl.col("weight") > 1)
        return half.select(
            "indicator",
            pl.col("cutoff").alias(f"cutoff_{side}"),
            pl.col("share_changed").alias(f"changed_{side}"),
        )

    @staticmethod
    def _one_a_row(frame: pl.DataFrame, quantity: str, column: str) -> pl.DataFrame:
        return frame.filter(quantity=quantity).select("indicator", column)

    def _variance(self) -> pl.DataFrame:
        return self.variance.filter(population="admitted").select("indicator", variance_share="share")

    def _indices(self) -> pl.DataFrame:
        if self.indices is None:
            return pl.DataFrame(schema={"indicator": pl.String, "total_index": pl.Float64})
        own = self.indices.rename({"input": "indicator", "total": "total_index"})
        return self._one_a_row(own, "cutoff", "total_index")

    def _overtaking(self, side: str) -> pl.DataFrame:
        return self.weights.filter(side=side).select(
            pl.col("lever").str.strip_prefix("weights.").alias("indicator"),
            pl.col("overtaking").alias(f"overtaking_{side}"),
        )


def overview(study: Study, settings: Settings | None = None) -> Overview:
    """Make every analysis of a study.

    Raises:
        SensitivityError: a spread or a number of draws that cannot be.

    """
    chosen = settings or Settings()
    sampling = {"replicates": chosen.replicates, "seed": chosen.seed}
    facts = study.engine.casebook is not None
    return Overview(
        study=study,
        settings=chosen,
        without=leave_one_out(study, **sampling),
        moved=tornado(study, spread=chosen.spread, **sampling),
        one_more=one_point_more(study, **sampling),
        one_more_by_rate=one_point_more_by_rate(study, **sampling) if facts else None,
        elasticities=elasticities(study, **sampling),
        variance=variance_shares(study, within=chosen.within, seed=chosen.seed),
        indices=None if study.cutoff is None else _indices(study, chosen),
        weights=weight_atlas(study),
        rates=rate_atlas(study) if facts else None,
    )


def _indices(study: Study, settings: Settings) -> pl.DataFrame:
    return sobol_indices(study, spread=settings.spread, draws=settings.draws, seed=settings.seed)
