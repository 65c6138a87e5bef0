"""Parts: draws like each other, with whoever is still open in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulate.engine.field import Field
from simulate.engine.newton import Step, step
from simulate.engine.pilots import pilot_cutoffs
from simulate.engine.predict import Prediction, predict
from simulate.engine.scores import Flags, Real, Some, Whole
from simulate.engine.weighted import Lens

_FEW_PILOTS, _MANY_PILOTS = 40, 160

_SURE = 3.0
"""How many times the typical error of a corrected guess is looked at around it."""

_WIDTH = 3.0
"""Half the band in standard errors of the prediction; a cutoff outside costs a second look, no exactness."""


@dataclass(frozen=True)
class Part:
    """Hold some draws, whoever is still open in them, and the guesses of their cutoffs.

    Attributes:
        draws: intp [draws].
        rows: intp, the open rows, as numbered in the ledger.
        field: these rows, in all draws.
        inside: int64 [levels + 2], people who are admitted in all these draws, by level and all.
        guess: int64 [draws], the guessed cutoffs.
        band: cutoffs are looked for so far from the guess; whoever is set aside is farther in all the draws.

    """

    draws: Some
    rows: Some
    field: Field
    inside: Whole
    guess: Whole
    band: int

    def opened(self) -> Opened:
        """Set aside who is above the band in all draws, and who is below it, by bounds."""
        lens = self.lens()
        low, high = lens.bounds()
        shift = self.guess - lens.origin()
        above = (low - shift.max() > self.band) & self.field.is_steady
        return self.without(above, high - shift.min() < -self.band, lens)

    def without(self, above: Flags, below: Flags, lens: Lens) -> Opened:
        """Set aside rows that are farther above the guesses than the band in all draws, and farther below."""
        rest = np.flatnonzero(~(above | below))
        part = replace(
            self,
            rows=self.rows[rest],
            field=self.field.narrowed(rest),
        )
        return Opened(part, self.rows[above], lens.narrowed(rest))

    def lens(self) -> Lens:
        """Look at the draws from the rows near the guesses; see `Field.lens`."""
        return self.field.lens(self.draws, float(self.guess.mean()))

    def piloted(self, coordinates: Real) -> Part:
        """Guess better, by pilots among these draws: few to begin with, then more, from where those are.

        Args:
            coordinates: float64 [all draws, any], what tells draws apart.

        """
        own = coordinates[self.draws]
        few = self.spread(_FEW_PILOTS)
        part = self.corrected(predict(own, few, self.some(few).histogram()))
        many = part.spread(_MANY_PILOTS)
        return part.corrected(predict(own, many, part.some(many).newton()))

    def spread(self, most: int) -> Some:
        """Return the positions of some draws, spread evenly."""
        count = min(len(self.draws), most)
        return np.linspace(0, len(self.draws) - 1, count).astype(np.intp)

    def histogram(self) -> Real:
        """Return how far the guesses are off, right to a bin of a histogram as wide as the band."""
        lens = self.lens()
        return pilot_cutoffs(
            self.field,
            lens,
            draws=self.draws,
            shift=self.guess - lens.origin(),
            width=self.band + 1,
            inside=int(self.inside[-1]),
        )

    def newton(self) -> Real:
        """Return about how far the guesses are off."""
        return replace(self, band=self.band // 4).step(self.lens()).values

    def step(self, lens: Lens) -> Step:
        """Count who is above the guesses, through a lens on the open rows in these draws."""
        scores = lens.scores(self.guess - lens.origin(), room=self.band)
        return step(self.field, scores, draws=self.draws, inside=int(self.inside[-1]), reach=self.band + 1)

    def corrected(self, fit: Prediction) -> Part:
        """Move the guesses by a prediction of how far off they are; the new band lies within the old one."""
        band = int(_WIDTH * fit.error) + 1
        if band >= self.band:
            return self
        room = self.band - band
        guess = self.guess + np.rint(fit.values.clip(-room, room)).astype(np.int64)
        return replace(self, guess=guess, band=band)

    def halves(self, coordinates: Real) -> list[Part]:
        """Split the draws at the median of their widest coordinate, or any way if they are all alike.

        Args:
            coordinates: float64 [draws, any], in the unit of scores.

        """
        widest = coordinates[:, int(np.argmax(np.ptp(coordinates, axis=0)))]
        order = np.argpartition(widest, len(widest) // 2)
        first, second = np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :])
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

    """

    part: Part
    above: Some
    lens: Lens

    def looked(self) -> tuple[Opened, Whole, int]:
        """Set aside who is above the band in all draws, and who is below it, by their scores.

        Returns:
            What is left; better guesses, int64 [draws]; and how far from them to look.

        """
        part = self.part
        found = part.step(self.lens)
        near = min(part.band, 1 + int(_SURE * found.error))
        room = part.band - near
        guess = part.guess + np.rint(found.values.clip(-room, room)).astype(np.int64)
        return part.without(found.above, found.below, self.lens), guess, near
