"""Tables attacked as a reader would: with a linear programme over everything that is printed."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from reports import disclosure
from reports.disclosure import DisclosureError
from tests.reports.test_disclosure import composition

THRESHOLD = 10


def attacked(
    printed: dict[str, list[int | None]], totals: dict[str, int], parts: list[tuple[str, list[str]]]
) -> dict[tuple[str, int], tuple[float, float]]:
    """Give the range of every cell that is not printed, for who knows the printed ones and all the totals.

    `printed` are columns of cells, None where hidden; `parts` says of which columns another is the sum.
    """
    names = [(name, row) for name, cells in printed.items() for row in range(len(cells))]
    place = {name: number for number, name in enumerate(names)}
    rows, sides = [], []
    for name, total in totals.items():
        rows.append([float(of == name) for of, _ in names])
        sides.append(float(total))
    height = len(next(iter(printed.values())))
    for whole, of in parts:
        for row in range(height):
            line = [0.0] * len(names)
            line[place[whole, row]] = -1.0
            for part in of:
                line[place[part, row]] = 1.0
            rows.append(line)
            sides.append(0.0)
    bounds = [
        (0, None) if printed[name][row] is None else (printed[name][row], printed[name][row])
        for name, row in names
    ]
    found = {}
    for name, row in names:
        if printed[name][row] is None:
            aim = np.zeros(len(names))
            aim[place[name, row]] = 1.0
            ends = [
                sign * linprog(sign * aim, A_eq=rows, b_eq=sides, bounds=bounds).fun for sign in (1.0, -1.0)
            ]
            found[name, row] = (ends[0], ends[1])
    return found


small_or_large = st.one_of(st.integers(0, 12), st.integers(0, 60))
tables = st.lists(st.tuples(small_or_large, small_or_large, small_or_large), min_size=2, max_size=5)


@settings(max_examples=15)
@given(tables)
def test_no_hidden_cell_can_be_solved_for(cells: list[tuple[int, int, int]]) -> None:
    """Stayed, left and entered with both their sums: a small cell keeps a range as wide as the threshold."""
    stayed, left, entered = (list(column) for column in zip(*cells, strict=True))
    frame = pl.DataFrame(
        {
            "baseline": [a + b for a, b in zip(stayed, left, strict=True)],
            "reform": [a + b for a, b in zip(stayed, entered, strict=True)],
            "entered": entered,
            "left": left,
        }
    )
    sums = {"baseline": ("stayed", "left"), "reform": ("stayed", "entered")}
    try:
        told = disclosure.levels(
            frame, counts=("baseline", "reform", "entered", "left"), threshold=THRESHOLD, sums=sums
        ).frame
    except DisclosureError:
        # Then the totals themselves are small.
        assert min(sum(stayed), sum(left), sum(entered)) < THRESHOLD
        return
    printed = {name: told[name].to_list() for name in told.columns}
    assert all(cell is None or cell >= THRESHOLD for column in printed.values() for cell in column)
    printed["stayed"] = [None] * len(cells)
    totals = {name: frame[name].sum() for name in frame.columns} | {"stayed": sum(stayed)}
    parts = [(whole, list(of)) for whole, of in sums.items()]
    truth = {**{name: frame[name].to_list() for name in frame.columns}, "stayed": stayed}
    for (name, row), (low, high) in attacked(printed, totals, parts).items():
        if truth[name][row] < THRESHOLD:
            assert high - low >= THRESHOLD - 1e-6, (name, row, low, high)


@settings(max_examples=40)
@given(st.lists(st.tuples(small_or_large, st.integers(0, 60)), min_size=1, max_size=8), st.booleans())
def test_a_composition_cannot_be_solved_for(cells: list[tuple[int, int]], ordered: bool) -> None:
    """Pool, admitted and the rest, which no page prints: small ones of all three keep their range."""
    told = disclosure.composition(composition(cells, ordered=ordered), threshold=THRESHOLD).frame
    where = {level: row for row, levels in enumerate(told["levels"].to_list()) for level in levels}
    truth = {name: [0] * told.height for name in ("admitted", "rest", "pool")}
    for number, (of, rest) in enumerate(cells):
        if of + rest:
            row = where[f"level {number}"]
            for name, people in (("admitted", of), ("rest", rest), ("pool", of + rest)):
                truth[name][row] += people
    totals = {name: sum(counted) for name, counted in truth.items()}
    if min(totals.values()) < THRESHOLD:
        # A page does not tell such a round apart into pool and admitted.
        return
    printed: dict[str, list[int | None]] = {name: told[name].to_list() for name in ("admitted", "pool")}
    printed["rest"] = [None] * told.height
    for (name, row), (low, high) in attacked(printed, totals, [("pool", ["admitted", "rest"])]).items():
        if truth[name][row] < THRESHOLD:
            assert high - low >= THRESHOLD - 1e-6, (name, row, low, high)


def test_a_column_that_nobody_prints_is_protected() -> None:
    """Where pool and admitted are printed, three who were not admitted are hidden behind one of the two."""
    frame = pl.DataFrame({"pool": [50, 90, 80], "admitted": [47, 40, 30]})
    told = disclosure.levels(
        frame, counts=("pool", "admitted"), threshold=10, sums={"pool": ("admitted", "rest")}
    ).frame
    first = told.row(0)
    assert None in first
    assert told["pool"].null_count() + told["admitted"].null_count() >= 2


def test_totals_that_tell_too_much_are_refused() -> None:
    """Where everyone known to be in a column is fewer than the threshold, no table of it is shown."""
    with pytest.raises(DisclosureError, match="leave it out or join"):
        disclosure.levels(pl.DataFrame({"left": [3, 2]}), counts=["left"], threshold=10)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"people": 9}, "fewer than 10 people in people"),
        ({"entered": -3}, "fewer than 10 people in entered"),
        ({"applicant_id": "S1"}, "a column of persons: applicant_id"),
    ],
)
def test_a_chart_that_holds_a_small_cell_is_refused(row: dict[str, object], said: str) -> None:
    """The data of a chart are checked when the figure is made, whatever is drawn of them."""
    spec = {"layer": [{"data": {"values": [row]}}]}
    with pytest.raises(DisclosureError, match=said):
        disclosure.check_embedded(spec, threshold=10)
    with pytest.raises(DisclosureError, match=said):
        disclosure.check_embedded({"datasets": {"a": [row]}}, threshold=10)


def test_a_chart_of_many_rows_is_refused() -> None:
    """A chart with a row for each of thousands is one of persons, or may be."""
    with pytest.raises(DisclosureError, match="aggregate before drawing"):
        disclosure.check_embedded({"datasets": {"a": [{"x": 1}] * 5000}}, threshold=10)
