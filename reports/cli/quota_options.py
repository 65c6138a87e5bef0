"""What the subcommands on quotas read: quotas, rates with their ranges, and targets for a level."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

import click

from reports.cli.options import whole_number

if TYPE_CHECKING:
    from simulate.quota import Assumed


class Quotas(click.ParamType[list[int]]):
    """Read quotas: ``5000,6000`` names them, ``1000:10000:500`` goes from the first to the last by steps."""

    name = "quotas"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> list[int]:
        """Return the quotas in the order in which they are named, each once."""
        try:
            parts = [self._part(part) for part in str(value).split(",")]
        except ValueError:
            self.fail(f"{value!r}: name whole numbers like 5000,6000 or FROM:TO:STEP.", param, ctx)
        return list(dict.fromkeys(quota for part in parts for quota in part))

    def _part(self, part: str) -> Sequence[int]:
        numbers = [int(one) for one in part.split(":")]
        if len(numbers) == 1 and numbers[0] >= 0:
            return numbers
        first, last, step = numbers
        if first < 0 or last < first or step < 1:
            raise ValueError
        return range(first, last + 1, step)


class Range(click.ParamType["Assumed"]):
    """Read an assumed rate: one number, or LOW:LIKELY:HIGH."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Assumed:
        """Return the rate with its range."""
        from simulate.quota import Assumed, QuotaError

        try:
            return Assumed.read(str(value))
        except QuotaError as error:
            self.fail(f"{error}.", param, ctx)


class Wanted(click.ParamType[tuple[str, str, float]]):
    """Read an admission rate wanted of a level: GROUP=LEVEL:RATE."""

    name = "rate of a level"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str, float]:
        """Return group, level and rate."""
        of, _, rate = str(value).rpartition(":")
        group, equals, level = of.partition("=")
        try:
            return group, level, float(rate) if equals else float("")
        except ValueError:
            self.fail(f"{value!r}: write GROUP=LEVEL:RATE, like sex=female:0.05.", param, ctx)


class Years(click.ParamType[range]):
    """Read years: FIRST:LAST."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> range:
        """Return the years from the first to the last."""
        if isinstance(value, range):
            return value
        found = re.fullmatch(r"(\d{4}):(\d{4})", str(value))
        if not found or int(found[1]) > int(found[2]):
            self.fail(f"{value!r}: write FIRST:LAST, like 2023:2030.", param, ctx)
        return range(int(found[1]), int(found[2]) + 1)


class Reached(click.ParamType[tuple[str, float, int]]):
    """Read what a schedule is to reach: QUANTITY:VALUE:YEAR."""

    name = "target"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float, int]:
        """Return the quantity, its most, and the year from which on or up to which it must hold."""
        try:
            quantity, most, year = str(value).split(":")
            return quantity, float(most), int(year)
        except ValueError:
            self.fail(f"{value!r}: write QUANTITY:VALUE:YEAR, like cutoff:105:2026.", param, ctx)


RATES = (
    click.option(
        "--withdrawal",
        type=Range(),
        default="0:0.0036:0.02",
        show_default=True,
        metavar="RATE",
        help="Of the admitted, those who give the right up or lose it on an objection: assumed.",
    ),
    click.option(
        "--lapse",
        type=Range(),
        default="0:0.005:0.02",
        show_default=True,
        metavar="RATE",
        help="Of the admitted, those who let the two years for settling pass: assumed.",
    ),
    click.option(
        "--children",
        type=Range(),
        metavar="NUMBER",
        help="Minor children who move with one settler: assumed.  [default: as each person has]",
    ),
)
DRAWN = (
    click.option(
        "--replicates",
        type=whole_number(1, 100_000),
        default="500",
        show_default=True,
        metavar="N",
        help="Resampled pools behind the intervals.",
    ),
    click.option(
        "--seed", type=whole_number(0), default="1", show_default=True, metavar="N", help="Seed of the draws."
    ),
)


def with_all(options: Sequence[Callable[..., Any]]) -> Callable[[Any], Any]:
    """Return what gives a command several options, in their order."""
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)
