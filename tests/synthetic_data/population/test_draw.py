"""Drawing lives: the same seed and number, the same person, whatever else is drawn."""

from itertools import pairwise

import numpy as np
import pytest

from scoring.errors import UnknownName
from synthetic_data.population import Lives, Parameters, draw
from synthetic_data.population.chance import BLOCK
from synthetic_data.population.parameters import ParameterError

PARAMETERS = Parameters.load()


def same(one: Lives, other: Lives) -> bool:
    """Say whether two populations are the same, to the byte and the type."""
    pairs = zip(one.columns().values(), other.columns().values(), strict=True)
    return all(left.dtype == right.dtype and np.array_equal(left, right) for left, right in pairs)


def test_a_population_is_the_beginning_of_a_larger_one() -> None:
    """Also where the smaller one ends within a block."""
    large = draw(PARAMETERS, size=BLOCK + 500, seed=7)
    small = draw(PARAMETERS, size=700, seed=7)
    assert same(large.take(slice(0, 700)), small)
    assert large.person.tolist() == list(range(BLOCK + 500))


@pytest.mark.parametrize("cuts", [(1,), (BLOCK - 1, BLOCK), (BLOCK, BLOCK + 1), (3, 40, BLOCK + 77)])
def test_parts_drawn_apart_are_the_whole(cuts: tuple[int, ...]) -> None:
    """Wherever they are cut, and drawn last to first as another machine might."""
    whole = draw(PARAMETERS, size=BLOCK + 200, seed=3)
    ends = [0, *cuts, BLOCK + 200]
    spans = list(pairwise(ends))
    parts = [draw(PARAMETERS, size=end - start, seed=3, first=start) for start, end in reversed(spans)]
    assert same(whole, Lives.concat(parts[::-1]))


def test_seeds_and_blocks_have_streams_of_their_own() -> None:
    """Another seed, and another block of the same seed, hold other people."""
    one, other = (draw(PARAMETERS, size=BLOCK * 2, seed=seed) for seed in (1, 2))
    assert np.mean(one.birth_day == other.birth_day) < 0.01
    assert np.mean(one.birth_day[:BLOCK] == one.birth_day[BLOCK:]) < 0.01


def test_a_parameter_changes_what_hangs_on_it_and_nothing_else() -> None:
    """Everyone keeps their other draws: who buys with a lower share also buys with a higher one."""
    few, many = (
        draw(PARAMETERS.with_values({"home.buys": share}), size=5_000, seed=1) for share in (0.3, 0.7)
    )
    assert np.array_equal(few.birth_day, many.birth_day)
    assert np.array_equal(few.insured_from, many.insured_from)
    bought = few.home_from[0] == many.home_from[0]
    assert np.all(bought | (few.home_from[0] > many.home_from[0]))


def test_parameters_say_what_they_are() -> None:
    """Each has a unit, a meaning, a range that holds its value, and what it rests on."""
    for parameter in PARAMETERS.values():
        assert parameter.unit
        assert parameter.meaning
        assert parameter.basis == "assumption"
        assert parameter.with_value(parameter.value) == parameter


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"home.buys": 2}, "home.buys = 2 lies outside 0.2 to 0.95 share"),
        ({"home.buys": float("nan")}, "home.buys = nan lies outside 0.2 to 0.95 share"),
        ({"education.mix": [1, 2]}, "education.mix: 11 weights are needed"),
    ],
)
def test_values_out_of_range_are_refused(values: dict[str, object], message: str) -> None:
    """The message says which parameter, what was given and what would do."""
    with pytest.raises(ParameterError) as caught:
        PARAMETERS.with_values(values)
    assert str(caught.value) == message


def test_an_unknown_parameter_is_refused_with_the_nearest_name() -> None:
    """A misspelt parameter is never passed over."""
    with pytest.raises(UnknownName) as caught:
        PARAMETERS.with_values({"home.buy": 0.5})
    assert str(caught.value) == "no parameter is called 'home.buy'; did you mean home.buys?"
