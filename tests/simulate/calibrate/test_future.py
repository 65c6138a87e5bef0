"""What is assumed after the origin: likelihood ratios leave the past as it was."""

import numpy as np
import pytest

from simulate.calibrate.future import Future, log_ratio
from simulate.calibrate.priors import draw_future, draw_leaves
from synthetic_data.population import Lives, Parameters, draw

PARAMETERS = Parameters.load()


@pytest.fixture(scope="module")
def lives() -> Lives:
    """Some lives."""
    return draw(PARAMETERS, size=200_000, seed=5)


def weights(lives: Lives, **assumed: float) -> np.ndarray:
    """Weigh lives under assumptions."""
    return np.exp(log_ratio(lives, Future(leaves=0.0, late={}, **assumed), PARAMETERS, 2022))


def test_the_parameters_own_rates_change_nothing(lives: Lives) -> None:
    """With all factors at one, everybody weighs one."""
    assert np.allclose(weights(lives), 1)


@pytest.mark.parametrize("assumed", [{"tax_begins": 2.0}, {"tax_ends": 1.5}, {"moves": 3.0}])
def test_the_past_stays_as_it_was(lives: Lives, assumed: dict[str, float]) -> None:
    """On average nobody weighs more or less, also among those who paid by then, and those who did not."""
    found = weights(lives, **assumed)
    assert found.mean() == pytest.approx(1, abs=0.01)
    for group in (lives.tax_from < 2022, lives.tax_from >= 2022, lives.home_from[1] < 12 * 2022):
        assert found[group].mean() == pytest.approx(1, abs=0.03)


def test_a_doubled_rate_begins_about_twice_as_often(lives: Lives) -> None:
    """In the first year after the origin; exactly, 1 - exp(-0.14) against 1 - exp(-0.07)."""
    begins = lives.tax_from == 2022
    assert weights(lives, tax_begins=2.0)[begins].mean() == pytest.approx(
        (1 - np.exp(-0.14)) / (1 - np.exp(-0.07)), rel=0.01
    )


def test_late_comers_of_a_round_weigh_as_assumed(lives: Lives) -> None:
    """Half as many again in 2024, and nobody else."""
    found = np.exp(log_ratio(lives, Future(leaves=0.0, late={2024: 1.5}), PARAMETERS, 2022))
    assert np.allclose(found[lives.applies_from == 2024], 1.5)
    assert np.allclose(found[lives.applies_from != 2024], 1)


def test_priors_are_drawn_around_what_they_say() -> None:
    """The share who leave lies within its bounds; factors are centred on the last fitted years."""
    random = np.random.default_rng(1)
    leaves = [draw_leaves(random) for _ in range(2_000)]
    assert 0 <= min(leaves) <= max(leaves) <= 0.12
    assert np.median(leaves) == pytest.approx(0.03, rel=0.05)
    effects = {f"{name}.{year}": 0.5 for name in ("tax_begins", "moves") for year in range(2016, 2022)}
    drawn = [draw_future(random, effects, leaves=0.03, origin=2022) for _ in range(2_000)]
    assert np.median([one.tax_begins for one in drawn]) == pytest.approx(np.exp(0.5), rel=0.05)
    assert set(drawn[0].late) == set(range(2023, 2032))
