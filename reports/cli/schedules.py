"""``jifen quota years``: where schedules of quotas lead, and which of them meets a target."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.frames import Cell, Told, between, give, number, share, text, whole
from reports.cli.options import json_option, rulebook, rules_option, tables_option, whole_number
from reports.cli.quota_options import RATES, Reached, Years, with_all

if TYPE_CHECKING:
    import polars as pl

    from simulate.quota import Assumed, Line, QuotaError, ScheduleSizing, Target


@click.command()
@rules_option
@click.option(
    "--years",
    type=Years(),
    default="2023:2030",
    show_default=True,
    metavar="FIRST:LAST",
    help="Rounds to run.",
)
@click.option(
    "--schedule",
    "schedules",
    multiple=True,
    metavar="PLACES",
    help="6000 every year, 6000+500 more each year, or a list like 6000,6500.  [default: 6000]",
)
@click.option(
    "--target",
    "targets",
    type=Reached(),
    multiple=True,
    metavar="QUANTITY:VALUE:YEAR",
    help="Find the smallest schedule for a cutoff, backlog, years_to_clear or mean_waited of at most VALUE "
    "from YEAR on, or the largest that settles a population of at most VALUE up to YEAR.",
)
@click.option(
    "--probability",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.9,
    show_default=True,
    help="With which a target is to be met.",
)
@click.option(
    "--base",
    type=whole_number(0),
    default="6000",
    show_default=True,
    metavar="N",
    help="Places of the first year of a rising schedule.",
)
@click.option(
    "--resolution",
    type=whole_number(1),
    default="10",
    show_default=True,
    metavar="N",
    help="Places by which schedules are told apart.",
)
@click.option(
    "--population",
    "kind",
    type=click.Choice(["calibrated", "plain"]),
    default="calibrated",
    show_default=True,
    help="The calibrated ensemble of jifen forecast, or plain synthetic people under assumed rates.",
)
@click.option(
    "--applicants",
    type=whole_number(1),
    metavar="N",
    help="Applicants of 2020 in the population.  [default: as each member has, or plain as published]",
)
@click.option(
    "--members",
    type=whole_number(1, 100),
    metavar="N",
    help="Members of the ensemble, or plain lines.  [default: all, or plain 4]",
)
@click.option(
    "--replications",
    type=whole_number(1, 10_000),
    metavar="N",
    help="Draws of chance in each of them.  [default: 2, or plain 64]",
)
@with_all(RATES)
@click.option(
    "--seed", type=whole_number(0), default="1", show_default=True, metavar="N", help="Seed of the draws."
)
@json_option
@tables_option
def years(  # noqa: PLR0913  one argument an option
    *,
    rules_name: str | None,
    years: range,
    schedules: tuple[str, ...],
    targets: tuple[tuple[str, float, int], ...],
    probability: float,
    base: int,
    resolution: int,
    kind: str,
    applicants: int | None,
    members: int | None,
    replications: int | None,
    withdrawal: Assumed,
    lapse: Assumed,
    children: Assumed | None,
    seed: int,
    as_json: bool,
    out: Path | None,
) -> None:
    """Follow schedules of quotas through the years.

    Followed are the members of the calibrated ensemble, populations that all give what is published, and in
    each of them chance is drawn; told are the median and the middle 90 %. So the bands hold what the
    published rounds leave open as well as chance, and at a constant quota they are those of jifen forecast.
    A smaller population with places to match answers sooner, with wider bands.

    \b
    Examples:
      jifen quota years --schedule 6000 --schedule 6000+500 --out years
      jifen quota years --years 2023:2026 --target cutoff:112:2025 --target population:45000:2026
      jifen quota years --population plain --applicants 3000 --schedule 150 \\
          --target backlog:2000:2025 --json
    """
    from simulate.quota import Population, Schedule, Target, Uptake, compare, draw_lines, schedule_table

    asked = [Target(quantity, most, year, probability) for quantity, most, year in targets]
    named = [Schedule.read(one, years=len(years)) for one in dict.fromkeys(schedules or ("6000",))]
    for target in asked:
        target.check(years)
    for schedule in named:
        schedule.check(years)
    population = Population(kind, applicants, members=members, replications=replications, seed=seed)
    lines = draw_lines(
        rulebook(rules_name, years[0]),
        years=years,
        population=population,
        uptake=Uptake(withdrawal, lapse, children),
    )
    click.echo(f"note: {NOTES[kind]}", err=True)
    told = compare(lines, named)
    tables = [
        Told("paths", "Where the schedules lead", told, {}),
        Told("rounds", "Where the schedules lead, round by round", _by_round(told), ROUNDS),
    ]
    missed: list[QuotaError] = []
    if asked:
        found = [one for target in asked for one in _sized(lines, target, (base, resolution), missed)]
        tables.append(
            Told("schedules", "The schedules that meet the targets", schedule_table(found), SCHEDULES)
        )
    give(tables, as_json=as_json, out=out)
    if missed:
        # What was found is told all the same: the paths and the other targets took their time.
        raise missed[0]


def _sized(
    lines: Sequence[Line], target: Target, within: tuple[int, int], missed: list[QuotaError]
) -> list[ScheduleSizing]:
    """Find the constant and the rising schedule, and keep why one is not to be had."""
    from simulate import quota

    base, resolution = within
    constant = quota.largest_constant if target.is_budget else quota.smallest_constant
    rising = quota.largest_rising if target.is_budget else quota.smallest_rising
    ways = [partial(constant, lines, target, resolution=resolution)]
    if target.year > lines[0].years[0]:
        # A rising schedule cannot reach anything in its first year, whose places are given.
        ways.append(partial(rising, lines, target, base=base, resolution=resolution))
    found = []
    for way in ways:
        try:
            found.append(way())
        except quota.QuotaError as error:
            missed.append(error)
    return found


def _by_round(told: pl.DataFrame) -> pl.DataFrame:
    """Put the quantities of a round beside one another: ``cutoff_median``, ``cutoff_p05`` and so on."""
    wide = told.pivot(
        on="quantity",
        index=["schedule", "year", "places"],
        values=["median", "p05", "p95"],
        maintain_order=True,
    )
    return wide.rename(
        {
            name: f"{name.removeprefix(f'{end}_')}_{end}"
            for name in wide.columns
            for end in ("median", "p05", "p95")
            if name.startswith(f"{end}_")
        }
    )


def _banded(quantity: str, digits: int) -> Cell:
    return between(
        f"{quantity}_median", (f"{quantity}_p05", f"{quantity}_p95"), lambda column: number(column, digits)
    )


NOTES = {
    "calibrated": "The people are synthetic: none of them exist. They are fitted to what is published.",
    "plain": "The people are synthetic: none of them exist. They compare schedules and forecast nothing.",
}
ROUNDS = {
    "schedule": text("schedule"),
    "year": text("year"),
    "places": whole("places"),
    "cutoff": _banded("cutoff", 2),
    "left over": _banded("backlog", 0),
    "people who settle": _banded("population", 0),
    "years waited": _banded("mean_waited", 1),
    "age": _banded("age", 1),
}
SCHEDULES = {
    "target": lambda row: (
        f"{row['target']} of at most {row['value']:,.10g} "
        + (f"up to {row['year']}" if row["target"] == "population" else f"from {row['year']} on")
    ),
    "schedule": text("schedule"),
    "looked for": between("places", ("places_low", "places_high"), whole),
    "first year": whole("first"),
    "last year": whole("last"),
    "all years": whole("total"),
    "holds to": whole("holds_to"),
    "met in": between("reached", ("reached_low", "reached_high"), lambda column: share(column, 0)),
}
