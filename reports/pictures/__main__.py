"""Draw the README's pictures: figures of reports, made from the synthetic cohort that it shows.

``python -m reports.pictures`` draws all of them, with a report's name those of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import click

from reports.blocks import Figure
from reports.charts.still import png
from reports.render import notebook_of
from reports.render.blocks_of import blocks_of
from reports.render.execution import execute
from scoring.cohort import replacing, write_facts
from scoring.rulebook import Language, Rulebook
from synthetic_data.population import facts

HERE = Path(__file__).parent
ROUND, SIZE, SEED, RULES = 2020, 122_852, 1, "beijing-2020"
SCALE = 1.5

#: By report, the figures that are drawn and the files they are drawn into.
PICTURES = {
    "annual_briefing": {
        "scores": "score-distribution",
        "composition-1": "age-of-the-admitted",
    },
    "sensitivity": {"sensitivity-moved": "tornado"},
    "quota_sizing": {"quota-curve": "quota-curve"},
}
#: The years to come are in no picture, so they are followed for as little as the report takes.
PARAMETERS = {"quota_sizing": {"members": 1, "replications": 2, "last_year": 2024}}


@click.command(help=__doc__)
@click.argument("names", nargs=-1, type=click.Choice(list(PICTURES)))
def main(names: tuple[str, ...]) -> None:
    """Draw the pictures of some reports, or of all."""
    with TemporaryDirectory() as place:
        cohort = Path(place) / "synthetic-2020.parquet"
        rules = Rulebook.load(RULES)
        people = facts(rules, round_year=ROUND, size=SIZE, seed=SEED)
        write_facts(people, cohort, rules=rules, round_year=ROUND, synthetic=True)
        for name in names or PICTURES:
            for lang in get_args(Language):
                for figure in figures(name, cohort=cohort, lang=lang):
                    draw(figure, PICTURES[name][figure.key], lang=lang)


def figures(name: str, *, cohort: Path, lang: str) -> Iterator[Figure]:
    """Make a report of the cohort in a language, and give the figures of it that are drawn."""
    given = {"cohort": str(cohort), "round": ROUND, "lang": lang, **PARAMETERS.get(name, {})}
    executed = execute(notebook_of(name), given)
    blocks = blocks_of(executed, name=name)
    found = {block.key: block for block in blocks if isinstance(block, Figure)}
    for key in PICTURES[name]:
        if key not in found:
            raise click.ClickException(f"{name} has no figure {key!r}; it has {', '.join(found)}")
        yield found[key]


def draw(figure: Figure, name: str, *, lang: str) -> None:
    """Draw a figure into a file, whose name says the language where it is not English."""
    path = HERE / (f"{name}.png" if lang == "en" else f"{name}.{lang}.png")
    with replacing(path) as part:
        part.write_bytes(png(figure, scale=SCALE))
    click.echo(path)


if __name__ == "__main__":
    main()
