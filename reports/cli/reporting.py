"""``jifen report``: a notebook becomes a page that opens offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.options import language_option, quota_option, round_option, rulebook, rules_option

if TYPE_CHECKING:
    from scoring.rulebook import Language

OF_OPTIONS = ("cohort", "rules", "round", "quota", "lang")
"""Parameters that options give; given twice, one of the two would go unheard."""


@click.command()
@click.argument("name")
@click.option(
    "--cohort", type=click.Path(path_type=Path), help="A cohort.  [default: applicants who do not exist]"
)
@rules_option
@round_option
@quota_option
@language_option("zh")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the page.")
@click.option(
    "-p",
    "--parameter",
    "others",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another parameter of the notebook.",
)
def report(  # noqa: PLR0913  one argument an option
    name: str,
    *,
    cohort: Path | None,
    rules_name: str | None,
    round_year: int,
    quota: int,
    language: Language,
    out: Path,
    others: tuple[str, ...],
) -> None:
    """Make a report: one HTML file that opens offline, with interactive charts.

    NAME is a notebook: annual_briefing.

    \b
    Examples:
      jifen report annual_briefing --cohort cohort.parquet --rules beijing-2020 --round 2020 \\
          --quota 6000 --lang zh --out briefing
      jifen report annual_briefing --cohort points.csv --round 2020 --quota 6000 --out briefing \\
          --parameter threshold=20
    """
    from reports.render import report as render
    from scoring.cohort.source import refuse

    if cohort is not None and not cohort.exists():
        # Said here at once, where a notebook takes seconds to say it.
        raise refuse("no_file", cohort)
    parameters = {
        "cohort": "" if cohort is None else str(cohort.resolve()),
        "rules": _rules(rules_name, round_year),
        "round": round_year,
        "quota": quota,
        **dict(map(_parameter, others)),
    }
    for path in render(name, parameters, lang=language, out_dir=out):
        click.echo(path)


def _rules(name: str | None, round_year: int) -> str:
    """Return a rulebook's name, or where its file lies whatever folder the notebook runs in."""
    loaded = rulebook(name, round_year)
    return str(Path(name).resolve()) if name is not None and name.endswith(".toml") else loaded.name


def _parameter(text: str) -> tuple[str, str | int | float]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--parameter {text!r} is not of the form NAME=VALUE")
    if name in OF_OPTIONS:
        raise click.UsageError(f"--parameter {name} has an option of its own: --{name}")
    for kind in (int, float):
        try:
            return name, kind(value)
        except ValueError:
            continue
    return name, value
