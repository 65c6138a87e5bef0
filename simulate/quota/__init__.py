"""Size the quota: what every quota gives, and which quota gives what is wanted.

`quota_curve` counts a scored cohort once and answers every quota exactly; the inverse questions find the
quota for a target, with an interval over resampled pools. `Schedule`, `compare` and the searches ask the same
of years to come: over the members of the calibrated ensemble, on which `simulate.forecast` rests as well, or
over plain lines that `simulate.queue` draws.
"""

from __future__ import annotations

from simulate.quota.curve import QuotaCurve, quota_curve
from simulate.quota.drawn import CalibratedLine, Line, PlainLine
from simulate.quota.errors import QuotaError
from simulate.quota.families import ScheduleSizing, schedule_table
from simulate.quota.following import Followed, follow
from simulate.quota.goals import Target
from simulate.quota.lines import Population, draw_lines
from simulate.quota.resampling import banded
from simulate.quota.schedules import Schedule, compare, difference
from simulate.quota.search import (
    fitting_schedules,
    largest_constant,
    largest_rising,
    smallest_constant,
    smallest_rising,
)
from simulate.quota.targets import (
    Sizing,
    quota_for_backlog,
    quota_for_clearing,
    quota_for_cutoff,
    quota_for_population,
    quota_for_rate,
    sizing_table,
)
from simulate.quota.uptake import Assumed, Uptake, population_effect

__all__ = [
    "Assumed",
    "CalibratedLine",
    "Followed",
    "Line",
    "PlainLine",
    "Population",
    "QuotaCurve",
    "QuotaError",
    "Schedule",
    "ScheduleSizing",
    "Sizing",
    "Target",
    "Uptake",
    "banded",
    "compare",
    "difference",
    "draw_lines",
    "fitting_schedules",
    "follow",
    "largest_constant",
    "largest_rising",
    "population_effect",
    "quota_curve",
    "quota_for_backlog",
    "quota_for_clearing",
    "quota_for_cutoff",
    "quota_for_population",
    "quota_for_rate",
    "schedule_table",
    "sizing_table",
    "smallest_constant",
    "smallest_rising",
]
