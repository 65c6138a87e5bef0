"""What holds for every queue: nobody is lost, more places help everyone, chance is the same everywhere."""

import hashlib
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulate.queue.presence as presence_module
from scoring.errors import UnknownName
from simulate.queue import NOBODY, NOT_YET, Group, Line, Paths, Presence, QueueError, admit
from simulate.queue.chance import ONE, Chance, Event, reached_by
from tests.simulate.queue.lines import Small, small_lines
from tests.simulate.queue.literal import number


def random_line(people: int = 5_000, years: int = 4, *, seed: int = 1) -> Line:
    """Return a line larger than a block of people, half of them in the pool at the start."""
    random = np.random.default_rng(seed)
    gains = np.arange(years)[:, None] * random.choice([350, 400, 600], people)
    return Line(
        years=tuple(range(2021, 2021 + years)),
        totals=(random.normal(8_000, 1_000, people) + gains).astype(np.int32),
        eligible=random.random((years, people)) < 0.95,
        barred=random.random((years, people)) < 0.01,
        enters=np.array(0.3),
        leaves=np.array(0.05),
        applied_since=np.where(np.arange(people) < people // 2, 2020, NOT_YET),
        arrives=random.integers(2019, 2021 + years, people),
        removed=np.array(0.01),
        withdraws=np.array(0.02),
        lapses=np.array(0.03),
        children=random.integers(0, 3, people),
        groups={"letter": Group(tuple("abc"), random.integers(0, 3, people))},
    )


def bar(paths: Paths, quota: np.ndarray) -> np.ndarray:
    """Return how high the bar is: below everybody where the quota exhausts the ranked, above all for none."""
    exhausted = np.where(quota >= paths.eligible, -NOBODY, paths.cutoff)
    return np.where(quota == 0, NOBODY, exhausted)


@settings(max_examples=50)
@given(small_lines(), st.data())
def test_a_higher_quota_never_raises_a_later_bar(small: Small, data: st.DataObject) -> None:
    """Places added in any years leave every bar of every replication where it was or lower."""
    presence = Presence.draw(small.line(), replications=3, seed=small.seed)
    more = np.array([data.draw(st.lists(st.integers(0, 3), min_size=3, max_size=3)) for _ in small.years])
    fewer = np.array(small.quotas)
    lower, higher = admit(presence, fewer), admit(presence, fewer + more)
    assert (bar(higher, fewer + more) <= bar(lower, fewer)).all()
    assert (higher.backlog <= lower.backlog).all()
    assert (higher.admitted.cumsum(axis=0) >= lower.admitted.cumsum(axis=0)).all()


def test_a_higher_quota_lowers_every_cutoff_of_a_long_line() -> None:
    """Where nobody runs out of people, what is reported as the cutoff falls with the quota."""
    presence = Presence.draw(random_line(), replications=70, seed=3)
    cutoffs = np.stack([admit(presence, quota).cutoff for quota in (50, 100, 200, 300)])
    assert (np.diff(cutoffs, axis=0) <= 0).all()
    assert (cutoffs[-1] < cutoffs[0]).all()


def test_a_cutoff_that_says_who_was_left_may_be_higher() -> None:
    """A quota that takes all but the best leaves one person to report, above the cutoff of a lower quota."""
    line = Line(
        years=(2021, 2022),
        totals=np.array([[90, 80, 0], [94, 84, 100]], dtype=np.int32),
        eligible=np.array([[True, True, False], [True, True, True]]),
        applied_since=np.array([2020, 2020, 2020]),
    )
    presence = Presence.draw(line, replications=1, seed=0)
    few, many = admit(presence, [1, 2]), admit(presence, [2, 2])
    assert (few.cutoff[1, 0], many.cutoff[1, 0]) == (84, 100)
    assert (few.admitted[1, 0], many.admitted[1, 0]) == (2, 1)


@settings(max_examples=40)
@given(small_lines())
def test_everybody_is_somewhere(small: Small) -> None:
    """Reservoir, pool, admitted before and gone add up each year to those who have come."""
    line = small.line()
    paths = admit(Presence.draw(line, replications=3, seed=small.seed), np.array(small.quotas))
    came = (line.arrives <= np.array(line.years)[:, None]) | (line.applied_since != NOT_YET)
    before = np.cumsum(paths.admitted, axis=0) - paths.admitted
    there = paths.reservoir + paths.pool + before + paths.gone
    assert (there == came.sum(axis=1)[:, None]).all()
    assert (paths.removed + paths.withdrew + paths.lapsed + paths.settled == paths.admitted).all()
    assert (paths.eligible + paths.barred <= paths.pool).all()
    assert (paths.waited.counts.sum(axis=2) == paths.admitted).all()


def test_a_replication_does_not_hang_on_their_number() -> None:
    """Replication 7 is the same among 8 and among 70, also where quotas differ by replication."""
    line, quotas = random_line(), np.tile(np.arange(70) + 20, (4, 1))
    few = admit(Presence.draw(line, replications=8, seed=5), quotas[:, :8])
    many = admit(Presence.draw(line, replications=70, seed=5), quotas)
    assert few.outcomes().equals(many.outcomes().filter(pl.col("replication") < 8))


def test_the_same_seed_gives_the_same_bytes() -> None:
    """The bits of a fixed seed are these on every machine."""
    line = Line(
        years=(2021, 2022),
        totals=np.zeros((2, 4_200), dtype=np.int32),
        eligible=np.ones((2, 4_200), dtype=np.bool_),
        enters=np.array(0.3),
        leaves=np.array(0.05),
        applied_since=np.where(np.arange(4_200) < 1_000, 2020, NOT_YET),
    )
    standing = Presence.draw(line, replications=65, seed=0).standing
    assert hashlib.sha256(standing.tobytes()).hexdigest()[:16] == "ac145c0600937ed0"


def test_it_does_not_matter_who_is_drawn_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 50 people and of all people give the same bits and counts."""
    whole = Presence.draw(random_line(3_000), replications=130, seed=9)
    monkeypatch.setattr(presence_module, "_BLOCK", 150)
    parts = Presence.draw(random_line(3_000), replications=130, seed=9)
    for name in ("standing", "lasting", "rankable", "in_pool", "reservoir", "entered"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name


def test_people_who_may_not_enter_leave_the_numbers_of_others_alone() -> None:
    """Of people with and without chance, each stands in the pool by the number of their own place."""
    people = 3_200
    certain = np.arange(people) < 1_024
    line = Line(
        years=(2021,),
        totals=np.zeros((1, people), dtype=np.int32),
        eligible=np.ones((1, people), dtype=np.bool_),
        enters=np.where(certain, 0.0, 0.3)[None],
    )
    standing = Presence.draw(line, replications=66, seed=9).standing[0]
    for person in (0, 1_023, 1_024, 2_047, 2_048, 3_199):
        for replication in (0, 1, 64, 65):
            word, bit = divmod(replication, 64)
            stands = bool(int(standing[word, person]) >> bit & 1)
            assert stands == (person >= 1_024 and number(9, 0, person, replication) < 0.3)


def test_groups_of_many_levels_are_counted_like_those_of_few() -> None:
    """Three hundred levels, some of them empty, add up to the letter that each of them belongs to."""
    plain, random = random_line(), np.random.default_rng(6)
    fine = random.integers(0, 100, plain.people) * 3 + plain.groups["letter"].codes[0]
    groups = {**plain.groups, "fine": Group(tuple(range(300)), fine)}
    paths = admit(Presence.draw(replace(plain, groups=groups), replications=3, seed=1), 300)
    counts = paths.group("fine").counts
    assert counts.shape == (4, 3, 300)
    assert (counts.reshape(4, 3, 100, 3).sum(axis=2) == paths.group("letter").counts).all()
    means = paths.group("fine").means()
    assert means[2, 1] == pytest.approx(counts[2, 1] @ np.arange(300) / counts[2, 1].sum())


@pytest.mark.parametrize("alike", [True, False])
def test_probabilities_are_met_to_the_last_bit(alike: bool) -> None:
    """A probability just at somebody's number is not met by them, one step of 1/2^31 more is."""
    for replication in (0, 5, 63):
        at = int(number(4, 1, 3, replication) * ONE)
        others = at if alike else at // 2
        reached = np.full((2, 6), others, dtype=np.uint32)
        reached[:, 3] = at, at + 1
        spared = np.empty((2, 1, 6), dtype=np.uint64)
        Chance.of(4, Event.LEAVING, words=1).spare(np.arange(6), reached, spared)
        assert [int(word) >> replication & 1 for word in spared[:, 0, 3]] == [1, 0]


def test_what_is_all_but_certain_is_not_taken_for_never() -> None:
    """The highest probability below 1, which a number's own bits do not hold, is met by all but few."""
    spared = np.empty((1, 1, 1_024), dtype=np.uint64)
    chance = Chance.of(0, Event.LEAVING, words=1)
    chance.spare(np.arange(1_024), np.full((1, 1), ONE - 1, dtype=np.uint32), spared)
    assert np.bitwise_count(spared).sum() <= 20


def test_chances_add_up_to_certainty() -> None:
    """One half, then one half of the rest, then all of it; before and after, nothing changes."""
    hazards = np.array([[0.0], [0.5], [0.5], [1.0], [0.3]])
    assert reached_by(hazards)[:, 0].tolist() == [0, ONE // 2, 3 * ONE // 4, ONE, ONE]


def test_events_are_as_frequent_as_their_hazards_say() -> None:
    """Among two thousand people and 256 replications, frequencies lie within four standard errors."""
    people, chance = 2_000, 0.03
    line = Line(
        years=(2021, 2022),
        totals=np.zeros((2, people), dtype=np.int32),
        eligible=np.ones((2, people), dtype=np.bool_),
        leaves=np.array(chance),
        applied_since=np.array(2020),
    )
    left = admit(Presence.draw(line, replications=256, seed=11), 0).left
    for year, expected in enumerate((chance, (1 - chance) * chance)):
        error = np.sqrt(expected * (1 - expected) / (people * 256))
        assert abs(left[year].mean() / people - expected) < 4 * error
    spread = left[0].std() / np.sqrt(people * chance * (1 - chance))
    assert 0.8 < spread < 1.2


def test_entrants_raise_the_cutoff_and_attrition_lowers_it() -> None:
    """Signs are right in every replication, since people keep their numbers."""
    random = np.random.default_rng(4)
    totals = random.normal(8_000, 1_000, 4_000).astype(np.int32) + np.array([[0], [400], [800]], np.int32)

    def cutoffs(enters: float, leaves: float) -> np.ndarray:
        line = Line(
            years=(2021, 2022, 2023),
            totals=totals,
            eligible=np.ones(totals.shape, dtype=np.bool_),
            enters=np.array(enters),
            leaves=np.array(leaves),
            applied_since=np.where(np.arange(4_000) < 2_000, 2020, NOT_YET),
        )
        return admit(Presence.draw(line, replications=64, seed=1), 200).cutoff

    plain = cutoffs(0.1, 0.02)
    assert (cutoffs(0.2, 0.02) >= plain).all()
    assert (cutoffs(0.1, 0.2) <= plain).all()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"years": (2021, 2023)}, "must follow one another"),
        ({"totals": np.zeros((2, 3))}, "whole hundredths"),
        ({"eligible": np.ones((2, 4), dtype=bool)}, "eligible: .* does not fit"),
        ({"enters": np.array(1.5)}, "enters: a probability"),
        ({"leaves": np.array(np.nan)}, "leaves: a probability"),
        ({"withdraws": np.array(0.6), "lapses": np.array(0.6)}, "together exceed 1"),
        ({"children": np.array(-1)}, "fewer than 0"),
        ({"applied_since": np.array(2022)}, "applied after 2021"),
        ({"groups": {"sex": Group(("f", "m"), np.array([0, 1, 2]))}}, "sex: a code is no position"),
    ],
)
def test_a_line_that_cannot_be_is_refused(change: dict[str, object], told: str) -> None:
    """The error says which value, and what it must be."""
    sound = {
        "years": (2021, 2022),
        "totals": np.zeros((2, 3), dtype=np.int32),
        "eligible": np.ones((2, 3), dtype=bool),
    }
    with pytest.raises(QueueError, match=told):
        Line(**{**sound, **change})  # type: ignore[arg-type]


def test_draws_and_quotas_that_cannot_be_are_refused() -> None:
    """Replications, seeds, quotas, ranks and groups are checked where they are given."""
    line = random_line(people=10, years=2)
    presence = Presence.draw(line, replications=2, seed=0)
    for replications, seed in ((0, 1), (1, -1)):
        with pytest.raises(QueueError):
            Presence.draw(line, replications=replications, seed=seed)
    for quota in (-1, 5.5, [1, 2, 3], [[1, 2, 3], [1, 2, 3]]):
        with pytest.raises(QueueError, match="quota"):
            admit(presence, quota)
    with pytest.raises(QueueError, match="first rank"):
        admit(presence, 1, ranks=(0,))
    with pytest.raises(UnknownName, match="did you mean letter"):
        admit(presence, 1).group("leter")
