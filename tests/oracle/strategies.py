"""Generate facts dense at every threshold of the rules, at random or by Hypothesis, one recipe for both.

Columns may contradict each other, as in real exports; each stays within the type the contract gives it.
"""

import calendar
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from .annexes import AWARD_KEYS, HONOUR_KEYS
from .eligibility import anniversary, reference_date, retirement_months
from .literal import ANNEX_2

T = TypeVar("T")
MONTHS_MOSTLY = 340
MONTHS_AT_MOST = 1200
CREDENTIALS = ("none", *ANNEX_2)

# First and last days of the groups of birth months in the schedule of 2025: where it begins, its first
# steps, and where men, women cadres and women workers reach their last step.
SCHEDULE_EDGES = (
    *(date(1964, 12, 31), date(1965, 1, 1), date(1965, 4, 30), date(1965, 5, 1), date(1965, 9, 30)),
    *(date(1969, 12, 31), date(1970, 1, 1), date(1970, 4, 30), date(1970, 5, 1), date(1970, 9, 30)),
    *(date(1974, 12, 31), date(1975, 1, 1), date(1975, 2, 28), date(1975, 3, 1), date(1975, 8, 31)),
    *(date(1976, 8, 31), date(1976, 9, 1), date(1976, 12, 31), date(1977, 1, 1), date(1977, 12, 31)),
    *(date(1981, 8, 31), date(1981, 9, 1), date(1981, 12, 31), date(1982, 1, 1), date(1982, 12, 31)),
    *(date(1984, 10, 31), date(1984, 11, 1), date(1984, 12, 31), date(1985, 1, 1), date(1985, 12, 31)),
)


class Pick(Protocol):
    """Choose values: at random, or as Hypothesis draws them; the plainest choice comes first."""

    def one_of(self, values: Sequence[T]) -> T:
        """Choose one of some values."""

    def between(self, low: int, high: int) -> int:
        """Choose a whole number, both ends included."""

    def chance(self, percent: int) -> bool:
        """Say yes in about so many of a hundred cases."""


class RandomPick:
    """Choose by a seeded generator."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def one_of(self, values: Sequence[T]) -> T:
        """Choose one of some values, each as likely."""
        return values[self.rng.randrange(len(values))]

    def between(self, low: int, high: int) -> int:
        """Choose a whole number, both ends included, each as likely."""
        return self.rng.randint(low, high)

    def chance(self, percent: int) -> bool:
        """Say yes in about so many of a hundred cases."""
        return self.rng.randrange(100) < percent


class DrawnPick:
    """Choose as Hypothesis draws, so that it can shrink what it finds."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def one_of(self, values: Sequence[T]) -> T:
        """Choose one of some values; shrinks to the first."""
        return self.draw(st.sampled_from(values))

    def between(self, low: int, high: int) -> int:
        """Choose a whole number, both ends included; shrinks to the lowest."""
        return self.draw(st.integers(low, high))

    def chance(self, percent: int) -> bool:
        """Say yes in about so many of a hundred cases; shrinks to no."""
        return self.draw(st.integers(1, 100)) > 100 - percent


def months(pick: Pick, *, around: Sequence[int] = ()) -> int:
    """Give a count of months: on or beside a threshold, somewhere usual, or far out."""
    if around and pick.chance(50):
        return max(0, pick.one_of(around) + pick.between(-1, 1))
    if pick.chance(4):
        return pick.between(MONTHS_MOSTLY + 1, MONTHS_AT_MOST)
    return pick.between(0, MONTHS_MOSTLY)


def day_in(pick: Pick, year: int, month: int) -> date:
    """Give a day of a month: an edge of the month more often than not."""
    last = calendar.monthrange(year, month)[1]
    edges = [1, 2, last - 1, last]
    return date(year, month, pick.one_of(edges) if pick.chance(70) else pick.between(1, last))


def birth_near_retirement(pick: Pick, *, sex: str, post: str, round_year: int) -> date:
    """Give a birth whose retirement age falls on or beside the reference date, schedule of 2025 included."""
    on = reference_date(round_year)
    candidates = []
    for life in range(50 * 12, 63 * 12 + 1):
        first = anniversary(date(on.year, on.month, 1), months=-life)
        person = {"birth_date": first, "sex": sex, "post": post}
        if abs(retirement_months(person, on=on) - life) <= 1:
            candidates.append(first)
    born = pick.one_of(candidates)
    return day_in(pick, born.year, born.month)


