"""Parts: draws like each other, with whoever is still open in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulate.engine.field import Field
from simulate.engine.pilots import pilot_cutoffs
from simulate.engine.predict import Prediction, predict
from simulate.engine.scores import Lens, Real, Some, Whole

_MOST_PILOTS = 160

_SCOUTS = 8
"""One draw in so many is counted before the others of a part, so that these are guessed better."""

_WIDTH = 4.5
"""Half the band in standard errors of the prediction; a cutoff outside costs a second look, no exactness."""


@dataclass(frozen=True)
class Part:
    """Hold some draws, whoever is still open in them, and the guesses of their cutoffs.

    Attributes:
        draws: intp [draws].
        rows: intp, the open rows, as numbered in the ledger.
        field: these rows, in all draws.
        inside: people who are admitted in all these draws.
        guess: int64 [draws], the guessed cutoffs.
        band: cutoffs are looked for so far from the guess; whoever is set aside is farther in all the draws.
        told: of how many draws the guesses were last corrected.

    """

    draws: Some
    rows: Some
    field: Field
    inside: int
    guess: Whole
    band: int
    told: int = 0

    def opened(self) -> Opened:
        """Set aside who is above the band in all draws, and who is below it."""
        lens, distance = self.lens()
        low, high = lens.bounds()
        shift = self.guess - lens.origin()
        above = (low - shift.max() > self.band) & self.field.is_steady
        rest = np.flatnonzero(~above & (high - shift.min() >= -self.band))
        part = replace(
            self,
            rows=self.rows[rest],
            field=self.field.narrowed(rest),
            inside=self.inside + int(self.field.size[above].sum()),
        )
        return Opened(part, self.rows[above], lens.narrowed(rest), int((distance < self.band).sum()))

    def lens(self) -> tuple[Lens, Real]:
        """Look at the draws from the rows near the guesses; see `Field.lens`."""
        return self.field.lens(self.draws, float(self.guess.mean()))

    def piloted(self, coordinates: Real) -> Part:
        """Guess better, by pilots among these draws.

        Args:
            coordinates: float64 [all draws, any], what tells draws apart.

        """
        count = min(len(self.draws), _MOST_PILOTS, 32 + len(self.draws) // 8)
        positions = np.linspace(0, len(self.draws) - 1, count).astype(np.intp)
        pilots = self.some(positions)
        lens, _ = pilots.lens()
        found = pilot_cutoffs(
            self.field,
            lens,
            draws=pilots.draws,
            shift=pilots.guess - lens.origin(),
            width=self.band + 1,
            inside=self.inside,
        )
        return self.corrected(predict(coordinates[self.draws], positions, found))

    def scouts(self) -> tuple[Some, Some]:
        """Return the positions of the draws to be counted first, and of the others."""
        first = np.arange(len(self.draws)) % _SCOUTS == 0
        return np.flatnonzero(first), np.flatnonzero(~first)

    def corrected(self, fit: Prediction) -> Part:
        """Move the guesses by a prediction of how far off they are; the new band lies within the old one."""
        band = int(_WIDTH * fit.error) + 1
        if band >= self.band:
            return replace(self, told=len(self.draws))
        room = self.band - band
        guess = self.guess + np.rint(fit.values.clip(-room, room)).astype(np.int64)
        return replace(self, guess=guess, band=band, told=len(self.draws))

    def halves(self, coordinates: Real) -> list[Part]:
        """Split the draws at the median of their widest coordinate, or any way if they are all alike.

        Args:
            coordinates: float64 [draws, any], in the unit of scores.

        """
        widest = coordinates[:, int(np.argmax(np.ptp(coordinates, axis=0)))]
        order = np.argpartition(widest, len(widest) // 2)
        first, second = order[: len(order) // 2], order[len(order) // 2 :]
        return [self.some(first), self.some(second)]

    def some(self, which: Some) -> Part:
        """Return some of the draws, by their positions in the part."""
        return replace(self, draws=self.draws[which], guess=self.guess[which])


@dataclass(frozen=True)
class Opened:
    """Hold what a look at a part gave.

    Attributes:
        part: the part without whoever is set aside.
        above: intp, the rows that are above the band in all its draws.
        lens: its draws.
        crowd: rows within the band in the mean of its draws.

    """

    part: Part
    above: Some
    lens: Lens
    crowd: int
