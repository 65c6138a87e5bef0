"""Write what was made in Python as TOML: an experiment beside its results, a reform to hand on."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring.errors import JifenError

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(spec: Mapping[str, object]) -> str:
    """Return a mapping as TOML: plain keys first, then a table for each mapping in it.

    Raises:
        JifenError: a value is none that TOML can hold.

    >>> print(to_toml({"seed": 7, "levers": {"quota": {"low": 1, "high": 2}}}), end="")
    seed = 7
    <BLANKLINE>
    [levers]
    quota = { low = 1, high = 2 }
    """
    plain = {key: value for key, value in spec.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in spec.items() if isinstance(value, Mapping)}
    parts = [_lines(plain)] if plain else []
    parts += [f"[{_key(key)}]\n{_lines(table)}" for key, table in tables.items()]
    return "\n".join(parts)


def _lines(table: Mapping[str, object]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _text(value)
        case int() | Decimal() | dt.date():
            return str(value)
        case float():
            return repr(value)
        case Mapping():
            inner = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case Sequence():
            return f"[{', '.join(map(_value, value))}]"
    raise JifenError(f"{value!r} cannot be written as TOML")
