"""A sample of lives for calibration and forecast: drawn, then kept by how much they are likely to weigh.

Lives near the front of the queue are kept with a chance in proportion to their weight, so that those kept
weigh about alike; of those far from it a few are kept, and count for many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthetic_data.population import Parameters, draw
from synthetic_data.population.careers import Careers, rules_of
from synthetic_data.population.chance import BLOCK
from synthetic_data.population.lives import Lives
from synthetic_data.population.points import points_of
from synthetic_data.population.traits import matrix, traits

Column = NDArray[Any]
Floats = NDArray[np.float64]

REFERENCE_DRAWS = 1_000_000
"""The number of drawn lives to which the weights refer, whatever the number drawn."""
BLOCKS_AT_ONCE = 12
FAR_TOTAL, FAR_KEPT = 8400, 0.06
"""Who has fewer points (hundredths) in the round of 2022 is far from the front; the share kept of them."""
FAR_UNTIL, LATER = 2026, 1000
"""So far ahead this holds; who is to be admitted later may have so many points (hundredths) less."""
FAR_EACH = 16.0
"""How many times as many people somebody far from the front stands for as somebody near it."""
FRONT = 400
"""Within so many hundredths of the line somebody is near the front."""


@dataclass(frozen=True)
class Sample:
    """Hold people, the logarithm of what each stands for, and their traits.

    Attributes:
        careers: the people and their points.
        log_draw: logarithm of the drawn lives, per `REFERENCE_DRAWS`, that each stands for.
        traits: a row a person, a column a trait.
        names: of the traits.
        mean: of each coefficient before anything is fitted.
        spread: its standard deviation.

    """

    careers: Careers
    log_draw: Floats
    traits: Floats
    names: tuple[str, ...]
    mean: Floats
    spread: Floats

    def __len__(self) -> int:
        return len(self.log_draw)

    def weights(self, coefficients: Floats) -> Floats:
        """Return how many people each stands for."""
        return np.exp(np.clip(self.traits @ coefficients + self.log_draw, -40, 12))

    def take(self, rows: Column) -> Sample:
        """Return some people, by position or mask."""
        return Sample(
            self.careers.take(rows),
            self.log_draw[rows],
            self.traits[rows],
            self.names,
            self.mean,
            self.spread,
        )


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """Say how a sample is drawn.

    Attributes:
        draws: lives drawn.
        seed: of the lives and of who is kept.
        origin: the last round that may be known.
        last: the last round to score.
        each: about how many real people somebody near the front stands for.
        near: keep nobody far from the front, as a forecast needs.
        far: the share kept of those far from the front, where any are.
        least: the least chance of being kept near the front, so that a later fit may let people weigh more.

    """

    draws: int
    seed: int
    origin: int
    last: int = 2026
    each: float = 0.7
    near: bool = False
    far: float = FAR_KEPT
    least: float = 0.03


def sample(
    sampling: Sampling, parameters: Parameters, coefficients: Mapping[str, float] | None = None
) -> Sample:
    """Draw a sample; without coefficients all lives near the front are kept alike."""
    return _joined(list(parts(sampling, parameters, coefficients)))


def parts(
    sampling: Sampling, parameters: Parameters, coefficients: Mapping[str, float] | None = None
) -> Iterator[Sample]:
    """Yield a sample part by part, as it is drawn."""
    at_once = BLOCK * BLOCKS_AT_ONCE
    rounds = -(-sampling.draws // at_once)
    shift = np.log(REFERENCE_DRAWS / (rounds * at_once))
    for part in range(rounds):
        sequence = np.random.SeedSequence(sampling.seed, spawn_key=(part, 1))
        random = np.random.Generator(np.random.PCG64DXSM(sequence))
        lives = draw(parameters, size=at_once, seed=sampling.seed, first=part * at_once)
        yield _kept(lives, random, sampling=sampling, coefficients=coefficients, shift=shift)


def _kept(
    lives: Lives,
    random: np.random.Generator,
    *,
    sampling: Sampling,
    coefficients: Mapping[str, float] | None,
    shift: float,
) -> Sample:
    """Keep some of the lives, with what each then stands for."""
    least = FAR_TOTAL if sampling.last <= FAR_UNTIL else FAR_TOTAL - LATER
    far = points_of(lives, rules_of(2022), 2022)["total"] < least
    share = np.where(far, 0.0 if sampling.near else sampling.far, 1.0)
    rows = np.flatnonzero(random.random(len(lives)) < share)
    careers = Careers.of(lives.take(rows), origin=sampling.origin, last=sampling.last)
    found = traits(careers, sampling.origin)
    made = Sample(
        careers,
        shift - np.log(share[rows]),
        matrix(found),
        tuple(one.name for one in found),
        np.array([one.mean for one in found]),
        np.array([one.spread for one in found]),
    )
    if coefficients is None:
        return made
    likely = made.weights(np.array([coefficients.get(name, 0.0) for name in made.names]))
    front = near(careers)
    each = sampling.each * np.where(front, 1.0, FAR_EACH)
    chance = np.clip(likely / each, np.where(front, sampling.least, sampling.least / 10), 1.0)
    rows = np.flatnonzero(random.random(len(made)) < chance)
    kept = made.take(rows)
    return Sample(
        kept.careers, kept.log_draw - np.log(chance[rows]), kept.traits, kept.names, kept.mean, kept.spread
    )


def near(careers: Careers) -> Column:
    """Say who comes near the line in any round in which they may apply."""
    found = np.zeros(len(careers), np.bool_)
    for year, total in careers.totals.items():
        applies = careers.eligible[year] & (careers.lives.applies_from <= year)
        found |= applies & (total > careers.line[year] - FRONT)
    return found


def _joined(made: list[Sample]) -> Sample:
    return Sample(
        Careers.concat([one.careers for one in made]),
        np.concatenate([one.log_draw for one in made]),
        np.concatenate([one.traits for one in made]),
        made[0].names,
        made[0].mean,
        made[0].spread,
    )
