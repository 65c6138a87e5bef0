"""Draw lives: birth, study, work, arrival, home, job, tax, what is rare, and the queue, one after the other.

Later steps build on earlier ones, because lives do: a credential decides when work starts, work when somebody
arrives, arrival when a home is bought and a credential earned at work, and all of it when they apply.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.indicators.education import LEVELS
from scoring.rulebook import Rulebook
from scoring.rulebook.schema import DISTRICTS, SIX_DISTRICTS
from synthetic_data.population.chance import BLOCK, Chance, chance_of, level, place
from synthetic_data.population.entry import entry
from synthetic_data.population.lives import (
    DORMITORY,
    LEASE,
    NEVER,
    NEVER_DAY,
    NO_TENANCY,
    NONE,
    SIZES,
    Lives,
)
from synthetic_data.population.parameters import Parameters

Drawn = NDArray[Any]
Life = dict[str, Drawn]

EARLIEST = 12 * 1998 + 6
"""July 1998, from which Art. 15(1) counts insured months; nobody has an earlier record here."""
FIRST_ARRIVALS = 1996
"""The year of the first of the parameters' weights; who comes after the last of them qualifies after 2032."""
MOVES_FROM = 2016
"""The year from which moves out of the six districts are drawn; earlier ones count as bought there."""
JOBS_MOVE_FROM = 2016
"""Moves of the job are drawn after this year: the area counts from 2017."""
TAX_FROM = 2
"""Years from the first insured month until income tax can be high."""
FILED_FROM = 12 * 2020 + 7
"""August 2020, from which leases must be filed."""
HAPPENS = (12 * 2008, 12 * 2035 + 11)
"""The months in which what is rare happens."""

# The least age at the first insured month in Beijing, by level: that of graduation.
_AGES = np.array([18, 20, 22, 22, 22, 23.3, 23.3, 23.3, 26, 26, 26])
# The level that study at work leads to, by the level before: one certificate alone, or both together.
_ALONE = np.array(
    [
        LEVELS.index(name)
        for name in (
            "junior_college",
            "bachelor_diploma",
            "bachelor_degree",
            "bachelor",
            "master_degree",
            "master_degree",
            "master",
            "none",
            "none",
            "none",
            "none",
        )
    ],
    np.uint8,
)
_JOINT = np.array(
    [
        LEVELS.index(name)
        for name in (
            "bachelor",
            "bachelor",
            "bachelor",
            "bachelor",
            "master",
            "master",
            "master",
            "none",
            "none",
            "none",
            "none",
        )
    ],
    np.uint8,
)
_STUDENTS = LEVELS.index("master")
_INSIDE = np.array([DISTRICTS.index(name) for name in SIX_DISTRICTS], np.uint8)
_OUTSIDE = np.array([place for place, name in enumerate(DISTRICTS) if name not in SIX_DISTRICTS], np.uint8)


