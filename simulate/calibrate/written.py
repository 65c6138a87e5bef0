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
from simulate.calibrate.trial import ROUNDS, SPREAD, Trial, applicants, trial

Floats = NDArray[np.float64]

HEAD = """\
# Written by `jifen calibrate`: how much each trait of a life weighs, so that drawn lives, weighted, give what
# is published of the rounds up to the origin; and how far every published number is missed.
# A weight is exp(sum of coefficient x trait), in people per million lives drawn.
"""

TRIAL = """\
# Under which the applicants of 2018 and 2019 come out, who are not fitted. Assumptions: two numbers settle
# two shares, nothing tests them, and no later round hangs on them.
[trial]
applied = {applied}  # of the pool of 2020, those who could have applied below the cutoff and had
left = {left}  # of those who applied in vain, who did not come again, beyond the leaves above
known = {known}  # applicants of whom the calibration itself says that they applied"""


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
        numbers = shown + target.published / people, shown + number / people
        lines += _told(target.round, target.name, numbers, target.spread / people)
    lines += _trial(trial(equations.sample, coefficients, leaves=leaves))
    return "\n".join(lines) + "\n"


def _told(round_: int, name: str, numbers: tuple[float, float], spread: float) -> list[str]:
    published, simulated = numbers
    return [
        "",
        "[[target]]",
        f"round = {round_}",
        f'name = "{name}"',
        f"published = {published:.2f}",
        f"simulated = {simulated:.2f}",
        f"spread = {spread:.3f}",
    ]


def _trial(found: Trial) -> list[str]:
    lines = []
    for year, number in zip(ROUNDS, found.given, strict=True):
        published = applicants(year)
        lines += _told(year, "applicants", (published, number), SPREAD * published)
        lines += ["assumed = true"]
    known = [round(number) for number in found.known]
    return [*lines, "", TRIAL.format(applied=found.applied, left=found.left, known=known)]


def committed_targets() -> pl.DataFrame:
    """Return every published number beside the one of the committed calibration.

    Columns: ``round, name, published, simulated, spread``, each number in its own unit; ``assumed``, whether
    it comes out by a share that is assumed for its sake, as `committed_trial` tells, and not by the fit.
    """
    told = pl.DataFrame([{**one, "assumed": one.get("assumed", False)} for one in _committed()["target"]])
    return told.sort("round", maintain_order=True)


def committed_trial() -> Trial:
    """Return what the committed calibration asks of the rounds under the trial rules."""
    found = _committed()
    shares, told = found["trial"], [one for one in found["target"] if one.get("assumed")]
    return Trial(
        shares["applied"],
        shares["left"],
        tuple(one["simulated"] for one in told),
        tuple(float(number) for number in shares["known"]),
    )


def main_fit() -> Member:
    """Return the committed calibration as a member that draws nothing anew, and knows of no later round."""
    found = _committed()
    fitted = [one for one in found["target"] if not one.get("assumed")]
    off = [(one["simulated"] - one["published"]) / one["spread"] for one in fitted]
    return Member(
        found["tilt"], Future(leaves=found["leaves"], late={}), float(np.sqrt(np.mean(np.square(off))))
    )


def committed_seed() -> int:
    """Return the seed of the committed calibration."""
    return int(_committed()["seed"])


def _committed() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "calibrated.toml").read_text("utf-8"))
