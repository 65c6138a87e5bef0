"""The ways of scoring that are timed side by side, each ready to run on one frame of facts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
import polars as pl

from scoring.rulebook import Rulebook
from tests.bench import by_jifen, by_openfisca, by_polars
from tests.bench.facts import QUOTA, ROUND_YEAR
from tests.bench.openfisca_rules import by_hand, documented
from tests.bench.outcome import Outcome

COPY = "plain copy"
JIFEN = "jifen"
POLARS = "polars"
OPENFISCA = "OpenFisca"
BY_HAND = "OpenFisca*"


@dataclass
class Way:
    """Hold one way of scoring, what it hands over, and how long its runs took in seconds."""

    name: str
    run: Callable[[], Any]
    outcome: Callable[[Any], Outcome] | None
    repeats: int
    seconds: list[float] = field(default_factory=list)
    last: Outcome | None = None

    @property
    def median(self) -> float:
        """The median of its runs, in seconds."""
        return median(self.seconds)

    def once(self) -> None:
        """Run once and keep the time; the first run's outcome is kept for comparison."""
        start = time.perf_counter()
        result = self.run()
        self.seconds.append(time.perf_counter() - start)
        if self.last is None and self.outcome is not None:
            self.last = self.outcome(result)


def ways(facts: pl.DataFrame, rules: Rulebook, *, repeats: int, openfisca_repeats: int) -> Mapping[str, Way]:
    """Return every way, ready to run; what OpenFisca's inputs take to convert is not timed."""
    year, quota = ROUND_YEAR, QUOTA
    buffer = np.ones(int(facts.estimated_size()), dtype=np.uint8)

    arrays = by_openfisca.inputs(facts, by_openfisca.tax_benefit_system(facts, rules, documented))

    def openfisca(name: str, look_up: Callable[..., Any]) -> Way:
        system = by_openfisca.tax_benefit_system(facts, rules, look_up)
        return Way(
            name,
            lambda: by_openfisca.score(system, arrays, year=year, quota=quota),
            lambda outcome: outcome,
            openfisca_repeats,
        )

    every = (
        Way(COPY, lambda: np.copy(buffer), None, repeats),
        Way(JIFEN, lambda: by_jifen.score(facts, rules, year=year, quota=quota), by_jifen.outcome, repeats),
        Way(
            POLARS, lambda: by_polars.score(facts, rules, year=year, quota=quota), by_polars.outcome, repeats
        ),
        openfisca(BY_HAND, by_hand),
        openfisca(OPENFISCA, documented),
    )
    return {way.name: way for way in every}


def run(every: Mapping[str, Way]) -> None:
    """Run all ways in turn, round after round, so that a busy moment of the machine falls on all of them."""
    for turn in range(max(way.repeats for way in every.values())):
        for way in every.values():
            if turn < way.repeats:
                way.once()
