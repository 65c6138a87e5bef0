"""Forecast rounds: every member of the ensemble runs the queue, and together they say how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError
from simulate.calibrate.ensemble import Member, load
from simulate.calibrate.future import HORIZON
from simulate.calibrate.sample import FAR_UNTIL
from simulate.forecast.people import ToCome
from simulate.forecast.years import Round, Rounds
from synthetic_data.population.careers import CREDENTIAL_ROUND, cutoffs

Floats = NDArray[np.float64]

DRAWS = 3_200_000
LAST = HORIZON - 1
"""The last round of which a forecast is given: people who come after 2025 are not drawn."""
HORIZONS = (CREDENTIAL_ROUND, FAR_UNTIL, LAST)
"""People are drawn for all rounds up to one of these. A round is told of those drawn up to the first of them
that is no earlier, so that nothing said of it depends on how far ahead anybody asks."""
QUANTILES = {"median": 0.5, "p10": 0.1, "p90": 0.9, "p05": 0.05, "p95": 0.95}


class ForecastError(JifenError):
    """Refuse rounds or quotas of which no forecast can be given."""


@dataclass(frozen=True)
class Outlook:
    """Hold what the ensemble says of one round.

    Attributes:
        year: the round.
        cutoffs: one a member, in points.
        rounds: what each member says.

    """

    year: int
    rounds: tuple[Round, ...]

    @property
    def cutoffs(self) -> Floats:
        """The cutoff of each member, in points."""
        return np.array([one.cutoff for one in self.rounds]) / 100

    def rank_scores(self, rank: int) -> Floats:
        """Return the total at a rank of each member, in points."""
        return np.array([one.rank_scores[rank] for one in self.rounds]) / 100

    def mean(self, name: str) -> float:
        """Return the mean over the members of a number of a round."""
        return float(np.mean([getattr(one, name) for one in self.rounds]))

    def shares(self, name: str) -> dict[int, float]:
        """Return the mean over the members of numbers by key, in the order of keys."""
        keys = sorted({key for one in self.rounds for key in getattr(one, name)})
        return {
            key: float(np.mean([getattr(one, name).get(key, 0.0) for one in self.rounds])) for key in keys
        }

    def as_record(self) -> dict[str, Any]:
        """Return the round as it is printed as JSON: points, shares and years, rounded."""
        quantiles = {name: round(float(np.quantile(self.cutoffs, at)), 2) for name, at in QUANTILES.items()}
        ranks = self.rounds[0].rank_scores
        births = {year: round(number, 1) for year, number in self.shares("birth_years").items()}
        return {
            "round": self.year,
            "cutoff": quantiles,
            "rank_scores": {str(rank): round(float(np.median(self.rank_scores(rank))), 2) for rank in ranks},
            "education": {
                f"{tier / 100:.2f}": round(share, 4) for tier, share in self.shares("education").items()
            },
            "area_share": round(self.mean("area_share"), 4),
            "area_mean": round(self.mean("area_mean"), 3),
            "tax_share": round(self.mean("tax_share"), 4),
            "mean_age": round(self.mean("mean_age"), 2),
            "full_age_share": round(self.mean("full_age_share"), 4),
            "birth_years": {str(year): number for year, number in births.items() if number >= 0.1},
        }


@dataclass(frozen=True)
class Forecast:
    """Hold a forecast: the last round that was known, and the rounds after it."""

    origin: int
    outlooks: tuple[Outlook, ...]

    def as_record(self) -> list[dict[str, Any]]:
        """Return the rounds as they are printed as JSON."""
        return [one.as_record() for one in self.outlooks]


def forecast(
    *, origin: int, last: int, quota: Mapping[int, int], members: Sequence[Member] | None = None
) -> Forecast:
    """Forecast the rounds after *origin* up to *last*, from what was published up to *origin*.

    Args:
        origin: the last round that is known; there is an ensemble for it.
        last: the last round to forecast.
        quota: places by round, for every round from the one after the origin to the last.
        members: the ensemble; the committed one if None.

    Raises:
        ForecastError: no round lies between, a round lies too far ahead, or a quota is missing or below 1.

    """
    _check(origin, last, quota)
    members = load(origin) if members is None else members
    outlooks: list[Outlook] = []
    for horizon in HORIZONS:
        told = origin + len(outlooks)
        if told < min(horizon, last):
            front = Front.of(members, origin=origin, last=min(horizon, last))
            outlooks += [one for one in front.run(members, quota).outlooks if one.year > told]
    return Forecast(origin, tuple(outlooks))


@dataclass(frozen=True)
class Front:
    """Hold the people who may be admitted in the rounds to come, for any members to run.

    Attributes:
        to_come: a sample of them.
        rounds: these in the order of points, year by year.

    """

    to_come: ToCome
    rounds: Rounds

    @classmethod
    def of(cls, members: Sequence[Member], *, origin: int, last: int) -> Front:
        """Draw the people whom the members together expect, alike for all last rounds of one horizon."""
        horizon = next(one for one in HORIZONS if one >= last)
        drawn = ToCome.of(members, origin=origin, last=horizon, draws=DRAWS, near=True)
        return cls(drawn, Rounds(drawn.people.careers, origin=origin, last=last))

    def run(self, members: Sequence[Member], quota: Mapping[int, int]) -> Forecast:
        """Let every member run the queue."""
        runs = [
            self.rounds.run(weights, leaves=member.future.leaves, quota=quota)
            for member, weights in zip(members, self.to_come.weights(members), strict=True)
        ]
        years = zip(*runs, strict=True)
        return Forecast(self.to_come.origin, tuple(Outlook(year[0].year, year) for year in years))


def _check(origin: int, last: int, quota: Mapping[int, int]) -> None:
    if last <= origin:
        raise ForecastError(f"no round lies after {origin} and up to {last}; give a later last round")
    if last > LAST:
        raise ForecastError(
            f"the round of {last} lies too far ahead; {LAST} is the last that can be forecast"
        )
    if origin not in cutoffs(9999):
        raise ForecastError(f"the round of {origin} is not published; the last one is {max(cutoffs(9999))}")
    for year in range(origin + 1, last + 1):
        if quota.get(year, 0) < 1:
            raise ForecastError(f"the round of {year} needs a quota of at least 1")
