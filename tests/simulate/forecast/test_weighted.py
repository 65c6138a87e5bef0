"""The line under the ensemble: against the queue of single people, a plain loop, and the forecast."""

import numpy as np
import pytest

from simulate.calibrate.ensemble import load
from simulate.forecast import Drawing, ForecastError, WeightedLine, line_of
from simulate.forecast.people import ToCome
from simulate.forecast.years import Rounds
from simulate.queue import NOBODY, Line, Presence, admit
from tests.reports.rounds import RULES

YEARS = (2023, 2024, 2025)


def lives(size: int, *, replications: int, seed: int, most: int = 1, stays: float = 1.0) -> WeightedLine:
    """Draw a small line dense with ties, each life up to so many people."""
    random = np.random.default_rng(seed)
    ready = random.choice([2020, 2023, 2024, 2025], size)
    ranked = (np.array(YEARS)[:, None] >= ready) & (random.random((3, size)) < 0.9)
    return WeightedLine(
        years=YEARS,
        members=1,
        people=random.integers(0, most + 1, (size, replications)).astype(np.uint16),
        stays=np.full(replications, stays),
        totals=random.integers(80, 110, (3, size)).astype(np.int32) * 100,
        ranked=ranked,
        ready=np.where(ranked.any(axis=0), 2023 + ranked.argmax(axis=0), 2025).astype(np.int16),
        applied=np.minimum(ready, 2023).astype(np.int16),
        born=random.integers(1970, 1990, size).astype(np.int16),
        children=random.integers(0, 3, (3, size)).astype(np.int8),
    )


def plainly(line: WeightedLine, quota: int, replication: int) -> list[tuple[int, float, float, float]]:
    """Run one replication by sorting everybody in every year: cutoff, admitted, backlog, children."""
    there, told = line.people[:, replication] > 0, []
    for at, year in enumerate(line.years):
        waited = np.maximum(0, year - np.maximum(line.ready, line.years[0]))
        people = line.people[:, replication] * line.stays[replication] ** waited
        rows = [
            row for row in np.argsort(-line.totals[at], kind="stable") if there[row] and line.ranked[at, row]
        ]
        reached, cutoff = 0.0, NOBODY
        for row in rows:
            if reached < quota - 1e-9:
                cutoff = int(line.totals[at, row])
            reached += people[row]
        taken = [row for row in rows if line.totals[at, row] >= cutoff]
        admitted = sum(people[row] for row in taken)
        children = sum(people[row] * line.children[at, row] for row in taken)
        told.append((cutoff, admitted, sum(people[row] for row in rows) - admitted, children))
        there[taken] = False
    return told


