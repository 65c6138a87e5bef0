"""What may be published: no cell under the threshold, and none that other cells give back."""

from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import disclosure
from reports.disclosure import DisclosureError, Publishable
from simulate import distribution
from tests.reports.rounds import drawn, frame, scored

THRESHOLD = 10

counts = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=25)


def composition(cells: list[tuple[int, int]], *, ordered: bool) -> pl.DataFrame:
    """Make a composition of levels with so many admitted and so many not."""
    rows = [(f"level {number}", of + rest, of) for number, (of, rest) in enumerate(cells)]
    table = pl.DataFrame(rows, schema=["level", "pool", "admitted"], orient="row")
    share = [(pl.col(name) / pl.col(name).sum()).alias(f"{name}_share") for name in ("pool", "admitted")]
    rate = (pl.col("admitted") / pl.col("pool")).alias("admission_rate")
    return table.with_columns(*share, rate, pl.lit(ordered).alias("ordered"))


def hidden(told: list[int | None], true: list[int]) -> list[int]:
    """Give the true counts behind the hidden cells."""
    return [number for shown, number in zip(told, true, strict=True) if shown is None]


@pytest.mark.parametrize("threshold", [4, 0, -1, True, 10.0, "10", None])
def test_a_threshold_below_five_protects_nobody(threshold: Any) -> None:
    """A threshold is a whole number of people, and not below 5."""
    with pytest.raises(DisclosureError, match="at least 5"):
        disclosure.checked(threshold)


@given(counts, st.booleans())
def test_no_cell_and_no_difference_of_cells_is_small(cells: list[tuple[int, int]], ordered: bool) -> None:
    """Shown counts, the applicants not admitted, and what is hidden together all reach the threshold."""
    table = composition(cells, ordered=ordered)
    told = disclosure.composition(table, threshold=THRESHOLD).frame
    where = {level: row for row, levels in enumerate(told["levels"].to_list()) for level in levels}
    true = [[0, 0] for _ in range(told.height)]
    for number, (of, rest) in enumerate(cells):
        if of + rest:
            true[where[f"level {number}"]][0] += of
            true[where[f"level {number}"]][1] += of + rest
    for column, at in (("admitted", 0), ("pool", 1)):
        shown = told[column].to_list()
        assert all(number >= THRESHOLD for number in shown if number is not None)
        behind = hidden(shown, [row[at] for row in true])
        if len(behind) < told.height:
            assert not behind or (len(behind) >= 2 and sum(behind) >= THRESHOLD)
    both = told.filter(pl.col("admitted").is_not_null())
    assert all(rest >= THRESHOLD for rest in (both["pool"] - both["admitted"]))
    rests = hidden(told["admitted"].to_list(), [row[1] - row[0] for row in true])
    assert not rests or len(rests) == told.height or sum(rests) >= THRESHOLD


@given(counts, st.booleans())
def test_a_hidden_count_takes_share_and_rate_with_it(cells: list[tuple[int, int]], ordered: bool) -> None:
    """A share or a rate that rests on a hidden count is hidden as well, and a shown one is its own."""
    told = disclosure.composition(composition(cells, ordered=ordered), threshold=THRESHOLD).frame
    for row in told.rows(named=True):
        assert (row["pool"] is None) == (row["pool_share"] is None)
        assert (row["admitted"] is None) == (row["admitted_share"] is None) == (row["admission_rate"] is None)
        if row["admitted"] is not None:
            assert row["admission_rate"] == pytest.approx(row["admitted"] / row["pool"])


def test_a_lone_small_cell_hides_another() -> None:
    """One small cell could be had from the total, so the next smallest is hidden with it."""
    table = composition([(3, 40), (30, 40), (200, 40), (90, 40)], ordered=True)
    assert disclosure.composition(table, threshold=10).frame["admitted"].to_list() == [None, None, 200, 90]


def test_hidden_cells_that_count_too_few_together_hide_a_third() -> None:
    """Two cells of four people each would be known as eight people of either, so a third is hidden."""
    table = composition([(4, 40), (4, 40), (200, 40), (90, 40)], ordered=True)
    assert disclosure.composition(table, threshold=10).frame["admitted"].to_list() == [None, None, 200, None]


