"""The engine over several years: the queue of a population, for many draws that chance befalls alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from simulate.experiment.years.source import Source
from simulate.queue import NOBODY, Group, Line, Paths, Presence, admit
from simulate.queue.behaviour import behaviour
from simulate.queue.common import Applying, Numbers, present, stands
from simulate.queue.people import Told

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
        source: where people come from, some of whom may stand in the queue.
        seed: of their chance.
        weighted: the indicators whose weight may not be 1.

    """

    rules: Rulebook
    rounds: tuple[int, ...]
    places: tuple[int, ...]
    groups: tuple[str, ...]
    source: Source = field(repr=False)
    seed: int
    weighted: tuple[str, ...] = ()
    before: dict[int, NDArray[np.int8]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def numbers(self) -> Numbers:
        """Everybody's chance."""
        return Numbers.draw(self.source.size, seed=self.seed)

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

    def admitted(self, member: int) -> NDArray[np.int8]:
        """Return whom the baseline admits: the position of the round, counted from 1, or 0; int8 [size]."""
        if member not in self.before:
            self.before[member] = self._admitted(member)
        return self.before[member]

    def _admitted(self, member: int) -> NDArray[np.int8]:
        line, number = self.people.line(self.told), self.people.candidates.lives.person
        own = [self.source.rates(member)]
        presence = self._presence(line, self.people, member, rates=own, shares=np.ones(1))
        standing, taken = stands(presence, 0), np.zeros(self.source.size, dtype=np.int8)
        for at, cutoff in enumerate(admit(presence, np.array(self.places)).cutoff[:, 0]):
            waiting = standing[at] & line.eligible[at] & (taken[number] == 0)
            if cutoff != NOBODY:
                taken[number[waiting & (line.totals[at] >= cutoff)]] = at + 1
        return taken

    def baseline(self) -> Arrays:
        """Answer the baseline of each member, as draws."""
        n = self.source.members
        weights = np.full((n, len(INDICATORS)), UNIT, dtype=np.int32)
        places = np.tile(np.array(self.places, dtype=np.int64), (n, 1))
        nothing = np.zeros((n, 0))
        return self.run(YearDraws(0, weights, places, ({},) * n, (), nothing, np.ones(n), np.arange(n)))

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
        lives = self.source.lives(changes)
        return People.of(lives, numbers=self.numbers, years=self.rounds, groups=self.groups)

    def _answer(self, draws: YearDraws, some: Some, people: People) -> Arrays:
        first = int(some[0])
        told, weights = self._told(draws, first, people), draws.weights[first]
        rounds = np.bincount(self.admitted(int(draws.member[first])), minlength=len(self.rounds) + 1)
        by_round = rounds[1:].cumsum()
        if (weights == UNIT).all():
            return outcomes(self._paths(draws, some, people, told), None, by_round)
        totals, highest = (
            weighted_totals(told, weights),
            _AHEAD * int(draws.places[some].sum(axis=1).max()) + 1,
        )
        while True:
            codes, values = coded(totals, highest)
            paths = self._paths(draws, some, people, {**told, "totals": codes})
            if (paths.cutoff > 0).all() or highest >= totals.shape[1]:
                return outcomes(paths, values, by_round)
            highest *= _AHEAD

    def _paths(self, draws: YearDraws, some: Some, people: People, told: Told) -> Paths:
        member, line = int(draws.member[some[0]]), people.line(told)
        codes = self.admitted(member)[people.candidates.lives.person]
        before = Group(tuple(range(len(self.rounds) + 1)), codes)
        line = replace(line, groups={**line.groups, BASELINE: before})
        own, shares = self.source.rates(member), draws.applies[some]
        rates = [{**own, **draws.rates(int(draw))} for draw in some]
        presence = self._presence(line, people, member, rates=rates, shares=shares)
        return admit(presence, draws.places[some].T)

    def _presence(
        self,
        line: Line,
        people: People,
        member: int,
        *,
        rates: Sequence[Mapping[str, float]],
        shares: NDArray[np.float64],
    ) -> Presence:
        there = self.source.there(member)
        known = None if there is None else there[people.candidates.lives.person]
        odds = [people.classes.odds(behaviour(one)) for one in rates]
        applying = Applying(shares, known)
        return present(line, people.classes, odds=odds, numbers=people.numbers, applying=applying)

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
