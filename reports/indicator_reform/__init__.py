"""The report on a reform of indicators: sections of a page from the ledger of a reform."""

from reports.cohort import groups_for
from reports.indicator_reform.page import ReformPage
from reports.indicator_reform.question import people_for, reform_for
from reports.indicator_reform.sections import (
    glance,
    groups,
    method,
    opening,
    parts,
    redline,
    surety,
)

__all__ = [
    "ReformPage",
    "glance",
    "groups",
    "groups_for",
    "method",
    "opening",
    "parts",
    "people_for",
    "redline",
    "reform_for",
    "surety",
]
