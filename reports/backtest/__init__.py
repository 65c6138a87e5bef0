"""The backtest: rounds to come, how far forecasts of known rounds were off, and what nobody can know."""

from reports.backtest.diagnosis import limits, moved, signs, targets, trial
from reports.backtest.sections import accuracy, each, method, opening, outlook, page_of, people

__all__ = [
    "accuracy",
    "each",
    "limits",
    "method",
    "moved",
    "opening",
    "outlook",
    "page_of",
    "people",
    "signs",
    "targets",
    "trial",
]
