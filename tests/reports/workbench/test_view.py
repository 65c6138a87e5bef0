"""What a screen may show: cells of a threshold and more, and nothing that gives a smaller one back."""

from decimal import Decimal

import numpy as np
import polars as pl
import pytest

import scoring
from reports import disclosure
from reports.words import Words
from reports.workbench.view import Viewer
from simulate.live import Answer
from tests.reports.workbench.benches import asked, panel
from tests.simulate.engine.cohorts import RULES, facts_cohort

GROUPS = {"group": pl.String, "level": pl.String}


def groups(admitted: list[int], baseline: list[int]) -> pl.DataFrame:
    """Write the levels of one group as an answer counts them."""
    rows = range(len(admitted))
    return pl.DataFrame(
        {
            "group": ["sector" for _ in rows],
            "level": [f"level {row}" for row in rows],
            "admitted": admitted,
            "baseline": baseline,
            "share": [people / sum(admitted) for people in admitted],
            "baseline_share": [people / sum(baseline) for people in baseline],
        }
    )


@pytest.mark.parametrize(
    ("admitted", "baseline", "hidden"),
    [
        ([50, 40, 30], [60, 40, 20], []),
        ([50, 40, 4], [60, 40, 20], [1, 2]),
        ([50, 40, 30], [60, 40, 9], [1, 2]),
        ([50, 40, 0], [60, 40, 0], [1, 2]),
        ([100, 3, 4, 5], [100, 20, 20, 20], [1, 2, 3]),
    ],
)
def test_a_small_level_is_hidden_on_both_sides(
    admitted: list[int], baseline: list[int], hidden: list[int]
) -> None:
    """A small cell takes its other side with it, and further levels until the total tells neither."""
    told = disclosure.beside_baseline(groups(admitted, baseline), threshold=10)
    for column in ("admitted", "share", "baseline", "baseline_share"):
        assert told.frame[column].is_null().arg_true().to_list() == hidden
    assert told.hidden == 2 * len(hidden)


def moved(entered: int, left: int) -> tuple[str, str]:
    """Say how many enter and leave."""
    counts = dict.fromkeys(("admitted", "tied"), 100)
    nobody = np.zeros(0, dtype=np.int64)
    answer = Answer(
        Decimal(90), Decimal(90), **counts, entered=entered, left=left,
        groups=groups([50], [50]), is_admitted=np.ones(1, dtype=bool), totals=nobody, people=nobody,
    )  # fmt: skip
    bench = panel()._viewer.bench
    return Viewer(Words.load("en"), 10, 1_000, bench, bench.ask())._moved(answer)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((120, 80), ("120", "80")),
        ((500, 0), ("500", "0")),
        ((3, 3), ("fewer than 10", "fewer than 10")),
        ((123, 3), ("about 120", "fewer than 10")),
        ((0, 9), ("0", "fewer than 10")),
    ],
)
def test_few_who_move_are_not_counted_out(counts: tuple[int, int], told: tuple[str, str]) -> None:
    """Below the threshold a count is not told, and the other is rounded, since their difference is known."""
    assert moved(*counts) == told


def test_few_admitted_are_not_told() -> None:
    """Where fewer than the threshold are in, now or at the baseline, no number, bar or share tells them."""
    start = panel(scoring.score(facts_cohort(2_000), RULES, quota=4), lang="en").start
    (admitted,) = [fact for fact in start["facts"] if fact["key"] == "admitted"]
    assert (admitted["value"], admitted["note"]) == ("fewer than 10", "baseline fewer than 10")
    assert start["bars"] == []
    assert {row["share_text"] for group in start["groups"] for row in group["rows"]} == {"*"}


def test_the_bars_count_the_pool_and_part_at_the_cutoff() -> None:
    """Bars tile the axis without gap, their people add up, and those from the cutoff on are the admitted."""
    reply = asked(panel(lang="en"), quota="150")
    bars = reply["bars"]
    assert [bar["upper"] for bar in bars[:-1]] == [bar["lower"] for bar in bars[1:]]
    people = [int(bar["tip"].split(": ")[1].split(" ")[0].replace(",", "")) for bar in bars]
    admitted = [count for bar, count in zip(bars, people, strict=True) if bar["admitted"]]
    (counted,) = [fact["value"] for fact in reply["facts"] if fact["key"] == "admitted"]
    assert sum(admitted) == int(counted)
    assert min(people) >= 10
    assert next(bar["lower"] for bar in bars if bar["admitted"]) == pytest.approx(reply["cutoff"])


def test_no_extreme_total_is_told() -> None:
    """The outermost bars have open ends, and reach to whole fives."""
    bars = panel(lang="en").start["bars"]
    assert bars[0]["lower"] % 5 == bars[-1]["upper"] % 5 == 0
    assert bars[0]["tip"].startswith("under ")
    assert " points or more: " in bars[-1]["tip"]


def test_shares_are_those_of_the_answer() -> None:
    """A level's share, the baseline's and the change agree, and hidden ones are asterisks."""
    rows = {
        group["key"]: group["rows"]
        for group in asked(panel(lang="en"), employment__points_per_year="2")["groups"]
    }
    for row in rows["sex"]:
        change = 100 * (row["share"] - row["was"])
        assert float(row["change_text"].replace("−", "-")) == pytest.approx(change, abs=0.051)
        assert row["share_text"] == f"{100 * row['share']:.1f}%"
    assert any(row["share_text"] == "*" for row in rows["education_level"])
