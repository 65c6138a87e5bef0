"""Calibrate from beginning to end: fit, draw again by the fit, fit again, then draw the ensembles."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring.cohort.atomic import replacing
from simulate.calibrate.ensemble import Member, draw_member, from_csv, to_csv
from simulate.calibrate.equations import Equations
from simulate.calibrate.fit import fit
from simulate.calibrate.priors import priors
from simulate.calibrate.sample import Sample, Sampling, sample
from simulate.calibrate.written import written
from synthetic_data.population import Parameters

Floats = NDArray[np.float64]
Progress = Callable[[int, int, str], None]

ORIGINS = (2022, 2021, 2020)
"""The last round that is known: of the forecast, and of the backtest's two."""
MEMBERS = {2022: 32, 2021: 16, 2020: 16}
FIRST_DRAWS, DRAWS = 400_000, 4_000_000
REDRAWN = 2
_DIGITS = 3
_COARSE, _FINE = 0.1, 0.02


@dataclass(frozen=True)
class Calibration:
    """Hold how far a calibration has come, in a folder.

    Attributes:
        out: the folder.
        seed: of everything drawn.
        members: how many members each origin's ensemble has.
        draws: lives drawn for the first fit, and for each later one.

    """

    out: Path
    seed: int
    members: Mapping[int, int] = field(default_factory=lambda: dict(MEMBERS))
    draws: tuple[int, int] = (FIRST_DRAWS, DRAWS)

    @property
    def steps(self) -> int:
        """How many steps there are: fits, and members."""
        return sum(1 + REDRAWN + number for number in self.members.values())

    def run(self, *, resume: bool = False, progress: Progress = lambda *_: None) -> None:
        """Calibrate, and write ``calibrated.toml`` and an ensemble a origin.

        Args:
            resume: go on from what an earlier run with the same seed left in the folder.
            progress: told the step, how many there are, and what is done.

        """
        self.out.mkdir(parents=True, exist_ok=True)
        if not resume:
            for old in self.out.glob("*.part"):
                old.unlink()
        done = 0
        for origin, number in self.members.items():
            if len(self._read_members(origin)) < number:
                self._origin(origin, number, done, progress)
            self._keep(f"ensemble-{origin}.csv", to_csv(self._read_members(origin)))
            done += 1 + REDRAWN + number
        for part in self.out.glob(self._part("*", "*")):
            part.unlink()

    def _origin(self, origin: int, number: int, done: int, progress: Progress) -> None:
        fits = self._read_fits(origin)
        found, last = None, None
        for stage in range(1 + REDRAWN):
            progress(done + stage, self.steps, f"{origin}: fit {stage + 1}")
            if stage < len(fits):
                continue
            last = self._sample(origin, stage, fits)
            found = Equations(last, origin=origin)
            fits.append(self._fit(found, fits, fine=stage == REDRAWN))
            self._keep(self._part("fits", origin), json.dumps(fits))
        done += 1 + REDRAWN
        if found is None or last is None:
            last = self._sample(origin, REDRAWN, fits)
            found = Equations(last, origin=origin)
        start = np.array([fits[-1][name] for name in last.names])
        if origin == ORIGINS[0]:
            self._keep("calibrated.toml", written(found, start, leaves=_leaves(), seed=self.seed))
        members = self._read_members(origin)
        for one in range(len(members), number):
            progress(done + one, self.steps, f"{origin}: member {one + 1} of {number}")
            members.append(draw_member(found, start, seed=self.seed, origin=origin, number=one))
            self._keep(self._part("ensemble", origin), to_csv(members))

    def _sample(self, origin: int, stage: int, fits: Sequence[Mapping[str, float]]) -> Sample:
        drawn = Sampling(draws=self.draws[stage > 0], seed=self.seed + stage, origin=origin)
        return sample(drawn, Parameters.load(), fits[stage - 1] if stage else None)

    def _fit(
        self, equations: Equations, fits: Sequence[Mapping[str, float]], *, fine: bool
    ) -> dict[str, float]:
        names = equations.sample.names
        start = np.array([fits[-1][name] for name in names]) if fits else None
        found = fit(equations, leaves=_leaves(), start=start, close=_FINE if fine else _COARSE)
        return dict(zip(names, np.round(found.coefficients, _DIGITS).tolist(), strict=True))

    def _read_fits(self, origin: int) -> list[dict[str, float]]:
        path = self.out / self._part("fits", origin)
        return list(json.loads(path.read_text("utf-8"))) if path.exists() else []

    def _read_members(self, origin: int) -> list[Member]:
        path = self.out / self._part("ensemble", origin)
        return list(from_csv(path.read_text("utf-8"))) if path.exists() else []

    def _part(self, what: str, origin: int | str) -> str:
        """Name a part after its seed, so that another seed never goes on from it."""
        return f"{what}-{origin}-seed-{self.seed}.part"

    def _keep(self, name: str, text: str) -> None:
        with replacing(self.out / name) as beside:
            beside.write_text(text, "utf-8")


def _leaves() -> float:
    return float(priors()["leaves"]["median"])
