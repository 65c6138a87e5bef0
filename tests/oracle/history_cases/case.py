"""Say what a case is: one applicant's records and some of the facts that follow from them."""

from dataclasses import dataclass
from typing import Any

from tests.oracle.literal import DRAFT, IN_FORCE, TRIAL

from .records import Record, complete

ALL = (TRIAL, DRAFT, IN_FORCE)


@dataclass(frozen=True)
class Case:
    """Hold one applicant's records and some facts of a round, under the rulebooks for which they hold.

    ``reading`` says in a phrase what the case is about.
    """

    reading: str
    records: dict[str, list[Record]]
    expected: dict[str, Any]
    round_year: int = 2020
    rulebooks: tuple[str, ...] = ALL

    @property
    def histories(self) -> dict[str, list[Record]]:
        """The records of every table."""
        return complete(self.records)
