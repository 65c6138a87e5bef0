"""``jifen budget``: how sure a cutoff is, and from where its uncertainty comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.cli.frames import Told, between, give, number, share, text
from reports.cli.options import (
    json_option,
    quota_option,
    round_option,
    rulebook,
    rules_option,
    tables_option,
    whole_number,
)
from reports.cli.progress import bar

if TYPE_CHECKING:
    import polars as pl

    from scoring import Cohort, Rulebook
    from simulate.budget import Policy


def _numbers(kind: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, str], tuple[Any, ...]]:
    def read(context: click.Context, parameter: click.Parameter, value: str) -> tuple[Any, ...]:
        try:
            return tuple(kind(part) for part in value.split(",") if part.strip())
        except ValueError:
            raise click.BadParameter(f"{value!r} is no list of numbers.", context, parameter) from None

    return read


@click.command()
@click.argument("cohorts", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--members",
    type=whole_number(1),
    metavar="N",
    help="Populations of the calibrated ensemble, in place of COHORTS.",
)
@click.option(
    "--applicants",
    type=whole_number(1),
    metavar="N",
    help="People in each member's pool.  [default: as many as the member has in the round]",
)
@rules_option
@round_option
@quota_option
@click.option("--groups", default="", metavar="A,B", help="Categorical columns to tell the admitted by.")
@click.option(
    "--samples",
    default=12,
    show_default=True,
    type=click.IntRange(1),
    help="Resamples of each cohort; 1 takes them as they are.",
)
@click.option(
    "--applies",
    default="1",
    show_default=True,
    metavar="LIST",
    callback=_numbers(float),
    help="Assumed shares of the cohort that apply.",
)
@click.option(
    "--withdraws",
    default="0",
    show_default=True,
    metavar="LIST",
    callback=_numbers(float),
    help="Assumed shares of the admitted who withdraw.",
)
@click.option(
    "--lapses",
    default="0",
    show_default=True,
    metavar="LIST",
    callback=_numbers(float),
    help="Assumed shares of the admitted who let the two years for settling pass.",
)
@click.option(
    "--children",
    default="",
    metavar="LIST",
    callback=_numbers(float),
    help="Assumed numbers of minor children who move with one settler.  [default: as the cohort says]",
)
@click.option(
    "--quotas",
    default="",
    metavar="LIST",
    callback=_numbers(int),
    help="Numbers of places that policy may set.  [default: that of --quota]",
)
@click.option("--reform", type=click.Path(path_type=Path), metavar="FILE", help="Tell its effects as well.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of resamples and lots.")
@json_option
@tables_option
def budget(
    cohorts: tuple[Path, ...],
    *,
    rules_name: str | None,
    round_year: int,
    as_json: bool,
    out: Path | None,
    **options: Any,
) -> None:
    """Say how sure the cutoff is, and what share of its variance comes from where.

    COHORTS are files of one round: several are populations that fit about equally well. In their place,
    --members draws the pool of the round from populations that were calibrated to what is published; all
    weigh the lives on which they were fitted, and no chance of drawing tells them apart. Resamples,
    populations, behaviour and policy are crossed, and each source's share of the variance is told with its
    interval; the shares sum to the whole. Rates of behaviour are assumptions. A source varies when it has
    three values or more. With a reform its effects are told too, baseline and reform run on the same
    people.

    \b
    Examples:
      jifen budget cohort.parquet --round 2020 --quota 6000
      jifen budget cohort.parquet --round 2020 --quota 6000 --applies 0.8,0.9,1 --withdraws 0,0.05,0.1
      jifen budget cohort.parquet --round 2020 --quota 6000 --quotas 5000,6000,7000 --json
      jifen budget --members 8 --round 2022 --quota 6000
      jifen budget cohort.parquet --round 2020 --quota 6000 --lapses 0,0.005,0.02 \\
          --children 0.5,0.8,1.1
    """
    from simulate.budget import Behaviour, Policy, Sources, check_levels
    from simulate.budget import budget as drawn_up

    _check(cohorts, options)
    rules = rulebook(rules_name, round_year)
    assumed = (options[name] for name in ("applies", "withdraws", "lapses"))
    behaviours = [Behaviour(*one) for one in product(*assumed, options["children"] or (None,))]
    policies = [Policy(quota=quota) for quota in options["quotas"]] or [Policy()]
    populations = len(cohorts) or options["members"]
    check_levels((options["samples"], populations, len(behaviours), len(policies)))
    sources = Sources(
        _populations(cohorts, rules, round_year, options),
        samples=options["samples"],
        behaviours=behaviours,
        policies=policies,
    )
    found = drawn_up(
        sources,
        rules,
        quota=options["quota"],
        groups=[name.strip() for name in options["groups"].split(",") if name.strip()],
        reform=_reform(options["reform"], rules),
        seed=options["seed"],
    )
    give(_tables(found.frame()), as_json=as_json, out=out)


def _check(cohorts: Sequence[Path], options: Mapping[str, Any]) -> None:
    if cohorts and options["members"] is not None:
        raise click.UsageError("give COHORTS or --members, not both: the members are the populations.")
    if not cohorts and options["members"] is None:
        raise click.UsageError("Missing argument 'COHORTS...': name files, or draw populations by --members.")
    if cohorts and options["applicants"] is not None:
        raise click.UsageError("--applicants goes with --members: files have the applicants that they have.")


def _populations(
    cohorts: Sequence[Path], rules: Rulebook, round_year: int, options: Mapping[str, Any]
) -> Sequence[Cohort]:
    import scoring
    from simulate.budget import ensemble

    if cohorts:
        return [scoring.read(path, rules=rules, round_year=round_year) for path in cohorts]
    with bar("life") as progress:
        return ensemble(
            options["members"],
            rules,
            round_year=round_year,
            applicants=options["applicants"],
            seed=options["seed"],
            progress=progress,
        )


def _reform(path: Path | None, rules: Rulebook) -> Policy | None:
    from scoring.reform import Reform
    from simulate.budget import Policy

    if path is None:
        return None
    return Policy(changes=Reform.load(path, among=[rules]).changes)


def _tables(frame: pl.DataFrame) -> list[Told]:
    """Put the sources of a quantity beside each other for the terminal, and everything into files."""
    import polars as pl

    keys = ["quantity", "group", "level", "of", "mean", "deviation"]
    headline = frame.filter(pl.col("group").is_null()).with_columns(
        pl.col("quantity") + pl.when(pl.col("of") == "effect").then(pl.lit(", effect")).otherwise(pl.lit(""))
    )
    wide = headline.pivot(
        "source", index=keys, values=["variance_share", "share_low", "share_high"], maintain_order=True
    )
    sources = headline["source"].unique(maintain_order=True).to_list()
    return [
        Told("headline", "Share of the variance by source", wide, _columns(sources)),
        Told("budget", "budget", frame, {}),
    ]


def _columns(sources: Sequence[str]) -> dict[str, Any]:
    shown = {
        name: between(
            f"variance_share_{name}",
            (f"share_low_{name}", f"share_high_{name}"),
            lambda column: share(column, 0),
        )
        for name in sources
    }
    return {
        "": text("quantity"),
        "mean": number("mean", 2),
        "deviation": number("deviation", 2),
        **shown,
    }
