"""Targets as they are written down, and those that are usual."""

import pytest

from scoring.errors import UnknownName
from simulate.quota import Schedule, Target, Uptake, compare, quota_curve
from simulate.quota.asked import (
    Asked,
    around,
    few,
    read_asked,
    read_targets,
    size,
    usual,
    usual_schedules,
    usual_targets,
)
from simulate.quota.errors import QuotaError
from tests.simulate.quota.lines import six
from tests.simulate.quota.pools import ten


def test_targets_of_a_round_are_read() -> None:
    """Every kind is read as it is written, a level with its group."""
    text = "cutoff:97, rate:sex=female:0.4,backlog:3 , rounds:1.5"
    assert read_asked(text) == [
        Asked("cutoff", "97"),
        Asked("rate", "0.4", "sex", "female"),
        Asked("backlog", "3"),
        Asked("rounds", "1.5"),
    ]
    curve = quota_curve(ten(), groups=["sex"])
    assert [one.quota for one in size(curve, read_asked(text), Uptake(), replicates=5)] == [5, 2, 5, 4]


@pytest.mark.parametrize(
    "text", ["cutoff", "cutoff:many", "cutoff:sex=female:3", "rate:female:0.4", "backlog:a:3"]
)
def test_a_target_that_is_written_otherwise_is_refused(text: str) -> None:
    """The message shows how targets are written."""
    with pytest.raises(QuotaError, match="write it like one of"):
        read_asked(text)


def test_an_unknown_kind_names_the_nearest() -> None:
    """A misspelt kind of target says which was meant."""
    with pytest.raises(UnknownName, match="did you mean cutoff"):
        read_asked("cutof:97")


def test_usual_targets_of_a_round_by_hand() -> None:
    """At quota 4 the cutoff is 98, so 97 and 96; six left over are 1.5 rounds, three quarters 1."""
    curve = quota_curve(ten())
    assert usual(curve, quota=4) == [Asked("cutoff", "97.00"), Asked("cutoff", "96.00"), Asked("rounds", "1")]
    assert usual(curve, quota=0) == []
    assert usual(curve, quota=10) == []


def test_targets_of_years_are_read() -> None:
    """Quantity, most and first year, all with the one probability."""
    assert read_targets("cutoff:103:2022, backlog:2:2023", probability=0.8) == [
        Target("cutoff", 103, 2022, 0.8),
        Target("backlog", 2, 2023, 0.8),
    ]
    with pytest.raises(QuotaError, match="QUANTITY:VALUE:YEAR"):
        read_targets("cutoff:103", probability=0.8)


def test_usual_targets_of_years_by_hand() -> None:
    """One place a year leads to 106 in 2023, three left over, three years waited and four people settled."""
    paths = compare([six()], [Schedule.constant(1, years=3)])
    assert usual_targets(paths, schedule="1", probability=0.9) == [
        Target("cutoff", 106, 2022, 0.9),
        Target("backlog", 3, 2022, 0.9),
        Target("mean_waited", 3, 2022, 0.9),
        Target("population", 4, 2023, 0.9),
    ]
    nobody = compare([six()], [Schedule.constant(0, years=3)])
    assert usual_targets(nobody, schedule="0", probability=0.9) == [Target("backlog", 6, 2022, 0.9)]


def test_quotas_around_the_present_one() -> None:
    """From half to twice the quota at even steps, the quota among them, none above the pool."""
    assert around(6_000, eligible=100_000) == list(range(3_000, 12_001, 1_000))
    assert around(1_500, eligible=2_000) == [800, 1_000, 1_200, 1_400, 1_500, 1_600, 1_800, 2_000]
    assert around(0, eligible=100) == []
    assert few(around(6_000, eligible=100_000), quota=6_000) == [3_000, 6_000, 9_000, 12_000]
    assert few(around(1_500, eligible=1_500), quota=1_500) == [800, 1_500]
    assert few([], quota=5) == []


def test_usual_schedules_are_round_numbers() -> None:
    """As now, a twelfth more each year, a third more, each by a round number."""
    assert usual_schedules(6_000) == ["6000", "6000+500", "8000"]
    assert usual_schedules(1) == ["1", "1+1", "2"]
