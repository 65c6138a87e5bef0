"""Hold the algebra of months against Python's own sets."""

import datetime as dt
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.histories.months import Calendar, Months, chosen, intersection, month_of, number_of, union

FIRST = dt.date(1998, 7, 1)
START = number_of(FIRST)
# A calendar that ends within a word, on the last bit of one, and on the first bit of one.
LENGTHS = (1, 63, 64, 65, 128, 258, 342)

Places = set[int]
sets = st.sets(st.integers(0, max(LENGTHS) - 1)) | st.lists(
    st.tuples(st.integers(0, max(LENGTHS) - 1), st.integers(1, 90)), max_size=5
).map(lambda spans: {place for begin, long in spans for place in range(begin, begin + long)})
calendars = st.sampled_from(LENGTHS).map(lambda length: Calendar(FIRST, month_of(START + length - 1)))


def of(calendar: Calendar, *several: Places) -> Months:
    """Write some sets of places as months, one an applicant, each month a span of its own."""
    nothing = calendar.spans(np.array([0]), np.array([0]))
    each = [
        union(
            [
                nothing,
                *(calendar.spans(np.array([one]), np.array([one + 1])) for one in within(calendar, wanted)),
            ]
        )
        for wanted in several
    ]
    return Months(np.concatenate([one.words for one in each], axis=1), calendar)


def places(months: Months, applicant: int = 0) -> Places:
    """Read one set back, bit by bit."""
    words = [int(word) for word in months.words[:, applicant]]
    return {64 * row + bit for row, word in enumerate(words) for bit in range(64) if word >> bit & 1}


def within(calendar: Calendar, wanted: Places) -> Places:
    """Cut a set at the end of the calendar."""
    return {one for one in wanted if one < calendar.length}


@given(calendar=calendars, one=sets, other=sets)
def test_union_intersection_and_difference(calendar: Calendar, one: Places, other: Places) -> None:
    """The operators are those of sets, applicant by applicant."""
    left, right = of(calendar, one, other), of(calendar, other, other)
    one, other = within(calendar, one), within(calendar, other)
    assert places(left | right) == one | other
    assert places(left & right) == one & other
    assert places(left - right) == one - other
    assert places(left - right, 1) == set()
    assert places(union([left, right, left])) == one | other
    assert places(intersection([left, right, left])) == one & other
    assert left.count().tolist() == [len(one), len(other)]


@given(calendar=calendars, one=sets, end=st.integers(-2, max(LENGTHS) + 1))
def test_run_ending_at_a_month(calendar: Calendar, one: Places, end: int) -> None:
    """The run goes back from the month to the last gap, and is empty where the month itself is missing."""
    run = set()
    place = end
    while place in within(calendar, one):
        run.add(place)
        place -= 1
    months = of(calendar, set(), one)
    assert places(months.run_ending(month_of(START + end)), 1) == run
    assert places(months.run_ending(month_of(START + end))) == set()


@given(calendar=calendars, one=sets)
def test_gaps_and_runs(calendar: Calendar, one: Places) -> None:
    """Gaps are what is missing between the first and the last month; the runs hold every month once."""
    months = of(calendar, one, {0})
    one = within(calendar, one)
    missing = set(range(min(one), max(one))) - one if one else set()
    assert places(months.gaps()) == missing
    runs = [(number_of(first) - START, number_of(last) - START) for first, last in months.runs(0)]
    assert [place for first, last in runs for place in range(first, last + 1)] == sorted(one)
    assert all(after > last + 1 for (_, last), (after, _) in pairwise(runs))


@given(
    calendar=calendars,
    one=sets,
    bounds=st.tuples(*[st.none() | st.integers(-5, max(LENGTHS) + 5)] * 2),
)
def test_clip_to_a_window(calendar: Calendar, one: Places, bounds: tuple[int | None, int | None]) -> None:
    """A window holds the months from its first to its last, wherever the calendar ends."""
    first, last = (None if bound is None else month_of(START + bound) for bound in bounds)
    low = -9 if bounds[0] is None else bounds[0]
    high = 999 if bounds[1] is None else bounds[1]
    months = of(calendar, one).within(first, last)
    assert places(months) == {place for place in within(calendar, one) if low <= place <= high}


@given(calendar=calendars, one=sets, month=st.integers(-2, max(LENGTHS) + 1))
def test_a_month_is_covered_or_not(calendar: Calendar, one: Places, month: int) -> None:
    """A month outside the calendar is covered by nothing."""
    expected = month in within(calendar, one)
    assert of(calendar, one).covers(month_of(START + month)).tolist() == [expected]


@given(calendar=calendars, days=st.lists(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), min_size=1))
def test_bounds_of_days(calendar: Calendar, days: list[dt.date]) -> None:
    """A day's month lies between its two bounds; outside the calendar they are clipped and hold nothing."""
    begins, ends = (bound(pl.Series(days)) for bound in (calendar.begins, calendar.ends))
    placed = [number_of(day) - START for day in days]
    held = [{place} if 0 <= place < calendar.length else set() for place in placed]
    spans = calendar.spans(begins, ends)
    assert [places(spans, number) for number in range(len(days))] == held
    clipped = [min(max(place, 0), calendar.length) for place in placed]
    assert begins.tolist() == clipped


def test_choosing_among_sets() -> None:
    """Each applicant gets the set at the place that is his."""
    calendar = Calendar(FIRST, dt.date(2019, 12, 1))
    months = chosen(np.array([1, 0]), [of(calendar, {1}, {2}), of(calendar, {70}, {80})])
    assert (places(months), places(months, 1)) == ({70}, {2})


def test_sets_of_some_applicants() -> None:
    """Applicants are taken by place, one of them twice."""
    calendar = Calendar(FIRST, dt.date(2019, 12, 1))
    months = of(calendar, {1}, {2}, {3}).of(np.array([2, 0, 2]))
    assert [places(months, number) for number in range(3)] == [{3}, {1}, {3}]


@pytest.mark.parametrize("last", [dt.date(1998, 6, 30), dt.date(1990, 1, 1)])
def test_a_calendar_may_be_empty(last: dt.date) -> None:
    """A reference date before the rulebook's start leaves no month to count."""
    calendar = Calendar(FIRST, last)
    days = pl.Series([dt.date(1985, 1, 1), FIRST, dt.date(2010, 1, 1)])
    months = calendar.spans(calendar.begins(days), calendar.ends(days))
    assert months.count().tolist() == [0, 0, 0]
    assert places(months.run_ending(last)) == places(months.gaps()) == set()
