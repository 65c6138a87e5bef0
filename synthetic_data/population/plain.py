"""A plain generator of facts: people who do not exist, one row each.

Age, career, credential and home hang together (a career cannot be longer than a life, a home not older than
the career), everything else is drawn apart. All parameters are assumptions; see ``plain.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr

from scoring.indicators.education import LEVELS, windows
from scoring.indicators.facts import Extent
from scoring.indicators.item import Law
from scoring.rulebook import Rulebook
from scoring.rulebook.schema import DISTRICTS, SIX_DISTRICTS
from synthetic_data.population.parameters import Parameters

Draws = dict[str, NDArray[Any]]

_INNER = ("age", "career")


def facts(rules: Rulebook, *, round_year: int, size: int, seed: int) -> pl.DataFrame:
    """Draw the facts of *size* applicants of one round; the same seed gives the same rows.

    Args:
        rules: facts are counted by its dates and windows.
        round_year: year of the round; everything is counted up to its reference date.
        size: number of applicants.
        seed: 0 or more.

    Returns:
        A frame in the columns and types of the cohort contract, with ``minor_children``, districts, employer
        and sector.

    """
    generator = np.random.Generator(np.random.PCG64(seed))
    make = _Maker(rules=rules, round_year=round_year, size=size, random=generator)
    drawn: Draws = {}
    for step in (make.people, make.insurance, make.eligibility, make.homes, make.area, make.rare, make.work):
        drawn |= step(drawn)
    return make.frame(drawn)


@dataclass(frozen=True, kw_only=True)
class _Maker:
    """Draw one group of columns after the other; later ones build on earlier ones."""

    rules: Rulebook
    round_year: int
    size: int
    random: np.random.Generator
    parameters: Parameters = field(default_factory=Parameters.load)

    @property
    def reference(self) -> dt.date:
        """The day up to which everything is counted."""
        return self.rules.reference_date(self.round_year)

    def share(self, path: str) -> NDArray[np.bool_]:
        """Say yes for a share of the applicants."""
        yes: NDArray[np.bool_] = self.random.random(self.size) < self.parameters[path]
        return yes

    def months_since(self, path: str) -> int:
        """Return the months from a month of the rulebook to the reference month, both included."""
        start = self.rules.date(path)
        return max(0, (self.reference.year - start.year) * 12 + self.reference.month - start.month + 1)

    def people(self, _: Draws) -> Draws:
        """Draw birth, sex, post, children and credential."""
        p, random = self.parameters, self.random
        older = random.standard_normal(self.size)
        age = np.clip(p["birth.mean_age"] + p["birth.spread"] * older, p["birth.youngest"], p["birth.oldest"])
        together = p["education.falls_with_age"]
        learned = ndtr(-together * older + np.sqrt(1 - together**2) * random.standard_normal(self.size))
        level = np.searchsorted(np.cumsum(p["education.mix"])[:-1], learned, side="right")
        days = np.datetime64(self.reference) - (age * 365.2425).astype(np.int64)
        return {
            "age": age,
            "birth_date": days,
            "sex": self.share("person.male").astype(np.uint8),
            "post": self.share("person.cadre").astype(np.uint8),
            "minor_children": np.minimum(random.poisson(p["person.children"], self.size), 4),
            "education": level,
        }

    def insurance(self, drawn: Draws) -> Draws:
        """Draw the insured months of a career, and those inside the study window."""
        p, random = self.parameters, self.random
        start = np.array(p["insurance.first_job_age"])[drawn["education"]]
        start = start + random.gamma(6, p["insurance.arrival_delay"] / 6, self.size)
        career = ((drawn["age"] - start) * 12).astype(int)
        least = self.rules.count("eligibility.continuous_months") + random.integers(0, 24, self.size)
        career = np.clip(career, least, self.months_since("employment.counting_from"))
        gaps = np.minimum(random.exponential(p["insurance.gap_share"], self.size), 0.6)
        # Gaps lie before the months that Art. 14(3) looks at; those it may find are drawn with eligibility.
        paid = np.maximum((career * (1 - gaps)).astype(int), np.minimum(least, career))
        window = np.array(windows(Law(self.rules, self.round_year, Extent(0, 0))))[drawn["education"]]
        studied = self.share("education.studied_while_insured")
        study = np.where(studied, (window * np.sqrt(random.random(self.size))).round().astype(int), 0)
        return {"career": career, "insured_months": paid, "study_insured_months": np.minimum(study, paid)}

    def eligibility(self, drawn: Draws) -> Draws:
        """Draw what Art. 14 and 17 ask for."""
        random, needed = self.random, self.rules.count("eligibility.continuous_months")
        short, since_break = self.share("insurance.too_short"), random.integers(0, needed, self.size)
        permit = np.datetime64(self.reference) - random.integers(30, 1100, self.size)
        late = np.datetime64(self.reference) + random.integers(1, 90, self.size)
        no_permit = self.share("rare.no_permit")
        back_paid = self.share("insurance.back_paid") * random.integers(1, 8, self.size)
        insured = np.minimum(drawn["insured_months"], drawn["career"] - back_paid)
        continuous = np.where(short, since_break, insured + back_paid)
        return {
            "residence_permit_date": np.where(no_permit, late, permit),
            "insured_months": insured,
            "continuous_insured_months": continuous,
            "back_paid_months": back_paid,
            "insurance_in_order": ~self.share("insurance.out_of_order") & (continuous > 0),
            "criminal_record": self.share("rare.criminal"),
            "barred_through": self.share("rare.barred")
            * (self.round_year + random.integers(-2, 5, self.size)),
        }

    def homes(self, drawn: Draws) -> Draws:
        """Draw the months in each class of dwelling; tenancy is presumed where no own home is."""
        p, random, insured = self.parameters, self.random, drawn["insured_months"]
        waited = random.exponential(p["home.bought_after"] * 12, self.size).astype(int)
        lived = np.maximum(drawn["career"] - waited, 0)
        own = np.where(self.share("home.own"), lived, 0)
        spouse = np.where((own == 0) & self.share("home.spouse"), lived, 0)
        since = self.months_since("residence.presumed_before")
        presumed = np.maximum(insured - np.maximum(own + spouse, since), 0)
        recent = np.maximum(np.minimum(insured, since) - own - spouse, 0)
        dormitory = np.where(self.share("home.dormitory"), recent, 0)
        leased = np.where((dormitory == 0) & self.share("home.leased"), recent, 0)
        return {
            "own_home_months": np.minimum(own, insured),
            "spouse_home_months": np.minimum(spouse, insured),
            "presumed_tenancy_months": presumed,
            "leased_months": leased,
            "dormitory_months": dormitory,
        }

    def area(self, drawn: Draws) -> Draws:
        """Draw home and job outside the six districts."""
        since = self.months_since("job_housing_area.counting_from")
        suburban = (drawn["own_home_months"] > 0) & self.share("home.suburban")
        job = suburban & self.share("home.suburban_job")
        months = np.where(suburban, np.minimum(drawn["own_home_months"], since), 0)
        outer = np.array([name for name in DISTRICTS if name not in SIX_DISTRICTS])
        place = {True: outer, False: np.array(SIX_DISTRICTS)}
        return {
            "suburban_home_months": np.where(job, 0, months),
            "suburban_home_and_job_months": np.where(job, months, 0),
            "suburban_home_in_december": months > 0,
            "home_district": self._district(suburban, place),
            "job_district": self._district(job, place),
        }

    def _district(self, outside: NDArray[np.bool_], place: dict[bool, NDArray[np.str_]]) -> NDArray[np.str_]:
        drawn = {side: self.random.choice(names, self.size) for side, names in place.items()}
        return np.where(outside, drawn[True], drawn[False])

    def rare(self, _: Draws) -> Draws:
        """Draw awards, honours, taxed years, penalties and detentions; -1 is none."""
        random, rules = self.random, self.rules
        awards = random.integers(0, len(rules.awards), self.size)
        honours = random.integers(0, len(rules.honours), self.size)
        return {
            "innovation_award": np.where(self.share("rare.award"), awards, -1),
            "taxed_100k_years": np.where(self.share("rare.taxed"), random.integers(1, 4, self.size), 0),
            "tax_penalties": self.share("rare.tax_penalty").astype(int),
            "honour": np.where(self.share("rare.honour"), honours, -1),
            "detentions": self.share("rare.detention").astype(int),
        }

    def work(self, _: Draws) -> Draws:
        """Draw employer and sector; employers differ much in size."""
        p, random = self.parameters, self.random
        employers = max(1, int(self.size / p["work.people_per_employer"]))
        employer = (employers * random.random(self.size) ** 1.6).astype(int)
        sector_of = random.choice(len(p["work.sectors"]), employers, p=p["work.sector_mix"])
        return {"employer_id": employer, "sector": np.array(p["work.sectors"])[sector_of[employer]]}

    def frame(self, drawn: Draws) -> pl.DataFrame:
        """Put the drawn columns into the contract's order and types."""
        levels: dict[str, tuple[str, ...]] = {
            "sex": ("female", "male"),
            "post": ("worker", "cadre"),
            "education": LEVELS,
            "innovation_award": self.rules.award_keys,
            "honour": self.rules.honour_keys,
        }
        ids = pl.select(pl.format("S{}", pl.int_range(1, self.size + 1).cast(pl.String).str.zfill(8)))
        columns = [ids.to_series().alias("applicant_id")]
        columns += [_series(name, drawn[name], levels.get(name)) for name in drawn if name not in _INNER]
        return pl.DataFrame(columns)


