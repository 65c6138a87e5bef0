"""Facts of any round from life courses, in closed form: every count is a sum of overlaps of month spans.

They are the facts that `scoring.histories` counts from the same lives' records; see `records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from scoring.histories.months import number_of
from scoring.indicators import education
from scoring.indicators.facts import ABSENT, Column, Extent
from scoring.indicators.item import Law
from scoring.rulebook import Rulebook
from scoring.rulebook.schema import DISTRICTS
from synthetic_data.population.lives import DORMITORY, LEASE, NONE, Lives

Months = NDArray[np.int16]
Flags = NDArray[np.bool_]
Bound = Months | np.int16

FINE_YUAN = 2_000
"""The fine behind every tax penalty of `Lives`."""
CHILDHOOD = 12 * 18


def counted(lives: Lives, rules: Rulebook, round_year: int) -> dict[str, Column]:
    """Count the facts of every person up to the reference date of a round.

    Args:
        lives: the people.
        rules: the rulebook whose dates and windows count.
        round_year: the year of the round.

    Returns:
        The contract's facts by name as small integers, as `scoring.indicators.facts` reads them: days since
        1970-01-01, levels by their position, no and yes 0 and 1, a null year 0, a null award or honour
        255; and ``minor_children``.

    """
    return {**dated(lives, rules, round_year), **claimed(lives, rules, round_year)}


def dated(lives: Lives, rules: Rulebook, round_year: int) -> dict[str, Column]:
    """Count the facts that hang on nothing of the rulebook but values which facts use up."""
    spans = Spans(lives, rules, round_year)
    return {
        "birth_date": lives.birth_day,
        "sex": lives.sex,
        "post": lives.post,
        "residence_permit_date": lives.permit_day,
        **_eligibility(spans),
        "insured_months": spans.paid(spans.first, spans.end),
        **_residence(spans),
        **_area(spans),
        **_rare(spans),
        **_penalties(spans),
        "minor_children": minor_children(lives, spans.end),
    }


@dataclass(frozen=True)
class Spans:
    """Measure the months of people's lives that count for a round: from *first* to before *end*."""

    lives: Lives
    rules: Rulebook
    round_year: int

    @cached_property
    def first(self) -> np.int16:
        """The first month that counts."""
        return self.month_of("employment.counting_from")

    @cached_property
    def end(self) -> np.int16:
        """The month after the one of the reference date."""
        return np.int16(number_of(self.rules.reference_date(self.round_year)) + 1)

    @property
    def last(self) -> np.int16:
        """The month of the reference date."""
        return self.end - np.int16(1)

    def month_of(self, path: str) -> np.int16:
        """Return the month at a path of the rulebook."""
        return np.int16(number_of(self.rules.date(path)))

    @cached_property
    def breaks(self) -> tuple[tuple[Months, Months], ...]:
        """The gaps and the back-paid spell: first months, and the months after the last."""
        lives = self.lives
        gaps = [
            (begin, begin + months) for begin, months in zip(lives.gap_from, lives.gap_months, strict=True)
        ]
        back_paid = (lives.back_paid_from, lives.back_paid_from + lives.back_paid_months)
        return (*gaps, back_paid)

    @cached_property
    def insured_end(self) -> Months:
        """The months after the last insured one."""
        return self.lives.insured_last + np.int16(1)

    def paid(self, begin: Bound, end: Bound) -> Months:
        """Count the normally paid months from *begin* to before *end*."""
        begin = np.maximum(np.maximum(begin, self.first), self.lives.insured_from)
        end = np.minimum(np.minimum(end, self.end), self.insured_end)
        months: Months = span(begin, end)
        for from_, to in self.breaks:
            months -= span(np.maximum(begin, from_), np.minimum(end, to))
        return months

    @cached_property
    def owned_from(self) -> Months:
        """The first month in an own or a spouse's home."""
        return np.asarray(np.minimum(self.lives.home_from[0], self.lives.spouse_home_from))


def span(begin: Bound, end: Bound) -> Months:
    """Count the months from *begin* to before *end*; none if it lies after it."""
    return np.asarray(np.maximum(np.subtract(end, begin, dtype=np.int16), np.int16(0)))


