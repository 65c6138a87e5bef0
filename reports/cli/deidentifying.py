"""``jifen deidentify``: a real export that names people becomes a cohort that does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.options import FIRST_ROUND, LAST_ROUND

if TYPE_CHECKING:
    from scoring.rulebook import Language, Rulebook
    from synthetic_data.deidentify import Report
    from synthetic_data.deidentify.days import Birth


@click.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option(
    "--key-file",
    type=click.Path(path_type=Path),
    help="File with the secret of the pseudonyms, at least 32 bytes; keep it apart from the output.",
)
@click.option("--id", "id_column", default="applicant_id", show_default=True, help="Whom a row is about.")
@click.option(
    "--birth",
    type=click.Choice(["rules", "month", "year"]),
    default="rules",
    show_default=True,
    help="Keep of birth dates what the rules need, or the month or the year only.",
)
@click.option(
    "--round",
    "round_year",
    type=click.IntRange(FIRST_ROUND, LAST_ROUND),
    metavar="YEAR",
    help="Keep what this round needs.  [default: the one the facts were made for, else every round]",
)
@click.option("--rules", "rules_name", metavar="NAME", help="Keep what this rulebook needs.  [default: all]")
@click.option(
    "--threshold",
    type=click.IntRange(5),
    default=10,
    show_default=True,
    metavar="N",
    help="Categories of fewer people are merged.",
)
@click.option(
    "--quasi",
    multiple=True,
    metavar="COLUMN",
    help="Quasi-identifiers, one or several with commas.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    help="Language of what is printed.  [default: both]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
def deidentify(  # noqa: PLR0913  one argument an option
    raw: Path,
    *,
    out: Path,
    key_file: Path | None,
    id_column: str,
    birth: Birth,
    round_year: int | None,
    rules_name: str | None,
    threshold: int,
    quasi: tuple[str, ...],
    language: Language | None,
    as_json: bool,
) -> None:
    """Make a real export safe: pseudonyms for people and employers, and nothing left that names them.

    RAW is a file of facts or points, or a folder of histories, one file a table: CSV, Parquet or Excel.
    Columns that hold identity, by name or by content, are dropped; dates are kept only as far as the rules
    need them; small categories are merged. OUT gets Parquet files and a report of the risk that remains.
    Values in messages are masked.

    \b
    Make a key once:
      python -c "import secrets; open('jifen.key', 'xb').write(secrets.token_bytes(32))"

    \b
    Examples:
      jifen deidentify export.csv --out safe --key-file jifen.key --round 2020
      jifen deidentify export --out safe --key-file jifen.key --birth year --quasi birth_date,sex
    """
    from synthetic_data.deidentify import Key, Settings
    from synthetic_data.deidentify import deidentify as make_safe
    from synthetic_data.deidentify.key import HOW_TO_MAKE

    if key_file is None:
        raise click.UsageError(f"Missing option '--key-file'; {HOW_TO_MAKE}")
    settings = Settings(
        id_column=id_column,
        birth=birth,
        rulebooks=_rulebooks(rules_name),
        rounds=() if round_year is None else (round_year,),
        threshold=threshold,
        quasi=tuple(name.strip() for names in quasi for name in names.split(",") if name.strip()),
    )
    report = make_safe(raw, out, key=Key.load(key_file), settings=settings)
    click.echo(_printed(report, language, as_json=as_json))
    if not as_json:
        cohort = out if report.level == "histories" else out / f"{report.level}.parquet"
        click.echo(f"written to {out}; check it with: jifen check {cohort} --round YEAR")


def _rulebooks(name: str | None) -> tuple[Rulebook, ...]:
    from scoring.reform.named import rules_of

    return () if name is None else (rules_of(name),)


def _printed(report: Report, language: Language | None, *, as_json: bool) -> str:
    from synthetic_data.deidentify import markdown

    if as_json:
        return report.as_json().rstrip()
    languages: tuple[Language, ...] = ("zh", "en") if language is None else (language,)
    return "\n".join(markdown(report, one) for one in languages)
