"""``jifen check`` and ``jifen score``: what is wrong with a cohort, and who gets how many points."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.cli.options import (
    cohort_argument,
    language_option,
    quota_option,
    round_option,
    rulebook,
    rules_option,
)

if TYPE_CHECKING:
    from scoring.cohort.violations import Violation
    from scoring.ranking import Ranking
    from scoring.rulebook import Language

IN_BATCHES_FROM = 2_000_000
"""Rows from which a Parquet file is scored batch by batch."""
FEW = 3
"""So many notes of a kind are listed as text; JSON holds more of them."""


@click.command()
@cohort_argument
@round_option
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option("en")
def check(
    cohort: Path, *, round_year: int, rules_name: str | None, as_json: bool, language: Language
) -> None:
    """Say everything that is wrong with a cohort: table, column, row, value, and what would do.

    COHORT is a file of facts or points, Parquet, CSV or Excel, or a folder of histories, one file a table, or
    a workbook with a sheet a table. Facts made by jifen for another round or under other dates are refused as
    well. The exit status is 1 when there is an error, 0 otherwise.

    \b
    Examples:
      jifen check cohort.csv --round 2020
      jifen check histories --round 2020 --rules beijing-2020 --json
    """
    from scoring.cohort import CohortError, read

    found: Sequence[Violation]
    try:
        found, wrong = (
            read(cohort, rules=rulebook(rules_name, round_year), round_year=round_year).notices,
            False,
        )
    except CohortError as error:
        found, wrong = error.violations, True
    click.echo(_as_json(found) if as_json else _as_text(found, language))
    sys.exit(1 if wrong else 0)


@click.command()
@cohort_argument
@rules_option
@round_option
@quota_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A .parquet, .csv or .xlsx file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def score(
    cohort: Path, *, rules_name: str | None, round_year: int, quota: int, out: Path, as_json: bool
) -> None:
    """Score a cohort, rank it, and write who is in.

    COHORT is a file of facts or points, Parquet, CSV or Excel, or a folder of histories, one file a table.
    The cutoff is the total at the rank that equals the quota, and everyone at the cutoff is in.

    \b
    Examples:
      jifen score cohort.parquet --rules beijing-2020 --round 2020 --quota 6000 --out scored.parquet
      jifen score points.csv --round 2020 --quota 6000 --out scored.xlsx --json
    """
    from scoring.notices import not_in_force
    from scoring.output import check_output, score_parquet, write_scored

    rules = rulebook(rules_name, round_year)
    check_output(out, source=cohort)
    if _in_batches(cohort, out):
        ranking, remarks = score_parquet(cohort, out, rules, round_year=round_year, quota=quota)
    else:
        import scoring

        scored = scoring.score(scoring.read(cohort, rules=rules, round_year=round_year), rules, quota=quota)
        write_scored(scored, out)
        ranking, remarks = scored.ranking, scored.cohort.notices
    for line in [*briefly(remarks), *(notice.en for notice in not_in_force(rules, round_year))]:
        click.echo(line, err=True)
    click.echo(json.dumps(summary(ranking)) if as_json else _result(ranking, out))


def summary(ranking: Ranking) -> dict[str, Any]:
    """Return how a round ended, ready for JSON; the cutoff is a text like ``97.13`` or None."""
    return {
        "applicants": ranking.applicants,
        "eligible": ranking.eligible,
        "quota": ranking.quota,
        "cutoff": None if ranking.cutoff is None else str(ranking.cutoff),
        "admitted": ranking.admitted,
        "tied_at_cutoff": ranking.tied_at_cutoff,
    }


def _in_batches(cohort: Path, out: Path) -> bool:
    from scoring.cohort.parquet_source import count_rows

    if {cohort.suffix.lower(), out.suffix.lower()} != {".parquet"} or not cohort.is_file():
        return False
    return count_rows(cohort) >= IN_BATCHES_FROM


def _result(ranking: Ranking, out: Path) -> str:
    counted = f"{ranking.applicants} applicants, {ranking.eligible} eligible, quota {ranking.quota}: "
    if ranking.cutoff is None:
        return f"{counted}no cutoff, nobody admitted; written to {out}"
    tied = f"{ranking.tied_at_cutoff} at the cutoff"
    return f"{counted}cutoff {ranking.cutoff}, {ranking.admitted} admitted, {tied}; written to {out}"


def _lines(found: Iterable[Violation], language: Language) -> list[str]:
    from scoring.cohort.words import report

    return report(found, language)


def briefly(found: Iterable[Violation]) -> list[str]:
    """Return one note of each kind, and one line for all warnings: `jifen check` is where they are listed."""
    from scoring.cohort.summary import firsts

    warned = {one.place: one.count for one in found if one.severity == "warning"}
    lines = _lines(firsts(one for one in found if one.severity == "note"), "en")
    if warned:
        odd = sum(warned.values())
        values = "1 value is at odds with others" if odd == 1 else f"{odd} values are at odds with others"
        lines.append(f"warning: {values} or not known; rows are scored as they stand (see `jifen check`)")
    return lines


def _as_text(found: Sequence[Violation], language: Language) -> str:
    from scoring.cohort.summary import by_rule_lines, firsts

    notes = firsts((one for one in found if one.severity == "note"), FEW)
    others = [one for one in found if one.severity != "note"]
    lines = [*_lines([*others, *notes], language), *by_rule_lines(found, language)]
    if not any(violation.severity == "error" for violation in found):
        lines.append("没有错误。" if language == "zh" else "no errors")
    return "\n".join(lines)


def _as_json(found: Sequence[Violation]) -> str:
    from scoring.cohort.summary import by_rule
    from scoring.cohort.words import sentence

    violations = [
        {
            "severity": one.severity,
            "rule": one.rule,
            "table": one.table,
            "column": one.column,
            "row": one.row,
            "value": one.value,
            "count": one.count,
            "message": sentence(one, "en"),
            "message_zh": sentence(one, "zh"),
        }
        for one in found
    ]
    wrong = any(one["severity"] == "error" for one in violations)
    document = {"ok": not wrong, "summary": list(map(asdict, by_rule(found))), "violations": violations}
    return json.dumps(document, ensure_ascii=False, indent=2)
