"""``jifen report``: a notebook becomes documents that open offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.cli.options import (
    FIRST_ROUND,
    LAST_ROUND,
    language_option,
    rulebook,
    rules_option,
    whole_number,
)
from scoring.reform.named import located

if TYPE_CHECKING:
    from scoring.rulebook import Language

OF_OPTIONS = ("cohort", "previous", "results", "rules", "round", "quota", "lang", "counterfactual")
"""Parameters that options give; given twice, one of the two would go unheard."""
FOLDER = "reports-out"


@click.command()
@click.argument("name", required=False)
@click.option(
    "--list", "listing", is_flag=True, help="List the reports, or the parameters of NAME, and make none."
)
@click.option(
    "--cohort", type=click.Path(path_type=Path), help="A cohort.  [default: applicants who do not exist]"
)
@click.option("--previous", type=click.Path(path_type=Path), help="The cohort of the round before.")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    help="Folder of a result of `jifen simulate` over the cohort, to be told as well.",
)
@rules_option
@click.option(
    "--round",
    "round_year",
    type=whole_number(FIRST_ROUND, LAST_ROUND),
    metavar="YEAR",
    help="Year of the round.  [default: the report's own, see --list]",
)
@click.option(
    "--quota", type=whole_number(0), metavar="N", help="Number of places.  [default: the report's own]"
)
@click.option("--counterfactual", is_flag=True, help="Allow rules that were not in force in the round.")
@language_option("zh")
@click.option(
    "--format",
    "formats",
    default="html",
    show_default=True,
    metavar="LIST",
    help="html, pdf, docx, xlsx, or several with commas.",
)
@click.option(
    "--out",
    default=FOLDER,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the documents.",
)
@click.option("--open", "opening", is_flag=True, help="Open the first document when it is made.")
@click.option(
    "-p",
    "--parameter",
    "others",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another parameter of the report.",
)
def report(
    name: str | None,
    *,
    listing: bool,
    language: Language,
    formats: str,
    out: Path,
    opening: bool,
    others: tuple[str, ...],
    **options: Any,
) -> None:
    """Make a report: a page that opens offline with interactive charts, and on request PDF, Word, Excel.

    NAME is one of those that --list shows. Without a cohort it is made of applicants who do not exist.

    \b
    Examples:
      jifen report --list
      jifen report annual_briefing
      jifen report annual_briefing --cohort cohort.parquet --rules beijing-2020 --round 2020 \\
          --quota 6000 --lang zh --out briefing
      jifen report sensitivity --cohort cohort.parquet --round 2020 --quota 6000 \\
          --results results/quota
      jifen report annual_briefing --cohort points.csv --round 2020 --quota 6000 \\
          --format html,pdf,docx,xlsx --parameter threshold=20
    """
    from reports.render import notebook_of
    from reports.render import report as render
    from reports.render.formats import checked

    if listing:
        _list(name)
        return
    if name is None:
        raise click.UsageError("Missing argument 'NAME': `jifen report --list` shows the reports.")
    notebook = notebook_of(name)
    wanted = checked([form.strip() for form in formats.split(",")])
    parameters = _parameters(notebook, options, others)
    paths = render(name, parameters, lang=language, out_dir=out, formats=wanted, progress=True)
    for path in paths:
        click.echo(path)
    if opening:
        click.launch(str(paths[0]))


def _list(name: str | None) -> None:
    """Print the reports, or what one of them takes."""
    from reports.render import notebook_of, notebooks
    from reports.render.parameters import explained, parameters_of, title_of

    if name is None:
        for known in notebooks():
            click.echo(f"{known:<20}{title_of(notebook_of(known))}")
        return
    notebook = notebook_of(name)
    remarks = explained(notebook)
    for parameter, default in parameters_of(notebook).items():
        click.echo(f"{f'{parameter} = {default!r}':<32}{remarks[parameter]}".rstrip())


def _parameters(notebook: Path, options: dict[str, Any], others: tuple[str, ...]) -> dict[str, Any]:
    """Return the parameters that options and assignments give, each as the notebook takes it."""
    from reports.render.parameters import parameters_of

    known = parameters_of(notebook)
    given = {
        "cohort": _path(options["cohort"]),
        "previous": _path(options["previous"]),
        "results": _path(options["results"]),
        "round": options["round_year"],
        "quota": options["quota"],
        "counterfactual": options["counterfactual"] or None,
    }
    year = given["round"] or known.get("round")
    rules = _rules(options["rules_name"], year, counterfactual=options["counterfactual"])
    given["rules"] = rules if options["rules_name"] or "rules" in known else None
    told = {name: value for name, value in given.items() if value is not None}
    for name in told:
        if name not in known:
            raise click.UsageError(f"{notebook.stem} takes no --{name}")
    _refuse_unfit(given)
    return {**told, **{name: _value(text, known.get(name)) for name, text in map(_assigned, others)}}


def _refuse_unfit(given: dict[str, Any]) -> None:
    """Refuse at once what the report would refuse after its kernel has started and the cohort is read."""
    from reports.results import open_result, refuse_results

    for name in ("cohort", "previous"):
        if given[name]:
            refuse_results(given[name])
    if given["results"]:
        open_result(given["results"])


def _path(path: Path | None) -> str | None:
    """Return where a file lies, whatever folder the notebook runs in; a missing one is said at once."""
    from scoring.cohort.source import refuse

    if path is not None and not path.exists():
        raise refuse("no_file", path)
    return None if path is None else str(path.resolve())


def _rules(name: str | None, round_year: Any, *, counterfactual: bool) -> str | None:
    """Return a rulebook's name, or where its files lie whatever folder the notebook runs in.

    Rules that were not in force are refused at once, as the notebook would.
    """
    from reports.cohort import rulebook_for

    if name is None:
        return rulebook(None, round_year).name if isinstance(round_year, int) else None
    if isinstance(round_year, int):
        rulebook_for(name, round_year=round_year, counterfactual=counterfactual)
    return ",".join(located(name, Path.cwd()))


def _assigned(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--parameter {text!r} is not of the form NAME=VALUE")
    if name in OF_OPTIONS:
        raise click.UsageError(f"--parameter {name} has an option of its own: --{name}")
    return name, value


def _value(text: str, default: object) -> str | bool | int | float:
    """Read a value as the kind of the parameter's default; what is no number stays a text."""
    if isinstance(default, str):
        return text
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
