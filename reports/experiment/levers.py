"""What varied in an experiment, in words: levers, choices, weights that trade off, uncertainties."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from reports.page import Page
from reports.results import Aggregates, UnfitResult
from scoring.reform.labels import label
from scoring.reform.labels import value as worded
from scoring.rulebook import Rulebook

QUOTA, WEIGHTS, SHARE = "quota", "weights.", "applicants.share"
BASELINE = "baseline"


@dataclass(frozen=True)
class Named:
    """A lever as a page tells it: its path and name, its value now, its range, and how it is drawn."""

    path: str
    name: str
    now: str
    range: str
    way: str


def named(page: Page, saved: Aggregates) -> list[Named]:
    """Name everything that varied, in the order in which the experiment drew it."""
    draws = saved.draws.drop("draw")
    ends = draws.select(
        pl.struct(low=pl.col(one).min(), high=pl.col(one).max()).alias(one) for one in _paths(draws)
    )
    spec, drawn = tomllib.loads(saved.spec, parse_float=Decimal), ends.collect()
    quota = saved.record["baseline"]["quota"]
    return [
        Named(
            path,
            _capital(_name(page, path)),
            _now(page, path, quota),
            *_range(page, path, spec, drawn[path][0]),
        )
        for path in drawn.columns
    ]


def choice(page: Page, name: str) -> str:
    """Name a choice; the one that leaves the rules as they are has a name of ours."""
    return page.say("experiment.now") if name == BASELINE else name


def value_of(page: Page, path: str, value: float | Decimal) -> str:
    """Write a value of a lever with its unit."""
    if path == QUOTA:
        return page.say("unit.people", value=page.words.people(int(value)))
    if path == SHARE:
        return page.words.share(float(value))
    if path.startswith(WEIGHTS):
        return f"{value:.2f}"
    rules = _rules(page)
    plain = Decimal(str(value)) if isinstance(rules[path], Decimal) else int(value)
    return worded(path, plain, rules, page.words.lang)


def _range(page: Page, path: str, spec: Mapping[str, Any], drawn: Mapping[str, Any]) -> tuple[str, str]:
    """Say between what a lever varied, by its range or else by what was drawn, and how it was drawn."""
    lever = spec.get("levers", {}).get(path)
    if lever and "choices" in lever:
        choices = page.words.join([choice(page, one) for one in lever["choices"]])
        return choices, page.say("experiment.way_choice")
    way = "range" if lever else "uncertain" if path in spec.get("uncertainties", {}) else "simplex"
    ends = {end: value_of(page, path, (lever or drawn)[end]) for end in ("low", "high")}
    return page.say("sensitivity.between", **ends), page.say(f"experiment.way_{way}")


def _name(page: Page, path: str) -> str:
    if path in (QUOTA, SHARE):
        return page.say("experiment.quota" if path == QUOTA else "experiment.applying")
    if path.startswith(WEIGHTS):
        indicator = page.words.name("indicator", path.removeprefix(WEIGHTS))
        return page.say("experiment.weight", indicator=indicator)
    return label(path, _rules(page), page.words.lang)


def _now(page: Page, path: str, quota: int) -> str:
    if path == QUOTA:
        return value_of(page, path, quota)
    if path == SHARE or path.startswith(WEIGHTS):
        return value_of(page, path, 1)
    rules = _rules(page)
    return worded(path, rules[path], rules, page.words.lang)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _paths(draws: pl.LazyFrame) -> list[str]:
    return draws.collect_schema().names()


def _rules(page: Page) -> Rulebook:
    rules = page.made_of.rules
    if rules is None:
        raise UnfitResult("a report that reads a result is of one rulebook, and this one is of none")
    return rules
