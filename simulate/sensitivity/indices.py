"""Which weights an outcome hangs on when all of them move at once: Sobol' indices by the exact engine."""

from __future__ import annotations

import numpy as np
import polars as pl

from scoring.rulebook import INDICATORS
from simulate.engine import UNIT, Outcomes
from simulate.engine.scores import Real
from simulate.experiment.sobol import sobol
from simulate.sensitivity.effects import TO_POINTS
from simulate.sensitivity.errors import SensitivityError
from simulate.sensitivity.pick_freeze import Indices, indices
from simulate.sensitivity.study import Study, Weights

DUMMY = "dummy"
"""An input that nothing hangs on: where its interval leaves 0 out, the sample is too small for the output."""

WIDEST = 0.1
"""Half of an interval; an index that is known less well is not told."""

CONSTANT = 1e-12
"""Variance, against the square of the size of an output, below which it does not vary."""


def sobol_indices(
    study: Study, *, spread: float = 0.1, draws: int = 1024, replicates: int = 400, seed: int = 0
) -> pl.DataFrame:
    """Share the variance of the cutoff, of who is admitted, and of groups among the nine weights.

    Each weight is uniform within *spread* of 1, independent of the others, on the grid of 1/1024; every draw
    is exact. The design is a scrambled Sobol' sequence of 20 dimensions; intervals resample the draws as if
    they were random, so that they are rather too wide. A tenth input, the dummy, moves nothing.

    Args:
        study: the prepared cohort.
        spread: the widest move of a weight, as a share of it.
        draws: of each of the eleven samples, a power of two.
        replicates: resamples of the draws for the intervals.
        seed: of the design and of the resampling.

    Returns:
        A row an input and quantity: ``input`` (an indicator, or ``dummy``), ``quantity`` (``cutoff``,
        ``share_changed``, ``share``), ``group``, ``level``, ``first``, ``first_low``, ``first_high``,
        ``total``, ``total_low``, ``total_high``, and ``converged``. Indices are null and ``converged`` is
        false where an interval is wider than `WIDEST` on a side, where the dummy's leaves out 0, or where
        the quantity does not vary.

    Raises:
        SensitivityError: nobody is admitted, the spread is none, or *draws* is no power of two.

    """
    if study.cutoff is None:
        raise SensitivityError("nobody is admitted, so that nothing varies")
    if draws < 2 or draws & (draws - 1):
        raise SensitivityError(f"{draws} draws: a Sobol' sequence is balanced at powers of two only")
    a, b, mixed = _runs(study, _samples(spread, draws, seed))
    found = indices(a, b, np.concatenate([mixed, a[None]]), replicates=replicates, seed=seed)
    varies = np.concatenate([a, b]).var(axis=0) > CONSTANT * np.square([a, b]).mean(axis=(0, 1))
    return _frame(study, found, varies)


def _samples(spread: float, draws: int, seed: int) -> Weights:
    """Return the samples A and B and the nine mixed ones, int32 [11, draws, 9] in 1/1024."""
    step = round(spread * UNIT)
    if not 0 < step <= UNIT:
        raise SensitivityError(f"a spread of {spread}: it must be from 1/{UNIT} to 1")
    points = sobol(2 * (len(INDICATORS) + 1), np.random.SeedSequence(seed), 0, draws)
    grid = UNIT - step + np.floor(points * (2 * step + 1)).astype(np.int32)
    a, b = grid[:, : len(INDICATORS)], grid[:, len(INDICATORS) + 1 : -1]
    samples = np.stack([a, b, *[a] * len(INDICATORS)])
    for position in range(len(INDICATORS)):
        samples[2 + position, :, position] = b[:, position]
    return samples


def _runs(study: Study, samples: Weights) -> tuple[Real, Real, Real]:
    outcomes = study.weighed(samples.reshape(-1, samples.shape[2]))
    values = _outputs(study, outcomes).reshape(*samples.shape[:2], -1)
    return values[0], values[1], values[2:]


def _outputs(study: Study, outcomes: Outcomes) -> Real:
    """Return the cutoff, the share of the baseline's admitted who left, and each level's share."""
    return np.column_stack(
        [
            outcomes.cutoff_exact / TO_POINTS,
            outcomes.left / int(study.baseline.admitted[0]),
            outcomes.group_counts / outcomes.admitted[:, None],
        ]
    )


def _frame(study: Study, found: Indices, varies: np.ndarray) -> pl.DataFrame:
    names: list[tuple[str, str | None, str | None]] = [("cutoff", None, None), ("share_changed", None, None)]
    names += [("share", group, level) for group, level in study.baseline.levels]
    halves = [(ends[1] - ends[0]) / 2 for ends in (found.first_ends, found.total_ends)]
    at_zero = (found.first_ends[0, -1] <= 0) & (found.first_ends[1, -1] >= 0)
    converged = (np.maximum(*halves) <= WIDEST) & at_zero & varies
    columns = {
        "first": found.first,
        "first_low": found.first_ends[0],
        "first_high": found.first_ends[1],
        "total": found.total,
        "total_low": found.total_ends[0],
        "total_high": found.total_ends[1],
    }
    inputs = (*INDICATORS, DUMMY)
    return pl.DataFrame(
        {
            "input": np.repeat(inputs, len(names)),
            **{
                title: pl.Series([name[place] for name in names] * len(inputs), dtype=pl.String)
                for place, title in enumerate(("quantity", "group", "level"))
            },
            **{title: np.where(converged, values, np.nan).ravel() for title, values in columns.items()},
            "converged": converged.ravel(),
        }
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
