"""The conditions of Art. 14 and 17 as variables of OpenFisca-core.

The rise of the retirement age from 2025 on is left out: the round that is timed is one before it.
"""

# ruff: noqa: D102, N801, N805  OpenFisca calls a variable by its class, and a formula with the population first

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.model_api import select
from openfisca_core.variables import Variable

from tests.bench.openfisca_rules import PERSON, YEAR, Numbers, completed_years

Sex = Enum("Sex", ["female", "male"])
Post = Enum("Post", ["worker", "cadre"])


class no_residence_permit(Variable):
    """No residence permit by the reference date, Art. 14(1); none at all is a day that never comes."""

    value_type = bool
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any) -> Numbers:
        return person("residence_permit_date", period) > np.datetime64(f"{period.start.year - 1}-12-31")


class retired(Variable):
    """Of retirement age on the reference date, Art. 14(2)."""

    value_type = bool
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        law = parameters(period).eligibility.retirement
        groups = [person("sex", period) == Sex.male, person("post", period) == Post.worker]
        limit = select(groups, [law.men.age, law.women_workers.age], default=law.women_cadres.age)
        return completed_years(person, period, dt.date(period.start.year - 1, 12, 31)) >= limit


class insured_too_briefly(Variable):
    """Fewer months of continuous insurance than asked for, Art. 14(3)."""

    value_type = bool
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        return person("continuous_insured_months", period) < parameters(period).eligibility.continuous_months


class paid_back_too_much(Variable):
    """More back-paid months than allowed, Art. 14(3)."""

    value_type = bool
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any, parameters: Any) -> Numbers:
        return person("back_paid_months", period) > parameters(period).eligibility.back_paid_months_allowed


class barred(Variable):
    """Barred for false material, the applicant's or the employer's, Art. 17; never is the year 0."""

    value_type = bool
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any) -> Numbers:
        own, employers = person("barred_through", period), person("employer_barred_through", period)
        return (own >= period.start.year) | (employers >= period.start.year)


class eligible(Variable):
    """All conditions of Art. 14 and 17."""

    value_type = bool
    entity = PERSON
    definition_period = YEAR

    def formula(person: Any, period: Any) -> Numbers:
        failed = (no_residence_permit, retired, insured_too_briefly, paid_back_too_much, barred)
        against = person("criminal_record", period) | ~person("insurance_in_order", period)
        for condition in failed:
            against = against | person(condition.__name__, period)
        return ~against


CONDITIONS = (no_residence_permit, retired, insured_too_briefly, paid_back_too_much, barred, eligible)
