"""荣誉表彰, honours, from records: Art. 15(8), Annex 4.

获得省部级以上劳动模范……荣誉称号的: the first title of the annex that was awarded by the reference date.
Points are given once, however many there are (reading).
"""

from __future__ import annotations

import polars as pl

from scoring.histories.records import ROW, Records
from scoring.rulebook import Rulebook


def honour(records: Records, rules: Rulebook, round_year: int) -> pl.Series:
    """Return the key of each applicant's honour, or null."""
    titles = pl.Enum(rules.honour_keys)
    awarded = records.keyed("honours").filter(pl.col("awarded_on") <= rules.reference_date(round_year))
    title = pl.col("honour").cast(pl.String).cast(titles)
    first = awarded.group_by(ROW).agg(title.to_physical().min())
    return pl.Series(rules.honour_keys, dtype=titles).gather(records.spread(first, "honour"))
