"""The people of rounds to come: drawn as the members of the ensemble expect together, and weighed by each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.calibrate.ensemble import Member
from simulate.calibrate.future import log_ratio
from simulate.calibrate.sample import Sample, Sampling, sample
from simulate.forecast.anchor import Anchor
from synthetic_data.population import Parameters
from synthetic_data.population.careers import CREDENTIAL_ROUND

Floats = NDArray[np.float64]

SEED = 20
EACH, LEAST = 0.5, 0.1


@dataclass(frozen=True)
class ToCome:
    """Hold the people who may be admitted after the last known round.

    Attributes:
        origin: the last round that is known.
        people: a sample of them.
        anchor: what is known of their number.

    """

    origin: int
    people: Sample
    anchor: Anchor

    @classmethod
    def of(cls, members: Sequence[Member], *, origin: int, last: int, draws: int, near: bool) -> ToCome:
        """Draw the people whom the members together expect.

        Args:
            members: of the ensemble of the origin.
            origin: the last round that is known.
            last: the last round to score.
            draws: lives drawn.
            near: leave out who is far from being admitted, as long as nobody asks how many wait.

        """
        names = members[0].coefficients
        expected = {name: float(np.mean([one.coefficients[name] for one in members])) for name in names}
        drawn = Sampling(
            draws=draws,
            seed=SEED,
            origin=origin,
            last=max(last, CREDENTIAL_ROUND),
            each=EACH,
            near=near,
            least=LEAST,
        )
        people = sample(drawn, Parameters.load(), expected)
        return cls(origin, people, Anchor.of(people.careers, origin))

    def weights(self, members: Sequence[Member]) -> Iterator[Floats]:
        """Yield for each member how many people each life stands for in the first round it applies in."""
        parameters, lives = Parameters.load(), self.people.careers.lives
        for member in members:
            ratio = log_ratio(lives, member.future, parameters, self.origin)
            weights = self.people.weights(member.vector(self.people.names))
            weights *= self.anchor.scale(weights, leaves=member.future.leaves) * np.exp(ratio)
            yield weights
