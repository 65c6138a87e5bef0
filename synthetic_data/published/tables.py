"""Read the public totals: points as whole hundredths, everything else in its own unit."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

_FOLDER = Path(__file__).parent
_INTEGER = pl.Int32


@dataclass(frozen=True)
class Source:
    """Say where a table comes from, how good it is, and what it lacks."""

    name: str
    title: str
    source: str
    quality: str
    note: str


def sources() -> tuple[Source, ...]:
    """Return the register of sources, one entry a table and one for the share of `returns`."""
    return tuple(
        Source(name, *(entry[key] for key in ("title", "source", "quality", "note")))
        for name, entry in _register().items()
    )


def rounds() -> pl.DataFrame:
    """Return the rounds, oldest first.

    Columns: ``round``, ``rulebook``, ``quota``, ``applicants``, ``admitted``; in hundredths of a point
    ``cutoff``, ``highest``, ``mean`` and ``median`` of the totals of the admitted. Null is not known.
    """
    people = ("quota", "applicants", "admitted")
    return _read("rounds", whole=("round", *people), points=("cutoff", "highest", "mean", "median"))


def rank_scores() -> pl.DataFrame:
    """Return the total at ranks 100 to 6,000: ``round``, ``rank``, ``total`` in hundredths of a point."""
    return _read("rank-scores", whole=("round", "rank"), points=("score",)).rename({"score": "total"})


def admitted_birth_years() -> pl.DataFrame:
    """Return the admitted by year of birth: ``round``, ``birth_year``, ``admitted``."""
    return _read("admitted-birth-years", whole=("round", "birth_year", "admitted"))


def admitted_counts() -> pl.DataFrame:
    """Return the admitted by their points in one published column.

    Columns: ``round``, ``column``, ``points`` in hundredths, ``admitted``; points that nobody has are absent.
    """
    counted = _read("admitted-columns", whole=("round",), points=("value",)).filter(
        pl.col("statistic") == "count"
    )
    return counted.select("round", "column", points="value", admitted=pl.col("figure").cast(_INTEGER))


def admitted_statistics() -> pl.DataFrame:
    """Return means, shares and quantiles of the admitted, in points or years.

    Columns: ``round``, ``column``, ``statistic`` (``mean``, ``share_nonzero``, ``quantile``,
    ``mean_by_education``), ``at``: the probability of a quantile or the education points of a mean, else
    null; ``figure``. Columns beside the published ones: ``insured_years`` and ``own_home_years_estimated``.
    """
    read = _read("admitted-columns", whole=("round",)).filter(pl.col("statistic") != "count")
    at, figure = (pl.col(name).cast(pl.Float64) for name in ("value", "figure"))
    return read.select("round", "column", "statistic", at=at, figure=figure)


def admitted_area_by_tax() -> pl.DataFrame:
    """Return the admitted by points of area and tax: ``round``, ``job_housing_area``, ``tax``, ``admitted``.

    Points are in hundredths; a pair that nobody has is absent.
    """
    return _read("admitted-area-by-tax", whole=("round", "admitted"), points=("job_housing_area", "tax"))


def pool_2020() -> pl.DataFrame:
    """Return how many of all applicants of 2020 had at least a total, highest first.

    Columns: ``total`` in hundredths of a point, ``applicants_at_or_above``, ``quality``: ``checked``,
    ``unofficial`` or ``interpolated``.
    """
    pool = _read("pool-2020", whole=("applicants_at_or_above",), points=("score",))
    return pool.rename({"score": "total"})


def returns() -> tuple[float, float]:
    """Return the bounds of the share of 2022's admitted who would have passed the cutoff of 2021.

    A lower bound, as the register of sources says: only certain gains of a year are taken back.
    """
    entry = _register()["returns"]
    return entry["low"], entry["high"]


@cache
def _register() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "sources.toml").read_text("utf-8"))


@cache
def _text(name: str) -> pl.DataFrame:
    return pl.read_csv(_FOLDER / _register()[name]["file"], infer_schema=False)


def _read(name: str, *, whole: tuple[str, ...], points: tuple[str, ...] = ()) -> pl.DataFrame:
    hundredths = pl.col(points).cast(pl.Decimal(12, 2)) * 100
    return _text(name).with_columns(pl.col(whole).cast(_INTEGER), hundredths.cast(_INTEGER))
