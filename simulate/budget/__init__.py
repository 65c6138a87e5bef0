"""The uncertainty budget: what share of a headline number's variance comes from where."""

from simulate.budget.budget import Budget, budget
from simulate.budget.errors import BudgetError
from simulate.budget.populations import ensemble, populations
from simulate.budget.sources import SOURCES, Behaviour, Policy, Sources, check_levels

__all__ = [
    "SOURCES",
    "Behaviour",
    "Budget",
    "BudgetError",
    "Policy",
    "Sources",
    "budget",
    "check_levels",
    "ensemble",
    "populations",
]