def _eligibility(spans: Spans) -> dict[str, Column]:
    """Count Art. 14(3): the run of months with a record that ends in the last one, and the back-paid ones."""
    lives, last, end = spans.lives, spans.last, spans.end
    *gaps, (back_paid, back_paid_end) = spans.breaks
    start = np.maximum(lives.insured_from, spans.first)
    for begin, after in gaps:
        start = np.where((begin < end) & (after > start) & (after > begin), after, start)
    covered = lives.insured_last >= last
    continuous = np.where(covered, span(start, end), np.int16(0))
    in_order = (continuous > 0) & ~((back_paid <= last) & (last < back_paid_end))
    window = max(spans.first, end - np.int16(spans.rules.count("eligibility.back_paid_window_months")))
    return {
        "continuous_insured_months": continuous,
        "back_paid_months": span(
            np.maximum(back_paid, window), np.minimum(np.minimum(back_paid_end, spans.insured_end), end)
        ),
        "insurance_in_order": in_order.view(np.uint8),
    }


def _residence(spans: Spans) -> dict[str, Column]:
    """Count Art. 15(2): no month twice, own home first, then the spouse's, then as a tenant."""
    lives, end, owned = spans.lives, spans.end, spans.owned_from
    own, spouse = (np.maximum(begin, spans.first) for begin in (lives.home_from[0], lives.spouse_home_from))
    boundary = spans.month_of("residence.presumed_before")
    rented = spans.paid(np.maximum(lives.tenancy_from, boundary), owned)
    nothing = np.int16(0)
    return {
        "own_home_months": span(own, end),
        "spouse_home_months": span(spouse, np.minimum(own, end)),
        "presumed_tenancy_months": spans.paid(spans.first, np.minimum(owned, boundary)),
        "leased_months": np.where(lives.tenancy == LEASE, rented, nothing),
        "dormitory_months": np.where(lives.tenancy == DORMITORY, rented, nothing),
    }


def claimed(lives: Lives, rules: Rulebook, round_year: int) -> dict[str, Column]:
    """Claim the credential with the most points after deduction: Art. 15(3) and Annex 2.

    Of equal ones the one with more points before deduction, then the earlier one, then the first level. So
    what is claimed hangs on points, too, and on those of employment, which are taken back for study.
    """
    spans, law = Spans(lives, rules, round_year), Law(rules, round_year, Extent(0, 0))
    tables = education.tables(law)
    tiers = tables["education"].astype(np.int32)
    after = tiers[:, None] + tables["study_deduction"].reshape(tiers.size, -1)
    windows = np.array(education.windows(law), np.int16)
    held = []
    for level, graduated in zip(lives.credential, lives.graduated, strict=True):
        through = graduated + np.int16(1)
        study = spans.paid(through - windows.take(level), through)
        held.append((np.where(graduated < spans.end, level, np.uint8(0)), study, graduated))
    (level, study, graduated), *others = held
    for level2, study2, graduated2 in others:
        points, points2 = after[level, study * (level > 0)], after[level2, study2 * (level2 > 0)]
        gain, more = points2 - points, tiers[level2] - tiers[level]
        sooner = (graduated2 < graduated) | ((graduated2 == graduated) & (level2 < level))
        better = (level2 > 0) & (
            (level == 0) | (gain > 0) | ((gain == 0) & ((more > 0) | ((more == 0) & sooner)))
        )
        level, study = np.where(better, level2, level), np.where(better, study2, study)
        graduated = np.where(better, graduated2, graduated)
    return {"education": level, "study_insured_months": np.where(level > 0, study, np.int16(0))}


def _area(spans: Spans) -> dict[str, Column]:
    """Count Art. 15(4): own home outside the six districts, the job inside or outside."""
    lives, end = spans.lives, spans.end
    outside = ~np.isin(DISTRICTS, cast("tuple[str, ...]", spans.rules["job_housing_area.urban_districts"]))
    since = max(spans.first, spans.month_of("job_housing_area.counting_from"))
    nothing = np.int16(0)
    lived, both = np.zeros(len(lives), np.int16), np.zeros(len(lives), np.int16)
    december = np.zeros(len(lives), np.bool_)
    homes = _turns(lives.home_from[0], lives.home_from[1], end)
    jobs = _turns(None, lives.job_moved, end)
    for district, (begin, until) in zip(lives.home_district, homes, strict=True):
        suburban = outside.take(district)
        december |= suburban & (begin <= spans.last) & (until == end)
        counts = np.maximum(begin, since)
        lived += np.where(suburban, span(counts, until), nothing)
        for work, (begin_work, until_work) in zip(lives.job_district, jobs, strict=True):
            paid = spans.paid(np.maximum(counts, begin_work), np.minimum(until, until_work))
            both += np.where(suburban & outside.take(work), paid, nothing)
    return {
        "suburban_home_months": lived - both,
        "suburban_home_and_job_months": both,
        "suburban_home_in_december": december.view(np.uint8),
    }


