"""``jifen rules``: list, show and compare rulebooks, and print the tables of Annexes 3 and 4."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import click

from reports.cli.options import language_option
from scoring.cohort.atomic import replacing
from scoring.explain.words import article, sentence
from scoring.reform import Reform
from scoring.reform.named import rules_of
from scoring.reform.redline_text import as_html, as_markdown, as_text
from scoring.rulebook import Award, Language, Rulebook, Step
from scoring.rulebook.values import Tier

AWARD_COLUMNS = ("key", "part", "row", "name", "grade", "recipients", "points", "counts_from", "condition")
NEWEST = Rulebook.names()[-1]
_REDLINES = {".txt": as_text, ".md": as_markdown, ".html": as_html}
HONOUR_COLUMNS = ("key", "row", "category", "name", "conferred_by", "points", "remark")


@click.group()
def rules() -> None:
    """List, show and compare rulebooks; print the awards and honours that count.

    \b
    Examples:
      jifen rules list
      jifen rules show beijing-2020
      jifen rules diff beijing-2020-draft beijing-2020
      jifen rules redline reform.toml --out reform.html
      jifen rules awards beijing-2020 --csv > awards.csv
    """


@rules.command("list")
def list_() -> None:
    """List the rulebooks, oldest first: name, rounds in force, digest, title.

    \b
    Example:
      jifen rules list
    """
    for name in Rulebook.names():
        book = Rulebook.load(name)
        click.echo(f"{name:20} {_rounds(book):12}  {book.digest[:12]}  {book.title('zh')}")


@rules.command()
@click.argument("name")
def show(name: str) -> None:
    """Show every value of a rulebook with its article, source and the law's sentence.

    NAME is a rulebook's name, or the TOML file of one or of a reform.

    \b
    Example:
      jifen rules show beijing-2020
    """
    book = rules_of(name)
    click.echo(f"{book.name}  {book.title('zh')}\n{book.head.about}\ndigest {book.digest}\n")
    for path, value in book.values_by_path.items():
        click.echo(f"{path} = {plain(value.plain)}" + ("  (needs histories)" if value.needs else ""))
        cited = value.citation
        click.echo(f"    {article(cited.article, 'zh')}　{cited.source}　{sentence(cited, 'zh')}")
        if cited.note:
            click.echo(f"    {cited.note}")


@rules.command()
@click.argument("first")
@click.argument("second")
def diff(first: str, second: str) -> None:
    """Show the values in which two rulebooks differ.

    \b
    Example:
      jifen rules diff beijing-2020-draft beijing-2020
    """
    a, b = rules_of(first), rules_of(second)
    differences = a.diff(b)
    for path, (old, new) in differences.items():
        click.echo(f"{path}: {plain(old)} -> {plain(new)}")
    if not differences:
        click.echo(f"{a.name} and {b.name} have the same values")


@rules.command()
@click.argument("reform", type=click.Path(path_type=Path))
@language_option("zh")
@click.option("--out", type=click.Path(path_type=Path), help="A .txt, .md or .html file.  [default: printed]")
def redline(reform: Path, *, language: Language, out: Path | None) -> None:
    """Print a reform as amended articles, with a table of what was and what will be.

    The law's own sentence is quoted, with the old words struck and the new ones inserted, wherever it is held
    and tells the value.

    \b
    Examples:
      jifen rules redline reform.toml
      jifen rules redline reform.toml --lang en --out reform.html
    """
    made = Reform.load(reform)
    if out is None:
        click.echo(as_text(made, language))
        return
    writer = _REDLINES.get(out.suffix.lower())
    if writer is None:
        raise click.BadParameter(f"cannot write {out}: its suffix must be .txt, .md or .html.")
    with replacing(out) as beside:
        beside.write_text(writer(made, language), "utf-8")
    click.echo(f"written to {out}")


@rules.command()
@click.argument("name", default=NEWEST)
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values, for other programs.")
def awards(name: str, *, as_csv: bool) -> None:
    """Print the awards of Annex 3 with the points that a rulebook gives them; without NAME the newest.

    \b
    Example:
      jifen rules awards beijing-2020 --csv > awards.csv
    """
    book = rules_of(name)
    _table(AWARD_COLUMNS, [_award_row(book, award) for award in book.awards], as_csv=as_csv)


@rules.command()
@click.argument("name", default=NEWEST)
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values, for other programs.")
def honours(name: str, *, as_csv: bool) -> None:
    """Print the honours of Annex 4 with the points that a rulebook gives them; without NAME the newest.

    \b
    Example:
      jifen rules honours beijing-2020 --csv > honours.csv
    """
    book = rules_of(name)
    points = f"{book['honours.points']}"
    rows = [
        (one.key, one.row, one.category, one.name, one.conferred_by, points, one.remark)
        for one in book.honours
    ]
    _table(HONOUR_COLUMNS, rows, as_csv=as_csv)


def plain(value: object) -> str:
    """Write a value of the law in one line."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "; ".join(map(_part, value))
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _part(part: object) -> str:
    if isinstance(part, Tier):
        return f"{part.level}: {plain(part.points)}"
    return _step(part) if isinstance(part, Step) else str(part)


def _step(step: Step) -> str:
    over = "" if step.over is None else f"over {step.over} "
    up_to = "" if step.up_to is None else f"up to {step.up_to}"
    return f"{over}{up_to}".strip() + f": {plain(step.points)}"


def _rounds(book: Rulebook) -> str:
    if book.head.first_round is None:
        return "not in force"
    return f"{book.head.first_round}-{book.head.last_round or ''}"


def _award_row(book: Rulebook, award: Award) -> tuple[object, ...]:
    points = f"{Decimal(book.award_points(award)).scaleb(-2)}"
    counts_from = award.counts_from or ""
    return (
        *(award.key, award.part, award.row, award.name, award.grade),
        *(award.recipients, points, counts_from, award.condition),
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, as_csv: bool) -> None:
    if as_csv:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([columns, *rows])
        click.echo(text.getvalue(), nl=False)
        return
    for row in rows:
        click.echo("　".join(str(cell) for cell in row if cell != ""))
