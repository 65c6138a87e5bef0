"""The cohort's door: the contract, how files are read and checked against it, and what is said of them."""

from scoring.cohort.atomic import CannotWrite, replacing
from scoring.cohort.batches import read_batches
from scoring.cohort.cohort import Cohort
from scoring.cohort.errors import CohortError
from scoring.cohort.provenance import Rules, facts_metadata, write_facts
from scoring.cohort.read import read
from scoring.cohort.violations import Violation, merged

__all__ = [
    "CannotWrite",
    "Cohort",
    "CohortError",
    "Rules",
    "Violation",
    "facts_metadata",
    "merged",
    "read",
    "read_batches",
    "replacing",
    "write_facts",
]