def test_nearly_everyone_admitted_is_hidden_like_nearly_no_one() -> None:
    """Where all but two of a group were admitted, the two are protected."""
    table = composition([(48, 2), (30, 40), (200, 40), (90, 40)], ordered=True)
    assert disclosure.composition(table, threshold=10).frame["admitted"].to_list() == [None, None, 200, 90]


def test_a_small_level_of_an_order_joins_its_neighbour() -> None:
    """Levels with an order become one row with the next to them, which names both."""
    table = composition([(20, 20), (20, 20), (2, 1)], ordered=True)
    told = disclosure.composition(table, threshold=10).frame
    assert told["levels"].to_list() == [["level 0"], ["level 1", "level 2"]]
    assert told["pool"].to_list() == [40, 43]


def test_small_levels_without_order_become_others() -> None:
    """Levels that count too few are one last row, with another level where they are still too few."""
    table = composition([(2, 1), (20, 20), (60, 20), (1, 0)], ordered=False)
    told = disclosure.composition(table, threshold=10).frame
    assert told["levels"].to_list() == [["level 2"], ["level 0", "level 1", "level 3"]]
    assert told["other"].to_list() == [False, True]


def test_many_levels_are_cut_at_the_most_numerous() -> None:
    """A column of hundreds of levels is told by its largest, the rest together."""
    table = composition([(10 + number, 20) for number in range(300)], ordered=False)
    told = disclosure.composition(table, threshold=10).frame
    assert told.height == disclosure.MOST_LEVELS
    assert told["pool"].sum() == table["pool"].sum()
    assert len(told["levels"][-1]) == 281


def test_a_population_that_is_not_told_leaves_no_column() -> None:
    """A list of admitted people has no pool, and no number of one."""
    table = composition([(30, 0), (3, 0), (4, 0), (70, 0)], ordered=True)
    told = disclosure.composition(table, threshold=10, populations=("admitted",)).frame
    assert told.columns == ["levels", "admitted", "admitted_share", "other"]
    assert told["admitted"].to_list() == [30, 77]


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=40),
    st.integers(0, 40),
    st.sampled_from([1, 2.5, 5]),
)
def test_merged_bins_are_large_and_fit_into_the_bands(people: list[int], cut: int, width: float) -> None:
    """Every bin and band reaches the threshold, and a bin lies in one band: no difference is small."""
    totals = [60 + number for number, size in enumerate(people) for _ in range(size)]
    if not totals:
        return
    round_ = scored(frame({"employment": totals}), quota=min(cut, len(totals)))
    bands = disclosure.merged(distribution.score_bands(round_), threshold=THRESHOLD)
    bins = disclosure.merged(distribution.score_bins(round_, width=width), threshold=THRESHOLD, within=bands)
    for told in (bands, bins):
        assert all(size >= THRESHOLD for size in told.frame["people"])
        assert told.frame["people"].sum() in (0, len(totals))
    edges = [{*told.frame["lower"], *told.frame["upper"]} for told in (bands, bins)]
    assert edges[0] <= edges[1]


def test_bins_are_never_merged_across_the_cutoff() -> None:
    """Whoever was admitted is counted apart from whoever was not."""
    round_ = scored(drawn(500), quota=40)
    told = disclosure.merged(distribution.score_bins(round_), threshold=THRESHOLD)
    assert told.frame.filter("admitted")["people"].sum() == round_.ranking.admitted
    assert told.frame.filter("admitted")["lower"].min() == round_.ranking.cutoff


def test_a_side_of_the_cutoff_with_few_people_hides_the_distribution() -> None:
    """Four admitted among many have no distribution, and nor do the others, or a difference tells."""
    totals = [50] * 40 + [90, 91, 92, 93]
    round_ = scored(frame({"employment": totals}), quota=4)
    assert disclosure.merged(distribution.score_bins(round_), threshold=THRESHOLD).frame.is_empty()


def test_a_side_without_anybody_is_no_side() -> None:
    """Where everyone was admitted, the empty stretch below the cutoff hides nothing and is not told."""
    round_ = scored(frame({"employment": ["90.50"] * 20 + ["96.00"] * 15}), quota=35)
    told = disclosure.merged(distribution.score_bins(round_), threshold=10).frame
    assert told["people"].to_list() == [15, 20]
    assert told["admitted"].all()


