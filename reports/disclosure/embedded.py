"""What a chart carries with it: aggregates, few of them, and no count under the threshold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reports.disclosure.threshold import DisclosureError

#: More rows than any chart of aggregates has.
MOST_ROWS = 2_000
#: Columns that count people.
COUNTS = ("people", "pool", "admitted", "entered", "left", "stayed", "count")
#: Columns that only a table of persons has.
PERSONS = ("applicant_id", "birth_date", "birth_year", "rank", "employer_id")


def check_embedded(spec: Mapping[str, Any], *, threshold: int) -> None:
    """Raise DisclosureError where a chart's data describe persons, or count fewer than the threshold."""
    for rows in _tables(spec):
        if len(rows) > MOST_ROWS:
            raise DisclosureError(f"a chart holds {len(rows)} rows; aggregate before drawing")
        for row in rows:
            if names := [name for name in PERSONS if name in row]:
                raise DisclosureError(f"a chart holds a column of persons: {names[0]}")
            for name in COUNTS:
                value = row.get(name)
                if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < threshold:
                    raise DisclosureError(
                        f"a chart holds a cell of fewer than {threshold} people in {name}; "
                        "draw what reports.disclosure publishes"
                    )


def _tables(spec: Any) -> Iterator[list[Mapping[str, Any]]]:
    """Give every table of a specification, wherever in it the data stand."""
    if isinstance(spec, Mapping):
        for name, value in spec.items():
            if name == "datasets":
                yield from value.values()
            elif name == "values" and isinstance(value, list) and all(isinstance(row, dict) for row in value):
                yield value
            else:
                yield from _tables(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _tables(value)
