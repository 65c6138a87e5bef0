"""Quota sizing: sections of a page from a quota curve and from schedules over the years."""

from reports.quota_sizing.sections import answers, curve, groups, method, opening, population
from reports.quota_sizing.years import fitting, years

__all__ = ["answers", "curve", "fitting", "groups", "method", "opening", "population", "years"]
