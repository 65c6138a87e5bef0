"""Hold cases of dated records with the facts they give, worked out by hand from the regulation."""

from . import conduct, education, innovation, insurance, job_housing_area, residence
from .case import Case

CASES: tuple[Case, ...] = (
    *insurance.CASES,
    *residence.CASES,
    *education.CASES,
    *job_housing_area.CASES,
    *innovation.CASES,
    *conduct.CASES,
)

__all__ = ["CASES", "Case"]
