"""Give the facts of an applicant who may apply and scores nothing but for age, for tests to change."""

from datetime import date
from typing import Any

PLAIN: dict[str, Any] = {
    "birth_date": date(1980, 6, 15),
    "sex": "male",
    "post": "worker",
    "residence_permit_date": date(2017, 5, 1),
    "continuous_insured_months": 84,
    "back_paid_months": 0,
    "insurance_in_order": True,
    "criminal_record": False,
    "barred_through": None,
    "insured_months": 0,
    "own_home_months": 0,
    "spouse_home_months": 0,
    "presumed_tenancy_months": 0,
    "leased_months": 0,
    "dormitory_months": 0,
    "education": "none",
    "study_insured_months": 0,
    "suburban_home_months": 0,
    "suburban_home_and_job_months": 0,
    "suburban_home_in_december": False,
    "innovation_award": None,
    "taxed_100k_years": 0,
    "tax_penalties": 0,
    "honour": None,
    "detentions": 0,
}
