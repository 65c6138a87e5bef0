"""Where a life in Beijing begins: when people came, with which credential and age, and study at work."""

from __future__ import annotations

import numpy as np

from scoring.indicators.education import LEVELS
from synthetic_data.population.chance import Chance, Drawn, Life, level, place
from synthetic_data.population.lives import NEVER, NEVER_DAY
from synthetic_data.population.parameters import Parameters

EARLIEST = 12 * 1998 + 6
"""July 1998, from which Art. 15(1) counts insured months; nobody has an earlier record here."""
FIRST_ARRIVALS = 1996
"""The year of the first of the parameters' weights; who comes after the last of them qualifies after 2032."""

# The least age at the first insured month in Beijing, by level: that of graduation.
_AGES = np.array([18, 20, 22, 22, 22, 23.3, 23.3, 23.3, 26, 26, 26])
# The level that study at work leads to, by the level before: one certificate alone, or both together.
_LEADS_TO = {
    "none": ("junior_college", "bachelor"),
    "junior_college": ("bachelor_diploma", "bachelor"),
    "bachelor_diploma": ("bachelor_degree", "bachelor"),
    "bachelor_degree": ("bachelor", "bachelor"),
    "bachelor": ("master_degree", "master"),
    "master_diploma": ("master_degree", "master"),
    "master_degree": ("master", "master"),
}
_ALONE, _JOINT = np.array(
    [[LEVELS.index(_LEADS_TO.get(name, ("none", "none"))[which]) for name in LEVELS] for which in range(2)],
    np.uint8,
)
_STUDENTS = LEVELS.index("master")


def arrival(p: Parameters, chance: Chance, _: Life) -> Life:
    """Draw the first insured month in Beijing."""
    later = chance.normal()
    year = FIRST_ARRIVALS + place(level(later), p.weights("career.arrivals"))
    came = 12.0 * year + chance.between(0, 11)
    # Who came before insurance was recorded is first insured in the year after its start, most at once.
    early = EARLIEST + np.where(chance.share(0.7), 0, chance.between(0, 11))
    return {"later": later, "came": came, "insured_from": np.where(came < EARLIEST, early, came)}


def credential(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the credential at the first insured month, and the wealth that goes with it."""
    learned = chance.with_normal(life["later"], p.number("education.rises_with_arrival"))
    return {
        "first_credential": place(level(learned), p.weights("education.mix")),
        "wealth": chance.with_normal(learned, p.number("tax.education")),
    }


def birth(p: Parameters, chance: Chance, life: Life) -> Life:
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


def study(p: Parameters, chance: Chance, life: Life) -> Life:
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


def permit(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the day of the residence permit: half a year to three years after the first insured month."""
    after = np.floor((life["insured_from"] / 12 - 1970) * 365.2425) + chance.between(180, 1100)
    return {"permit_day": np.where(chance.share(p.number("rare.no_permit")), NEVER_DAY, after)}
