"""纳税, tax, from records: Art. 15(6).

申请人须每年……缴纳个人所得税10万元及以上: the calendar years of the window in which the tax, several payments
added up, reached the line.
被本市税务机关依法实施行政处罚（处以五十元及以上的罚款）: the fines of the window that reach theirs.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.histories.penalties import counted
from scoring.histories.records import ROW, Records
from scoring.rulebook import Rulebook

_UNITS = 10_000
"""Money is added up in whole ten-thousandths of a yuan: no float decides on which side of a line it is."""

Paid = NDArray[np.float64]


def income_tax(records: Records, rules: Rulebook, round_year: int) -> Paid:
    """Return the tax that each applicant paid in each calendar year of the window, the latest last.

    Whole ten-thousandths of a yuan, exact up to 900,000 million yuan; a row an applicant, a column a year.
    """
    years = rules.count("tax.window_years")
    place = pl.col("year").cast(pl.Int64) - (round_year - years)
    units = (pl.col("paid_yuan").cast(pl.Float64) * _UNITS).round()
    payments = records.keyed("income_tax").filter(place.is_between(0, years - 1))
    slot = payments.select(pl.col(ROW).cast(pl.Int64) * years + place).to_series().to_numpy()
    paid = payments.select(units).to_series().to_numpy()
    people = records.applicants.height
    summed: Paid = np.bincount(slot, weights=paid, minlength=people * years).astype(np.float64)
    return summed.reshape(people, years)


def taxed_years(paid: Paid, rules: Rulebook) -> pl.Series:
    """Count the years in which the tax reached the line."""
    line = rules.points("tax.line_yuan") * (_UNITS // 100)
    return pl.Series((paid >= line).sum(axis=1, dtype=np.int16))


def latest_yuan(paid: Paid) -> pl.Series:
    """Return the tax of the year before the round in yuan, its fraction cut off."""
    return pl.Series((paid[:, -1] // _UNITS).astype(np.int64))


def penalties(records: Records, penalties: pl.DataFrame, rules: Rulebook, round_year: int) -> pl.Series:
    """Count each applicant's fines of the window that reach the least amount."""
    least = rules.points("tax.penalty_from_yuan") / 100
    fined = (pl.col("kind") == "tax_fine") & (pl.col("fine_yuan").cast(pl.Float64) >= least)
    years = rules.count("tax.penalty_window_years")
    return counted(records, penalties, fined, years=years, round_year=round_year)
