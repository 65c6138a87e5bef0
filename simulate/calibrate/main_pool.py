"""The pool of a round under the main fit, as applicants to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.rulebook import Rulebook
from simulate.calibrate.pools import Pools, Progress, Standing, silent
from simulate.calibrate.run import DRAWS, ORIGINS
from simulate.calibrate.written import main_fit
from synthetic_data.population import Lives
from synthetic_data.population.pool import DRAWN_AT_ONCE


@dataclass(frozen=True, kw_only=True)
class CalibratedPool:
    """Say which applicants are to be drawn from the main fit, as `writing.write_pool` takes them.

    Attributes:
        rules: facts are counted by its dates and windows.
        round_year: the year of the round.
        size: how many applicants.
        seed: 0 or more; the same seed gives the same applicants.
        draws: lives drawn, from which they are resampled.

    """

    rules: Rulebook
    round_year: int
    size: int
    seed: int
    draws: int = DRAWS

    def parts(self, progress: Progress = silent) -> Iterator[Lives]:
        """Draw them, give them out part by part, and tell how many are done with.

        Raises:
            NoPool: the pool of this round is not calibrated.

        """
        standing = Standing(round_year=self.round_year, origin=ORIGINS[0], seed=self.seed, draws=self.draws)
        people = Pools.of([main_fit()], standing).applicants(0, self.size)
        for first in range(0, self.size, DRAWN_AT_ONCE):
            yield people.take(slice(first, first + DRAWN_AT_ONCE))
            progress(min(first + DRAWN_AT_ONCE, self.size), self.size)
