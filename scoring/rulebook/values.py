"""Turn what a TOML file holds into a value of the law, or say why it is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from scoring.errors import RulebookError
from scoring.nearest import did_you_mean
from scoring.rulebook.schema import Kind, Parameter

HUNDREDTH = Decimal("0.01")
LARGEST = Decimal(10) ** 15
"""More than any yuan or points: beyond the digits of a decimal, no hundredth could be told."""
_STEP = ("over", "up_to", "points")


@dataclass(frozen=True)
class Step:
    """Give *points* to whoever is over *over* and not over *up_to*; None is no bound."""

    points: Decimal
    over: int | None = None
    up_to: int | None = None


@dataclass(frozen=True)
class Tier:
    """Give *points* to whoever is of one category."""

    level: str
    points: Decimal


Plain = Decimal | int | bool | str | dt.date | tuple[str, ...] | tuple[Step, ...] | tuple[Tier, ...]


def parse_value(raw: object, parameter: Parameter) -> Plain:
    """Return *raw* as a value of the parameter's kind.

    Raises:
        RulebookError: the type, the bound, the choice or the ladder is not one the law can bear.

    """
    return _PARSERS[parameter.kind](raw, parameter)


def _bounded(number: Decimal, parameter: Parameter) -> None:
    low, high = parameter.low, parameter.high
    if low is not None and number < low:
        raise RulebookError(f"{number} is below {low}, the least the law can bear ({parameter.unit})")
    if high is not None and number > high:
        raise RulebookError(f"{number} is above {high}, the most the law can bear ({parameter.unit})")


def _number(raw: object) -> Decimal:
    if isinstance(raw, float):
        raw = Decimal(repr(raw))
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
        raise RulebookError(f"{raw!r} is not a number")
    number = Decimal(raw)
    if not number.is_finite() or abs(number) > LARGEST:
        raise RulebookError(f"{raw} is no number that a law could set")
    return number


def _points(raw: object, parameter: Parameter) -> Decimal:
    number = _number(raw)
    if number != number.quantize(HUNDREDTH):
        raise RulebookError(f"{number} is no exact hundredth; write at most two decimals")
    _bounded(number, parameter)
    return number.quantize(HUNDREDTH)


def _count(raw: object, parameter: Parameter) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise RulebookError(f"{raw!r} is not a whole number ({parameter.unit})")
    _bounded(Decimal(raw), parameter)
    return raw


def _day(raw: object, _: Parameter) -> dt.date:
    if not isinstance(raw, dt.date) or isinstance(raw, dt.datetime):
        raise RulebookError(f"{raw!r} is not a date; write 2018-01-01 without quotes")
    return raw


def _month(raw: object, parameter: Parameter) -> dt.date:
    day = _day(raw, parameter)
    if day.day != 1:
        raise RulebookError(f"{day} is not the first of a month; a month is written as its first day")
    return day


def _month_day(raw: object, _: Parameter) -> str:
    if not isinstance(raw, str) or not re.fullmatch(r"\d\d-\d\d", raw):
        raise RulebookError(f"{raw!r} is not a day of the year; write month and day like '12-31'")
    try:
        dt.date.fromisoformat(f"2001-{raw}")
    except ValueError:
        raise RulebookError(f"{raw!r} is not a day of every year") from None
    return raw


def _flag(raw: object, _: Parameter) -> bool:
    if not isinstance(raw, bool):
        raise RulebookError(f"{raw!r} is neither true nor false")
    return raw


def _mark(raw: object, _: Parameter) -> bool:
    if raw is not True:
        raise RulebookError(f"{raw!r} is not true; what does not hold is left out")
    return True


def _name(raw: object, _: Parameter) -> str:
    if not isinstance(raw, str) or not re.fullmatch(r"\w+", raw):
        raise RulebookError(f"{raw!r} is not the name of a column; write it like 'volunteer_years'")
    return raw


def _text(raw: object, _: Parameter) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise RulebookError(f"{raw!r} is no text")
    return raw


def _choice(raw: object, parameter: Parameter) -> str:
    if raw not in parameter.choices:
        hint = did_you_mean(str(raw), parameter.choices)
        raise RulebookError(f"{raw!r} is none of {', '.join(parameter.choices)}{hint}")
    return str(raw)


def _names(raw: object, parameter: Parameter) -> tuple[str, ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not all(isinstance(one, str) for one in raw):
        raise RulebookError(f"{raw!r} is not a list of names")
    if parameter.choices:
        for one in raw:
            _choice(one, parameter)
    if len(set(raw)) != len(raw):
        raise RulebookError("a name stands twice in the list")
    return tuple(raw)


def _annex(raw: object, _: Parameter) -> str:
    if not isinstance(raw, str) or not re.fullmatch(r"[\w-]+", raw):
        raise RulebookError(f"{raw!r} is not the name of an annex; write it like 'annex-3'")
    return raw


def _step(raw: object, parameter: Parameter) -> Step:
    if isinstance(raw, Step):
        return raw
    if not isinstance(raw, Mapping):
        raise RulebookError(f"{raw!r} is not a step like {{ over = 45, up_to = 46, points = 16 }}")
    for key in raw:
        if key not in _STEP:
            raise RulebookError(f"unknown key {key!r} in a step{did_you_mean(key, _STEP)}")
    if "points" not in raw:
        raise RulebookError("a step has no points")
    years = Parameter("count", "completed years")
    over, up_to = (None if raw.get(end) is None else _count(raw[end], years) for end in ("over", "up_to"))
    return Step(points=_points(raw["points"], parameter), over=over, up_to=up_to)


def _ladder(raw: object, parameter: Parameter) -> tuple[Step, ...]:
    """Return the steps from the lowest to one without top; above the last that is written, points are 0."""
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
        raise RulebookError("a ladder is a list of at least one step")
    steps = [_step(one, parameter) for one in raw]
    if steps[0].over is not None:
        raise RulebookError(f"a gap: nothing is said up to {steps[0].over}; the first step has no 'over'")
    for below, step in pairwise(steps):
        _follows(below, step)
        if parameter.falling and step.points > below.points:
            raise RulebookError(
                f"a ladder that rises: {step.points} points over {below.up_to} follow {below.points}"
            )
    if steps[-1].up_to is not None:
        steps.append(Step(points=Decimal("0.00"), over=steps[-1].up_to))
    return tuple(
        Step(points=step.points, over=below.up_to if below else None, up_to=step.up_to)
        for below, step in zip([None, *steps], steps, strict=False)
    )


def _follows(below: Step, step: Step) -> None:
    if below.up_to is None:
        raise RulebookError("an overlap: a step that has no 'up_to' is not the last")
    over = below.up_to if step.over is None else step.over
    if over > below.up_to:
        raise RulebookError(f"a gap: nothing is said over {below.up_to} up to {over}")
    if over < below.up_to:
        raise RulebookError(f"an overlap: two steps hold for over {over} up to {below.up_to}")
    if step.up_to is not None and step.up_to <= over:
        raise RulebookError(f"an empty step: over {over} up to {step.up_to}")


def _tiers(raw: object, parameter: Parameter) -> tuple[Tier, ...]:
    """Return points by category, in the order in which they are written."""
    if isinstance(raw, tuple) and raw and all(isinstance(one, Tier) for one in raw):
        return raw
    if not isinstance(raw, Mapping) or not raw:
        raise RulebookError(f"{raw!r} is no table of points like {{ gold = 3, silver = 2 }}")
    return tuple(Tier(str(level), _points(points, parameter)) for level, points in raw.items())


_PARSERS: dict[Kind, Callable[[Any, Parameter], Plain]] = {
    "points": _points,
    "count": _count,
    "yuan": _points,
    "day": _day,
    "month": _month,
    "month_day": _month_day,
    "flag": _flag,
    "mark": _mark,
    "choice": _choice,
    "name": _name,
    "text": _text,
    "names": _names,
    "ladder": _ladder,
    "tiers": _tiers,
    "annex": _annex,
}
