"""``jifen quota``: what every quota gives, and which quota gives what is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.frames import Told, between, give, number, share, text, whole
from reports.cli.options import (
    cohort_argument,
    json_option,
    round_option,
    rules_option,
    tables_option,
    whole_number,
)
from reports.cli.quota_options import DRAWN, RATES, Quotas, Wanted, with_all
from reports.cli.schedules import years
from reports.cli.scored import scored

if TYPE_CHECKING:
    from simulate.quota import Assumed

QUOTAS = "1000:10000:1000"


@click.group()
def quota() -> None:
    """Size the quota: what every quota gives, and which quota gives what is wanted.

    Counts are exact and rest on everybody in the cohort; the 95 % intervals say how far an answer would move
    on another pool from the same population. What may be published is decided by a report.

    \b
    Examples:
      jifen quota curve cohort.parquet --round 2020 --at 5000,6000,7000
      jifen quota find cohort.parquet --round 2020 --cutoff 95
      jifen quota years --applicants 3000 --years 2023:2026 --schedule 150 --schedule 150+10
    """


quota.add_command(years)


@quota.command()
@cohort_argument
@rules_option
@round_option
@click.option(
    "--at",
    "quotas",
    type=Quotas(),
    default=QUOTAS,
    show_default=True,
    metavar="QUOTAS",
    help="Quotas to tell.",
)
@click.option("--by", multiple=True, metavar="TRAIT", help="Also tell admission rates by a trait.")
@click.option("--width", default="1", show_default=True, metavar="POINTS", help="Window of the slope.")
@with_all(RATES)
@with_all(DRAWN)
@json_option
@tables_option
def curve(  # noqa: PLR0913  one argument an option
    cohort: Path,
    *,
    rules_name: str | None,
    round_year: int,
    quotas: list[int],
    by: tuple[str, ...],
    width: str,
    withdrawal: Assumed,
    lapse: Assumed,
    children: Assumed | None,
    replicates: int,
    seed: int,
    as_json: bool,
    out: Path | None,
) -> None:
    """Tell what many quotas give: cutoff, people.

    The people a point are the curve's slope: about so many more places lower the cutoff by one point. A list
    of the admitted alone ends at its cutoff, and tells too few there. JSON and files hold the 95 % interval
    of every number.

    \b
    Examples:
      jifen quota curve cohort.parquet --round 2020 --at 5000,6000,7000
      jifen quota curve cohort.parquet --round 2020 --at 1000:20000:500 --by sex --out curve
      jifen quota curve points.csv --round 2020 --at 1 --children 0.8 --json
    """
    from simulate.quota import Uptake, banded, population_effect, quota_curve

    counted = quota_curve(scored(cohort, rules_name=rules_name, round_year=round_year, quota=0), groups=by)
    told = banded(counted, quotas, width=width, replicates=replicates, seed=seed)
    tables = [Told("curve", "The quota curve", told, CURVE)]
    if children is not None or counted.children is not None:
        uptake = Uptake(withdrawal, lapse, children)
        effect = population_effect(counted, quotas, uptake, replicates=replicates, seed=seed)
        tables.append(Told("population", "People who settle, minor children included", effect, POPULATION))
    if by:
        title = "Admission rates"
        tables.append(Told("groups", title, counted.groups_at(quotas), GROUPS))
    give(tables, as_json=as_json, out=out)


@quota.command()
@cohort_argument
@rules_option
@round_option
@click.option("--cutoff", multiple=True, metavar="POINTS", help="A cutoff of at most so many points.")
@click.option(
    "--rate",
    "rates",
    type=Wanted(),
    multiple=True,
    metavar="GROUP=LEVEL:RATE",
    help="An admission rate of a level of at least so much, like sex=female:0.05.",
)
@click.option(
    "--backlog", type=whole_number(0), multiple=True, metavar="N", help="At most so many eligible left over."
)
@click.option(
    "--rounds",
    type=float,
    multiple=True,
    metavar="N",
    help="So many more rounds take in all who are left over, if nobody joins or leaves.",
)
@click.option(
    "--population",
    type=float,
    multiple=True,
    metavar="N",
    help="At most so many people settle: the largest quota.",
)
@with_all(RATES)
@with_all(DRAWN)
@json_option
@tables_option
def find(  # noqa: PLR0913  one argument an option
    cohort: Path,
    *,
    rules_name: str | None,
    round_year: int,
    cutoff: tuple[str, ...],
    rates: tuple[tuple[str, str, float], ...],
    backlog: tuple[int, ...],
    rounds: tuple[float, ...],
    population: tuple[float, ...],
    withdrawal: Assumed,
    lapse: Assumed,
    children: Assumed | None,
    replicates: int,
    seed: int,
    as_json: bool,
    out: Path | None,
) -> None:
    """Find the quota that meets a target.

    Each kind of target may be given more than once. The answer is the smallest quota, or for a number of
    people the largest, and exact on this cohort. How long people have waited stands in no cohort: the rounds
    that take in the rest are asked of here, and years waited of jifen quota years.

    \b
    Examples:
      jifen quota find cohort.parquet --round 2020 --cutoff 95 --cutoff 96
      jifen quota find cohort.parquet --round 2020 --rate sex=female:0.05 --backlog 100000 --json
      jifen quota find cohort.parquet --round 2020 --population 20000 --children 0.5:0.8:1.1
    """
    from simulate import quota as sizing

    if not (cutoff or rates or backlog or rounds or population):
        raise click.UsageError("name a target: --cutoff, --rate, --backlog, --rounds or --population")
    groups = list(dict.fromkeys(group for group, _, _ in rates))
    result = scored(cohort, rules_name=rules_name, round_year=round_year, quota=0)
    counted = sizing.quota_curve(result, groups=groups)
    drawn = {"replicates": replicates, "seed": seed}
    uptake = sizing.Uptake(withdrawal, lapse, children)
    found = [
        *(sizing.quota_for_cutoff(counted, points, **drawn) for points in cutoff),
        *(sizing.quota_for_rate(counted, group, level, rate=rate, **drawn) for group, level, rate in rates),
        *(sizing.quota_for_backlog(counted, people, **drawn) for people in backlog),
        *(sizing.quota_for_clearing(counted, number_, **drawn) for number_ in rounds),
        *(sizing.quota_for_population(counted, people, uptake, **drawn) for people in population),
    ]
    table = sizing.sizing_table(found)
    give([Told("quotas", "Quotas that meet the targets", table, SIZING)], as_json=as_json, out=out)


TARGETS = {
    "cutoff": "cutoff of at most {value:,.2f} points",
    "admission_rate": "rate of {of} at least {value:.2%}",
    "backlog": "at most {value:,.0f} left over",
    "clearing": "{value:g} more rounds take the rest in",
    "population": "at most {value:,.0f} people settle",
}

CURVE = {
    "quota": whole("quota"),
    "cutoff": between("cutoff", ("cutoff_low", "cutoff_high"), lambda column: number(column, 2)),
    "admitted": whole("admitted"),
    "tied": whole("tied"),
    "people a point": between("people_per_point", ("slope_low", "slope_high"), whole),
    "left over": whole("backlog"),
}
POPULATION = {
    "quota": whole("quota"),
    "admitted": whole("admitted"),
    "withdrawn": whole("withdrawn"),
    "lapsed": whole("lapsed"),
    "settled": whole("settled"),
    "children": whole("children"),
    "people": between("population", ("population_low", "population_high"), whole),
}
GROUPS = {
    "group": text("group"),
    "level": text("level", none="not stated"),
    "quota": whole("quota"),
    "pool": whole("pool"),
    "admitted": whole("admitted"),
    "rate": between("admission_rate", ("rate_low", "rate_high"), share),
    "of the admitted": between("share", ("share_low", "share_high"), share),
}
SIZING = {
    "target": lambda row: TARGETS[row["target"]].format(**row),
    "quota": between("quota", ("quota_low", "quota_high"), whole),
    "cutoff": between("cutoff", ("cutoff_low", "cutoff_high"), lambda column: number(column, 2)),
    "admitted": between("admitted", ("admitted_low", "admitted_high"), whole),
}
