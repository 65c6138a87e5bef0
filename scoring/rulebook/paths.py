"""Paths: what the schema says of the value at one, and which values must stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from scoring.errors import RulebookError, UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook.schema import ADDED, LEVELS, PARAMETERS, TAKEN, Parameter

_ADDED = re.compile(r"added\.([^.]+)\.([^.]+)")
_LISTED = 4
_INDICATOR = re.compile(r"[a-z][a-z0-9_]{0,62}")


def parameter_at(path: str, award_keys: tuple[str, ...]) -> Parameter:
    """Return what the schema says of *path*, an award's points and an added indicator's values included.

    Raises:
        UnknownName: the schema has no such path.
        RulebookError: the path adds an indicator under a name that it cannot have.

    """
    if path in PARAMETERS:
        return PARAMETERS[path]
    awards = [f"innovation.awards.{key}.points" for key in award_keys]
    if path in awards:
        return PARAMETERS["honours.points"]
    if added := _ADDED.fullmatch(path):
        return _added(*added.groups())
    known = [*PARAMETERS, *awards]
    if inner := [one for one in known if one.startswith(f"{path}.")]:
        more = ", …" if len(inner) > _LISTED else ""
        raise UnknownName(f"{path!r} is no value: there are {', '.join(inner[:_LISTED])}{more}")
    raise UnknownName(f"no rulebook has a value {path!r}{did_you_mean(path, known)}")


def added_names(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the indicators that paths add, in their alphabet's order."""
    found = (_ADDED.fullmatch(path) for path in paths if path.startswith("added."))
    return tuple(sorted({one[1] for one in found if one}))


def section_of(path: str) -> str:
    """Return the part of the law that a path belongs to: its first name, or the indicator that it adds.

    >>> section_of("age.ladder"), section_of("added.volunteering.points_each")
    ('age', 'volunteering')
    """
    added = _ADDED.fullmatch(path)
    return added[1] if added else path.partition(".")[0]


def check_together(values: Mapping[str, object]) -> None:
    """Refuse values that cannot stand alone: points by some levels of award, or half an added indicator.

    Raises:
        RulebookError: a value is missing beside others.

    """
    given = [level for level in LEVELS if f"innovation.points_by_level.{level}" in values]
    if given and len(given) < len(LEVELS):
        missing = ", ".join(level for level in LEVELS if level not in given)
        raise RulebookError(f"innovation.points_by_level has no value for {missing}")
    for name in added_names(values):
        for what in _missing(name, values):
            raise RulebookError(f"added.{name} {what}")


def _added(name: str, key: str) -> Parameter:
    if not _INDICATOR.fullmatch(name):
        raise RulebookError(
            f"an indicator cannot be called {name!r}: write small letters, digits and underscores"
        )
    if name in TAKEN:
        raise RulebookError(f"an indicator cannot be called {name!r}: the name is taken")
    if key not in ADDED:
        raise UnknownName(f"an added indicator has no {key!r}{did_you_mean(key, ADDED)}")
    return ADDED[key]


def _missing(name: str, values: Mapping[str, object]) -> Iterator[str]:
    for key, parameter in ADDED.items():
        if parameter.required and f"added.{name}.{key}" not in values:
            yield f"has no {key}"
    ways = [key for key in ("points_each", "ladder", "points") if f"added.{name}.{key}" in values]
    if not ways:
        yield "has none of points_each, ladder and points"
    if len(ways) > 1:
        yield f"has both {' and '.join(ways)}; keep one"
