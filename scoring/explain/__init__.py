"""Explain one applicant's result, and name the law's things in Chinese and English."""

from scoring.explain.sheet import Line, Sheet, explain
from scoring.explain.text import as_text

__all__ = ["Line", "Sheet", "as_text", "explain"]
