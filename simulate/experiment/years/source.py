"""Where people come from: plain synthetic lives, or the calibrated ensemble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulate.calibrate.ensemble import load
from simulate.forecast.drawing import Drawing, expected
from simulate.forecast.people import ToCome
from synthetic_data.population import Lives, Parameters, draw
from synthetic_data.population.lives import NEVER


class Source(Protocol):
    """Give people, and say who of them is there under each member of an ensemble."""

    @property
    def size(self) -> int:
        """How many people are numbered."""

    @property
    def members(self) -> int:
        """How many members there are; 1 where there is no ensemble."""

    def lives(self, changes: Mapping[str, float]) -> Lives:
        """Return their lives under other parameters."""

    @property
    def there(self) -> NDArray[np.bool_] | None:
        """Who is there under each member, bool [members, size]; None for everybody."""

    def rates(self, member: int) -> dict[str, float]:
        """Return the rates of behaviour that a member has of its own."""


@dataclass(frozen=True)
class Plain:
    """Draw people from the parameters of `synthetic_data.population`."""

    size: int
    seed: int
    members: int = 1

    def lives(self, changes: Mapping[str, float]) -> Lives:
        """Return their lives under other parameters: the same people lead slightly other ones."""
        return draw(Parameters.load().with_values(changes), size=self.size, seed=self.seed)

    @property
    def there(self) -> None:
        """Everybody is there."""

    def rates(self, member: int) -> dict[str, float]:  # noqa: ARG002  there is one
        """Behaviour is as it is assumed."""
        return {}


@dataclass(frozen=True)
class Calibrated:
    """Hold the people of an ensemble.

    Each life stands for so many people as a member expects, rounded up or down by a lot of its own, which all
    members share: two members differ by what they expect and not by chance.

    Attributes:
        every: whoever is there under some member.
        there: bool [members, size].
        leaves: of those who wait, the share that leaves after each round, under each member.

    """

    every: Lives
    there: NDArray[np.bool_]
    leaves: tuple[float, ...]

    @classmethod
    def draw(cls, drawing: Drawing, member: int | None) -> Calibrated:
        """Draw the people of all members, or of the one that is named, from 1 on."""
        known = load(drawing.origin)
        to_come = ToCome.of(
            known, origin=drawing.origin, last=drawing.years[-1], draws=drawing.draws, near=False
        )
        rows, weights = expected(to_come, drawing, known)
        some = range(len(known)) if member is None else [member - 1]
        counts = np.floor(weights[some] + np.random.default_rng(drawing.seed).random(len(rows)))
        most = counts.max(axis=0).astype(np.intp)
        life = np.repeat(np.arange(len(rows)), most)
        copy = np.arange(len(life)) - np.repeat(np.cumsum(most) - most, most)
        lives = to_come.people.careers.lives.take(rows[life])
        number = np.arange(len(life), dtype=np.int32)
        stay = np.full(len(life), NEVER, dtype=np.int16)
        return cls(
            replace(lives, person=number, leaves_after=stay),
            copy < counts[:, life],
            tuple(known[one].future.leaves for one in some),
        )

    @property
    def size(self) -> int:
        """How many people are numbered."""
        return len(self.every)

    @property
    def members(self) -> int:
        """How many members there are."""
        return len(self.there)

    def lives(self, changes: Mapping[str, float]) -> Lives:  # noqa: ARG002  none are let through
        """Return the lives that were fitted."""
        return self.every

    def rates(self, member: int) -> dict[str, float]:
        """Return how many leave; nobody lets a round pass, as late comers are fitted."""
        return {"leaving.leaves": self.leaves[member], "entering.skips": 0.0}
