"""Lives that nobody leads: every date on, just before or just after a month in which a rule changes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.rulebook import Rulebook
from scoring.rulebook.schema import DISTRICTS
from synthetic_data.population.draw import as_lives
from synthetic_data.population.lives import NEVER, NEVER_DAY, NONE, Lives

Whole = NDArray[np.int64]

# July 1998, January 2017 and 2018, August 2020, and the Decembers before some rounds.
EDGES = (12 * 1998 + 6, 12 * 2017, 12 * 2018, 12 * 2020 + 7, 12 * 2018 - 1, 12 * 2020 - 1, 12 * 2027 - 1)
YUAN = (34_999, 35_000, 99_999, 100_000, 100_001, 250_000)


def wild_lives(size: int, rules: Rulebook, *, round_year: int, seed: int) -> Lives:
    """Draw lives dense in awkward dates, as far as the promises of `Lives` allow."""
    return as_lives(_Wild(np.random.default_rng(seed), size, 12 * round_year).life(rules))


class _Wild:
    def __init__(self, random: np.random.Generator, size: int, end: int) -> None:
        self.random, self.size, self.end = random, size, end

    def whole(self, low: int, high: int, *rows: int) -> Whole:
        return self.random.integers(low, high + 1, (*rows, self.size))

    def one_of(self, *values: int) -> Whole:
        return self.random.choice(np.array(values), self.size)

    def month(self) -> Whole:
        """Give a month on or beside an edge, or seven years before one, or any, or never."""
        edge = self.one_of(*EDGES, self.end - 1, self.end - 84, self.end + 30) + self.whole(-1, 1)
        anywhere = self.whole(12 * 1995, self.end + 24)
        kind = self.random.random(self.size)
        return np.where(kind < 0.55, edge, np.where(kind < 0.9, anywhere, NEVER))

    def life(self, rules: Rulebook) -> dict[str, Any]:
        homes = self.month()
        moved = np.minimum(homes + self.whole(0, 90), NEVER)
        return {
            **self.person(),
            **self.insurance(),
            "credential": self.whole(0, 10, 2),
            "graduated": np.stack([self.graduation(), self.graduation()]),
            "home_from": np.stack([homes, np.where(self.random.random(self.size) < 0.5, moved, NEVER)]),
            "home_district": self.whole(0, len(DISTRICTS) - 1, 2),
            "spouse_home_from": self.month(),
            "other_district": self.whole(0, len(DISTRICTS) - 1),
            "tenancy": self.whole(0, 2),
            "tenancy_from": self.month(),
            "job_district": self.whole(0, len(DISTRICTS) - 1, 2),
            "job_moved": self.month(),
            **self.rare(rules),
        }

    def graduation(self) -> Whole:
        return np.where(
            self.random.random(self.size) < 0.8, self.month(), self.one_of(12 * 2010, 12 * 2010 + 24)
        )

    def person(self) -> dict[str, Whole]:
        return {
            "person": np.arange(self.size),
            "birth_day": self.whole(-9_000, 9_000),
            "sex": self.whole(0, 1),
            "post": self.whole(0, 1),
            "permit_day": np.where(
                self.random.random(self.size) < 0.1, NEVER_DAY, self.whole(16_000, 19_000)
            ),
            "criminal_record": self.whole(0, 1),
            "child_born": np.stack([self.month() - self.one_of(0, 216, 217) for _ in range(3)]),
            "sector": self.whole(0, 9),
            "employer": self.whole(0, 99),
            "employer_size": self.whole(0, 4),
            "applies_from": np.full(self.size, 2018),
            "leaves_after": np.full(self.size, NEVER),
        }

    def insurance(self) -> dict[str, Whole]:
        """Give a career, and three breaks one after the other, touching now and then, in any order."""
        begin = np.minimum(self.month(), self.end + 30)
        ends = np.where(self.random.random(self.size) < 0.6, NEVER, np.maximum(self.month(), begin))
        near = np.maximum(self.end - self.one_of(1, 2, 40, 84, 90, 300), begin)
        steps = [self.one_of(0, 0, 1, 5, 11, 40), *(self.one_of(0, 1, 2, 5, 12, 36) for _ in range(5))]
        marks = near + np.cumsum(steps, axis=0)
        order = np.argsort(self.random.random((3, self.size)), axis=0)
        from_ = np.take_along_axis(marks[0::2], order, axis=0)
        months = np.take_along_axis(marks[1::2] - marks[0::2], order, axis=0)
        absent = (self.random.random((3, self.size)) < 0.4) | (months == 0)
        from_, months = np.where(absent, NEVER, from_), np.where(absent, 0, months)
        return {
            "insured_from": begin,
            "insured_last": ends,
            "gap_from": from_[:2],
            "gap_months": months[:2],
            "back_paid_from": from_[2],
            "back_paid_months": months[2],
        }

    def rare(self, rules: Rulebook) -> dict[str, Whole]:
        first = np.where(self.random.random(self.size) < 0.3, NEVER, self.end // 12 + self.whole(-6, 2))
        conditional = [
            place
            for place, award in enumerate(rules.awards)
            if award.counts_from or award.min_income_tax_yuan or award.financing
        ]
        awards = np.where(
            self.random.random(self.size) < 0.5,
            self.one_of(*conditional),
            self.whole(0, len(rules.awards) - 1),
        )
        years = self.one_of(2011, 2012, 2015, 2020, self.end // 12)
        return {
            "tax_from": first,
            "tax_through": np.minimum(first + self.whole(0, 5), NEVER),
            "tax_yuan": self.one_of(*YUAN),
            "award": np.where(self.random.random(self.size) < 0.3, NONE, awards),
            "award_month": 12 * years + self.whole(-1, 1),
            "honour": np.where(
                self.random.random(self.size) < 0.5, NONE, self.whole(0, len(rules.honours) - 1)
            ),
            "honour_month": self.month(),
            "fined_month": np.minimum(self.end - 12 * self.one_of(0, 3, 5, 6) + self.whole(-1, 1), NEVER),
            "detained_month": np.minimum(self.end - 12 * self.one_of(0, 3, 5, 6) + self.whole(-1, 1), NEVER),
            "false_material_year": np.where(
                self.random.random(self.size) < 0.3, NEVER, self.end // 12 + self.whole(-7, 1)
            ),
        }
