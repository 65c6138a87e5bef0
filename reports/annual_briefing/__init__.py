"""The annual briefing: sections of a page from frames of a scored cohort."""

from reports.annual_briefing.sections import (
    composition,
    glance,
    indicators,
    left_out,
    method,
    opening,
    scores,
)

__all__ = ["composition", "glance", "indicators", "left_out", "method", "opening", "scores"]
