"""The public list of 2020 comes back, from points and from facts; skipped where it is not at hand."""

from decimal import Decimal
from pathlib import Path

import polars as pl

import scoring
from scoring import Cohort, Rulebook
from tests.oracle.derive import derive, in_hundredths

from .applicants import COLUMNS, facts_frame

RULES = Rulebook.load("beijing-2020")


def test_facts_derived_from_the_public_list_give_it_back(published: Path) -> None:
    """Facts derived from the 6,032 rows of 2020 score to all ten columns of every row, and to its cutoff."""
    lines = pl.read_csv(published / "admitted-2020.csv", infer_schema=False)
    keys = {"award_keys": RULES.award_keys, "honour_keys": RULES.honour_keys}
    rows = [
        {"applicant_id": f"a{i}"} | derive(line, round_year=2020, **keys)
        for i, line in enumerate(lines.iter_rows(named=True))
    ]
    cohort = Cohort.from_frame(facts_frame(rows, RULES), rules=RULES, round_year=2020)
    scored = scoring.score(cohort, RULES, quota=6000)
    for name in (*COLUMNS, "total"):
        wanted = [in_hundredths(text) for text in lines.get_column(name)]
        assert [int(points * 100) for points in scored.frame.get_column(name)] == wanted, name
    assert scored.frame.get_column("eligible").all()
    assert scored.ranking == scoring.Ranking(
        6032, 6032, 6000, cutoff=Decimal("97.13"), admitted=6032, tied_at_cutoff=54
    )


def test_the_public_list_is_ranked_as_published(published: Path) -> None:
    """At the level of points, a quota of 6,000 gives the cutoff 97.13 with 54 tied, everybody in."""
    cohort = scoring.read(published / "admitted-2020.csv", rules=RULES, round_year=2020)
    scored = scoring.score(cohort, RULES, quota=6000)
    assert str(scored.ranking.cutoff) == "97.13"
    assert (scored.ranking.admitted, scored.ranking.tied_at_cutoff) == (6032, 54)
    assert scored.ranking.only_admitted
    assert scored.frame.get_column("age_band").null_count() == 0
