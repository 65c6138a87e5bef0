"""The engine: ten thousand what-ifs on a whole cohort, each exact.

>>> import numpy as np, scoring
>>> from synthetic_data.population import facts
>>> rules = scoring.Rulebook.load("beijing-2020")
>>> people = facts(rules, round_year=2020, size=1_000, seed=1)
>>> cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=2020)
>>> engine = Engine.prepare(cohort, rules, groups=("age_band", "sector"), quota=50)
>>> weights = np.full((3, 9), UNIT, dtype=np.int32)
>>> out = engine.run(Draws(weights, quota=np.array([40, 50, 60])))
>>> out.entered.tolist()[1], out.left.tolist()[1]
(0, 0)
"""

from simulate.engine.draws import UNIT, Changes, Draws
from simulate.engine.engine import Engine
from simulate.engine.errors import EngineError
from simulate.engine.outcomes import NO_CUTOFF, Level, Outcomes

__all__ = ["NO_CUTOFF", "UNIT", "Changes", "Draws", "Engine", "EngineError", "Level", "Outcomes"]
