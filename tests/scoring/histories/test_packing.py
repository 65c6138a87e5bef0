"""Hold records packed in one integer to what was packed."""

import numpy as np
import pytest

from scoring.histories.packing import Packing

SPELL = Packing({"block": 23, "kind": 5, "begin": 12})
RECORDS = {
    "block": np.array([2, 0, 2**23 - 1]),
    "kind": np.array([31, 0, 7]),
    "begin": np.array([1, 4095, 0]),
}


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_comes_back(name: str) -> None:
    """Unpacking gives each field of each record, the largest number of its width included."""
    assert SPELL.unpack(SPELL.pack(**RECORDS), name).tolist() == RECORDS[name].tolist()


def test_several_fields_as_one_number() -> None:
    """Neighbouring fields come back as one number, the first one leading."""
    both = SPELL.unpack(SPELL.pack(**RECORDS), "kind", through="begin")
    assert both.tolist() == [
        31 * 4096 + 1,
        4095,
        7 * 4096,
    ]


def test_order_is_that_of_the_fields() -> None:
    """The first field leads in the order, and a number's least integer stands where its records begin."""
    packed = np.sort(SPELL.pack(**RECORDS))
    assert SPELL.unpack(packed, "block").tolist() == [0, 2, 2**23 - 1]
    assert packed.searchsorted([SPELL.least(1), SPELL.least(2), SPELL.least(3)]).tolist() == [1, 1, 2]
