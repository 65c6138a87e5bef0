"""Score, rank and explain: the rules of Beijing's points-based household registration as data.

>>> import scoring
>>> rules = scoring.Rulebook.load("beijing-2020")
>>> rules.points("employment.points_per_year")
300
"""

from scoring.cohort import Cohort, CohortError, read
from scoring.errors import JifenError, RankingError, RulebookError, UnknownName
from scoring.explain import Sheet, explain
from scoring.notices import Notice
from scoring.ranking import Ranking
from scoring.rulebook import Rulebook
from scoring.scored import Scored, score

__all__ = [
    "Cohort",
    "CohortError",
    "JifenError",
    "Notice",
    "Ranking",
    "RankingError",
    "Rulebook",
    "RulebookError",
    "Scored",
    "Sheet",
    "UnknownName",
    "explain",
    "read",
    "score",
]
