"""Write what a calibration found: coefficients, and the distance of every target."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.calibrate.ensemble import FOLDER, Member
from simulate.calibrate.equations import Equations
from simulate.calibrate.future import Future

Floats = NDArray[np.float64]

HEAD = """\
# Written by `jifen calibrate`: how much each trait of a life weighs, so that drawn lives, weighted, give what
# is published of the rounds up to the origin; and how far every published number is missed.
# A weight is exp(sum of coefficient x trait), in people per million lives drawn.
"""


def written(equations: Equations, coefficients: Floats, *, leaves: float, seed: int) -> str:
    """Return the calibration as TOML.

    Args:
        equations: the targets.
        coefficients: as they are written, rounded.
        leaves: the share who leave after each round.
        seed: of the lives drawn.

    """
    given, _ = equations(coefficients, leaves)
    lines = [HEAD, f"seed = {seed}", f"leaves = {leaves}", f"people = {len(equations.sample)}", "", "[tilt]"]
    names = equations.sample.names
    lines += [f'"{name}" = {number:.4f}' for name, number in zip(names, coefficients, strict=True)]
    for target, number in zip(equations.targets, given, strict=True):
        shown = target.shown or 0.0
        people = target.scale if target.shown is not None else 1.0
        published, simulated = (shown + one / people for one in (target.published, number))
        lines += [
            "",
            "[[target]]",
            f"round = {target.round}",
            f'name = "{target.name}"',
            f"published = {published:.2f}",
            f"simulated = {simulated:.2f}",
            f"spread = {target.spread / people:.3f}",
        ]
    return "\n".join(lines) + "\n"


def committed_targets() -> pl.DataFrame:
    """Return every published number beside the one of the committed calibration.

    Columns: ``round, name, published, simulated, spread``, each number in its own unit.
    """
    return pl.DataFrame(_committed()["target"])


def main_fit() -> Member:
    """Return the committed calibration as a member that draws nothing anew, and knows of no later round."""
    found = _committed()
    off = [(one["simulated"] - one["published"]) / one["spread"] for one in found["target"]]
    return Member(
        found["tilt"], Future(leaves=found["leaves"], late={}), float(np.sqrt(np.mean(np.square(off))))
    )


def committed_seed() -> int:
    """Return the seed of the committed calibration."""
    return int(_committed()["seed"])


def _committed() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "calibrated.toml").read_text("utf-8"))
