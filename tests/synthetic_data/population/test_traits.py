"""Traits: the same for everyone, and blind to what comes after the origin."""

from dataclasses import replace

import numpy as np
import pytest

from synthetic_data.population import Lives, Parameters, draw
from synthetic_data.population.careers import Careers
from synthetic_data.population.lives import NEVER
from synthetic_data.population.traits import Trait, traits


@pytest.fixture(scope="module")
def lives() -> Lives:
    """Some lives."""
    return draw(Parameters.load(), size=3_000, seed=2)


def of(lives: Lives, origin: int = 2022) -> list[Trait]:
    """Return the traits of people."""
    return traits(Careers.of(lives, origin=origin, last=2026), origin)


def test_each_trait_has_a_name_of_its_own_and_a_value_for_everyone(lives: Lives) -> None:
    """Names differ, values are finite, spreads are positive."""
    found = of(lives)
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.values.shape == (len(lives),)
        assert np.isfinite(one.values).all()
        assert one.spread > 0


def test_a_person_has_the_same_traits_among_others(lives: Lives) -> None:
    """Traits of some people alone are those they have among all."""
    rows = np.arange(0, 3_000, 7)
    for alone, among in zip(of(lives.take(rows)), of(lives), strict=True):
        assert np.allclose(alone.values, among.values[rows])


def test_what_happens_after_the_origin_changes_no_trait(lives: Lives) -> None:
    """High tax that begins later, and a move out of the six districts later: as if neither came."""
    later = lives.tax_from >= 2022
    moved = (lives.home_from[1] >= 12 * 2022) & (lives.home_from[1] < NEVER)
    assert later.any()
    assert moved.any()
    never = replace(
        lives,
        tax_from=np.where(later, NEVER, lives.tax_from).astype(np.int16),
        home_from=np.where(np.array([np.zeros_like(moved), moved]), NEVER, lives.home_from).astype(np.int16),
    )
    # Who comes late is judged by points of later rounds: they alone may differ.
    early = lives.applies_from <= 2022
    for before, after in zip(of(lives), of(never), strict=True):
        assert np.array_equal(before.values[early], after.values[early]), before.name


def test_an_earlier_origin_knows_fewer_single_years(lives: Lives) -> None:
    """With the data up to 2020, no trait names 2020, 2021 or 2022 as a year of tax or of a move."""
    names = {one.name for one in of(lives, 2020)}
    assert "tax_begins.2019" in names
    assert not names & {"tax_begins.2020", "moves.2020", "job_moves.2021", "late.2022"}