def _series(name: str, values: NDArray[Any], levels: tuple[str, ...] | None) -> pl.Series:
    if levels is not None:
        positions = pl.Series(values.astype(np.int64)).replace(-1, None).cast(pl.UInt32)
        return pl.Series(name, levels, dtype=pl.Enum(levels)).gather(positions)
    return _KINDS.get(name, _plain)(name, values)


def _plain(name: str, values: NDArray[Any]) -> pl.Series:
    if values.dtype.kind in "iu":
        return pl.Series(name, values.astype(np.int16))
    return pl.Series(name, values)


def _year_or_null(name: str, values: NDArray[Any]) -> pl.Series:
    return pl.Series(name, values.astype(np.int16)).replace(0, None)


def _category(name: str, values: NDArray[Any]) -> pl.Series:
    return pl.Series(name, values.astype(str)).cast(pl.Enum(sorted(set(values.tolist()))))


def _employer(name: str, values: NDArray[Any]) -> pl.Series:
    return pl.select(pl.format("E{}", pl.Series(values).cast(pl.String).str.zfill(7)).alias(name)).to_series()


def _date(name: str, values: NDArray[Any]) -> pl.Series:
    return pl.Series(name, values.astype("datetime64[D]").astype(np.int32)).cast(pl.Date)


_KINDS: dict[str, Callable[[str, NDArray[Any]], pl.Series]] = {
    "birth_date": _date,
    "residence_permit_date": _date,
    "barred_through": _year_or_null,
    "sector": _category,
    "home_district": _category,
    "job_district": _category,
    "employer_id": _employer,
}
