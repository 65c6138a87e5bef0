"""The one error of the door: a cohort that breaks its contract, with everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.cohort.violations import Violation
from scoring.cohort.words import sentences
from scoring.errors import JifenError

FIRST = 10


class CohortError(JifenError):
    """Refuse a cohort, with all that is wrong at once.

    ``violations`` holds errors, warnings and notes, errors first; ``str()`` is the first of the errors in
    English, one a line. :func:`scoring.cohort.words.sentences` writes all of them in either language.
    """

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        errors = [violation for violation in self.violations if violation.severity == "error"]
        lines = sentences(errors[:FIRST], "en")
        more = len(errors) - FIRST
        super().__init__("\n".join([*lines, *([f"... and {more} more errors"] if more > 0 else [])]))
