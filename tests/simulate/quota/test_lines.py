"""Plain lines: as large as asked, alike under one seed, and different from member to member."""

import numpy as np
import pytest

from scoring.errors import UnknownName
from simulate.queue import QueueError, admit
from simulate.quota import (
    Assumed,
    PlainLine,
    Population,
    QuotaError,
    Target,
    Uptake,
    draw_lines,
    smallest_constant,
)
from tests.reports.rounds import RULES

Lines = list[PlainLine]
SMALL = Population("plain", applicants=2_000, members=2, replications=64, seed=3)


@pytest.fixture(scope="module")
def lines() -> Lines:
    """Draw two small lines of 2023 to 2025."""
    return _plain()


def _plain() -> Lines:
    return [
        line
        for line in draw_lines(RULES, years=range(2023, 2026), population=SMALL)
        if isinstance(line, PlainLine)
    ]


def test_the_published_number_of_applicants_is_the_default() -> None:
    """Where nothing is said, the pool of 2020 has as many as were published."""
    assert Population().pool == 122_852
    assert Population(reference=2021).pool == 130_111
    with pytest.raises(QuotaError, match="no number of applicants is published for 2022"):
        _ = Population(reference=2022).pool


def test_members_are_other_people_under_other_rates(lines: Lines) -> None:
    """Two members share neither totals nor rates, and are about as large."""
    one, other = (line.presence.line for line in lines)
    assert not np.array_equal(one.totals[:, :100], other.totals[:, :100])
    assert one.lapses.max() != other.lapses.max()
    pools = [admit(line.presence, 100).pool[0].mean() for line in lines]
    assert pools[0] == pytest.approx(pools[1], rel=0.2)


def test_the_same_seed_gives_the_same_lines(lines: Lines) -> None:
    """Drawn again, every outcome is the same; another seed gives another."""
    for one, other in zip(lines, _plain(), strict=True):
        assert admit(one.presence, 100).outcomes().equals(admit(other.presence, 100).outcomes())


def test_ages_and_targets_are_told_of_drawn_lines(lines: Lines) -> None:
    """A drawn line knows years of birth, and a schedule can be sized on it."""
    assert "age" in lines[0].lead(np.full(3, 100))
    found = smallest_constant(lines, Target("backlog", 900, year=2024), most=3_000, resolution=10)
    assert found.places % 10 == 0
    assert 0 < found.places < 3_000
    assert found.replications == 128


def test_a_line_cannot_begin_where_nobody_knows_who_was_admitted() -> None:
    """The first year is at most the one after the last published round."""
    with pytest.raises(QueueError, match="begin in 2023 at the latest"):
        draw_lines(RULES, years=range(2024, 2026), population=SMALL)


def test_a_population_is_somebody() -> None:
    """No line or no applicant is refused."""
    with pytest.raises(QuotaError, match="at least one"):
        Population(members=0)
    with pytest.raises(QuotaError, match="at least one"):
        Population(applicants=0)
    with pytest.raises(UnknownName, match="did you mean calibrated"):
        Population("callibrated")


def test_what_becomes_of_the_admitted_is_what_is_assumed() -> None:
    """Where a quarter do not settle and each settler brings two children, a hundred are 225 people."""
    uptake = Uptake(Assumed(0.1, 0.1, 0.1), Assumed(0.15, 0.15, 0.15), Assumed(2, 2, 2))
    population = Population("plain", applicants=2_000, members=1, replications=64, seed=3)
    (line,) = draw_lines(RULES, years=[2023], population=population, uptake=uptake)
    told = line.lead(np.array([100]))
    assert told["population"].mean() == pytest.approx(3 * 0.75 * told["admitted"].mean(), rel=0.05)
