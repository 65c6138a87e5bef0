"""Draw lives: birth, study, work, arrival, home, job, tax, what is rare, and the queue, one after the other.

Later steps build on earlier ones, because lives do: a credential decides when work starts, work when somebody
arrives, arrival when a home is bought and a credential earned at work, and all of it when they apply.
"""

from __future__ import annotations

import numpy as np

from synthetic_data.population.arrival import arrival, birth, credential, permit, study
from synthetic_data.population.chance import BLOCK, Chance, Life
from synthetic_data.population.entry import entry
from synthetic_data.population.events import rare, tax
from synthetic_data.population.lives import Lives
from synthetic_data.population.parameters import Parameters
from synthetic_data.population.settling import breaks, home, job, tenancy

_STEPS = (arrival, credential, birth, study, home, breaks, tenancy, job, tax, rare, permit, entry)


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
    for step in _STEPS:
        life |= step(parameters, chance, life)
    return as_lives(life)


def as_lives(life: Life) -> Lives:
    """Keep what lives hold, in their types."""
    return Lives(**{name: life[name].astype(kind) for name, kind in _TYPES.items()})


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
