"""Drawn lives keep the promises of `Lives`, and hang together as lives do."""

from functools import cache

import numpy as np
import polars as pl
import pytest

from scoring import Rulebook
from scoring.rulebook.schema import DISTRICTS, SIX_DISTRICTS
from synthetic_data.population import Lives, Parameters, draw, facts
from synthetic_data.population.lives import NEVER, NONE

PARAMETERS = Parameters.load()
SIZE = 60_000


@cache
def people() -> Lives:
    """Give some people."""
    return draw(PARAMETERS, size=SIZE, seed=11)


@cache
def applicants() -> pl.DataFrame:
    """Give the facts of the applicants of 2020."""
    return facts(Rulebook.load("beijing-2020"), round_year=2020, size=40_000, seed=11)


def test_breaks_lie_within_careers_and_apart() -> None:
    """No month is in two gaps or in a gap and back-paid, and none before the first insured one."""
    lives = people()
    begin = np.vstack([lives.gap_from, lives.back_paid_from]).astype(int)
    months = np.vstack([lives.gap_months, lives.back_paid_months]).astype(int)
    there = begin < NEVER
    assert np.array_equal(there, months > 0)
    assert np.all(begin[there] >= np.broadcast_to(lives.insured_from, begin.shape)[there])
    order = np.argsort(begin, axis=0)
    ordered, lasted = (np.take_along_axis(one, order, axis=0) for one in (begin, months))
    assert np.all(ordered[:-1] + lasted[:-1] <= ordered[1:])
    assert there.sum(axis=1).min() > 100


def test_what_comes_later_is_later() -> None:
    """The second gap, home, credential and child, and the last round after the first."""
    lives = people()
    for name in ("gap_from", "home_from", "child_born"):
        first, second = lives.columns()[name][:2]
        assert np.all((first < second) | ((first == NEVER) & (second == NEVER)))
    second = lives.credential[1] > 0
    assert np.all(lives.credential[1][second] > lives.credential[0][second])
    assert np.all(
        lives.graduated[0][second & (lives.credential[0] > 0)]
        < lives.graduated[1][second & (lives.credential[0] > 0)]
    )
    assert np.all(lives.insured_from < lives.insured_last)


def test_nobody_works_as_a_child_or_owns_before_arriving() -> None:
    """Insurance begins at 16 or later, a home at the earliest with the insurance."""
    lives = people()
    birth = (lives.birth_day / 365.2425 + 1970) * 12
    assert np.all(lives.insured_from - birth >= 16 * 12)
    assert np.all(np.minimum(lives.home_from[0], lives.spouse_home_from) >= lives.insured_from)


def test_codes_and_dates_are_ones_there_are() -> None:
    """Districts, awards, honours and tax say something wherever they say anything."""
    lives, rules = people(), Rulebook.load("beijing-2020")
    assert max(lives.home_district.max(), lives.job_district.max(), lives.other_district.max()) < len(
        DISTRICTS
    )
    for code, month, keys in (
        (lives.award, lives.award_month, rules.award_keys),
        (lives.honour, lives.honour_month, rules.honour_keys),
    ):
        assert np.array_equal(code == NONE, month == NEVER)
        assert code[code != NONE].max() < len(keys)
    pays = lives.tax_from < NEVER
    assert np.all(lives.tax_yuan[pays] >= 100_000)
    assert np.all(lives.tax_through[pays] >= lives.tax_from[pays])


@pytest.mark.parametrize(
    ("path", "observed"),
    [
        ("person.male", lambda lives: lives.sex == 1),
        ("person.cadre", lambda lives: lives.post == 1),
        ("rare.award", lambda lives: lives.award != NONE),
        ("rare.honour", lambda lives: lives.honour != NONE),
        ("rare.criminal_record", lambda lives: lives.criminal_record),
        ("home.buys", lambda lives: lives.home_from[0] < NEVER),
    ],
)
def test_shares_are_those_of_the_parameters(path: str, observed: object) -> None:
    """Within four standard errors of a share of 60,000 people."""
    share = PARAMETERS.number(path)
    assert callable(observed)
    assert abs(np.mean(observed(people())) - share) < 4 * np.sqrt(share * (1 - share) / SIZE)


def test_more_study_means_a_later_start() -> None:
    """Age at the first insured month rises from junior college to bachelor, master and doctor."""
    lives = people()
    age = lives.insured_from / 12 - (lives.birth_day / 365.2425 + 1970)
    came_later = lives.insured_from > 12 * 2000
    ages = [np.mean(age[(lives.credential[0] == level) & came_later]) for level in (1, 4, 7, 10)]
    assert ages == sorted(ages)
    assert 20 < ages[0] < ages[-1] < 36


def test_homes_are_bought_after_years_of_work() -> None:
    """Among those who came by 2002, more own a home in 2020 than among those who came since 2011."""
    lives = people()
    owns = lives.home_from[0] < 12 * 2020
    early, late = lives.insured_from < 12 * 2003, lives.insured_from >= 12 * 2011
    assert owns[early].mean() > owns[late].mean() + 0.1


def test_older_people_have_longer_careers() -> None:
    """Birth and the first insured month go together, and not one for one."""
    lives = people()
    assert 0.3 < np.corrcoef(lives.birth_day, lives.insured_from)[0, 1] < 0.97


def test_the_pool_is_one_of_grown_people() -> None:
    """Ages, careers and credentials of the applicants of 2020 are those of people who could apply."""
    pool = applicants().select(
        age=2020 - pl.col("birth_date").dt.year(), career=pl.col("insured_months") / 12, education="education"
    )
    low, middle, high = (quantile(pool, "age", at) for at in (0.01, 0.5, 0.99))
    assert 25 < low < 35 < middle < 45 < high < 60
    low, middle, high = (quantile(pool, "career", at) for at in (0.01, 0.5, 0.99))
    assert 5 < low < 10 < middle < 16 < high < 22
    credentials = dict(pool.get_column("education").value_counts(normalize=True).iter_rows())
    assert credentials["bachelor"] > credentials["master"] > credentials["doctor"] > 0.002
    assert credentials["none"] < 0.25


def quantile(frame: pl.DataFrame, column: str, at: float) -> float:
    """Give a quantile of a column."""
    return float(np.quantile(frame.get_column(column).to_numpy(), at))


def test_owners_live_on_both_sides_of_the_border() -> None:
    """Most own homes of applicants lie outside the six districts, and far from all."""
    owners = applicants().filter(pl.col("own_home_months") > 0)
    inside = owners.get_column("home_district").cast(pl.String).is_in(SIX_DISTRICTS)
    assert 0.15 < float(np.mean(inside.to_numpy())) < 0.6


def test_almost_all_who_apply_may() -> None:
    """A pool is made of people who think that they qualify: a few per cent do not."""
    pool = applicants()
    short = (pool.get_column("continuous_insured_months") < 84).to_numpy()
    assert 0 < np.mean(short) < 0.08
    assert 0 < np.mean(~pool.get_column("insurance_in_order").to_numpy()) < 0.05
