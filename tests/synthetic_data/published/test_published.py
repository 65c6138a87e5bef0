"""Public totals: well-formed, sourced, in agreement among themselves, and no row about a person."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from scoring import Rulebook
from synthetic_data import published

FOLDER = Path(published.__file__).parent
READERS = (
    published.rounds,
    published.rank_scores,
    published.admitted_birth_years,
    published.admitted_counts,
    published.admitted_statistics,
    published.admitted_area_by_tax,
    published.pool_2020,
)
KEYS = {
    "rounds": ["round"],
    "rank_scores": ["round", "rank"],
    "admitted_birth_years": ["round", "birth_year"],
    "admitted_counts": ["round", "column", "points"],
    "admitted_statistics": ["round", "column", "statistic", "at"],
    "admitted_area_by_tax": ["round", "job_housing_area", "tax"],
    "pool_2020": ["total"],
}
ROUNDS = {row["round"]: row for row in published.rounds().iter_rows(named=True)}


def counts(round_year: int, column: str) -> dict[int, int]:
    """Give the admitted of a round by their points in a column."""
    rows = published.admitted_counts().filter(round=round_year, column=column)
    return dict(rows.select("points", "admitted").iter_rows())


def statistic(round_year: int, column: str, name: str, at: float | None = None) -> float:
    """Give one figure about the admitted of a round."""
    rows = published.admitted_statistics().filter(round=round_year, column=column, statistic=name)
    figures = rows if at is None else rows.filter(at=at)
    return float(figures.get_column("figure").item())


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_row_is_told_by_its_key_and_stands_once(read: Callable[[], pl.DataFrame]) -> None:
    """No figure is given twice, and only a figure that is not known is null."""
    table = read()
    keys = KEYS[read.__name__]
    assert table.select(keys).is_duplicated().any() is False
    optional = {"applicants", "highest", "mean", "median", "at"}
    assert (
        table.drop([name for name in table.columns if name in optional]).null_count().sum_horizontal().sum()
        == 0
    )


def test_every_table_has_its_source_and_quality() -> None:
    """And the register names no table that is not there."""
    tables = {path.stem for path in FOLDER.glob("*.csv")}
    register = published.sources()
    assert {source.name for source in register} - {"returns"} == tables
    assert all(source.source and source.quality and source.title for source in register)


def test_no_table_is_about_single_people() -> None:
    """Each is far shorter than a list of people, and has at most two published columns side by side."""
    columns = {"employment", "residence", "education", "study_deduction", "job_housing_area"}
    columns |= {"innovation", "tax", "age", "honours", "law_abiding"}
    for path in FOLDER.glob("*.csv"):
        table = pl.read_csv(path)
        assert table.height < 300
        assert len(columns & set(table.columns)) <= 2


def test_rounds_went_by_a_rulebook_of_that_time() -> None:
    """Each rulebook that is named governed its round."""
    assert all(Rulebook.load(row["rulebook"]).in_force(year) for year, row in ROUNDS.items())


def test_the_cutoff_is_the_total_at_the_quota() -> None:
    """In every round whose thresholds are held, and totals fall with rank."""
    table = published.rank_scores()
    at_quota = table.filter(rank=6000)
    assert at_quota.height == 4
    assert all(ROUNDS[row["round"]]["cutoff"] == row["total"] for row in at_quota.iter_rows(named=True))
    fall = table.sort("round", "rank").select(pl.col("total").diff().over("round") < 0).to_series()
    assert fall.drop_nulls().all()


def test_everyone_admitted_is_in_every_count() -> None:
    """By birth year, by value of a column, and by area and tax together."""
    tables = {"birth": published.admitted_birth_years(), "area by tax": published.admitted_area_by_tax()}
    for name, table in tables.items():
        for year, admitted in table.group_by("round").agg(pl.col("admitted").sum()).iter_rows():
            assert (name, year, admitted) == (name, year, ROUNDS[year]["admitted"])
    columns = published.admitted_counts().group_by("round", "column").agg(pl.col("admitted").sum())
    for year, column, admitted in columns.iter_rows():
        assert (column, year, admitted) == (column, year, ROUNDS[year]["admitted"])


@pytest.mark.parametrize("year", [2020, 2022])
def test_joint_counts_add_up_to_those_of_either_column(year: int) -> None:
    """Area and tax are the same people, whichever table counts them."""
    joint = published.admitted_area_by_tax().filter(round=year)
    for column in ("job_housing_area", "tax"):
        alone = dict(joint.group_by(column).agg(pl.col("admitted").sum()).iter_rows())
        assert alone == counts(year, column)


@pytest.mark.parametrize("year", [2020, 2022])
@pytest.mark.parametrize(
    "column", ["education", "study_deduction", "job_housing_area", "tax", "age", "honours"]
)
def test_means_and_shares_follow_from_the_counts(year: int, column: str) -> None:
    """To the digits that are published."""
    by_points = counts(year, column)
    admitted = ROUNDS[year]["admitted"]
    mean = sum(points * people for points, people in by_points.items()) / admitted / 100
    assert statistic(year, column, "mean") == pytest.approx(mean, abs=0.00006)
    some = admitted - by_points.get(0, 0)
    assert statistic(year, column, "share_nonzero") == pytest.approx(some / admitted, abs=0.00006)


@pytest.mark.parametrize("year", [2020, 2022])
def test_quantiles_of_totals_agree_with_the_round(year: int) -> None:
    """The median is the round's, and no quantile lies below the cutoff."""
    assert round(statistic(year, "total", "quantile", 0.5) * 100) == ROUNDS[year]["median"]
    assert statistic(year, "total", "mean") == pytest.approx(ROUNDS[year]["mean"] / 100, abs=0.006)
    assert round(statistic(year, "total", "quantile", 0.01) * 100) >= ROUNDS[year]["cutoff"]


def test_the_pool_grows_downwards_and_holds_the_admitted() -> None:
    """More pass as the bar falls, the cutoff lies where the list says, and applicants bound them all."""
    pool = published.pool_2020()
    assert pool.get_column("total").is_sorted(descending=True)
    assert (pool.get_column("applicants_at_or_above").diff().drop_nulls() > 0).all()
    assert pool.get_column("applicants_at_or_above").max() == 113_923 < ROUNDS[2020]["applicants"]
    above = dict(pool.select("total", "applicants_at_or_above").iter_rows())
    assert above[9800] < ROUNDS[2020]["admitted"] < above[9700]
    assert set(pool.get_column("quality")) == {"checked", "unofficial", "interpolated"}


def test_points_are_exact() -> None:
    """A cutoff of 97.13 is 9713 hundredths, as the text in the file says it."""
    text = pl.read_csv(FOLDER / "rounds.csv", infer_schema=False)
    written = [int(Decimal(one) * 100) for one in text.get_column("cutoff")]
    assert published.rounds().get_column("cutoff").to_list() == written == [9075, 9358, 9713, 10088, 10542]


def test_returns_are_a_share() -> None:
    """The bounds are in order; what they bound is said in the register."""
    assert published.returns() == (0.21, 0.23)
