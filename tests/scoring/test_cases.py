"""Cases worked out by hand, below, at and above each threshold: cases/<indicator>.toml.

A case changes the plain applicant: one who may apply, has completed 40 years, and scores 20 for age alone.
Columns that it does not name are 0. Both scorers must give what a case says, under each rulebook it names.
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scoring import indicators
from scoring.rulebook import Rulebook
from tests.oracle.literal import score_literally

from .applicants import COLUMNS, NAMES, plain, scores

CASES = Path(__file__).parent / "cases"
FIRST_ROUND = 2020


@dataclass(frozen=True)
class Case:
    """Hold one case: facts under some rulebooks, and what they must give."""

    name: str
    facts: dict[str, Any]
    round_year: int
    rules: tuple[str, ...]
    points: dict[str, int] | None
    total: int | None
    reasons: list[str]


def hundredths(points: int | Decimal) -> int:
    """Read points of a case file without a binary float."""
    exact = Decimal(points) * 100
    assert exact == int(exact), points
    return int(exact)


def read_case(raw: dict[str, Any], stem: str) -> Case:
    """Read one case; a key that a case does not have is a slip of the pen."""
    assert raw.keys() <= {"name", "why", "facts", "without", "round", "rules", "points", "total", "reasons"}
    round_year = raw.get("round", FIRST_ROUND)
    applicant = plain(round_year)
    assert raw["facts"].keys() <= applicant.keys()
    points = raw.get("points")
    return Case(
        name=f"{stem}: {raw['name']}",
        facts=applicant | raw["facts"] | dict.fromkeys(raw.get("without", ())),
        round_year=round_year,
        rules=tuple(raw.get("rules", NAMES)),
        points=None if points is None else {"age": 2000} | {c: hundredths(p) for c, p in points.items()},
        total=hundredths(raw["total"]) if "total" in raw else None,
        reasons=raw.get("reasons", []),
    )


@cache
def all_cases() -> tuple[Case, ...]:
    """Read every case of every file."""
    read = tuple(
        read_case(raw, path.stem)
        for path in sorted(CASES.glob("*.toml"))
        for raw in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["case"]
    )
    assert len({case.name for case in read}) == len(read), "two cases of one name"
    return read


@cache
def scored(name: str, round_year: int) -> dict[str, dict[str, Any]]:
    """Score all cases of one rulebook and round in one frame, by the case's name."""
    cases = [case for case in all_cases() if name in case.rules and case.round_year == round_year]
    rows = scores([case.facts for case in cases], Rulebook.load(name), round_year=round_year)
    return {case.name: row for case, row in zip(cases, rows, strict=True)}


def wanted(case: Case) -> dict[str, int]:
    """Give the ten columns that a case asks for; unnamed ones are 0."""
    assert case.points is not None
    return {column: case.points.get(column, 0) for column in COLUMNS}


each_case = pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)


@each_case
def test_case(case: Case) -> None:
    """Facts give the columns, the total and the reasons worked out by hand."""
    for name in case.rules:
        got = scored(name, case.round_year)[case.name]
        assert got["reasons"] == case.reasons, name
        assert got["total"] == sum(got[column] for column in COLUMNS), name
        if case.points is not None:
            assert {column: got[column] for column in COLUMNS} == wanted(case), name
            assert got["total"] == (sum(wanted(case).values()) if case.total is None else case.total), name


@each_case
def test_case_by_the_literal_scorer(case: Case) -> None:
    """The literal scorer, too, gives what was worked out by hand."""
    for name in case.rules:
        rules = Rulebook.load(name)
        got = score_literally(
            case.facts,
            rulebook=name,
            round_year=case.round_year,
            award_keys=rules.award_keys,
            honour_keys=rules.honour_keys,
        )
        assert got.reasons == case.reasons, name
        if case.points is not None:
            assert got.items == wanted(case), name


def test_every_indicator_has_its_case_file() -> None:
    """A module of an indicator has a case file of the same stem, eligibility among them."""
    modules = {module.__name__.rpartition(".")[2] for module in indicators.INDICATORS.values()}
    assert modules | {"eligibility"} <= {path.stem for path in CASES.glob("*.toml")}


def test_every_rulebook_has_cases_for_every_column() -> None:
    """Each column has, under each rulebook, at least two different values worked out."""
    seen: dict[tuple[str, str], set[int]] = {}
    for case in all_cases():
        for name in case.rules if case.points is not None else ():
            for column, points in wanted(case).items():
                seen.setdefault((name, column), set()).add(points)
    assert not [key for key, values in seen.items() if len(values) < 2]
    assert seen.keys() == {(name, column) for name in NAMES for column in COLUMNS}