def _turns(first: Months | None, second: Months, end: np.int16) -> tuple[tuple[Bound, Months], ...]:
    """Return the spans of two homes or jobs of which the second ends the first; None is from ever on."""
    before = np.minimum(second, end)
    return ((np.int16(0) if first is None else first, before), (second, np.full_like(second, end)))


def _rare(spans: Spans) -> dict[str, Column]:
    """Count Art. 14(4), 15(5), 15(6) and 15(8)."""
    lives = spans.lives
    honoured = (lives.honour != NONE) & (lives.honour_month < spans.end)
    return {
        "criminal_record": lives.criminal_record.view(np.uint8),
        "innovation_award": _award(spans),
        "taxed_100k_years": _taxed_years(spans),
        "honour": np.where(honoured, lives.honour, np.uint8(ABSENT)),
    }


def _penalties(spans: Spans) -> dict[str, Column]:
    """Count Art. 15(6), 15(9) and 17: penalties of calendar years, false material of the round's too."""
    lives, rules, round_year = spans.lives, spans.rules, spans.round_year
    barred = np.int16(rules.count("eligibility.barred_years_after"))
    false = lives.false_material_year
    fined = _in_years_before(lives.fined_month, rules.count("tax.penalty_window_years"), round_year)
    detained = _in_years_before(lives.detained_month, rules.count("law_abiding.window_years"), round_year)
    reached = rules.points("tax.penalty_from_yuan") <= 100 * FINE_YUAN
    return {
        "barred_through": np.where(false <= round_year, false + barred, np.int16(0)),
        "tax_penalties": fined.astype(np.int16) * np.int16(reached),
        "detentions": detained.astype(np.int16),
    }


def _in_years_before(month: Months, years: int, round_year: int) -> Flags:
    return (month >= 12 * (round_year - years)) & (month < 12 * round_year)


def _taxed_years(spans: Spans) -> Months:
    """Count the years of the window in which the income tax reaches the line."""
    lives, year = spans.lives, np.int16(spans.round_year)
    begin = np.maximum(lives.tax_from, year - np.int16(spans.rules.count("tax.window_years")))
    years = span(begin, np.minimum(lives.tax_through + np.int16(1), year))
    reached = lives.tax_yuan * np.int64(100) >= spans.rules.points("tax.line_yuan")
    return np.asarray(np.where(reached, years, np.int16(0)))


def _award(spans: Spans) -> NDArray[np.uint8]:
    """Return the award that counts: won by then, in a year that counts, with the tax it asks for."""
    lives, awards, year = spans.lives, spans.rules.awards, spans.round_year
    counts_from, least_yuan = np.zeros((2, NONE + 1), np.int32)
    counts_from[: len(awards)] = [award.counts_from or 0 for award in awards]
    least_yuan[: len(awards)] = [award.min_income_tax_yuan or 0 for award in awards]
    taxed = (lives.tax_from < year) & (lives.tax_through >= year - 1)
    counts = (lives.award != NONE) & (lives.award_month < spans.end)
    counts &= lives.award_month // 12 >= counts_from.take(lives.award)
    counts &= np.where(taxed, lives.tax_yuan, 0) >= least_yuan.take(lives.award)
    return np.where(counts, lives.award, np.uint8(ABSENT))


def minor_children(lives: Lives, end: np.int16) -> Months:
    """Count the children born by the reference date who are not 18 years old in its month."""
    minor = (lives.child_born < end) & (lives.child_born >= end - np.int16(CHILDHOOD))
    return np.asarray(minor.sum(axis=0, dtype=np.int16))


def districts(lives: Lives, round_year: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the districts of home and job in the month of the reference date, by position."""
    last = 12 * round_year - 1
    first, second = lives.home_from
    home = np.where(first <= last, lives.home_district[0], lives.other_district)
    home = np.where(second <= last, lives.home_district[1], home)
    job = np.where(lives.job_moved <= last, lives.job_district[1], lives.job_district[0])
    return home, job
