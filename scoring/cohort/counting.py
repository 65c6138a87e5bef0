"""From checked record tables to a frame of facts."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scoring.cohort.provenance import Rules
from scoring.rulebook import Rulebook


def count_facts(
    tables: Mapping[str, pl.DataFrame], ids: pl.Series, rules: Rules, round_year: int
) -> pl.DataFrame:
    """Count the facts of every applicant from checked record tables, and give each the pseudonym again.

    Raises:
        TypeError: the rules are no whole rulebook, so that nothing can be counted by them.

    """
    from scoring.histories import facts  # noqa: PLC0415 -- it builds on this package's contract

    if not isinstance(rules, Rulebook):
        raise TypeError(f"records are counted under a Rulebook, not {type(rules).__name__}")
    return facts(tables, rules, round_year=round_year).with_columns(ids.alias("applicant_id"))
