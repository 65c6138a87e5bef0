"""The annual briefing: sections of a page from frames of a scored cohort."""

from reports.annual_briefing.change import Before, before, change
from reports.annual_briefing.funnel import funnel
from reports.annual_briefing.history import history
from reports.annual_briefing.sections import (
    composition,
    glance,
    indicators,
    left_out,
    method,
    opening,
    scores,
)

__all__ = [
    "Before",
    "before",
    "change",
    "composition",
    "funnel",
    "glance",
    "history",
    "indicators",
    "left_out",
    "method",
    "opening",
    "scores",
]
