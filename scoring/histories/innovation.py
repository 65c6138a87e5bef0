"""创新创业, innovation and entrepreneurship, from records: Art. 15(5), Annex 3.

上述创新创业指标各项加分不累计，同时符合多项加分条件的，只计最高分: of all awards won and shares held that
meet the annex's conditions, the item with the most points; ties go to the first in the annex (reading).
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from scoring.histories.records import ROW, Records
from scoring.rulebook import Rulebook

_RANK = "rank"


def innovation_award(
    records: Records, rules: Rulebook, round_year: int, *, taxed_yuan: pl.Series
) -> pl.Series:
    """Return the key of each applicant's best item, or null.

    Args:
        records: the record tables.
        rules: the rulebook; its points decide which item is the best.
        round_year: the year of the round.
        taxed_yuan: the income tax of the year before the round, in whole yuan, by applicant.

    """
    ranked = _ranked(rules)
    won = _won(records, rules.reference_date(round_year), ranked, taxed_yuan)
    held = _held(records, rules, round_year, ranked)
    best = pl.concat([won, held]).group_by(ROW).agg(pl.col(_RANK).min())
    keys = ranked.get_column("award").cast(pl.Enum(rules.award_keys))
    return keys.gather(records.spread(best, _RANK))


def _ranked(rules: Rulebook) -> pl.DataFrame:
    """Return the annex with the best item first, of equal ones the first in the annex."""
    ranked = sorted(rules.awards, key=rules.award_points, reverse=True)
    return pl.DataFrame(
        {
            "award": [award.key for award in ranked],
            "counts_from": [award.counts_from for award in ranked],
            "min_income_tax_yuan": [award.min_income_tax_yuan for award in ranked],
            "from_yuan": [award.financing.first if award.financing else None for award in ranked],
            "below_yuan": [award.financing.last if award.financing else None for award in ranked],
            "min_share_held": [
                None if award.min_share_held is None else float(award.min_share_held) for award in ranked
            ],
        },
        schema={
            "award": pl.String,
            "counts_from": pl.Int32,
            "min_income_tax_yuan": pl.Int64,
            "from_yuan": pl.Int64,
            "below_yuan": pl.Int64,
            "min_share_held": pl.Float64,
        },
    ).with_row_index(_RANK)


def _won(records: Records, until: dt.date, ranked: pl.DataFrame, taxed_yuan: pl.Series) -> pl.DataFrame:
    """Return the rank of every award that counts: its date, the year it counts from, and the tax it asks for.

    An award of the table counts as attested, whichever row of the annex it names.
    """
    awards = records.keyed("awards").with_columns(pl.col("award").cast(pl.String))
    taxed = pl.Series("taxed_yuan", taxed_yuan.gather(awards.get_column(ROW)))
    known = awards.with_columns(taxed).join(ranked, on="award", how="inner")
    return known.filter(
        pl.col("won_on") <= until,
        pl.col("won_on").dt.year() >= pl.col("counts_from").fill_null(0),
        pl.col("taxed_yuan") >= pl.col("min_income_tax_yuan").fill_null(0),
    ).select(ROW, _RANK)


def _held(records: Records, rules: Rulebook, round_year: int, ranked: pl.DataFrame) -> pl.DataFrame:
    """Return the rank of every tier of equity that a year's shares give.

    A row attests the firm, its investor and the full year worked; the window of its year is a reading.
    """
    years = rules.count("innovation.equity_window_years")
    held = records.keyed("equity").filter(pl.col("year").is_between(round_year - years, round_year - 1))
    tiers = ranked.drop_nulls("from_yuan")
    share, financing = (pl.col(name).cast(pl.Float64) for name in ("share_held", "financing_3y_yuan"))
    return (
        held.join(tiers, how="cross")
        .filter(
            share >= pl.col("min_share_held").fill_null(0),
            financing >= pl.col("from_yuan"),
            (financing < pl.col("below_yuan")).fill_null(True),
        )
        .select(ROW, _RANK)
    )