def draw(parameters: Parameters, *, size: int, seed: int, first: int = 0) -> Lives:
    """Draw *size* people of an endless population, from the person with number *first* on.

    The same seed and number give the same person, whatever else is drawn: a population is the beginning of
    any larger one, and parts drawn apart, in any order and by any process, are those of the whole.

    Args:
        parameters: how lives run.
        size: how many people, at least 1.
        seed: 0 or more.
        first: the number of the first person.

    """
    blocks = range(first // BLOCK, -(-(first + size) // BLOCK))
    lives = Lives.concat([draw_block(parameters, seed=seed, block=block) for block in blocks])
    skipped = first - blocks.start * BLOCK
    return lives.take(slice(skipped, skipped + size))


def draw_block(parameters: Parameters, *, seed: int, block: int) -> Lives:
    """Draw the people of one block of `BLOCK`."""
    chance = Chance.of(seed, block)
    life: Life = {"person": block * BLOCK + np.arange(BLOCK)}
    for step in (
        _arrival,
        _credential,
        _birth,
        _study,
        _home,
        _breaks,
        _tenancy,
        _job,
        _tax,
        _rare,
        _permit,
        entry,
    ):
        life |= step(parameters, chance, life)
    return as_lives(life)


def as_lives(life: Life) -> Lives:
    """Keep what lives hold, in their types."""
    return Lives(**{name: life[name].astype(kind) for name, kind in _TYPES.items()})


def _arrival(p: Parameters, chance: Chance, _: Life) -> Life:
    """Draw the first insured month in Beijing."""
    later = chance.normal()
    year = FIRST_ARRIVALS + place(level(later), p.weights("career.arrivals"))
    came = 12.0 * year + chance.between(0, 11)
    # Who came before insurance was recorded is first insured in the year after its start, most at once.
    early = EARLIEST + np.where(chance.share(0.7), 0, chance.between(0, 11))
    return {"later": later, "came": came, "insured_from": np.where(came < EARLIEST, early, came)}


def _credential(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the credential at the first insured month, and the wealth that goes with it."""
    learned = chance.with_normal(life["later"], p.number("education.rises_with_arrival"))
    return {
        "first_credential": place(level(learned), p.weights("education.mix")),
        "wealth": chance.with_normal(learned, p.number("tax.education")),
    }


def _birth(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the age at the first insured month, from which birth and graduation follow."""
    least = _AGES.take(life["first_credential"])
    born = life["came"] / 12 - least - chance.gathering(p.number("career.years_before"), shape=3)
    # Nobody who could never be of working age in a round: births of 1945 to 2005.
    born = np.clip(born, 1945, 2005.99)
    child = born[None, :] + 23 + np.cumsum([chance.ripening(6) for _ in range(3)], axis=0)
    children = np.searchsorted(_poisson(p.number("person.children"), 3), chance.uniform(), side="right")
    # Courses end in July; who starts to work at once may be insured in that month already.
    july = 12 * np.floor(born + least + 0.4) + 6
    at_once = chance.share(p.number("education.insured_in_july")) & (life["insured_from"] - july < 18)
    graduated = np.where(at_once, life["insured_from"], np.minimum(july, life["insured_from"] - 1))
    return {
        "born": born,
        "birth_day": np.floor((born - 1970) * 365.2425),
        "birth_month": np.floor(born * 12),
        "sex": chance.share(p.number("person.male")),
        "post": chance.share(p.number("person.cadre")),
        "child_born": np.where(np.arange(3)[:, None] < children, np.floor(child * 12), NEVER),
        "first_graduated": np.where(life["first_credential"] > 0, graduated, NEVER),
    }


def _poisson(mean: float, most: int) -> Drawn:
    """Return the probabilities of at most 0, 1 ... children, of whom there are no more than *most*."""
    terms = [np.exp(-mean)]
    for number in range(1, most):
        terms.append(terms[-1] * mean / number)
    return np.cumsum(terms)


def _study(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw who earns a higher credential at work, when, and whether diploma and degree come together."""
    first = life["first_credential"]
    studies = chance.share(p.number("education.studies")) & (first < _STUDENTS)
    joint = chance.share(p.number("education.joint"))
    after = chance.ripening(p.number("education.studies_after"))
    month = life["insured_from"] + 1 + np.floor(12 * after)
    # Courses end in January and July.
    graduated = np.floor((month + 5) / 6) * 6
    second = np.where(studies, np.where(joint, _JOINT.take(first), _ALONE.take(first)), 0)
    return {
        "credential": np.stack([first, second]),
        "graduated": np.stack([life["first_graduated"], np.where(second > 0, graduated, NEVER)]),
    }


def _home(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the purchase of a home, where, and the move to one outside the six districts."""
    buys = chance_of(p.number("home.buys"), life["wealth"], p.number("tax.wealth"))
    delay = chance.gathering(p.number("home.bought_after")) - p.number("home.bought_before")
    bought = life["insured_from"] + np.floor(12 * np.maximum(delay, 0))
    own = np.where(chance.uniform() < buys, bought, NEVER)
    growth = p.number("home.suburban_growth") * (np.minimum(own, 12 * 2040) / 12 - 2008)
    suburban = chance.share(p.number("home.suburban") + growth)
    moved = 12 * MOVES_FROM + np.floor(12 * chance.waiting(1 / p.number("home.moves_out")))
    out = ~suburban & (own < NEVER) & (moved > own) & (moved < NEVER)
    spouse = np.floor(12 * chance.gathering(p.number("home.bought_after"))) + life["insured_from"] + 6
    spouse = np.where(chance.share(p.number("home.spouse")), spouse, NEVER)
    return {
        "home_from": np.stack([own, np.where(out, moved, NEVER)]),
        "home_district": np.stack([_district(chance, suburban), _district(chance, np.ones(BLOCK, np.bool_))]),
        "spouse_home_from": spouse,
        "other_district": _district(chance, chance.share(0.4)),
    }


def _district(chance: Chance, outside: Drawn) -> Drawn:
    """Draw a district inside or outside the six."""
    level_ = chance.uniform()
    inside, outer = (names.take((level_ * names.size).astype(int)) for names in (_INSIDE, _OUTSIDE))
    return np.where(outside, outer, inside)


def _breaks(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw gaps and a back-paid spell, apart from each other, before an own home and within thirty years.

    An applicant with a home has been insured ever since: its months then never exceed the insured ones.
    """
    begin = life["insured_from"] + 1
    horizon = np.minimum(np.minimum(life["home_from"][0], life["spouse_home_from"]), begin + 360) - begin
    lengths = [1 + np.floor(chance.waiting(p.number("career.gap_months"))) for _ in range(2)]
    lengths.append(1 + np.floor(8 * chance.uniform()))
    has = chance.share(p.number("career.gap"))
    wanted = [has, has & chance.share(p.number("career.gap")), chance.share(p.number("career.back_paid"))]
    starts = np.sort([chance.uniform() for _ in range(3)], axis=0)
    # Three places in order, and what the breaks take themselves between them.
    months = np.where(wanted, lengths, 0)
    room = horizon - months.sum(axis=0) - 3
    fits = room > 0
    order = np.argsort([chance.uniform() for _ in range(3)], axis=0)
    found = np.zeros((3, BLOCK)), np.zeros((3, BLOCK))
    taken = np.zeros(BLOCK)
    for turn in range(3):
        which = order[turn]
        own = np.take_along_axis(months, which[None], axis=0)[0]
        from_ = begin + np.floor(starts[turn] * np.maximum(room, 0)) + taken
        there = fits & (own > 0)
        np.put_along_axis(found[0], which[None], np.where(there, from_, NEVER)[None], axis=0)
        np.put_along_axis(found[1], which[None], np.where(there, own, 0)[None], axis=0)
        taken += own + 1
    # The first gap is the earlier one.
    swap = found[0][1] < found[0][0]
    gaps = [np.where(swap, one[[1, 0]], one[:2]) for one in found]
    return {
        "gap_from": gaps[0],
        "gap_months": gaps[1],
        "back_paid_from": found[0][2],
        "back_paid_months": found[1][2],
    }


def _tenancy(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw how they live without an own home, and from when on a lease is filed."""
    lives_in = chance.uniform()
    leased, dormitory = p.number("home.leased"), p.number("home.dormitory")
    kind = np.where(lives_in < leased, LEASE, np.where(lives_in < leased + dormitory, DORMITORY, NO_TENANCY))
    waited = np.where(kind == LEASE, np.floor(12 * chance.waiting(p.number("home.lease_delay"))), 0)
    since = np.maximum(FILED_FROM, life["insured_from"])
    return {"tenancy": kind, "tenancy_from": np.minimum(since + waited, NEVER)}


def _job(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the districts of two jobs, the month of the move, and the employer; employers differ in size.

    The second job lies on the other side of the six districts' border; the move is one of January, because
    published points of the area show hardly anybody whose remainder of a year is lost.
    """
    moved = 12 * (JOBS_MOVE_FROM + 1 + np.floor(chance.waiting(1 / p.number("job.moves"))))
    outside = chance.share(p.number("job.suburban"))
    first, second = _district(chance, outside), _district(chance, ~outside)
    size = chance.choice(np.array([0.04, 0.13, 0.24, 0.32, 0.27]))
    # Applicants of an employer are numbered by its class: the larger it is, the fewer there are of them.
    people = p.number("job.people_per_employer") * np.array([0.25, 0.5, 1, 4, 16])
    number = np.floor(chance.uniform() * 1e5 / people.take(size)) * len(SIZES) + size
    return {
        "job_district": np.stack([first, second]),
        "job_moved": np.where((moved > life["insured_from"]) & (moved < NEVER), moved, NEVER),
        "employer": number,
        "employer_size": size,
        "sector": chance.choice(p.weights("job.sectors")),
    }


def _tax(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the years of high income tax: one spell, begun in any year alike, more likely with wealth.

    For some it is a single year (a bonus, a sale), for the others it lasts.
    """
    likely = chance_of(p.number("tax.high"), life["wealth"], p.number("tax.wealth"))
    pays = chance.uniform() < likely
    begins = np.floor(chance.waiting(1 / p.number("tax.begins")))
    year = np.minimum(np.floor(life["insured_from"] / 12) + TAX_FROM + begins, NEVER)
    lasts = 1 + np.floor(chance.waiting(1 / p.number("tax.ends")))
    years = np.where(chance.share(p.number("tax.single")), 1, lasts)
    yuan = np.floor(100_000 * np.exp(chance.waiting(0.5)))
    return {
        "tax_from": np.where(pays, year, NEVER),
        "tax_through": np.where(pays, np.minimum(year + years - 1, NEVER), 0),
        "tax_yuan": np.where(pays, np.minimum(yuan, 5e6), 0),
    }


def _rare(p: Parameters, chance: Chance, _: Life) -> Life:
    """Draw awards, honours, penalties, and records that exclude."""
    months = {name: chance.between(*HAPPENS) for name in ("award", "honour", "tax_fine", "detention")}
    has = {name: chance.share(p.number(f"rare.{name}")) for name in months}
    found = chance.share(p.number("rare.false_material"))
    return {
        "award": np.where(has["award"], chance.between(0, len(_annexes().awards) - 1), NONE),
        "award_month": np.where(has["award"], months["award"], NEVER),
        "honour": np.where(has["honour"], chance.between(0, len(_annexes().honours) - 1), NONE),
        "honour_month": np.where(has["honour"], months["honour"], NEVER),
        "fined_month": np.where(has["tax_fine"], months["tax_fine"], NEVER),
        "detained_month": np.where(has["detention"], months["detention"], NEVER),
        "false_material_year": np.where(found, chance.between(2018, 2035), NEVER),
        "criminal_record": chance.share(p.number("rare.criminal_record")),
    }


@cache
def _annexes() -> Rulebook:
    """Return a rulebook for its Annexes 3 and 4, which all of them share."""
    return Rulebook.load("beijing-2020")


def _permit(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the day of the residence permit: half a year to three years after the first insured month."""
    after = np.floor((life["insured_from"] / 12 - 1970) * 365.2425) + chance.between(180, 1100)
    return {"permit_day": np.where(chance.share(p.number("rare.no_permit")), NEVER_DAY, after)}


_TYPES: dict[str, type[np.generic]] = {
    **dict.fromkeys(("person", "birth_day", "permit_day", "employer", "tax_yuan"), np.int32),
    **dict.fromkeys(("sex", "post", "credential", "home_district", "other_district"), np.uint8),
    **dict.fromkeys(("tenancy", "job_district", "award", "honour", "sector", "employer_size"), np.uint8),
    "criminal_record": np.bool_,
    **dict.fromkeys(("insured_from", "insured_last", "gap_from", "gap_months"), np.int16),
    **dict.fromkeys(("back_paid_from", "back_paid_months", "graduated", "home_from"), np.int16),
    **dict.fromkeys(("spouse_home_from", "tenancy_from", "job_moved", "tax_from", "tax_through"), np.int16),
    **dict.fromkeys(("award_month", "honour_month", "fined_month", "detained_month"), np.int16),
    **dict.fromkeys(("false_material_year", "child_born", "applies_from", "leaves_after"), np.int16),
}
