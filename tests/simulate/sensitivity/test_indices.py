"""Sobol' indices: on functions whose indices are known, and through the engine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
import scipy.stats
from numpy.typing import NDArray

from simulate import sensitivity
from simulate.experiment.sobol import sobol
from simulate.sensitivity import SensitivityError
from simulate.sensitivity.indices import DUMMY
from simulate.sensitivity.pick_freeze import Indices, indices
from tests.simulate.engine.cohorts import facts_cohort
from tests.simulate.sensitivity.pools import QUOTA, RULES, points, ten

Values = NDArray[np.float64]

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437, 0.0)
"""For a = 7 and b = 0.1 (Ishigami and Homma 1990), by integration; a fourth input moves nothing."""


def ishigami(x: Values) -> Values:
    """Give sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1."""
    return np.asarray(
        np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])
    )


def samples(function: Callable[[Values], Values], inputs: int, draws: int, seed: int) -> tuple[Values, ...]:
    """Run a function of inputs from -pi to pi on A, on B, and on A with each input from B."""
    points = (2 * sobol(2 * inputs, np.random.SeedSequence(seed), 0, draws) - 1) * np.pi
    a, b = points[:, :inputs], points[:, inputs:]
    mixed = np.stack([a] * inputs)
    for one in range(inputs):
        mixed[one, :, one] = b[:, one]
    return function(a), function(b), function(mixed)


def estimated(
    function: Callable[[Values], Values], inputs: int, *, draws: int = 2048, seed: int = 1
) -> Indices:
    """Estimate the indices of one output."""
    a, b, mixed = samples(function, inputs, draws, seed)
    return indices(a[:, None], b[:, None], mixed[..., None], replicates=300, seed=seed)


@pytest.mark.parametrize("seed", range(3))
def test_ishigami_lies_within_the_intervals(seed: int) -> None:
    """The known indices of three inputs, and 0 for a fourth, are inside every interval, and none is wide."""
    found = estimated(ishigami, 4, seed=seed)
    for ends, known in ((found.first_ends, ISHIGAMI_FIRST), (found.total_ends, ISHIGAMI_TOTAL)):
        assert (ends[0, :, 0] <= known).all()
        assert (ends[1, :, 0] >= known).all()
        assert (ends[1] - ends[0] < 0.16).all()


def test_estimates_agree_with_another_implementation() -> None:
    """On the same runs of Ishigami's function, scipy's indices are near; total ones are the same."""
    a, b, mixed = samples(ishigami, 3, 2048, 5)
    found = indices(a[:, None], b[:, None], mixed[..., None], replicates=2)
    theirs = scipy.stats.sobol_indices(
        func={"f_A": a[None], "f_B": b[None], "f_AB": mixed[:, None, :]}, n=2048, rng=1
    )
    assert found.first[:, 0] == pytest.approx(theirs.first_order.ravel(), abs=0.05)
    assert found.total[:, 0] == pytest.approx(theirs.total_order.ravel(), abs=0.01)


def test_an_output_that_does_not_vary_has_no_indices() -> None:
    """A constant has no variance to share: not 0, which would read as no influence."""
    found = estimated(lambda x: np.full(x.shape[:-1], 3.0), 2)
    assert np.isnan([found.first, found.total]).all()


def test_a_sum_is_shared_by_squares() -> None:
    """One person's total is a sum: each weight explains the square of its points, and nothing interacts."""
    one = sensitivity.study(points({"employment": [60], "education": [20], "tax": [20]}), RULES, quota=1)
    cutoff = sensitivity.sobol_indices(one).filter(quantity="cutoff")
    told = {row["input"]: row for row in cutoff.iter_rows(named=True)}
    for name, known in (("employment", 3600 / 4400), ("education", 400 / 4400), ("age", 0), (DUMMY, 0)):
        assert told[name]["first_low"] <= known <= told[name]["first_high"]
        assert told[name]["total"] == pytest.approx(known, abs=0.02)


def test_what_does_not_vary_is_not_told() -> None:
    """With one applicant nobody can be displaced, so that the share changed has no indices."""
    one = sensitivity.study(points({"employment": [60], "education": [20]}), RULES, quota=1)
    changed = sensitivity.sobol_indices(one, draws=64).filter(quantity="share_changed")
    assert not changed["converged"].any()
    assert changed["first"].null_count() == changed["total_high"].null_count() == 10


def test_too_few_draws_are_not_told() -> None:
    """Sixteen draws leave intervals so wide that no first-order index is printed."""
    few = sensitivity.sobol_indices(sensitivity.study(ten(), RULES, quota=QUOTA), draws=16)
    assert few.filter(pl.col("converged"))["first"].is_not_null().all()
    assert few.filter(~pl.col("converged"))["first"].is_null().all()
    assert 2 * few["converged"].sum() < few.height


def test_the_dummy_comes_out_at_zero() -> None:
    """Among two thousand, the dummy explains nothing in total, and 0 is in its first-order interval."""
    study = sensitivity.study(facts_cohort(2_000), RULES, quota=120, groups=["sex"])
    frame = sensitivity.sobol_indices(study, draws=512)
    dummy = frame.filter(input=DUMMY).drop_nulls("first")
    assert dummy.height >= 2
    assert (dummy["total"] == 0).all()
    assert dummy.select((pl.col("first_low") <= 0) & (pl.col("first_high") >= 0)).to_series().all()
    told = frame.filter(pl.col("converged"), pl.col("quantity") == "cutoff")
    assert told.sort("first")["input"].to_list()[-1] == "employment"


def test_the_same_seed_gives_the_same_indices() -> None:
    """Design and intervals hang on the seed alone."""
    study = sensitivity.study(ten(), RULES, quota=QUOTA)
    first, again, other = (sensitivity.sobol_indices(study, draws=1024, seed=seed) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


@pytest.mark.parametrize(
    ("quota", "draws", "spread", "message"),
    [(0, 64, 0.1, "nobody is admitted"), (4, 100, 0.1, "powers of two"), (4, 64, 0.0, "a spread of")],
)
def test_what_cannot_be_analysed_is_refused(quota: int, draws: int, spread: float, message: str) -> None:
    """No cutoff, an unbalanced number of draws and no spread are each refused in a sentence."""
    study = sensitivity.study(ten(), RULES, quota=quota)
    with pytest.raises(SensitivityError, match=message):
        sensitivity.sobol_indices(study, draws=draws, spread=spread)