@pytest.mark.parametrize("quota", [0, 1, 7, 40, 1_000])
@pytest.mark.parametrize("seed", range(3))
def test_it_admits_as_a_plain_loop_does(seed: int, quota: int) -> None:
    """Lives of several people, of whom some leave, are admitted as one by one, whatever the quota."""
    line = lives(60, replications=5, seed=seed, most=4, stays=0.9)
    found = line.run(np.full(3, quota))
    for replication in range(5):
        for at, row in enumerate(plainly(line, quota, replication)):
            assert found.cutoff[at, replication] == row[0]
            numbers = (found.admitted, found.backlog, found.children)
            assert [float(one[at, replication]) for one in numbers] == pytest.approx(row[1:], abs=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_lives_of_one_person_are_the_queue(seed: int) -> None:
    """Where each life is one person and nobody leaves, `simulate.queue` admits the same people."""
    line = lives(200, replications=1, seed=seed)
    there = np.flatnonzero(line.people[:, 0])
    alone = Line(
        years=YEARS,
        totals=line.totals[:, there],
        eligible=line.ranked[:, there],
        applied_since=np.full(len(there), 2020),
    )
    known = admit(Presence.draw(alone, replications=1, seed=1), 9)
    found = line.run(np.full(3, 9))
    assert found.cutoff.tolist() == known.cutoff.tolist()
    assert found.admitted.tolist() == known.admitted.tolist()
    assert found.backlog.tolist() == known.backlog.tolist()


def test_places_may_differ_from_replication_to_replication() -> None:
    """Each replication under its own places is as it is when all have them; far down the ranking, too."""
    line = lives(3_000, replications=4, seed=5, most=2, stays=0.95)
    places = np.array([[3, 900, 0, 40], [30, 9, 1_500, 40], [3, 9_000, 15, 40]])
    together = line.run(places)
    for replication in range(4):
        alone = line.run(places[:, replication])
        assert together.cutoff[:, replication].tolist() == alone.cutoff[:, replication].tolist()
        assert together.backlog[:, replication] == pytest.approx(alone.backlog[:, replication], abs=1e-2)


def test_the_admitted_are_described_by_how_many_they_are() -> None:
    """Three people born in 1980 and one born in 1984 are born in 1981 on average."""
    line = WeightedLine(
        years=(2023,),
        members=1,
        people=np.array([[3], [1], [5]], np.uint16),
        stays=np.ones(1),
        totals=np.array([[11_000, 10_800, 9_000]], np.int32),
        ranked=np.ones((1, 3), np.bool_),
        ready=np.array([2020, 2023, 2023]),
        applied=np.array([2020, 2022, 2023]),
        born=np.array([1980, 1984, 1990]),
        children=np.array([[1, 0, 2]], np.int8),
    )
    found = line.run(np.array([4]))
    assert (found.cutoff.item(), found.admitted.item(), found.backlog.item()) == (10_800, 4, 5)
    assert (found.born.item(), found.applied.item(), found.children.item()) == (1981, 2020.5, 3)


@pytest.mark.parametrize(
    ("years", "reference", "message"),
    [
        (range(2025, 2028), 2020, "begin in 2025: they can begin after the rounds of 2020 to 2022"),
        (range(2020, 2022), 2020, "begin in 2020: they can begin after the rounds of 2020 to 2022"),
        (range(2023, 2034), 2020, "2033 lies too far ahead; 2030 is the last"),
        (range(2022, 2024), 2022, "the pool of 2022 is not known; there are those of 2020 to 2021"),
    ],
)
def test_years_that_cannot_be_forecast_are_refused(years: range, reference: int, message: str) -> None:
    """Years must follow a published round, and end where people who come later are drawn."""
    with pytest.raises(ForecastError, match=message):
        Drawing(years=tuple(years), replications=1, seed=1, reference=reference)


@pytest.fixture(scope="module")
def to_come() -> ToCome:
    """Draw few lives, of whom each then stands for many people."""
    return ToCome.of(load(2022)[:2], origin=2022, last=2026, draws=200_000, near=False)


def test_under_a_constant_quota_it_is_the_forecast(to_come: ToCome) -> None:
    """On the same lives, the cutoffs are those that the forecast expects, up to who is drawn."""
    members, years = load(2022)[:2], tuple(range(2023, 2027))
    drawing = Drawing(years=years, replications=60, seed=3)
    found = line_of(to_come, drawing, members, RULES).run(np.full(4, 6_000))
    rounds = Rounds(to_come.people.careers, origin=2022, last=2026)
    for at, (member, weights) in enumerate(zip(members, to_come.weights(members), strict=True)):
        expected = rounds.run(weights, leaves=member.future.leaves, quota=dict.fromkeys(years, 6_000))
        own = slice(60 * at, 60 * (at + 1))
        assert np.median(found.cutoff[:, own], axis=1) / 100 == pytest.approx(
            [one.cutoff / 100 for one in expected], abs=0.15
        )
        ages = np.array(years)[:, None] - found.born[:, own]
        assert ages.mean(axis=1) == pytest.approx([one.mean_age for one in expected], abs=0.1)


def test_a_smaller_population_has_as_many_applicants_as_asked(to_come: ToCome) -> None:
    """The pool of the reference round has the size asked for, and that of 2023 is larger by a few tenths."""
    drawing = Drawing(years=(2023, 2024), replications=8, seed=1, applicants=2_000, reference=2022)
    pool = line_of(to_come, drawing, load(2022)[:2], RULES).pool[0].mean()
    assert 2_000 < pool < 2_600


def test_replications_of_a_member_do_not_hang_on_the_others(to_come: ToCome) -> None:
    """Alone or beside another member, the same people are drawn for the first."""
    drawing = Drawing(years=(2023,), replications=3, seed=1)
    both = line_of(to_come, drawing, load(2022)[:2], RULES).run(np.array([6_000]))
    alone = line_of(to_come, drawing, load(2022)[:1], RULES).run(np.array([6_000]))
    assert both.cutoff[:, :3].tolist() == alone.cutoff.tolist()
    assert both.cutoff[:, :3].tolist() != both.cutoff[:, 3:].tolist()
