"""Who enters and who leaves when rules change, from which groups, and which change moved them.

>>> import scoring
>>> from scoring.reform import Reform
>>> from synthetic_data.population import facts
>>> rules = scoring.Rulebook.load("beijing-2020")
>>> people = facts(rules, round_year=2020, size=2_000, seed=1)
>>> cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=2020)
>>> doctors = Reform.from_changes(rules, {"education.points.doctor": 47}, title="博士加十分")
>>> ledger = displacement(cohort, doctors, quota=100, groups=["education_level"])
>>> ledger.entered - ledger.left == ledger.after.admitted - ledger.before.admitted
True
"""

from simulate.displacement.compare import MOST_OF_PARTS, Comparison, compare
from simulate.displacement.errors import DisplacementError
from simulate.displacement.intervals import flow_intervals, intervals, part_intervals
from simulate.displacement.ledger import Displacement, displacement

__all__ = [
    "MOST_OF_PARTS",
    "Comparison",
    "Displacement",
    "DisplacementError",
    "compare",
    "displacement",
    "flow_intervals",
    "intervals",
    "part_intervals",
]