def test_the_tail_is_one_bin_from_the_outside_inward() -> None:
    """Sparse bins at the end become one that reaches the threshold, and neighbours touch."""
    sizes = {90: 30, 91: 20, 92: 12, 93: 4, 94: 3, 97: 2, 99: 1}
    totals = [total for total, size in sizes.items() for _ in range(size)]
    told = disclosure.merged(
        distribution.score_bins(scored(frame({"employment": totals}), quota=0)), threshold=10
    )
    assert told.frame["people"].to_list() == [10, 12, 20, 30]
    assert told.frame["cumulative"].to_list() == [10, 22, 42, 72]
    assert [upper for _, upper in told.frame.select("lower", "upper").rows()][1:] == told.frame[
        "lower"
    ].to_list()[:-1]


def test_bins_that_do_not_fit_into_the_bands_are_refused() -> None:
    """Bars of three points and bands of five would tell each other's people apart."""
    round_ = scored(drawn(500), quota=100)
    bands = disclosure.merged(distribution.score_bands(round_), threshold=10)
    with pytest.raises(DisclosureError, match="bin_width"):
        disclosure.merged(distribution.score_bins(round_, width=3), threshold=10, within=bands)


def told_indicators(columns: dict[str, list[int]], *, quota: int) -> dict[tuple[str, str], dict[str, Any]]:
    """Protect the indicators of people written out."""
    told = disclosure.indicators(distribution.indicators(scored(frame(columns), quota=quota)), threshold=10)
    return {(row["indicator"], row["population"]): row for row in told.frame.rows(named=True)}


def test_a_mean_over_few_people_with_points_is_hidden() -> None:
    """Nine honours of 20 points would be counted from their mean, so mean and share are not told."""
    row = told_indicators({"employment": [30] * 100, "honours": [20] * 9 + [0] * 91}, quota=0)[
        "honours", "pool"
    ]
    assert row["mean_points"] is None
    assert (row["bound"], row["share"]) == ("below", 0.1)


def test_ten_people_with_points_are_told() -> None:
    """At the threshold itself mean and share are shown."""
    row = told_indicators({"employment": [30] * 100, "honours": [20] * 10 + [0] * 90}, quota=0)[
        "honours", "pool"
    ]
    assert (row["mean_points"], row["bound"], row["share"]) == (2.0, "exact", 0.1)


def test_nearly_everyone_is_told_as_a_bound() -> None:
    """Where all but three have points, the share says only that more than nine in ten do."""
    row = told_indicators({"employment": [30] * 97 + [0] * 3}, quota=0)["employment", "pool"]
    assert (row["bound"], row["share"]) == ("above", 0.9)


def test_the_pool_hides_what_the_admitted_would_single_out() -> None:
    """Eleven of the pool and ten of the admitted with points would leave one known person without a place."""
    columns = {"employment": [60] * 50 + [30] * 50, "honours": [20] * 10 + [0] * 40 + [20] + [0] * 49}
    rows = told_indicators(columns, quota=50)
    assert rows["honours", "admitted"]["bound"] == "exact"
    assert rows["honours", "pool"]["bound"] is None
    assert rows["honours", "pool"]["mean_points"] is None
    assert rows["honours", "pool"]["share"] is None


def test_the_true_counts_are_dropped() -> None:
    """What is published of the indicators has no column of counts."""
    told = disclosure.indicators(distribution.indicators(scored(drawn(100), quota=20)), threshold=10)
    assert "counted" not in told.frame.columns


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_headline_counts_tell_no_small_difference(tied: int, rest: int, barred: int) -> None:
    """Of applicants, eligible, admitted and tied, no count and no difference between two shown is small."""
    admitted = tied + 25
    counts_ = {
        "applicants": admitted + rest + barred,
        "eligible": admitted + rest,
        "admitted": admitted,
        "tied": tied,
    }
    told = disclosure.headline(counts_, threshold=10)
    shown = sorted(number for number in told.values() if number is not None)
    assert not {*range(1, 10)} & {*shown, *(high - low for low, high in pairwise(shown))}


def test_a_headline_of_nobody_is_told() -> None:
    """A round without places admitted nobody, and the page says so."""
    counts_ = {"applicants": 50, "eligible": 50, "admitted": 0, "tied": 0}
    assert disclosure.headline(counts_, threshold=10) == counts_


def test_what_charts_take_is_publishable() -> None:
    """Protected frames come in a type of their own, which says the threshold they were protected with."""
    told = disclosure.composition(composition([(30, 30), (40, 40)], ordered=False), threshold=12)
    assert isinstance(told, Publishable)
    assert told.threshold == 12
