"""A what-if as the sliders ask it, in exact numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from reports.workbench.levers import QUOTA, WEIGHTS, Lever
from scoring.errors import JifenError


class NoLever(JifenError):
    """Refuse what no slider of the workbench can ask."""


@dataclass(frozen=True)
class WhatIf:
    """Hold what differs from the baseline: weights by indicator, values by path; and the places."""

    quota: int
    weights: dict[str, float] = field(default_factory=dict)
    changes: dict[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, moved: Mapping[str, str], levers: Iterable[Lever]) -> WhatIf:
        """Read the positions of the moved levers, by key and as decimals written out.

        Raises:
            NoLever: there is no such lever, or a position that is no number in its range.

        """
        known = {lever.key: lever for lever in levers}
        for key in moved:
            if key not in known:
                raise NoLever(f"the workbench has no lever {key!r}")
        places = {key: _position(known[key], text) for key, text in moved.items()}
        at = {key: value for key, value in places.items() if value != known[key].baseline}
        weights = {
            key.removeprefix(f"{WEIGHTS}."): float(value)
            for key, value in at.items()
            if known[key].section == WEIGHTS
        }
        changes = {path: value for key, value in at.items() for path in known[key].paths}
        return cls(int(places.get(QUOTA, known[QUOTA].baseline)), weights, changes)


def _position(lever: Lever, text: object) -> Decimal:
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        raise NoLever(f"{lever.key}: {text!r} is no number") from None
    finest = Decimal(1) if lever.key == QUOTA else Decimal("0.01")
    if not value.is_finite() or not lever.least <= value <= lever.most or value % finest:
        raise NoLever(
            f"{lever.key}: {value} is not between {lever.least} and {lever.most} in steps of {finest}"
        )
    return value
