"""What really came: the published numbers of a round, in the words of a forecast."""

from __future__ import annotations

import polars as pl

from synthetic_data import published

RANKS = (1000, 2000, 3000, 4000, 5000, 6000)


def totals(year: int) -> dict[str, float]:
    """Return the cutoff and the totals by rank, in points."""
    rounds = published.rounds().filter(pl.col("round") == year)
    scores = published.rank_scores().filter((pl.col("round") == year) & pl.col("rank").is_in(RANKS))
    ranks = {f"rank {rank}": total / 100 for _, rank, total in scores.iter_rows()}
    return {"cutoff": rounds["cutoff"][0] / 100, **ranks}


def shares(year: int) -> dict[str, float]:
    """Return who was admitted: mean age, shares in per cent; what is not published is left out."""
    born = births(year)
    everyone = sum(born.values())
    found = {"mean_age": year - sum(one * number for one, number in born.items()) / everyone}
    counts = published.admitted_counts().filter(pl.col("round") == year)
    for points, number in _of(counts, "education").items():
        found[f"education {points / 100:g}"] = 100 * number / everyone
    for name, column in (("area_share", "job_housing_area"), ("tax_share", "tax")):
        if _of(counts, column):
            found[name] = 100 * (1 - _of(counts, column)[0] / everyone)
    area = _of(counts, "job_housing_area")
    if area:
        found["area_mean"] = sum(points * number for points, number in area.items()) / 100 / everyone
        found["full_age_share"] = 100 * _of(counts, "age")[2000] / everyone
    return found


def births(year: int) -> dict[int, int]:
    """Return the admitted by birth year."""
    table = published.admitted_birth_years().filter(pl.col("round") == year)
    return dict(table.select("birth_year", "admitted").iter_rows())


def _of(counts: pl.DataFrame, column: str) -> dict[int, int]:
    return dict(counts.filter(pl.col("column") == column).select("points", "admitted").iter_rows())
