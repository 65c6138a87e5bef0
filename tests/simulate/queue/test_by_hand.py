"""Ten people over three years, worked out by hand."""

import numpy as np
import pytest

from simulate.queue import NOT_YET, Group, Line, Paths, Presence, admit

PEOPLE = "ABCDEFGHIJ"
YEARS = (2021, 2022, 2023)

# Everybody gains 4 points a year; E gains 7; D falls over the edge of an age step in 2022 and gains nothing.
POINTS = {
    "A": (100, 104, 108),
    "B": (98, 102, 106),
    "C": (98, 102, 106),
    "D": (97, 97, 101),
    "E": (96, 103, 110),
    "F": (90, 94, 98),
    "G": (88, 92, 96),
    "H": (106, 110, 114),
    "I": (120, 124, 128),
    "J": (130, 134, 138),
}


def line() -> Line:
    """Return the ten: F has waited since 2019, H applies in 2022, G leaves then, I is barred in 2021."""

    def those(letters: str) -> np.ndarray:
        return np.array([letter in letters for letter in PEOPLE])

    none = those("")
    return Line(
        years=YEARS,
        totals=np.array([POINTS[letter] for letter in PEOPLE], dtype=np.int32).T * 100,
        eligible=np.array([~those("I"), ~none, ~none]),
        barred=np.array([those("I"), none, none]),
        enters=np.array([none, those("H"), none]).astype(float),
        leaves=np.array([none, those("G"), none]).astype(float),
        applied_since=np.where(those("HJ"), NOT_YET, np.where(those("F"), 2019, 2020)),
        withdraws=those("A").astype(float),
        lapses=those("C").astype(float),
        children=np.array([2, 1, 1, 0, 3, 0, 0, 2, 0, 1]),
        groups={"vowel": Group(("no", "yes"), those("AEI").astype(np.int8))},
    )


@pytest.fixture(scope="module")
def paths() -> Paths:
    """Run two places in 2021 and 2022, and five in 2023, when only three people are left."""
    return admit(Presence.draw(line(), replications=2, seed=0), [2, 2, 5], ranks=(1, 3))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cutoff", [9800, 11000, 9800]),
        ("admitted", [3, 2, 3]),
        ("tied", [2, 1, 1]),
        ("pool", [8, 5, 3]),
        ("eligible", [7, 5, 3]),
        ("backlog", [4, 3, 0]),
        ("barred", [1, 0, 0]),
        ("entered", [0, 1, 0]),
        ("left", [0, 1, 0]),
        ("removed", [0, 0, 0]),
        ("withdrew", [1, 0, 0]),
        ("lapsed", [1, 0, 0]),
        ("settled", [1, 2, 3]),
        ("children", [1, 2, 3]),
        ("reservoir", [2, 1, 1]),
        ("gone", [0, 1, 1]),
    ],
)
def test_each_count_is_as_worked_by_hand(paths: Paths, name: str, expected: list[int]) -> None:
    """A, B, C get in at 98 tied; then I and H; then E, D and F, since there are places for all."""
    assert getattr(paths, name).T.tolist() == [expected, expected]


def test_ranks_waits_and_groups_are_as_worked_by_hand(paths: Paths) -> None:
    """H waited no year, I two, F four; vowels are A, then I, then E."""
    assert paths.rank_totals[:, 0].tolist() == [[10000, 9800], [12400, 10300], [11000, 9800]]
    assert paths.waited.counts[:, 0].tolist() == [[0, 3, 0, 0, 0], [1, 0, 1, 0, 0], [0, 0, 0, 2, 1]]
    assert paths.group("vowel").counts[:, 0].tolist() == [[2, 1], [1, 1], [2, 1]]


def test_frames_tell_the_same(paths: Paths) -> None:
    """Frames hold points as decimals, shares and means by year."""
    outcomes = paths.outcomes().filter(replication=0)
    assert outcomes["cutoff"].cast(str).to_list() == ["98.00", "110.00", "98.00"]
    summary = paths.summary().filter(quantity="mean_waited")
    assert summary["mean"].to_list() == [1.0, 1.0, pytest.approx(10 / 3)]
    composition = paths.composition("vowel").filter(level="yes")
    assert composition["median"].to_list() == pytest.approx([1 / 3, 1 / 2, 1 / 3])
    assert paths.rank_scores().filter(rank=3)["p90"].to_list() == [98.0, 103.0, 98.0]
    assert paths.waiting().filter(years_waited=3)["mean"].to_list() == pytest.approx([0, 0, 2 / 3])
