"""What every part of a page must know of the round it tells: its numbers, its source and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from reports.disclosure import checked, headline
from reports.words import Words
from simulate import distribution
from simulate.distribution import ADMITTED, POOL

if TYPE_CHECKING:
    from scoring.notices import Notice
    from scoring.scored import Scored


@dataclass(frozen=True)
class Page:
    """A round as its page tells it; no applicant is in here, so that no chart or table can show one.

    `dimensions` are the columns by which the cohort's composition can be told, `medians` the middle totals
    of pool and admitted. `source` names the data, empty for the notebook's own synthetic cohort;
    `synthetic` says that its people do not exist.
    """

    words: Words
    threshold: int
    source: str
    round_year: int
    quota: int
    applicants: int
    eligible: int
    admitted: int
    tied: int
    cutoff: Decimal | None
    level: str
    rules: str
    rules_title: str
    rules_about: str
    digest: str
    dimensions: tuple[str, ...]
    medians: dict[str, float | None]
    synthetic: bool = False
    notices: tuple[Notice, ...] = ()
    numbers: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, scored: Scored, *, cohort: str, lang: str, threshold: int) -> Page:
        """Take from a scored cohort what its page may say.

        Raises UnknownName for a language, DisclosureError for a threshold that cannot be.
        """
        words, ranking, head = Words.load(lang), scored.ranking, scored.rules.head
        return cls(
            words=words,
            threshold=checked(threshold),
            source=PurePath(cohort).name,
            round_year=scored.round_year,
            quota=scored.quota,
            applicants=ranking.applicants,
            eligible=ranking.eligible,
            admitted=ranking.admitted,
            tied=ranking.tied_at_cutoff,
            cutoff=ranking.cutoff,
            level=scored.level,
            rules=scored.rules.name,
            rules_title=scored.rules.title(words.lang),
            rules_about=head.about if words.lang == "zh" else head.about_en,
            digest=scored.rules.digest[:12],
            dimensions=distribution.dimensions(scored),
            medians=distribution.medians(scored),
            synthetic=not cohort or scored.cohort.synthetic,
            notices=scored.notices,
        )

    @property
    def populations(self) -> tuple[str, ...]:
        """The populations that may be described: pool, admitted, both or none."""
        told = {
            POOL: self.eligible >= self.threshold and (not self.admitted or self._rest >= self.threshold),
            ADMITTED: self.admitted >= self.threshold,
        }
        return tuple(name for name, describable in told.items() if describable)

    @property
    def compare(self) -> bool:
        """Whether the admitted can be compared with the pool they came from."""
        return len(self.populations) == 2

    @property
    def only_admitted(self) -> bool:
        """Whether everybody in the cohort was admitted, as in a published list: there is no pool."""
        return 0 < self.applicants == self.admitted

    @property
    def _rest(self) -> int:
        return self.eligible - self.admitted

    def size(self, population: str) -> int:
        """Count a population."""
        return self.eligible if population == POOL else self.admitted

    @property
    def headline(self) -> dict[str, int | None]:
        """The counts of the round, None for one that would describe too few people."""
        counts = {
            "applicants": self.applicants,
            "eligible": self.eligible,
            "admitted": self.admitted,
            "tied": self.tied,
        }
        return headline(counts, threshold=self.threshold)

    def say(self, key: str, **values: object) -> str:
        """Say a sentence in the language of the page."""
        return self.words.say(key, **values)

    def number(self, kind: str, key: str) -> str:
        """Give a figure or a table its number, in the order of first asking: 图1, Table 2."""
        known = self.numbers.setdefault(kind, [])
        if key not in known:
            known.append(key)
        return self.say(f"number.{kind}", number=known.index(key) + 1)

    @property
    def origin(self) -> str:
        """The name of the data."""
        return self.source or self.say("page.source_synthetic")

    @property
    def footer(self) -> str:
        """The line under every figure: what it was made of."""
        return self.say(
            "page.footer",
            source=self.origin,
            name=self.rules,
            digest=self.digest,
            round=self.round_year,
            quota=self.words.people(self.quota),
        )

    def populations_named(self) -> str:
        """Name every population told, with its size."""
        sizes = {name: self.words.people(self.size(name)) for name in self.populations}
        return self.words.join(
            [self.say(f"population.{name}", people=people) for name, people in sizes.items()]
        )
