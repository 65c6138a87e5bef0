"""The page of one scored round."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.disclosure import checked, headline
from reports.made_of import MadeOf
from reports.page import Page
from reports.words import Words
from simulate import distribution
from simulate.distribution import ADMITTED, POOL

if TYPE_CHECKING:
    from scoring.notices import Notice
    from scoring.scored import Scored


@dataclass(frozen=True, kw_only=True)
class RoundPage(Page):
    """A round as its page tells it.

    `dimensions` are the columns by which the cohort's composition can be told, `medians` the middle totals
    of pool and admitted.
    """

    round_year: int
    quota: int
    applicants: int
    eligible: int
    admitted: int
    tied: int
    cutoff: Decimal | None
    level: str
    dimensions: tuple[str, ...]
    medians: dict[str, float | None]
    notices: tuple[Notice, ...] = ()

    @classmethod
    def of(cls, scored: Scored, *, cohort: str, lang: str, threshold: int) -> RoundPage:
        """Take from a scored cohort what its page may say; *cohort* is the file it came from, if any.

        Raises UnknownName for a language, DisclosureError for a threshold that cannot be.
        """
        ranking = scored.ranking
        made_of = MadeOf(
            data=cohort,
            data_digest=scored.cohort.digest,
            synthetic=not cohort or scored.cohort.synthetic,
            rules=scored.rules,
            round_year=scored.round_year,
            quota=scored.quota,
        )
        return cls(
            words=Words.load(lang),
            threshold=checked(threshold),
            made_of=made_of,
            round_year=scored.round_year,
            quota=scored.quota,
            applicants=ranking.applicants,
            eligible=ranking.eligible,
            admitted=ranking.admitted,
            tied=ranking.tied_at_cutoff,
            cutoff=ranking.cutoff,
            level=scored.level,
            dimensions=distribution.dimensions(scored),
            medians=dict(distribution.medians(scored).select("population", "median").iter_rows()),
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

    def populations_named(self) -> str:
        """Name every population told, with its size."""
        sizes = {name: self.words.people(self.size(name)) for name in self.populations}
        return self.words.join(
            [self.say(f"population.{name}", people=people) for name, people in sizes.items()]
        )
