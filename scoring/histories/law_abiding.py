"""守法记录, law-abiding, from records: Art. 15(9).

申请人在本市因违反有关法律被公安机关处以行政拘留处罚: the detentions of the calendar years before the round.
处罚次数以市公安局记录为准: each record counts.
"""

from __future__ import annotations

import polars as pl

from scoring.histories.penalties import counted
from scoring.histories.records import Records
from scoring.rulebook import Rulebook


def detentions(records: Records, penalties: pl.DataFrame, rules: Rulebook, round_year: int) -> pl.Series:
    """Count each applicant's detentions of the window."""
    years = rules.count("law_abiding.window_years")
    detained = pl.col("kind") == "detention"
    return counted(records, penalties, detained, years=years, round_year=round_year)
