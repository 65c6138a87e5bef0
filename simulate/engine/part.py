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

_WIDTH = 2.5
"""Half the band in standard errors of the prediction; a cutoff outside costs a second look, no exactness."""


@dataclass(frozen=True)
class Part:
    """Hold some draws, whoever is still open in them, and the guesses of their cutoffs.

    Attributes:
        draws: intp [draws].
        rows: intp, open rows.
        inside: people who are admitted in all these draws.
        guess: int64 [draws], the guessed cutoffs.
        band: cutoffs are looked for so far from the guess; whoever is set aside is farther in all the draws.
        told: of how many draws the guesses were last corrected.

    """

    draws: Some
    rows: Some
    inside: int
    guess: Whole
    band: int
    told: int

    def opened(self, field: Field) -> Opened:
        """Set aside who is above the band in all draws, and who is below it."""
        lens, distance = field.lens(self.draws, self.rows, float(self.guess.mean()))
        low, high = lens.bounds(self.rows)
        shift = self.guess - lens.origin()
        above = (low - shift.max() > self.band) & (self.rows < field.steady)
        rest = ~above & (high - shift.min() >= -self.band)
        inside = self.rows[above]
        part = replace(self, rows=self.rows[rest], inside=self.inside + int(field.size[inside].sum()))
        return Opened(part, inside, lens, int((distance < self.band).sum()))

    def piloted(self, field: Field, coordinates: Real) -> Part:
        """Guess better, by pilots among these draws.

        Args:
            field: rows and draws.
            coordinates: float64 [all draws, any], what tells draws apart.

        """
        count = min(len(self.draws), _MOST_PILOTS, 32 + len(self.draws) // 8)
        pilots = np.linspace(0, len(self.draws) - 1, count).astype(np.intp)
        lens, _ = field.lens(self.draws[pilots], self.rows, float(self.guess.mean()))
        found = pilot_cutoffs(
            field,
            lens,
            self.rows,
            draws=self.draws[pilots],
            shift=self.guess[pilots] - lens.origin(),
            width=self.band + 1,
            inside=self.inside,
        )
        return self.corrected(predict(coordinates[self.draws], pilots, found))

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
