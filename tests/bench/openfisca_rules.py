"""The rules as variables of OpenFisca-core, as its users write them: one class, one vectorised formula.

Facts are input variables; each of the ten items, the total and each condition is computed, and stored as
OpenFisca stores it, points in 32-bit floats. Where OpenFisca leaves a choice, the faster way is taken: one
entity and no group, and what a birth date gives is computed once.
The parameter of a level or an award is read as OpenFisca documents it, ``parameters[levels]``. That goes
through the rows one by one, so there is a second set of those variables with arrays made by hand.
"""

# ruff: noqa: D102, N801, N805  OpenFisca calls a variable by its class, and a formula with the population first

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.model_api import max_, min_, where
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

Numbers = Any
"""Arrays of numbers, flags or days; OpenFisca ships no types."""

PERSON = build_entity(key="person", plural="persons", label="applicant", is_person=True)
YEAR = DateUnit.YEAR


def rounded(points: Numbers) -> Numbers:
    """Return points rounded to 0.01, half away from zero."""
    return np.sign(points) * np.floor(np.abs(points) * 100 + 0.5) / 100


def documented(node: Any, levels: EnumArray) -> Numbers:
    """Return the parameter of each applicant's level, as OpenFisca documents it."""
    return node[levels]


def by_hand(node: Any, levels: EnumArray) -> Numbers:
    """Return the parameter of each applicant's level from an array by the enum's index."""
    values = [node[level.name] for level in levels.possible_values or ()]
    return np.array(values, dtype=np.float32)[levels.view(np.ndarray)]


def from_tables(look_up: Callable[[Any, EnumArray], Numbers]) -> tuple[type[Variable], ...]:
    """Return the items that are read from tables, education, its deduction and innovation."""

    class education_points(Variable):
        """Education, Art. 15(3)."""

        value_type = float
        entity = PERSON
        definition_period = YEAR

        def formula(person: Any, period: Any, parameters: Any) -> Numbers:
            return look_up(parameters(period).education.points, person("education", period))

    class study_deduction(Variable):
        """Deduction for studying while insured, Annex 2."""

        value_type = float
        entity = PERSON
        definition_period = YEAR

        def formula(person: Any, period: Any, parameters: Any) -> Numbers:
            law = parameters(period)
            window = 12 * look_up(law.education.deduction.years, person("education", period))
            rate = law.employment.points_per_year + law.education.deduction.residence_points_per_year
            return -rounded(min_(person("study_insured_months", period), window) * rate / 12)

    class innovation(Variable):
        """Innovation and entrepreneurship, Art. 15(5), Annex 3."""

        value_type = float
        entity = PERSON
        definition_period = YEAR

        def formula(person: Any, period: Any, parameters: Any) -> Numbers:
            return look_up(parameters(period).innovation.points, person("innovation_award", period))

    return education_points, study_deduction, innovation


def completed_years(person: Any, period: Any, on: dt.date) -> Numbers:
    """Return the years of age completed on a day; one is completed on the day after the birthday."""
    month, day = person("birth_month", period), person("birth_day", period)
    reached = (month < on.month) | ((month == on.month) & (day < on.day))
    return on.year - person("birth_year", period) - where(reached, 0, 1)


class birth_year(Variable):
    """Year of birth."""

    value_type = int
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any) -> Numbers:
        return person("birth_date", period).astype("datetime64[Y]").astype(int) + 1970


class birth_month(Variable):
    """Month of birth, from 1."""

    value_type = int
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any) -> Numbers:
        return person("birth_date", period).astype("datetime64[M]").astype(int) % 12 + 1


class birth_day(Variable):
    """Day of the month of birth, from 1."""

    value_type = int
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any) -> Numbers:
        birth = person("birth_date", period)
        return (birth - birth.astype("datetime64[M]")).astype(int) + 1


class employment(Variable):
    """Stable employment, Art. 15(1)."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        rate = parameters(period).employment.points_per_year
        return rounded(person("insured_months", period) * rate / 12)


class residence(Variable):
    """Stable residence, Art. 15(2): each class of dwelling rounded, together no more months than insured."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        rates = parameters(period).residence
        room = person("insured_months", period)
        points = 0
        for dwelling in ("own_home", "spouse_home", "presumed_tenancy", "leased", "dormitory"):
            months = min_(person(f"{dwelling}_months", period), room)
            own = dwelling in ("own_home", "spouse_home")
            rate = rates.own_home_points_per_year if own else rates.other_home_points_per_year
            points = points + rounded(months * rate / 12)
            room = room - months
        return points


class job_housing_area(Variable):
    """Job and housing area, Art. 15(4): whole years of two kinds, capped apart and together."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        law = parameters(period).job_housing_area
        home = person("suburban_home_months", period) // 12 * law.home_points_per_year
        both = person("suburban_home_and_job_months", period) // 12 * law.home_and_job_points_per_year
        together = min_(home, law.home_max_points) + min_(both, law.home_and_job_max_points)
        return where(person("suburban_home_in_december", period), min_(together, law.max_points), 0)


class tax(Variable):
    """Income tax and tax penalties, Art. 15(6)."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        law = parameters(period).tax
        awards = person("taxed_100k_years", period) // law.years_per_award
        earned = min_(awards * law.points_per_award, law.max_points)
        return earned + person("tax_penalties", period) * law.points_per_penalty


class age(Variable):
    """Age, Art. 15(7)."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        years = completed_years(person, period, dt.date(period.start.year - 1, 1, 1))
        return parameters(period).age.ladder.calc(max_(years, 0))


class honours(Variable):
    """Honours, Art. 15(8), Annex 4."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        title = person("honour", period)
        return where(title != title.possible_values.without, parameters(period).honours.points, 0)


class law_abiding(Variable):
    """Law-abiding record, Art. 15(9)."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        return person("detentions", period) * parameters(period).law_abiding.points_per_detention


ITEMS = (
    *("employment", "residence", "education_points", "study_deduction", "job_housing_area"),
    *("innovation", "tax", "age", "honours", "law_abiding"),
)
"""The ten items in the published order; OpenFisca's names are unique, so education is taken by the fact."""


class total(Variable):
    """The sum of the ten items."""

    value_type = float
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any) -> Numbers:
        return sum(person(item, period) for item in ITEMS)


FORMULAS = (
    *(birth_year, birth_month, birth_day),
    *(employment, residence, job_housing_area, tax, age, honours, law_abiding, total),
)
