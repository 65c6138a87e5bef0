"""What the calibration gives for each published number, and how far conclusions hang on what is not known."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from reports import cells, sections
from reports.backtest.tabled import tabled
from reports.blocks import Block, Blocks, Cell, Heading, Paragraph, Points, Row
from reports.page import Page
from simulate.calibrate.trial import ROUNDS, Trial, applicants

_NAMES = (
    (r"admitted", "admitted"),
    (r"applicants", "applicants"),
    (r"late", "late"),
    (r"rank (\d+)", "rank"),
    (r"born (\d+)", "born"),
    (r"born before (\d+)", "born_before"),
    (r"born from (\d+)", "born_from"),
    (r"mean birth year", "mean_birth_year"),
    (r"education ([\d.]+)", "education"),
    (r"deduction 14", "deduction_14"),
    (r"deduction 10.5", "deduction_10"),
    (r"deduction, any", "deduction_any"),
    (r"deduction, a month", "deduction_month"),
    (r"deduction, 0.5 to 5", "deduction_some"),
    (r"area ([\d.]+)", "area"),
    (r"mean area", "mean_area"),
    (r"area from (\d+), tax (\d)", "area_tax"),
    (r"tax (\d)", "tax"),
    (r"innovation, any", "innovation_any"),
    (r"innovation 12", "innovation_12"),
    (r"honours", "honours"),
    (r"insured years, quantile ([\d.]+)", "insured_quantile"),
    (r"insured years, mean", "insured_mean"),
    (r"insured years, mean of ([\d.]+)", "insured_mean_of"),
    (r"own home years, quantile ([\d.]+)", "home_quantile"),
    (r"own home years, mean", "home_mean"),
    (r"own home years, mean of ([\d.]+)", "home_mean_of"),
    (r"pool from ([\d.]+) \((\w+)\)", "pool"),
)
"""How targets are called, and the words for them."""
UNKNOWN = ("below", "late", "leaving", "tax", "moves", "trial", "homes", "few")
"""What no published number tells."""


def targets(page: Page, found: pl.DataFrame) -> Block:
    """Tell every published number beside the simulated one; *found* is `committed_targets`."""
    say = page.say
    off = ((pl.col("simulated") - pl.col("published")) / pl.col("spread")).alias("off")
    table = found.with_columns(off)
    fitted = table.filter(~pl.col("assumed"))
    within = [int((fitted["off"].abs() <= spreads).sum()) for spreads in (1, 2)]
    columns = ("target", "published", "simulated", "off")
    return tabled(
        page,
        "targets",
        head=[say(f"backtest.column_{name}") for name in columns],
        rows=[_target_row(page, one) for one in table.to_dicts()],
        of=fitted.height,
        one=within[0],
        two=within[1],
    )


def _target_row(page: Page, one: dict[str, Any]) -> Row:
    numbers = [_told(one[name]) for name in ("published", "simulated")]
    off = cells.number(f"{one['off']:+.1f}".replace("-", "−"), one["off"], "+0.0;-0.0;0.0")
    called = target_name(page, one["name"])
    if one["assumed"]:
        called = page.say("backtest.target_assumed", name=called)
    name = page.say("backtest.of_round", round=one["round"], name=called)
    return Row(name, [*numbers, off])


def _told(value: float) -> Cell:
    if abs(value) >= 100 and value == round(value):
        return cells.number(f"{value:,.0f}", value, "#,##0")
    return cells.number(f"{value:,.2f}", value, "#,##0.00")


def target_name(page: Page, name: str) -> str:
    """Name a target in the page's language."""
    for pattern, key in _NAMES:
        matched = re.fullmatch(pattern, name)
        if matched:
            values = dict(zip(("a", "b"), matched.groups(), strict=False))
            if key == "pool":
                values["b"] = page.say(f"backtest.quality_{values['b']}")
            return page.say(f"backtest.target_{key}", **values)
    raise KeyError(name)


def trial(page: Page, found: Trial) -> Block:
    """Tell what the applicants under the trial rules ask for; *found* is `committed_trial`."""
    say = page.say
    shares = {name: f"{100 * getattr(found, name):.0f}" for name in ("applied", "left")}
    columns = ("round", "published", "by_fit", "by_shares")
    return tabled(
        page,
        "trial",
        head=[say(f"backtest.column_{name}") for name in columns],
        rows=[
            Row(str(year), [_told(float(round(number))) for number in numbers])
            for year, *numbers in zip(ROUNDS, map(applicants, ROUNDS), found.known, found.given, strict=True)
        ],
        **shares,
    )


def moved(page: Page, found: pl.DataFrame) -> Block:
    """Tell how far the forecast moves with each assumption; *found* is `simulate.backtest.moved`."""
    say = page.say
    years = found["round"].unique().sort().to_list()
    changes = found.partition_by("change", maintain_order=True)
    last = years[-1]
    return tabled(
        page,
        "moved",
        head=[
            say("backtest.column_change"),
            *(say("backtest.cutoff_of", round=year) for year in years),
            say("backtest.age_of", round=last),
            say("backtest.tax_of", round=last),
        ],
        rows=[_moved_row(page, change) for change in changes],
    )


def signs(page: Page, found: pl.DataFrame) -> Block:
    """Tell whether changes move the cutoff the way they must; *found* is `simulate.backtest.signs`."""
    say = page.say
    verdict = "signs_right" if found["right"].all() else "signs_wrong"
    return Blocks(
        [
            Paragraph(say(f"backtest.{verdict}")),
            sections.table(
                page,
                "backtest-signs",
                caption=say("backtest.signs_caption"),
                head=[say(f"backtest.column_{name}") for name in ("change", "must", "least", "most", "sign")],
                rows=[_sign_row(page, one) for one in found.to_dicts()],
                note=say("backtest.signs_note"),
            ),
        ]
    )


def _sign_row(page: Page, one: dict[str, Any]) -> Row:
    must = Cell(page.say("backtest.must_rise" if one["raises"] else "backtest.must_fall"))
    right = Cell(page.say("backtest.sign_right" if one["right"] else "backtest.sign_wrong"))
    numbers = [_moved_cell(one[name]) for name in ("least", "most")]
    return Row(page.say(f"backtest.change_{one['change']}"), [must, *numbers, right])


def _moved_cell(value: float) -> Cell:
    return cells.number(f"{value:+.2f}".replace("-", "−"), value, "+0.00;-0.00;0.00")


def _moved_row(page: Page, change: pl.DataFrame) -> Row:
    rows = change.sort("round").to_dicts()
    numbers = [*(one["cutoff"] for one in rows), rows[-1]["mean_age"], rows[-1]["tax_share"]]
    return Row(page.say(f"backtest.change_{rows[0]['change']}"), [_moved_cell(value) for value in numbers])


def limits(page: Page) -> Block:
    """Say what is not identified."""
    items = [page.say(f"backtest.unknown_{name}") for name in UNKNOWN]
    return Blocks(
        [
            Heading(page.say("backtest.limits_heading")),
            Paragraph(page.say("backtest.limits_lead")),
            Points(items),
        ]
    )
