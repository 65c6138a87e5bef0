"""What happens to some: high income tax, awards and honours, and penalties."""

from __future__ import annotations

from functools import cache

import numpy as np

from scoring.rulebook import Rulebook
from synthetic_data.population.chance import Chance, Life, chance_of
from synthetic_data.population.lives import NEVER, NONE
from synthetic_data.population.parameters import Parameters

TAX_FROM = 2
"""Years from the first insured month until income tax can be high."""
HAPPENS = (12 * 2008, 12 * 2035 + 11)
"""The months in which what is rare happens."""


def tax(p: Parameters, chance: Chance, life: Life) -> Life:
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


def rare(p: Parameters, chance: Chance, _: Life) -> Life:
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
