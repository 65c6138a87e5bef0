"""Looking points up: a product or a table, nobody can tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.indicators.item import Lookup

steps = st.builds(
    lambda step, rows: [step * row for row in range(rows)], st.integers(-30, 30), st.integers(1, 250)
)
any_tables = st.lists(st.integers(-4_000, 4_000), min_size=1, max_size=250)


@pytest.mark.parametrize("kind", [np.int16, np.int32])
@pytest.mark.parametrize("codes", [np.uint8, np.int16, np.uint16, np.int64])
@given(data=st.data(), table=steps | any_tables)
def test_points_are_those_of_the_table(
    kind: type[np.integer], codes: type[np.integer], data: st.DataObject, table: list[int]
) -> None:
    """Whether a table goes in equal steps or not, each code gets its own entry, in the table's type."""
    people = data.draw(st.lists(st.integers(0, len(table) - 1), max_size=40))
    points = Lookup(np.array(table, dtype=kind)).points(np.array(people, dtype=codes))
    assert points.dtype == kind
    assert points.tolist() == [table[one] for one in people]


def test_a_code_beyond_an_uneven_table_is_an_error() -> None:
    """A code that the table does not know never becomes points."""
    with pytest.raises(IndexError):
        Lookup(np.array([0, 5, 6], dtype=np.int16)).points(np.array([3], dtype=np.int16))
