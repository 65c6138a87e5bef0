"""Options that several subcommands share, and what their values mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from scoring.errors import JifenError
from scoring.reform.named import rules_of
from scoring.rulebook import Rulebook

F = TypeVar("F", bound=Callable[..., Any])
Option = Callable[[F], F]

FIRST_ROUND, LAST_ROUND = 2000, 2199


def whole_number(low: int, high: int | None = None) -> Callable[[str], int]:
    """Return the reader of a whole number, which says in words what it takes."""
    bounds = f"of at least {low}" if high is None else f"from {low} to {high}"

    def read(text: str) -> int:
        number = int(text) if re.fullmatch("-?[0-9]+", text, re.ASCII) else low - 1
        if number < low or (high is not None and number > high):
            raise click.BadParameter(f"must be a whole number {bounds}, not {text!r}.")
        return number

    return read


rules_option: Option[Any] = click.option(
    "--rules",
    "rules_name",
    metavar="NAME",
    help="A rulebook's name, or the TOML file of one or of a reform; a list with commas stacks reforms."
    "  [default: the one in force]",
)
round_option: Option[Any] = click.option(
    "--round",
    "round_year",
    required=True,
    type=whole_number(FIRST_ROUND, LAST_ROUND),
    metavar="YEAR",
    help="Year of the round; facts are counted up to 31 December of the year before.",
)
quota_option: Option[Any] = click.option(
    "--quota", required=True, type=whole_number(0), metavar="N", help="Number of places."
)
json_option: Option[Any] = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
tables_option: Option[Any] = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the tables, each as CSV and as Parquet.",
)
cohort_argument: Option[Any] = click.argument("cohort", type=click.Path(path_type=Path))


def language_option(default: str) -> Option[Any]:
    """Return the option for the language of what people read."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["zh", "en"]),
        default=default,
        show_default=True,
        help="Language of the output.",
    )


def rulebook(name: str | None, round_year: int) -> Rulebook:
    """Load the rulebook or reform that was named, else the rulebook in force for the round.

    Raises:
        JifenError: no rulebook was in force for the round.

    """
    if name is not None:
        return rules_of(name)
    for known in Rulebook.names():
        rules = Rulebook.load(known)
        if rules.in_force(round_year):
            return rules
    raise JifenError(f"no rulebook was in force for the round of {round_year}; name one with --rules")
