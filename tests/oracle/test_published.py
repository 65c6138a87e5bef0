"""Hold the literal scorer against the published list of 2020, where that list is at hand."""

import csv
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from .derive import derive, in_hundredths
from .literal import ITEMS, hundredths, rank_literally, residence_by_class, score_literally

PUBLISHED = Path(
    os.environ.get("JIFEN_PUBLISHED") or Path(__file__).resolve().parents[2].parent / "shared" / "published"
)
ADMITTED_2020 = PUBLISHED / "admitted-2020.csv"

pytestmark = pytest.mark.skipif(not ADMITTED_2020.exists(), reason="the published list of 2020 is not here")

Row = dict[str, str]
Derived = list[tuple[Row, dict[str, Any]]]


@pytest.fixture(scope="module")
def derived() -> Derived:
    """Read the list and derive facts from every row."""
    with ADMITTED_2020.open(encoding="utf-8-sig", newline="") as file:
        return [(row, derive(row)) for row in csv.DictReader(file)]


def test_list_is_whole(derived: Derived) -> None:
    """The list has the 6,032 people whom the city announced."""
    assert len(derived) == 6032


def test_every_column_comes_back(derived: Derived) -> None:
    """Facts derived from a published row score to all its ten columns and its total."""
    wrong = []
    for row, facts in derived:
        score = score_literally(facts, rulebook="beijing-2020", round_year=2020)
        got = score.items | {"total": score.total}
        published = {column: in_hundredths(row[column]) for column in (*ITEMS, "total")}
        if got != published:
            wrong.append((published, got))
    assert wrong == []


def test_everyone_published_was_eligible(derived: Derived) -> None:
    """Nothing stands against anybody on the list, retirement included."""
    reasons = [
        score_literally(facts, rulebook="beijing-2020", round_year=2020).reasons for _, facts in derived
    ]
    assert not any(reasons)


def test_cutoff_comes_back(derived: Derived) -> None:
    """A quota of 6,000 gives the announced cutoff of 97.13, with 54 people tied and all 6,032 admitted."""
    totals = [in_hundredths(row["total"]) for row, _ in derived]
    ranking = rank_literally(totals, [True] * len(totals), quota=6000)
    assert (ranking.cutoff, ranking.tied_at_cutoff, ranking.admitted_count) == (9713, 54, 6032)


def test_rounding_only_the_sum_of_residence_fails(derived: Derived) -> None:
    """Residence rounded once, after adding, gives back only 4,806 rows: the classes are rounded apart."""
    agree = sum(
        hundredths(sum(residence_by_class(facts).values(), start=Fraction(0)))
        == in_hundredths(row["residence"])
        for row, facts in derived
    )
    assert agree == 4806
