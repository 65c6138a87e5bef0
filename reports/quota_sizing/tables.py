"""The numbers of a quota sizing as tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from reports import cells
from reports.blocks import Cell, Row, Table
from reports.disclosure import Publishable
from reports.page import Page
from reports.round_page import RoundPage
from reports.sections import table

if TYPE_CHECKING:
    from simulate.quota import Assumed, QuotaCurve, Sizing, Uptake

UNIT = 10
"""Places to which a recommended quota is rounded: quotas are set in round numbers, and nobody can tell from
two of them how many people lie between two totals."""


def recommendations(page: RoundPage, curve: QuotaCurve, found: Sequence[Sizing]) -> Table:
    """Tell the quota for each target, how sure it is, and what it gives."""
    words = page.words
    rows = []
    for one in found:
        quota = _rounded(one.quota, most=one.target == "population")
        between = (_rounded(end, most=False) for end in (one.quota_low, one.quota_high))
        cutoff = curve.cutoff(quota)
        rows.append(
            Row(
                _target(page, one),
                [
                    cells.people(words, quota),
                    _between(page, *between),
                    _signed(page, quota - page.quota),
                    cells.text("—") if cutoff is None else cells.points(words, cutoff),
                ],
            )
        )
    names = ("target", "quota", "interval", "change", "cutoff")
    return table(
        page,
        "recommendations",
        caption=page.say("quota_sizing.answers_caption"),
        head=_head(page, names),
        rows=rows,
        note=page.say("quota_sizing.answers_note", unit=UNIT),
    )


def curve(page: RoundPage, told: Publishable) -> Table:
    """Tell the curve at each quota."""
    words = page.words
    rows = [
        Row(
            words.people(row["quota"]),
            [
                cells.points(words, row["cutoff"]),
                _range(page, row["cutoff_low"], row["cutoff_high"]),
                cells.people(words, row["admitted"]),
                cells.people(words, _whole(row["people_per_point"])),
                *([] if page.only_admitted else [cells.people(words, row["backlog"])]),
            ],
        )
        for row in told.frame.iter_rows(named=True)
    ]
    names = ["quota", "cutoff", "interval", "admitted", "slope"]
    names += [] if page.only_admitted else ["left_over"]
    caption = page.say("quota_sizing.curve_caption")
    return table(page, "quota-curve", caption=caption, head=_head(page, names), rows=rows)


def groups(page: RoundPage, told: Publishable, *, by: str) -> Table:
    """Tell each level's admission rate at each quota."""
    words = page.words
    rows, quotas = [], sorted(set(told.frame["quota"].to_list()))
    for _, level in told.frame.group_by("levels", maintain_order=True):
        first = level.row(0, named=True)
        rates = [cells.share(words, rate) for rate in level.sort("quota")["admission_rate"]]
        name = words.levels(by, first["levels"], other=first["other"])
        rows.append(Row(name, [*rates, cells.people(words, first["pool"])]))
    head = [words.title("dimension", by), *map(words.people, quotas), page.say("quota_sizing.column_pool")]
    caption = page.say("quota_sizing.groups_caption", dimension=words.name("dimension", by))
    over = [(page.say("quota_sizing.rates_at"), len(quotas))]
    return table(page, "rates-of-groups", caption=caption, head=head, rows=rows, groups=over)


def population(page: RoundPage, told: Publishable) -> Table:
    """Tell the way from the admitted to the people who settle."""
    words = page.words
    names = ("admitted", "withdrawn", "lapsed", "settled", "children", "population")
    rows = [
        Row(
            words.people(row["quota"]),
            [
                *(_expected(page, row[name]) for name in names),
                _between(page, row["population_low"], row["population_high"]),
            ],
        )
        for row in told.frame.iter_rows(named=True)
    ]
    return table(
        page,
        "people-who-settle",
        caption=page.say("quota_sizing.population_caption"),
        head=_head(page, ("quota", *names, "interval")),
        rows=rows,
        note=page.say("quota_sizing.population_note"),
    )


def assumptions(page: RoundPage, uptake: Uptake) -> Table:
    """Tell every rate that is assumed, with its range."""
    told: dict[str, Assumed] = {"withdrawal": uptake.withdrawal_rate, "lapse": uptake.lapse_rate}
    rows = [
        Row(
            page.say(f"quota_sizing.rate_{name}"),
            [_percent(value) for value in (rate.value, rate.low, rate.high)],
        )
        for name, rate in told.items()
    ]
    if (children := uptake.children_per_settler) is not None:
        each = (children.value, children.low, children.high)
        rows.append(
            Row(page.say("quota_sizing.rate_children"), [cells.number(f"{one:g}", one) for one in each])
        )
    caption = page.say("quota_sizing.assumptions_caption")
    return table(
        page, "assumptions", caption=caption, head=_head(page, ("rate", "likely", "low", "high")), rows=rows
    )


def _target(page: Page, one: Sizing) -> str:
    value = one.value
    told = {
        "cutoff": lambda: page.words.points(Decimal(str(value))),
        "admission_rate": lambda: page.words.share(float(value)),
        "clearing": lambda: f"{float(value):g}",
    }
    shown = told.get(one.target, lambda: page.words.people(round(value)))()
    group, _, level = one.of.partition(" = ")
    of = page.words.level(group, level) if one.of else ""
    return page.say(f"quota_sizing.target_{one.target}", value=shown, of=of)


def _head(page: Page, names: Sequence[str]) -> list[str]:
    return [page.say(f"quota_sizing.column_{name}") for name in names]


def _rounded(quota: int, *, most: bool) -> int:
    return quota // UNIT * UNIT if most else -(-quota // UNIT) * UNIT


def _signed(page: Page, people: int) -> Cell:
    sign = "+" if people > 0 else "−" if people < 0 else ""
    return cells.number(f"{sign}{page.words.people(abs(people))}", people, "+#,##0;-#,##0;0")


def _range(page: Page, low: Decimal | None, high: Decimal | None) -> Cell:
    if low is None or high is None:
        return cells.HIDDEN_CELL
    ends = {"low": page.words.points(low), "high": page.words.points(high)}
    return cells.interval(page.say("quota_sizing.range", **ends), float(low), float(high), "0.00")


def _between(page: Page, low: float, high: float) -> Cell:
    ends = {"low": page.words.people(round(low)), "high": page.words.people(round(high))}
    return cells.interval(page.say("quota_sizing.range", **ends), low, high, "#,##0")


def _expected(page: Page, people: float) -> Cell:
    return cells.number(page.words.people(round(people)), float(people), "#,##0")


def _percent(value: float) -> Cell:
    return cells.number(f"{100 * value:g}%", value, "0.0%")


def _whole(people: float | None) -> int | None:
    return None if people is None else round(people)
