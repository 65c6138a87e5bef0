"""Random facts of a pool of applicants: plausible values in the contract's types, fast, from a fixed seed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.indicators.education import LEVELS
from scoring.rulebook import Rulebook

Whole = NDArray[np.int16]
Flags = NDArray[np.bool_]

SEED = 20200601
RULES = "beijing-2020"
ROUND_YEAR = 2020
QUOTA = 6000

_EDUCATION = (0.03, 0.14, 0.04, 0.01, 0.46, 0.02, 0.04, 0.18, 0.01, 0.01, 0.06)
"""Shares of the contract's eleven levels of education, in their order."""


def random_facts(size: int, rules: Rulebook, *, seed: int = SEED) -> pl.DataFrame:
    """Return so many applicants' facts, every column that is scored, in the contract's narrow types.

    ``applicant_id`` is left out: nobody's points depend on it.
    """
    rng = np.random.default_rng(seed)
    insured = _months(rng, size, mean=150, spread=45, most=269)
    return pl.DataFrame(
        [
            *_person(rng, size),
            *_conditions(rng, size, insured),
            *_homes(rng, insured),
            *_merits(rng, size, rules),
        ]
    )


def _person(rng: np.random.Generator, size: int) -> list[pl.Series]:
    birth = rng.normal(_day(1979, 6, 1), 2300, size).astype(np.int32)
    return [
        pl.Series("birth_date", birth.clip(_day(1945, 1, 1), _day(1998, 12, 31))).cast(pl.Date),
        _levels("sex", _some(rng, size, 0.55), ("female", "male")),
        _levels("post", _some(rng, size, 0.6), ("worker", "cadre")),
    ]


def _conditions(rng: np.random.Generator, size: int, insured: Whole) -> list[pl.Series]:
    permit = rng.integers(_day(2016, 10, 1), _day(ROUND_YEAR, 2, 1), size, dtype=np.int32)
    continuous = insured - _some(rng, size, 0.2) * rng.integers(0, 120, size, dtype=np.int16)
    back_paid = _some(rng, size, 0.1) * rng.integers(1, 9, size, dtype=np.int16)
    return [
        _where("residence_permit_date", permit, _some(rng, size, 0.97)).cast(pl.Date),
        pl.Series("continuous_insured_months", continuous.clip(0)),
        pl.Series("back_paid_months", back_paid),
        pl.Series("insurance_in_order", _some(rng, size, 0.97)),
        pl.Series("criminal_record", _some(rng, size, 0.005)),
        *(
            _where(name, rng.integers(2017, 2026, size, dtype=np.int16), _some(rng, size, 0.01))
            for name in ("barred_through", "employer_barred_through")
        ),
        pl.Series("insured_months", insured),
    ]


def _homes(rng: np.random.Generator, insured: Whole) -> list[pl.Series]:
    size = len(insured)
    own = _some(rng, size, 0.45) * _months(rng, size, mean=90, spread=40, most=insured)
    spouse = _some(rng, size, 0.15) * _months(rng, size, mean=60, spread=40, most=insured)
    presumed = (insured - own - spouse).clip(0)
    inside, outside = (
        _some(rng, size, share) * rng.integers(0, 25, size, dtype=np.int16) for share in (0.2, 0.1)
    )
    return [
        pl.Series("own_home_months", own),
        pl.Series("spouse_home_months", spouse),
        pl.Series("presumed_tenancy_months", presumed),
        pl.Series("leased_months", _some(rng, size, 0.1) * rng.integers(1, 6, size, dtype=np.int16)),
        pl.Series("dormitory_months", _some(rng, size, 0.1) * rng.integers(1, 6, size, dtype=np.int16)),
        pl.Series("suburban_home_months", inside),
        pl.Series("suburban_home_and_job_months", outside),
        pl.Series("suburban_home_in_december", (inside + outside > 0) & _some(rng, size, 0.9)),
    ]


def _merits(rng: np.random.Generator, size: int, rules: Rulebook) -> list[pl.Series]:
    education = np.searchsorted(np.cumsum(_EDUCATION), rng.random(size, dtype=np.float32))
    study = _some(rng, size, 0.3) * rng.integers(1, 61, size, dtype=np.int16)
    taxed = _some(rng, size, 0.3) * rng.integers(1, 4, size, dtype=np.int16)
    return [
        _levels("education", education.clip(0, len(LEVELS) - 1), LEVELS),
        pl.Series("study_insured_months", study),
        _keys(rng, "innovation_award", size, share=0.02, keys=rules.award_keys),
        pl.Series("taxed_100k_years", taxed),
        pl.Series("tax_penalties", _some(rng, size, 0.01) * rng.integers(1, 4, size, dtype=np.int16)),
        _keys(rng, "honour", size, share=0.01, keys=rules.honour_keys),
        pl.Series("detentions", _some(rng, size, 0.01) * rng.integers(1, 3, size, dtype=np.int16)),
    ]


def _day(year: int, month: int, day: int) -> int:
    return (dt.date(year, month, day) - dt.date(1970, 1, 1)).days


def _some(rng: np.random.Generator, size: int, share: float) -> Flags:
    return rng.random(size, dtype=np.float32) < share


def _months(rng: np.random.Generator, size: int, *, mean: float, spread: float, most: int | Whole) -> Whole:
    normal = rng.standard_normal(size, dtype=np.float32) * spread + mean
    months: Whole = normal.astype(np.int16).clip(0, most)
    return months


def _where(name: str, values: NDArray[np.integer], there: Flags) -> pl.Series:
    both = pl.DataFrame({name: values, "there": there})
    return both.select(pl.when("there").then(name)).to_series()


def _levels(name: str, codes: NDArray[np.integer] | Flags, levels: tuple[str, ...]) -> pl.Series:
    return pl.Series(name, codes.astype(np.uint8)).cat.to(pl.Enum(levels))


def _keys(
    rng: np.random.Generator, name: str, size: int, *, share: float, keys: tuple[str, ...]
) -> pl.Series:
    codes = rng.integers(0, len(keys), size, dtype=np.uint8)
    return _where(name, codes, _some(rng, size, share)).cat.to(pl.Enum(keys))
