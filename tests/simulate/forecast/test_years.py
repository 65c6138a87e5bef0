"""Years to come, by hand: five people, two places."""

import sys

import numpy as np
import pytest

from simulate.calibrate.ensemble import load
from simulate.forecast import ForecastError, forecast
from simulate.forecast.years import Round, Rounds
from tests.simulate.calibrate.people import careers

YEARS = range(2018, 2025)


def run(
    last_points: list[float],
    *,
    applies_from: list[int] | None = None,
    leaves: float = 0.0,
    quota: int = 2,
    weights: list[float] | None = None,
) -> list[Round]:
    """Run 2023 and 2024, with so many points in 2023 and four more in 2024."""
    totals = {year: [20.0] * len(last_points) for year in range(2018, 2023)}
    totals |= {2023: last_points, 2024: [points + 4 for points in last_points]}
    people = careers(totals, applies_from=applies_from)
    rounds = Rounds(people, origin=2022, last=2024)
    each = np.array(weights or [1.0] * len(last_points))
    return rounds.run(each, leaves=leaves, quota={2023: quota, 2024: quota})


def test_the_first_go_and_the_others_come_back() -> None:
    """Of 110, 108, 106, 104, 102 the first two go; in 2024 the next two, with four points more."""
    first, second = run([110, 108, 106, 104, 102])
    assert (first.cutoff, second.cutoff) == (10800, 10800)
    first, second = run([110, 108, 106, 104, 102], quota=1)
    assert (first.cutoff, second.cutoff) == (11000, 11200)


def test_ties_at_the_cutoff_go_together() -> None:
    """Three have 108: all of them go, and 2024 begins with 104."""
    first, second = run([110, 108, 108, 104, 102])
    assert (first.cutoff, second.cutoff) == (10800, 10600)
    assert sum(first.birth_years.values()) == 3


def test_who_comes_later_is_not_there_before() -> None:
    """The best of them applies from 2024 on."""
    first, second = run([110, 108, 106, 104, 102], applies_from=[2024, 2018, 2018, 2018, 2018])
    assert (first.cutoff, second.cutoff) == (10600, 10800)
    assert second.late_share == pytest.approx(0.5)


def test_entrants_raise_the_cutoff_and_leavers_lower_it() -> None:
    """The signs that a queue must have, also where they hold only for years after the first."""
    points = [float(points) for points in np.linspace(90, 120, 400)]
    base = run(points, quota=50)
    more = run([*points, *points[:200:2]], applies_from=[2018] * 400 + [2024] * 100, quota=50)
    fewer = run(points, quota=50, leaves=0.2)
    assert more[0].cutoff == base[0].cutoff
    assert run([*points, 119.0, 118.0], quota=50)[0].cutoff > base[0].cutoff
    assert fewer[1].cutoff < base[1].cutoff
    assert run(points, quota=60)[1].cutoff < base[1].cutoff


def test_the_admitted_are_described_by_weight() -> None:
    """Two of three people weigh one and five: shares are of six."""
    (first, _) = run([110, 108, 40], weights=[1.0, 5.0, 1.0], quota=6)
    assert sum(first.birth_years.values()) == pytest.approx(6)
    mean_birth = sum(year * number for year, number in first.birth_years.items()) / 6
    assert first.mean_age == pytest.approx(2023 - mean_birth)
    assert sum(first.education.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("years", "quota", "message"),
    [
        ((2022, 2022), {}, "no round lies after 2022 and up to 2022"),
        ((2022, 2040), {}, "the round of 2040 lies too far ahead; 2030 is the last"),
        ((2017, 2023), {}, "the round of 2017 is not published; the last one is 2022"),
        ((2022, 2024), {2023: 6000}, "the round of 2024 needs a quota of at least 1"),
    ],
)
def test_what_cannot_be_forecast_is_refused(
    years: tuple[int, int], quota: dict[int, int], message: str
) -> None:
    """Each with its reason, before anything is drawn."""
    with pytest.raises(ForecastError, match=message):
        forecast(origin=years[0], last=years[1], quota=quota)


def test_what_is_said_of_a_round_does_not_hang_on_how_far_ahead_anybody_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rounds are the same as the last ones asked for and as the first of many, beyond the next horizon."""
    monkeypatch.setattr(sys.modules["simulate.forecast.forecast"], "DRAWS", 1)
    monkeypatch.setattr(sys.modules["simulate.calibrate.sample"], "BLOCKS_AT_ONCE", 2)
    members, quota = load(2022)[:2], dict.fromkeys(range(2023, 2029), 6_000)
    told = [forecast(origin=2022, last=last, quota=quota, members=members) for last in (2025, 2028)]
    assert told[1].outlooks[:3] == told[0].outlooks
    assert [one.year for one in told[1].outlooks] == list(range(2023, 2029))
