"""``jifen calibrate`` and ``jifen forecast``: from what is published to the rounds to come."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.options import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulate.forecast import Forecast


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the results.")
@click.option(
    "--seed", type=whole_number(0), default="1", show_default=True, metavar="N", help="Of every draw."
)
@click.option("--resume", is_flag=True, help="Go on with a calibration that was stopped.")
def calibrate(*, out: Path, seed: int, resume: bool) -> None:
    """Calibrate the population to what is published of the rounds of 2018-2022.

    The folder holds calibrated.toml (how much each trait weighs, and the distance of every published number)
    and, for the forecast and the two origins of the backtest, an ensemble of populations that fit about
    equally well. The same seed gives the same bytes, also after a stop. Takes about four minutes.

    \b
    Examples:
      jifen calibrate --out calibration
      jifen calibrate --out calibration --resume
    """
    from tqdm import tqdm

    from simulate.calibrate.run import Calibration

    calibration = Calibration(out, seed)
    with tqdm(total=calibration.steps, file=sys.stderr, unit="step", disable=None) as bar:

        def progress(done: int, _: int, what: str) -> None:
            bar.set_description(what)
            bar.update(done - bar.n)

        calibration.run(resume=resume, progress=progress)
        bar.update(calibration.steps - bar.n)
    click.echo(f"calibrated with seed {seed}; written to {out}")


@click.command()
@click.option("--from", "origin", required=True, type=int, metavar="YEAR", help="Last round that is known.")
@click.option("--to", "last", required=True, type=int, metavar="YEAR", help="Last round to forecast.")
@click.option(
    "--quota",
    "quotas",
    required=True,
    multiple=True,
    metavar="N or YEAR=N",
    help="Places a round; repeat with YEAR=N for rounds that differ.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole forecast as JSON.")
def forecast(*, origin: int, last: int, quotas: Sequence[str], as_json: bool) -> None:
    """Forecast cutoffs, totals by rank, and who is admitted, from the data up to one round.

    Intervals are those of an ensemble of populations that fit the published numbers about equally well and
    differ in what these do not tell.

    \b
    Examples:
      jifen forecast --from 2022 --to 2026 --quota 6000
      jifen forecast --from 2022 --to 2026 --quota 6000 --quota 2025=7000 --json
    """
    from simulate.forecast import forecast as run

    found = run(origin=origin, last=last, quota=_schedule(quotas, origin, last))
    click.echo(json.dumps(found.as_record(), indent=2) if as_json else _table(found))


def _schedule(quotas: Sequence[str], origin: int, last: int) -> dict[int, int]:
    """Read quotas: one for all rounds, and others for single ones."""
    always, single = 0, {}
    for text in quotas:
        year, separator, number = text.rpartition("=")
        if not number.isdecimal() or (separator and not year.isdecimal()):
            raise click.BadParameter(f"{text} is neither a number of places nor YEAR=N", param_hint="--quota")
        if separator:
            single[int(year)] = int(number)
        else:
            always = int(number)
    return {year: single.get(year, always) for year in range(origin + 1, last + 1)}


def _table(found: Forecast) -> str:
    """Return the forecast as a table for reading."""
    lines = ["round  cutoff  80 % interval    rank 1,000  rank 3,000  mean age  area   tax  full age"]
    for one in found.as_record():
        cutoff, ranks = one["cutoff"], one["rank_scores"]
        interval = f"{cutoff['p10']:.2f}-{cutoff['p90']:.2f}"
        shares = (f"{100 * one[name]:3.0f}%" for name in ("area_share", "tax_share", "full_age_share"))
        lines.append(
            f"{one['round']}   {cutoff['median']:6.2f}  {interval:14}   {ranks['1000']:6.2f}      "
            f"{ranks['3000']:6.2f}      {one['mean_age']:5.2f}     {'  '.join(shares)}"
        )
    return "\n".join(lines)
