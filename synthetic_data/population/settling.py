"""How people settle: homes, gaps in the insurance, tenancies, and jobs."""

from __future__ import annotations

import numpy as np

from scoring.rulebook.schema import DISTRICTS, SIX_DISTRICTS
from synthetic_data.population.chance import BLOCK, Chance, Drawn, Life, chance_of
from synthetic_data.population.lives import DORMITORY, LEASE, NEVER, NO_TENANCY, SIZES
from synthetic_data.population.parameters import Parameters

MOVES_FROM = 2016
"""The year from which moves out of the six districts are drawn; earlier ones count as bought there."""
JOBS_MOVE_FROM = 2016
"""Moves of the job are drawn after this year: the area counts from 2017."""
FILED_FROM = 12 * 2020 + 7
"""August 2020, from which leases must be filed."""

_INSIDE = np.array([DISTRICTS.index(name) for name in SIX_DISTRICTS], np.uint8)
_OUTSIDE = np.array([place for place, name in enumerate(DISTRICTS) if name not in SIX_DISTRICTS], np.uint8)


def home(p: Parameters, chance: Chance, life: Life) -> Life:
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


def breaks(p: Parameters, chance: Chance, life: Life) -> Life:
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
    months = np.where(wanted, lengths, 0)
    room = horizon - months.sum(axis=0) - 3
    # They come in some order, at three places in the room that they leave, each after what came before.
    order = np.argsort([chance.uniform() for _ in range(3)], axis=0)
    lasting = np.take_along_axis(months, order, axis=0)
    from_ = begin + np.floor(starts * np.maximum(room, 0)) + np.cumsum(lasting + 1, axis=0) - (lasting + 1)
    there = (room > 0) & (lasting > 0)
    back = np.argsort(order, axis=0)
    from_, lasting = (
        np.take_along_axis(np.where(there, one, none), back, axis=0)
        for one, none in ((from_, NEVER), (lasting, 0))
    )
    swap = from_[1] < from_[0]
    return {
        "gap_from": np.where(swap, from_[[1, 0]], from_[:2]),
        "gap_months": np.where(swap, lasting[[1, 0]], lasting[:2]),
        "back_paid_from": from_[2],
        "back_paid_months": lasting[2],
    }


def tenancy(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw how they live without an own home, and from when on a lease is filed."""
    lives_in = chance.uniform()
    leased, dormitory = p.number("home.leased"), p.number("home.dormitory")
    kind = np.where(lives_in < leased, LEASE, np.where(lives_in < leased + dormitory, DORMITORY, NO_TENANCY))
    waited = np.where(kind == LEASE, np.floor(12 * chance.waiting(p.number("home.lease_delay"))), 0)
    since = np.maximum(FILED_FROM, life["insured_from"])
    return {"tenancy": kind, "tenancy_from": np.minimum(since + waited, NEVER)}


def job(p: Parameters, chance: Chance, life: Life) -> Life:
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
