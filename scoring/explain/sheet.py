"""One applicant's sheet: points by item with article and sentence, facts used, what did not count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scoring.errors import UnknownName
from scoring.explain.conditions import conditions_on
from scoring.explain.evidence import Evidence, Records, Spells
from scoring.explain.remarks import REMOVED, remarks_on, said_of
from scoring.indicators import COLUMNS, INDICATOR_OF, columns_of
from scoring.indicators.facts import in_hundredths
from scoring.indicators.residence import CLASSES
from scoring.notices import Notice
from scoring.rulebook import Citation, Rulebook
from scoring.scored import Scored

_CITED = {
    "employment": "employment.points_per_year",
    "residence": "residence.own_home_points_per_year",
    "education": "education.credential_counted",
    "study_deduction": "education.deduction.residence_points_per_year",
    "job_housing_area": "job_housing_area.home_and_job_points_per_year",
    "innovation": "innovation.awards",
    "tax": "tax.points_per_award",
    "age": "age.ladder",
    "honours": "honours.titles",
    "law_abiding": "law_abiding.points_per_detention",
}

_FACTS = {
    "employment": ("insured_months",),
    "residence": ("insured_months", *CLASSES.values()),
    "education": ("education",),
    "study_deduction": ("education", "study_insured_months"),
    "job_housing_area": ("suburban_home_months", "suburban_home_and_job_months", "suburban_home_in_december"),
    "innovation": ("innovation_award",),
    "tax": ("taxed_100k_years", "tax_penalties"),
    "age": ("birth_date",),
    "honours": ("honour",),
    "law_abiding": ("detentions",),
}


_CONDITIONAL = ("continuous_insured_months", "back_paid_months")


@dataclass(frozen=True)
class Line:
    """Explain one column of points: how many, where the law says so, the facts used, what was left out.

    ``spells`` are the months behind those facts that stand here first, ``records`` what else was looked at;
    nothing when facts came without records.
    """

    column: str
    points: Decimal
    citation: Citation
    facts: Mapping[str, Any]
    remarks: tuple[Notice, ...]
    spells: Spells = field(default_factory=dict)
    records: Records = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """Explain one applicant's result.

    ``reasons`` are the conditions that fail, each with what the law asks and the applicant has; ``spells``
    are the months that the conditions look at, where there are records.
    ``distance`` is total minus cutoff, None where there is no cutoff.
    """

    applicant_id: str
    rules: Rulebook
    round_year: int
    quota: int
    lines: tuple[Line, ...]
    total: Decimal
    reasons: Mapping[str, tuple[Notice, ...]]
    rank: int | None
    eligible_applicants: int
    admitted: bool
    cutoff: Decimal | None
    notices: tuple[Notice, ...]
    spells: Spells = field(default_factory=dict)

    @property
    def distance(self) -> Decimal | None:
        """Points above the cutoff, negative below it."""
        return None if self.cutoff is None else self.total - self.cutoff


def explain(scored: Scored, applicant_id: str) -> Sheet:
    """Explain one applicant of a scored cohort.

    Raises:
        UnknownName: nobody in the cohort has that id.

    """
    ids = scored.cohort.frame.get_column("applicant_id")
    position = (ids == applicant_id).arg_true()
    if not len(position):
        raise UnknownName("no applicant in the cohort has the id that was asked for")
    at = int(position[0])
    row, evidence = scored.row(at), Evidence.of(scored, at)
    facts = scored.cohort.frame.row(at, named=True) if scored.level == "facts" else {}
    return Sheet(
        applicant_id=applicant_id,
        rules=scored.rules,
        round_year=scored.round_year,
        quota=scored.quota,
        lines=tuple(
            _line(column, row, scored, facts=facts, evidence=evidence) for column in columns_of(scored.rules)
        ),
        total=row["total"],
        reasons={
            reason: conditions_on(reason, facts, scored.rules, scored.round_year)
            for reason in row["ineligible_because"]
        },
        rank=row["rank"],
        eligible_applicants=scored.ranking.eligible,
        admitted=row["admitted"],
        cutoff=scored.ranking.cutoff,
        notices=scored.notices,
        spells=evidence.months_of(_CONDITIONAL),
    )


def _line(
    column: str, row: Mapping[str, Any], scored: Scored, *, facts: Mapping[str, Any], evidence: Evidence
) -> Line:
    if column not in COLUMNS:
        return _added(column, row, scored, facts=facts)
    if scored.rules.removes(INDICATOR_OF[column]):
        cited = scored.rules.value(f"{INDICATOR_OF[column]}.removed").citation
        return Line(column, row[column], cited, {}, (REMOVED,))
    shown = [fact for fact in _FACTS[column] if column == "employment" or fact != "insured_months"]
    return Line(
        column=column,
        points=row[column],
        citation=_citation(column, facts, scored.rules),
        facts={name: facts[name] for name in _FACTS[column]} if facts else {},
        remarks=remarks_on(column, facts, scored.rules, scored.round_year) if facts else (),
        spells=evidence.months_of(shown),
        records=evidence.records_of(column),
    )


def _added(column: str, row: Mapping[str, Any], scored: Scored, *, facts: Mapping[str, Any]) -> Line:
    """Explain an indicator that a reform adds."""
    rules, path = scored.rules, f"added.{column}"
    measure = rules.text(f"{path}.column")
    way = next(f"{path}.{key}" for key in ("points_each", "ladder", "points") if f"{path}.{key}" in rules)
    cited = rules.value(way).citation
    looked_at = {measure: facts[measure]} if facts else {}
    if facts and in_hundredths(scored.cohort.frame.schema[measure]):
        looked_at[measure] = Decimal(facts[measure]).scaleb(-2)
    return Line(column, row[column], cited, looked_at, (said_of(column, rules),))


def _citation(column: str, facts: Mapping[str, Any], rules: Rulebook) -> Citation:
    credential = facts.get("education", "none")
    award = facts.get("innovation_award")
    path = _CITED[column]
    if column == "residence" and facts and not (facts["own_home_months"] or facts["spouse_home_months"]):
        path = "residence.other_home_points_per_year"
    if column == "education" and credential != "none":
        path = f"education.points.{credential}"
    if column == "study_deduction" and credential != "none":
        path = f"education.deduction.years.{credential}"
    if column == "innovation" and award:
        path = next(rules.award_path(one) for one in rules.awards if one.key == award)
    if column == "tax" and not facts.get("taxed_100k_years") and facts.get("tax_penalties"):
        path = "tax.points_per_penalty"
    return rules.value(path).citation
