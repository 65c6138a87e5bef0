"""Forecast each known round from the data before it, and say how far every method was off.

Three forecasts can be checked: 2021 and 2022 from the data up to 2020, and 2022 from those up to 2021. Before
2020 other rules were in force. That is few: a coverage of three is no coverage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.backtest import actual
from simulate.backtest.baselines import QUOTA, RULES
from simulate.forecast import Forecast, Outlook, forecast

ORIGINS = (2020, 2021)
LAST_KNOWN = 2022
MODEL = "model"
METHODS = (MODEL, *RULES)


@dataclass(frozen=True)
class Backtest:
    """Hold how far forecasts were off.

    Attributes:
        totals: ``origin, round, horizon, method, quantity`` (the cutoff, totals by rank), ``actual``,
            ``forecast`` (the median), ``p10, p90`` (null for rules), ``error, crps``; in points.
        people: ``origin, round, horizon, quantity, actual, forecast``: mean age in years, shares in per cent,
            of the model; rules say nothing of people. ``birth_years`` is the share of the admitted, in per
            cent, that would have to have another birth year.

    """

    totals: pl.DataFrame
    people: pl.DataFrame

    def by_horizon(self) -> pl.DataFrame:
        """Return for each method, horizon and quantity group the mean absolute error and score, and coverage.

        Columns: ``method, horizon, of`` (``cutoff`` or ``ranks``), ``forecasts``, ``error``, ``crps``, and
        ``within``, how many of the forecasts have the truth within their 80 % interval (null for rules).
        """
        of = pl.when(pl.col("quantity") == "cutoff").then(pl.lit("cutoff")).otherwise(pl.lit("ranks"))
        within = pl.col("actual").is_between(pl.col("p10"), pl.col("p90"))
        order = pl.col("method").cast(pl.Enum(METHODS))
        return (
            self.totals.with_columns(of=of, within=within, method=order)
            .group_by("method", "horizon", "of")
            .agg(
                forecasts=pl.len(),
                error=pl.col("error").abs().mean(),
                crps=pl.col("crps").mean(),
                within=pl.when(pl.col("p10").is_not_null().all()).then(pl.col("within").sum()),
            )
            .sort("of", "horizon", "method")
        )


def backtest(forecasts: Mapping[int, Forecast] | None = None) -> Backtest:
    """Forecast and compare.

    Args:
        forecasts: by origin; made from the committed ensembles if None.

    """
    quota = dict.fromkeys(range(min(ORIGINS), LAST_KNOWN + 1), QUOTA)
    made = forecasts or {origin: forecast(origin=origin, last=LAST_KNOWN, quota=quota) for origin in ORIGINS}
    totals, people = [], []
    for origin, found in made.items():
        for outlook in found.outlooks:
            head = {"origin": origin, "round": outlook.year, "horizon": outlook.year - origin}
            totals += [{**head, **line} for line in _totals(origin, outlook)]
            people += [{**head, **line} for line in _people(outlook)]
    return Backtest(pl.DataFrame(totals), pl.DataFrame(people))


def _totals(origin: int, outlook: Outlook) -> list[dict[str, object]]:
    truth = actual.totals(outlook.year)
    lines = []
    for quantity, true in truth.items():
        drawn = outlook.cutoffs if quantity == "cutoff" else outlook.rank_scores(int(quantity[5:]))
        low, middle, high = (float(np.quantile(drawn, at)) for at in (0.1, 0.5, 0.9))
        line = _line(MODEL, quantity, true, middle)
        lines.append({**line, "p10": low, "p90": high, "crps": crps(drawn, true)})
        for method, rule in RULES.items():
            said = rule(origin, outlook.year)
            if quantity in said:
                line = _line(method, quantity, true, said[quantity])
                lines.append({**line, "p10": None, "p90": None, "crps": abs(said[quantity] - true)})
    return lines


def _line(method: str, quantity: str, true: float, said: float) -> dict[str, object]:
    return {"method": method, "quantity": quantity, "actual": true, "forecast": said, "error": said - true}


def _people(outlook: Outlook) -> list[dict[str, object]]:
    lines = []
    for quantity, true in actual.shares(outlook.year).items():
        name, _, points = quantity.partition(" ")
        if points:
            said = 100 * outlook.shares(name)[round(100 * float(points))]
        else:
            said = outlook.mean(name) * (1 if name in ("mean_age", "area_mean") else 100)
        lines.append({"quantity": quantity, "actual": true, "forecast": said})
    truth, births = actual.births(outlook.year), outlook.shares("birth_years")
    everyone, expected = sum(truth.values()), sum(births.values())
    gaps = [truth.get(one, 0) / everyone - births.get(one, 0) / expected for one in {*truth, *births}]
    return [*lines, {"quantity": "birth_years", "actual": 0.0, "forecast": 50 * float(np.abs(gaps).sum())}]


def crps(drawn: NDArray[np.float64], true: float) -> float:
    """Return the continuous ranked probability score of a sample: that of one number is its error."""
    apart = np.abs(drawn[:, None] - drawn[None, :]).mean()
    return float(np.abs(drawn - true).mean() - apart / 2)
