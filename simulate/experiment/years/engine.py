"""The engine over several years: the queue of a population, for many draws that chance befalls alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError
from scoring.rulebook import INDICATORS, Rulebook
from scoring.rulebook.paths import parameter_at
from simulate.engine import UNIT
from simulate.engine.blas import one_thread
from simulate.experiment.years.beside import Beside, Rounds, taken_in
from simulate.experiment.years.draws import Some, YearDraws
from simulate.experiment.years.outcomes import Arrays, in_order, outcomes
from simulate.experiment.years.people import TOO_FEW, People, Totals, coded, weighted_totals
from simulate.experiment.years.source import Source
from simulate.queue import Line, Presence, admit
from simulate.queue.admission import Taken
from simulate.queue.behaviour import behaviour
from simulate.queue.common_numbers import Applying, Numbers, present
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

    @cached_property
    def there(self) -> NDArray[np.bool_] | None:
        """Who of the people is there under each member, bool [people, members]; None for everybody."""
        there = self.source.there
        return None if there is None else np.ascontiguousarray(there[:, self._persons(self.people)].T)

    @cached_property
    def admitted(self) -> Rounds:
        """Whom the baseline of each member admits, int8 [members, size]."""
        members, taken = self.source.members, list[Taken]()
        rates = [self.source.rates(member) for member in range(members)]
        line, every = self.people.line(self.told), np.arange(members)
        presence = self._presence(line, self.people, rates, Applying(np.ones(members), self.there, every))
        admit(presence, np.array(self.places), watch=taken.append)
        found = np.zeros((members, self.source.size), dtype=np.int8)
        for at, one in enumerate(taken):
            rows, member = np.nonzero(taken_in(one, members))
            found[member, self._persons(self.people)[one.people[rows]]] = at + 1
        return found

    @cached_property
    def admitted_by(self) -> NDArray[np.int64]:
        """How many the baseline of each member has admitted by each round, int64 [members, rounds]."""
        last = len(self.rounds) + 1
        return np.stack([np.bincount(one, minlength=last)[1:].cumsum() for one in self.admitted])

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
        if (weights == UNIT).all():
            return self._arrays(draws, some, people, told=told)
        totals, places = weighted_totals(told, weights), draws.places[some].sum(axis=1)
        highest = _AHEAD * int(places.max()) + 1
        while True:
            codes, values = coded(totals, highest)
            arrays = self._arrays(draws, some, people, told={**told, "totals": codes}, values=values)
            if (arrays["cutoff_exact"] != TOO_FEW).all() or highest >= totals.shape[1]:
                return arrays
            highest *= _AHEAD

    def _arrays(
        self,
        draws: YearDraws,
        some: Some,
        people: People,
        *,
        told: Told,
        values: Sequence[Totals] | None = None,
    ) -> Arrays:
        line, member = people.line(told), draws.member[some]
        rates = [{**self.source.rates(int(draws.member[draw])), **draws.rates(int(draw))} for draw in some]
        applying = Applying(draws.applies[some], self.there, member)
        beside = Beside(self.admitted[:, self._persons(people)], member)
        presence = self._presence(line, people, rates, applying)
        paths = admit(presence, draws.places[some].T, watch=beside)
        return outcomes(paths, values, both=beside.both(), baseline=self.admitted_by[member].T)

    def _presence(
        self, line: Line, people: People, rates: Sequence[Mapping[str, float]], applying: Applying
    ) -> Presence:
        odds = [people.classes.odds(behaviour(one)) for one in rates]
        return present(line, people.classes, odds=odds, numbers=people.numbers, applying=applying)

    @staticmethod
    def _persons(people: People) -> NDArray[np.int32]:
        return np.asarray(people.candidates.lives.person)

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