def birth_date(pick: Pick, *, sex: str, post: str, round_year: int) -> date:
    """Give a birth at an edge of the ladder of ages, of a band, of retirement or of February, or anywhere."""
    age = pick.one_of((30, 35, 36, 40, 41, *range(44, 53)))
    year = round_year - 2 - age
    kind = pick.one_of(("new year", "december", "any day", "leap day", "retirement", "schedule", "anyone"))
    if kind == "new year":
        return date(year, 1, 1) + timedelta(days=pick.between(-1, 1))
    if kind == "december":
        return day_in(pick, year, 12)
    if kind == "leap day":
        return date(year - year % 4, 2, 29) + timedelta(days=pick.between(-1, 1))
    if kind == "retirement":
        return birth_near_retirement(pick, sex=sex, post=post, round_year=round_year)
    if kind == "schedule":
        return pick.one_of(SCHEDULE_EDGES)
    if kind == "anyone":
        year = round_year - pick.between(18, 75)
    return day_in(pick, year, pick.between(1, 12))


def eligibility_facts(pick: Pick, *, round_year: int) -> dict[str, Any]:
    """Give what Articles 14 and 17 ask for, at its thresholds or met by a wide margin."""
    on = reference_date(round_year)
    calm = pick.chance(40)
    permits = [on - timedelta(days=700), on, on - timedelta(days=1), on + timedelta(days=1), None]
    bars = [None, None, None, round_year - 1, round_year, round_year + 1, round_year + 5]
    return {
        "residence_permit_date": permits[0] if calm else pick.one_of(permits),
        "continuous_insured_months": 120 if calm else months(pick, around=(84,)),
        "back_paid_months": 0 if calm else pick.one_of((0, 1, 4, 5, 6, 7, 84)),
        "insurance_in_order": calm or not pick.chance(15),
        "criminal_record": not calm and pick.chance(10),
        "barred_through": None if calm else pick.one_of(bars),
        "employer_barred_through": None if calm else pick.one_of(bars),
    }


def residence_facts(pick: Pick) -> dict[str, int]:
    """Give insured months and five classes of dwelling, below, at and above the cap they share."""
    insured = months(pick, around=(0, 12, 84, 120, 240))
    facts = {"insured_months": insured}
    left = insured
    for dwelling in ("own_home", "spouse_home", "presumed_tenancy", "leased", "dormitory"):
        inside = pick.between(0, max(left, 0))
        counted = pick.one_of((0, inside, max(left, 0), max(left - 1, 0), max(left, 0) + 1, months(pick)))
        facts[f"{dwelling}_months"] = counted
        left -= counted
    return facts


def draw_facts(
    pick: Pick, *, round_year: int, award_keys: Sequence[str], honour_keys: Sequence[str]
) -> dict[str, Any]:
    """Give one applicant's facts, all columns of the contract but ``applicant_id`` and those for analysis."""
    sex, post = pick.one_of(("male", "female")), pick.one_of(("worker", "cadre"))
    years = tuple(12 * year for year in range(8))
    return {
        "birth_date": birth_date(pick, sex=sex, post=post, round_year=round_year),
        "sex": sex,
        "post": post,
        **eligibility_facts(pick, round_year=round_year),
        **residence_facts(pick),
        "education": pick.one_of(CREDENTIALS),
        "study_insured_months": pick.between(0, 50) if pick.chance(50) else months(pick, around=(0, 36, 48)),
        "suburban_home_months": months(pick, around=years) if pick.chance(70) else 0,
        "suburban_home_and_job_months": months(pick, around=years) if pick.chance(70) else 0,
        "suburban_home_in_december": pick.chance(80),
        "innovation_award": pick.one_of(award_keys) if pick.chance(40) else None,
        "taxed_100k_years": pick.between(0, 3),
        "tax_penalties": pick.one_of((0, 0, 0, 0, 1, 2, 9)),
        "honour": pick.one_of(honour_keys) if pick.chance(15) else None,
        "detentions": pick.one_of((0, 0, 0, 0, 1, 2, 7)),
    }


def random_facts(
    rng: random.Random,
    round_year: int,
    *,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> dict[str, Any]:
    """Give one applicant's facts at random; the same seed gives the same facts."""
    return draw_facts(RandomPick(rng), round_year=round_year, award_keys=award_keys, honour_keys=honour_keys)


def random_cohort(
    rng: random.Random,
    round_year: int,
    *,
    size: int,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> list[dict[str, Any]]:
    """Give many applicants at random, each with an ``applicant_id``."""
    return [
        {"applicant_id": f"a{number:06}"}
        | random_facts(rng, round_year, award_keys=award_keys, honour_keys=honour_keys)
        for number in range(1, size + 1)
    ]


@st.composite
def facts(
    draw: st.DrawFn,
    round_year: int,
    *,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> dict[str, Any]:
    """Give one applicant's facts as Hypothesis draws them, for it to shrink."""
    return draw_facts(DrawnPick(draw), round_year=round_year, award_keys=award_keys, honour_keys=honour_keys)
