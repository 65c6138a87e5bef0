"""The engine over several years: the queue of a population, for many draws that chance befalls alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError
from scoring.rulebook import INDICATORS, Rulebook
from scoring.rulebook.paths import parameter_at
from simulate.engine import UNIT
from simulate.engine.blas import one_thread
from simulate.experiment.years.draws import Some, YearDraws
from simulate.experiment.years.outcomes import BASELINE, Arrays, in_order, outcomes
from simulate.experiment.years.people import People, coded, weighted_totals
from simulate.queue import NOBODY, Group, Line, Paths, Presence, admit
from simulate.queue.behaviour import behaviour
from simulate.queue.common import Numbers, present, stands
from simulate.queue.people import Told
from synthetic_data.population import Parameters

_AHEAD = 4
"""How many times as many people as there are places may be looked at for a cutoff; more, if these are few."""


@dataclass(frozen=True)
class YearsEngine:
    """Answer draws over one population and one baseline: a rulebook, weights of 1, places by round.

    Attributes:
        rules: the baseline's rulebook.
        rounds: one after the other.
        places: the baseline's, of each round.
        groups: by which the admitted are counted.
        size: people drawn, of whom some may stand in the queue.
        seeds: of the people, and of their chance.
        weighted: the indicators whose weight may not be 1.

    """

    rules: Rulebook
    rounds: tuple[int, ...]
    places: tuple[int, ...]
    groups: tuple[str, ...]
    size: int
    seeds: tuple[int, int]
    weighted: tuple[str, ...] = ()
    numbers: Numbers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", Numbers.draw(self.size, seed=self.seeds[1]))

    @cached_property
    def people(self) -> People:
        """The people of the baseline."""
        return self._people({})

    @cached_property
    def facts(self) -> tuple[Told, ...]:
        """What of the baseline's people is counted once for all rulebooks, year by year."""
        return self.people.candidates.dated(dict.fromkeys(self.rounds, self.rules))

    @cached_property
    def told(self) -> Told:
        """What the people of the baseline have under its rulebook."""
        return self.people.told(self.rules, self.weighted)

    @cached_property
    def admitted(self) -> NDArray[np.int8]:
        """Whom the baseline admits: the position of the round, counted from 1, or 0; int8 [size]."""
        line, presence = self._baseline
        cutoffs = admit(presence, np.array(self.places)).cutoff[:, 0]
        standing, number = stands(presence, 0), self.people.candidates.lives.person
        taken = np.zeros(self.size, dtype=np.int8)
        for at, cutoff in enumerate(cutoffs):
            waiting = standing[at] & line.eligible[at] & (taken[number] == 0)
            if cutoff != NOBODY:
                taken[number[waiting & (line.totals[at] >= cutoff)]] = at + 1
        return taken

    @property
    def _baseline(self) -> tuple[Line, Presence]:
        line, classes = self.people.line(self.told), self.people.classes
        odds, numbers = [classes.odds(behaviour())], self.people.numbers
        return line, present(line, classes, odds=odds, numbers=numbers, shares=np.ones(1))

    def baseline(self) -> Arrays:
        """Answer the baseline, as a draw by itself."""
        weights = np.full((1, len(INDICATORS)), UNIT, dtype=np.int32)
        places = np.array([self.places], dtype=np.int64)
        return self.run(YearDraws(0, weights, places, ({},), (), np.zeros((1, 0)), np.ones(1)))

    def run(self, draws: YearDraws) -> Arrays:
        """Answer draws exactly, each by itself.

        Returns:
            By name, each [draws, rounds], what `outcomes` says; ``group_counts`` [draws, rounds, levels].

        Raises:
            ExperimentError: a draw has people who cannot be.
            UnknownName, RulebookError: a change that the rulebook cannot bear; the message names the draw.

        """
        parts = []
        with one_thread():
            for lives, alike in draws.cases():
                people = self._people(lives) if lives else self.people
                parts += [(some, self._answer(draws, some, people)) for some in alike]
        return in_order(parts)

    def _people(self, changes: Mapping[str, float]) -> People:
        parameters = Parameters.load().with_values(changes)
        return People.draw(
            parameters, seed=self.seeds[0], numbers=self.numbers, years=self.rounds, groups=self.groups
        )

    def _answer(self, draws: YearDraws, some: Some, people: People) -> Arrays:
        first = int(some[0])
        told, weights = self._told(draws, first, people), draws.weights[first]
        if (weights == UNIT).all():
            return outcomes(self._paths(draws, some, people, told), None, self._admitted_by)
        totals, highest = (
            weighted_totals(told, weights),
            _AHEAD * int(draws.places[some].sum(axis=1).max()) + 1,
        )
        while True:
            codes, values = coded(totals, highest)
            paths = self._paths(draws, some, people, {**told, "totals": codes})
            if (paths.cutoff > 0).all() or highest >= totals.shape[1]:
                return outcomes(paths, values, self._admitted_by)
            highest *= _AHEAD

    def _paths(self, draws: YearDraws, some: Some, people: People, told: Told) -> Paths:
        line = people.line(told)
        before = Group(tuple(range(len(self.rounds) + 1)), self.admitted[people.candidates.lives.person])
        line = replace(line, groups={**line.groups, BASELINE: before})
        odds = [people.classes.odds(behaviour(draws.rates(int(draw)))) for draw in some]
        presence = present(
            line, people.classes, odds=odds, numbers=people.numbers, shares=draws.applies[some]
        )
        return admit(presence, draws.places[some].T)

    def _told(self, draws: YearDraws, draw: int, people: People) -> Told:
        changes, ours = draws.changes[draw], people is self.people
        if not changes:
            return self.told if ours else people.told(self.rules, self.weighted)
        try:
            rules = self.rules.changed(changes)
        except JifenError as error:
            raise type(error)(f"draw {draws.first + draw}: {error}") from None
        used_up = any(parameter_at(path, rules.award_keys).needs_histories for path in changes)
        return people.told(rules, self.weighted, self.facts if ours and not used_up else None)

    @cached_property
    def _admitted_by(self) -> NDArray[np.int64]:
        """How many the baseline has admitted by each round, int64 [rounds]."""
        return np.cumsum(np.bincount(self.admitted, minlength=len(self.rounds) + 1)[1:])
