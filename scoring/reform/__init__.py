"""Reforms: a few changes on a rulebook as a value of its own, to apply, stack, invert and print.

>>> from scoring import Rulebook
>>> rules = Rulebook.load("beijing-2020")
>>> reform = Reform.from_changes(rules, {"education.points.doctor": 39}, title="博士学位加两分")
>>> reform.apply(rules).points("education.points.doctor")
3900
>>> reform.inverse.apply(reform.rules).digest == rules.digest
True
"""

from scoring.reform.errors import ReformError
from scoring.reform.reform import Reform
from scoring.reform.stack import stack

__all__ = ["Reform", "ReformError", "stack"]
