"""The queue of people against scoring itself, year by year."""

import numpy as np
import polars as pl
import pytest

import scoring
from scoring import Rulebook
from scoring.errors import UnknownName
from simulate.queue import NOT_YET, QueueError, behaviour, line_of, queue
from simulate.queue.people import GROUPS
from synthetic_data.population import Lives, Parameters, draw, facts_of

TRIAL, IN_FORCE = Rulebook.load("beijing-2018-trial"), Rulebook.load("beijing-2020")
RULES = {year: TRIAL if year < 2020 else IN_FORCE for year in range(2018, 2023)}
CERTAIN = behaviour(
    {
        "entering.skips": 0.0,
        "leaving.leaves": 0.0,
        "notice.objected": 0.0,
        "settling.withdraws": 0.0,
        "settling.lapses": 0.0,
    }
)


@pytest.fixture(scope="module")
def lives() -> Lives:
    """Return 6,000 people who may ever apply."""
    return draw(Parameters.load(), size=6_000, seed=3)


def scored(lives: Lives, year: int, quota: int) -> scoring.Scored:
    """Score people of a year through their facts and the door of cohorts."""
    frame = facts_of(lives, RULES[year], year)
    cohort = scoring.Cohort.from_frame(frame, rules=RULES[year], round_year=year)
    return scoring.score(cohort, RULES[year], quota=quota)


def test_without_chance_the_queue_is_scoring_year_after_year(lives: Lives) -> None:
    """From 2018 on, under the rules of each year, cutoffs and who is there are those of scored cohorts."""
    paths = queue(lives, RULES, quota=120, years=range(2018, 2023), replications=2, seed=1, rates=CERTAIN)
    waiting = np.ones(len(lives), dtype=np.bool_)
    for at, year in enumerate(paths.years):
        there = np.flatnonzero(waiting & (lives.applies_from <= year) & (year <= lives.leaves_after))
        one = scored(lives.take(there), year, 120)
        admitted = one.frame.get_column("admitted").to_numpy()
        ranking = one.ranking
        assert ranking.cutoff is not None
        expected = (int(ranking.cutoff * 100), ranking.admitted, ranking.eligible, ranking.applicants)
        found = (paths.cutoff, paths.admitted, paths.eligible, paths.pool)
        assert tuple(int(counts[at, 1]) for counts in found) == expected
        children = one.cohort.frame.get_column("minor_children").to_numpy()
        assert paths.children[at, 0] == children[admitted].sum()
        waiting[there[admitted]] = False


def test_groups_are_those_of_scored_cohorts(lives: Lives) -> None:
    """In the first round, the admitted by birth year, sex, credential and points are those of the cohort."""
    line = line_of(lives, RULES, years=[2018], rates=CERTAIN, groups=GROUPS)
    there = np.flatnonzero((lives.applies_from <= 2018) & (lives.leaves_after >= 2018))
    there = there[np.argsort(lives.applies_from[there], kind="stable")]
    one = scored(lives.take(there), 2018, 100).frame
    rows = (line.totals[0] > 0) | (line.arrives <= 2018)
    for name in ("sex", "education_level"):
        told = np.array(line.groups[name].levels)[line.groups[name].codes[0][rows]]
        assert told.tolist() == one.get_column(name).cast(pl.String).to_list()
    for name in ("tax", "education", "job_housing_area", "study_deduction"):
        told = np.array(line.groups[name].levels)[line.groups[name].codes[0][rows]]
        assert told.tolist() == [int(points * 100) for points in one.get_column(name)]
    born = facts_of(lives.take(there), TRIAL, 2018).get_column("birth_date").dt.year()
    told = np.array(line.groups["birth_year"].levels)[line.groups["birth_year"].codes[0][rows]]
    assert told.tolist() == born.to_list()


def test_who_was_admitted_before_the_first_year_is_not_there(lives: Lives) -> None:
    """The pool at the start has applied before, and lacks those at or above the published cutoffs."""
    line = line_of(lives, RULES, years=[2019])
    in_2018 = scored(lives.take((lives.applies_from <= 2018) & (lives.leaves_after >= 2018)), 2018, 10)
    total = pl.col("total").cast(pl.Float64)
    above = in_2018.frame.filter(pl.col("eligible") & (total >= 90.75)).height
    assert above > 0
    still = ((lives.applies_from <= 2018) & (lives.leaves_after >= 2019)).sum()
    at_start = (line.applied_since != NOT_YET).sum()
    assert still - above <= at_start < still
    assert set(np.unique(line.applied_since)) <= {2018, NOT_YET}


def test_rates_come_on_top_of_life_courses(lives: Lives) -> None:
    """Those who skip or leave are fewer in the pool, and who is admitted may be lost."""
    years = range(2018, 2023)
    certain = queue(lives, RULES, quota=60, years=years, replications=8, seed=1, rates=CERTAIN)
    plain = queue(lives, RULES, quota=60, years=years, replications=8, seed=1)
    assert (plain.pool <= certain.pool).all()
    assert plain.pool[-1].mean() < certain.pool[-1].mean()
    assert certain.reservoir.sum() == 0 < plain.reservoir.sum()
    assert (certain.settled == certain.admitted).all()
    assert (plain.settled.sum(axis=0) < plain.admitted.sum(axis=0)).any()


def test_what_people_cannot_be_asked_is_refused(lives: Lives) -> None:
    """A year without rules, rounds of unknown admission before the first, and unknown groups are named."""
    with pytest.raises(QueueError, match="the round of 2023 has no rulebook"):
        line_of(lives, RULES, years=[2022, 2023])
    with pytest.raises(QueueError, match="begin in 2023 at the latest"):
        line_of(lives, IN_FORCE, years=[2026])
    with pytest.raises(UnknownName, match="did you mean birth_year"):
        line_of(lives, IN_FORCE, years=[2022], groups=("birthyear",))
    with pytest.raises(QueueError, match="must follow one another"):
        line_of(lives, IN_FORCE, years=[])
