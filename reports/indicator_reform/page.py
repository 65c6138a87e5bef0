"""The page of a reform: what it may tell of how two rounds end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.disclosure import checked
from reports.made_of import MadeOf
from reports.page import Page
from reports.words import Words
from scoring.reform import Reform
from scoring.reform.labels import section

if TYPE_CHECKING:
    import scoring
    from simulate.displacement import Displacement


@dataclass(frozen=True, kw_only=True)
class ReformPage(Page):
    """A reform as its page tells it.

    Cutoffs are points, None where nobody is admitted; counts are people. `replicates` are the resamples
    behind its intervals.
    """

    reform: Reform
    example: bool
    round_year: int
    quota: int
    before: Decimal | None
    after: Decimal | None
    admitted_before: int
    admitted_after: int
    entered: int
    left: int
    replicates: int

    @classmethod
    def of(
        cls,
        ledger: Displacement,
        people: scoring.Cohort,
        *,
        cohort: str,
        lang: str,
        threshold: int,
        replicates: int,
        example: bool = False,
    ) -> ReformPage:
        """Take from a ledger what its page may say; *cohort* is the file its people came from, if any.

        Raises UnknownName for a language, DisclosureError for a threshold that cannot be.
        """
        words = Words.load(lang)
        made_of = MadeOf(
            data=cohort,
            data_digest=people.digest,
            synthetic=not cohort or people.synthetic,
            rules=ledger.reform.baseline,
            reform=ledger.reform.words(words.lang)[0],
            round_year=people.round_year,
            quota=ledger.quota,
        )
        return cls(
            words=words,
            threshold=checked(threshold),
            made_of=made_of,
            reform=ledger.reform,
            example=example,
            round_year=people.round_year,
            quota=ledger.quota,
            before=ledger.before.cutoff,
            after=ledger.after.cutoff,
            admitted_before=ledger.before.admitted,
            admitted_after=ledger.after.admitted,
            entered=ledger.entered,
            left=ledger.left,
            replicates=replicates,
        )

    def tell(self, key: str, **values: object) -> str:
        """Say a sentence of this report."""
        return self.say(f"indicator_reform.{key}", **values)

    @property
    def compared(self) -> bool:
        """Whether somebody is admitted in both rounds."""
        return self.before is not None and self.after is not None

    @property
    def few(self) -> bool:
        """Whether some people were moved, but too few to be told of on one side."""
        return any(0 < people < self.threshold for people in (self.entered, self.left))

    @property
    def told(self) -> bool:
        """Whether those who entered and those who left are many enough to be told apart."""
        return min(self.entered, self.left) >= self.threshold

    def part(self, name: str) -> str:
        """Name a changed part of the law."""
        return section(name, self.reform.rules, self.words.lang)

    def moved(self) -> dict[str, str]:
        """Give how many entered and left, for a subtitle."""
        return {"entered": self.words.people(self.entered), "left": self.words.people(self.left)}
