"""Score and rank with jifen: facts in, points, total, reasons, rank and admission out."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from scoring.indicators import COLUMNS
from scoring.points import chunks_of, score_facts
from scoring.ranking import Ranking, TotalCounts, rank
from scoring.rulebook import Rulebook
from scoring.scored import placed
from tests.bench.outcome import Outcome


@dataclass(frozen=True)
class Result:
    """Hold points and places, row by row, and how the round ended."""

    points: pl.DataFrame
    places: pl.DataFrame
    ranking: Ranking


def score(facts: pl.DataFrame, rules: Rulebook, *, year: int, quota: int) -> Result:
    """Return what `scoring.scored.score` holds before anything is put into words or decimals."""
    points = score_facts(facts, rules, round_year=year)
    counts = TotalCounts.of(chunks_of(points))
    ranking = rank(counts, applicants=points.height, quota=quota)
    return Result(points, placed(points, counts, ranking), ranking)


def outcome(result: Result) -> Outcome:
    """Return what is compared."""
    return Outcome(
        {column: result.points.get_column(column).to_numpy() for column in (*COLUMNS, "total")},
        result.places.get_column("rank").fill_null(0).to_numpy(),
        result.places.get_column("admitted").to_numpy(),
    )
