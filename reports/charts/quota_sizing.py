"""Charts of sizing a quota: the curve, groups along it, and where schedules lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from reports.blocks import Figure
from reports.charts.lines import Axes, Dot, Mark, lines
from reports.charts.theme import figure
from reports.disclosure import Publishable
from reports.page import Page


@dataclass(frozen=True)
class Banded:
    """Say what a line with a band is of: the key of its words, and how many decimals a value has."""

    key: str
    digits: int

    def written(self, page: Page, value: float) -> str:
        """Write a value: points with two decimals, people with separators, years with one."""
        if self.digits == 2:
            return page.words.points(value)
        return f"{value:,.{self.digits}f}"


CUTOFF, BACKLOG, PEOPLE = Banded("cutoff", 2), Banded("backlog", 0), Banded("population", 0)
PEOPLE_SO_FAR = Banded("population_so_far", 0)
WAITED, AGE = Banded("mean_waited", 1), Banded("age", 1)


def quota_curve(curve: Publishable, page: Page, *, quota: int, steeper: Mapping[str, str]) -> Figure:
    """Draw the cutoff over the quota with its interval; *steeper* fills in the finding."""
    say = page.say
    dots = [
        Dot(
            say("quota_sizing.cutoff"),
            row["quota"],
            float(row["cutoff"]),
            _told(page, CUTOFF, row["cutoff"], band=(row["cutoff_low"], row["cutoff_high"])),
            low=float(row["cutoff_low"]),
            high=float(row["cutoff_high"]),
        )
        for row in curve.frame.iter_rows(named=True)
    ]
    title = say("quota_sizing.curve_title", **steeper)
    axes = Axes(say("quota_sizing.axis_quota"), say("quota_sizing.axis_cutoff"))
    mark = Mark(quota, say("quota_sizing.now", quota=page.words.people(quota)))
    alt = say("quota_sizing.curve_alt", title=title)
    return figure(
        lines(dots, axes, marks=[mark]),
        page,
        key="quota-curve",
        title=title,
        subtitle=say("quota_sizing.curve_subtitle"),
        description=alt,
    )


def people_who_settle(effect: Publishable, page: Page, *, quota: int, told: Mapping[str, str]) -> Figure:
    """Draw the people who settle over the quota, with and without the children."""
    say = page.say
    rows = effect.frame.rows(named=True)
    both = [
        Dot(
            say("quota_sizing.with_children"),
            row["quota"],
            row["population"],
            _told(page, PEOPLE, row["population"], band=(row["population_low"], row["population_high"])),
            low=row["population_low"],
            high=row["population_high"],
        )
        for row in rows
    ]
    alone = [
        Dot(say("quota_sizing.settled"), row["quota"], row["settled"], PEOPLE.written(page, row["settled"]))
        for row in rows
    ]
    title = say("quota_sizing.population_title", **told)
    axes = Axes(say("quota_sizing.axis_quota"), say("quota_sizing.axis_people"), say("quota_sizing.who"))
    mark = Mark(quota, say("quota_sizing.now", quota=page.words.people(quota)))
    return figure(
        lines([*both, *alone], axes, marks=[mark]),
        page,
        key="people-who-settle",
        title=title,
        subtitle=say("quota_sizing.population_subtitle"),
        description=say("quota_sizing.population_alt", title=title),
    )


def group_rates(rates: Publishable, page: Page, *, by: str, quota: int) -> Figure:
    """Draw each level's admission rate over the quota."""
    say, words = page.say, page.words
    names = [words.levels(by, row["levels"], other=row["other"]) for row in rates.frame.rows(named=True)]
    dots = [
        Dot(name, row["quota"], row["admission_rate"] * 100, words.share(row["admission_rate"]))
        for name, row in zip(names, rates.frame.rows(named=True), strict=True)
    ]
    last = rates.frame.with_columns(pl.Series("name", names)).filter(pl.col("quota") == pl.col("quota").max())
    highest = last.sort("admission_rate", descending=True)
    told = {"dimension": words.name("dimension", by)}
    if last.height > 1:
        title = say(
            "quota_sizing.groups_title",
            quota=words.people(int(highest["quota"][0])),
            most=highest["name"][0],
            most_rate=words.share(highest["admission_rate"][0]),
            least=highest["name"][-1],
            least_rate=words.share(highest["admission_rate"][-1]),
        )
    else:
        title = say("quota_sizing.groups_plain", **told)
    axes = Axes(say("quota_sizing.axis_quota"), say("quota_sizing.axis_rate"), words.title("dimension", by))
    mark = Mark(quota, say("quota_sizing.now", quota=words.people(quota)))
    return figure(
        lines(dots, axes, marks=[mark]),
        page,
        key="rates-of-groups",
        title=title,
        subtitle=say("quota_sizing.groups_subtitle", **told),
        description=say("quota_sizing.groups_alt", title=title, **told),
    )


def schedules(
    paths: pl.DataFrame, page: Page, of: Banded, *, names: Mapping[str, str], footer: str
) -> Figure:
    """Draw where schedules lead in one quantity, each with its middle nine tenths."""
    say = page.say
    rows = paths.filter((pl.col("quantity") == of.key) & (pl.col("known") > 0)).rows(named=True)
    dots = [
        Dot(
            names[row["schedule"]],
            row["year"],
            row["median"],
            _told(page, of, row["median"], band=(row["p05"], row["p95"])),
            low=row["p05"],
            high=row["p95"],
        )
        for row in rows
    ]
    title = say(f"quota_sizing.{of.key}_years_title", **_ends(rows, page, of, names))
    axes = Axes(
        say("quota_sizing.axis_year"), say(f"quota_sizing.{of.key}_axis"), say("quota_sizing.schedule")
    )
    return figure(
        lines(dots, axes),
        page,
        key=f"schedules-{of.key.replace('_', '-')}",
        title=title,
        subtitle=say("quota_sizing.years_subtitle", unit=say(f"quota_sizing.{of.key}_axis")),
        description=say("quota_sizing.years_alt", title=title),
        footer=footer,
    )


def _ends(
    rows: Sequence[Mapping[str, float]], page: Page, of: Banded, names: Mapping[str, str]
) -> dict[str, str]:
    """Say where the first and the last schedule lead in the last year."""
    last = max(row["year"] for row in rows)
    ends = {str(row["schedule"]): of.written(page, row["median"]) for row in rows if row["year"] == last}
    names_told = list(ends)
    of_first, of_last = names_told[0], names_told[-1]
    return {
        "year": str(last),
        "first": names[of_first],
        "first_value": ends[of_first],
        "last": names[of_last],
        "last_value": ends[of_last],
    }


def _told(page: Page, of: Banded, value: float, *, band: tuple[float, float]) -> str:
    low, high = (of.written(page, end) for end in band)
    ends = {"low": low, "high": high}
    return page.say("quota_sizing.banded", value=of.written(page, value), **ends)
