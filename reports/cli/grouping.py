"""``jifen distribution``: who applies and who is admitted, who gains and who loses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.frames import Cell, Told, between, give, number, share, text, whole
from reports.cli.options import (
    cohort_argument,
    json_option,
    quota_option,
    round_option,
    rules_option,
    tables_option,
    whole_number,
)
from reports.cli.scored import scored

if TYPE_CHECKING:
    import polars as pl

    from scoring.scored import Scored


@click.command()
@cohort_argument
@rules_option
@round_option
@quota_option
@click.option("--by", multiple=True, metavar="TRAIT", help="Trait to tell people apart by.  [default: all]")
@click.option(
    "--within",
    multiple=True,
    metavar="TRAIT",
    help="Compare levels among people alike in this.  [default: age_band and career, where known]",
)
@click.option(
    "--reform",
    "reforms",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Also tell who gains and who loses under a reform of the rulebook; several are stacked.",
)
@click.option(
    "--reform-quota", type=whole_number(0), metavar="N", help="Places under the reform.  [default: the same]"
)
@json_option
@tables_option
def distribution(  # noqa: PLR0913  one argument an option
    cohort: Path,
    *,
    rules_name: str | None,
    round_year: int,
    quota: int,
    by: tuple[str, ...],
    within: tuple[str, ...],
    reforms: tuple[Path, ...],
    reform_quota: int | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Tell who applies and who is admitted, by sex, age, education and any other trait.

    For each trait: rates with representation, the distance to the cutoff, and rates among people alike in
    age and career, so that composition is not mistaken for treatment; how unequal points and admission are;
    with employers, how concentrated. The strata behind the comparison are in the files and the JSON.
    Counts are exact: what may be published is decided by a report.

    \b
    Examples:
      jifen distribution cohort.parquet --round 2020 --quota 6000 --by education_level --by sex
      jifen distribution cohort.parquet --round 2020 --quota 6000 --by sector --within age_band --json
      jifen distribution cohort.parquet --round 2020 --quota 6000 --reform-quota 7000 --out groups
    """
    from simulate import distribution as groups

    baseline = scored(cohort, rules_name=rules_name, round_year=round_year, quota=quota)
    asked = by or groups.traits(baseline)
    tables = _levels(baseline, asked, within)
    if reforms or reform_quota is not None:
        reform = _reformed(baseline, reforms, quota if reform_quota is None else reform_quota)
        moved = _stacked(asked, lambda trait: groups.change(baseline, reform, trait))
        tables.append(Told("change", "Who gains and who loses under the reform", moved, CHANGE, words=2))
    if "employer_id" in baseline.cohort.frame.columns:
        tables.append(Told("employers", "Employers", groups.employers(baseline), EMPLOYERS))
    give(tables, as_json=as_json, out=out)
    if baseline.ranking.only_admitted:
        click.echo(ONLY_ADMITTED, err=True)


def _levels(round_: Scored, asked: Sequence[str], within: Sequence[str]) -> list[Told]:
    from simulate import distribution as groups
    from simulate.distribution.standardised import WITHIN

    known = groups.traits(round_)
    for name in within:
        groups.trait(round_, name)
    alike = within or tuple(name for name in WITHIN if name in known)
    compared = [trait for trait in asked if trait not in alike]
    tables = [
        Told(
            "rates", "Admission", _stacked(asked, lambda trait: groups.rates(round_, trait)), RATES, words=2
        ),
        Told(
            "distances",
            "Points from the cutoff, by quantile of the pool",
            _stacked(asked, lambda trait: groups.distances(round_, trait)),
            DISTANCES,
            words=2,
        ),
        Told(
            "inequality",
            "Inequality of points and of admission, and how much of it lies between the levels",
            _stacked(asked, lambda trait: groups.inequality(round_, trait)),
            INEQUALITY,
            words=3,
        ),
    ]
    if compared and alike:
        title = f"Admission among people alike in {' and '.join(alike)}"
        rates = _stacked(compared, lambda trait: groups.standardised(round_, trait, within=alike))
        strata = _stacked(compared, lambda trait: groups.strata(round_, trait, within=alike))
        tables.insert(1, Told("standardised", title, rates, STANDARDISED, words=2))
        tables.append(Told("strata", "Strata", strata, {}))
    return tables


def _reformed(baseline: Scored, reforms: Sequence[Path], quota: int) -> Scored:
    import scoring
    from scoring.reform.named import stacked

    rules = baseline.rules
    if reforms:
        rules = stacked(reforms, among=[rules]).apply(rules)
    return scoring.score(baseline.cohort, rules, quota=quota)


def _stacked(traits: Sequence[str], told: Callable[[str], pl.DataFrame]) -> pl.DataFrame:
    """Put the frames of several traits under one another, each row with its trait."""
    import polars as pl

    return pl.concat(
        [told(trait).select(pl.lit(trait).alias("trait"), pl.all()) for trait in traits],
        how="vertical_relaxed",
    )


def _sure(column: str, shown: Callable[..., Cell], *digits: int) -> Cell:
    """Show a column with its own two ends in brackets."""
    return between(column, (f"{column}_low", f"{column}_high"), lambda one: shown(one, *digits))


UNKNOWN = "not stated"
ONLY_ADMITTED = """\
note: The cohort holds nobody who was not admitted: every rate is 100 % and every representation 1, which says
  nothing of chances; shares of levels, points and distances are those of the admitted."""

LEVEL = {"trait": text("trait"), "level": text("level", none=UNKNOWN)}
RATES = {
    **LEVEL,
    "applicants": whole("applicants"),
    "pool": whole("pool"),
    "admitted": whole("admitted"),
    "rate": between("admission_rate", ("rate_low", "rate_high"), share),
    "representation": _sure("representation", number),
}
DISTANCES = {
    **LEVEL,
    "pool": whole("pool"),
    "within a point": _sure("just_below", whole),
    **{f"{part} %": text(f"p{part}") for part in (10, 25)},
    "50 %": _sure("p50", text),
    **{f"{part} %": text(f"p{part}") for part in (75, 90)},
}
STANDARDISED = {
    **LEVEL,
    "pool": whole("pool"),
    "rate": between("admission_rate", ("rate_low", "rate_high"), share),
    "if alike": between("standardised_rate", ("standardised_low", "standardised_high"), share),
    "ratio": _sure("ratio", number),
    "ratio if alike": _sure("standardised_ratio", number),
    "compared": share("covered", 0),
}
INEQUALITY = {
    "trait": text("trait"),
    "of": text("outcome"),
    "among": text("population"),
    "people": whole("people"),
    "Gini": _sure("gini", number, 3),
    "Theil": _sure("theil", number, 4),
    "between levels": _sure("between_share", share, 1),
}
CHANGE = {
    **LEVEL,
    "admitted": whole("admitted"),
    "entered": whole("entered"),
    "left": whole("left"),
    "net": lambda row: f"{row['net']:+,}",
    "change of the rate": _sure("change", share),
    "representation": _sure("representation", number),
    "under the reform": _sure("representation_reform", number),
}
EMPLOYERS = {
    "population": text("population"),
    "people": whole("people"),
    "not stated": whole("unknown"),
    "employers": _sure("employers", whole),
    "effective employers": _sure("effective_employers", whole),
    "HHI": _sure("hhi", number, 5),
    "Gini": _sure("gini", number, 3),
    "largest": share("top_1_share"),
    "largest 10": _sure("top_10_share", share),
    "largest 100": _sure("top_100_share", share),
}
