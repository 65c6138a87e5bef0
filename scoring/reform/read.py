"""Read a reform from TOML, refusing whatever it cannot mean, with the place where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoring.errors import JifenError
from scoring.nearest import did_you_mean
from scoring.reform.errors import ReformError
from scoring.reform.reform import Reform
from scoring.rulebook import INDICATORS, Rulebook
from scoring.rulebook.change import parse_change

_NEEDED = ("baseline", "digest", "title", "reason", "source")
_WORDS = ("title", "title_en", "reason", "reason_en", "source", "source_en")
_TABLES = ("change", "add", "remove")
KEYS = (*_NEEDED, "title_en", "reason_en", "source_en", "repeal", *_TABLES)
_TABLE = re.compile(r"added\.[^.]+\.points")
"""The path of a value that is itself a table: points by category."""
_SHORTEST = 12
"""Digits of a digest that `jifen rules list` shows, which tell rulebooks apart."""


def read_text(path: Path) -> str:
    """Return what a file holds.

    Raises:
        ReformError: it cannot be read.

    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ReformError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ReformError(f"{path.name}: not written in UTF-8") from None


def from_toml(text: str, *, where: str, among: Sequence[Rulebook]) -> Reform:
    """Read a reform from TOML; see `Reform.from_toml`."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
        words = _words(data)
        baseline = _baseline(data, among)
        changes = dict(_changes(data, baseline))
        return Reform.from_changes(baseline, changes, **words)
    except tomllib.TOMLDecodeError as error:
        raise ReformError(f"{where}: not valid TOML: {error}") from None
    except JifenError as error:
        raise type(error)(f"{where}: {error}") from None


def _words(data: Mapping[str, Any]) -> dict[str, Any]:
    for key in data:
        if key not in KEYS:
            raise ReformError(f"unknown key {key!r}{did_you_mean(key, KEYS)}")
    for key in _NEEDED:
        if key not in data:
            raise ReformError(f"the head has no {key!r}")
    for key in (*_WORDS, "baseline", "digest"):
        if key in data and (not isinstance(data[key], str) or not data[key].strip()):
            raise ReformError(f"{key} = {data[key]!r} is no text")
    return {key: data[key].strip() for key in _WORDS if key in data}


def _baseline(data: Mapping[str, Any], among: Sequence[Rulebook]) -> Rulebook:
    pinned = data["digest"]
    base, plus, _ = data["baseline"].partition("+")
    if plus and not among:
        raise ReformError(f"the reform is pinned to what other reforms make of {base}; stack it after them")
    candidates = list(among) or [Rulebook.load(data["baseline"])]
    for rules in candidates:
        if len(pinned) >= _SHORTEST and rules.digest.startswith(pinned):
            return rules
    others = " or ".join(f"{rules.name} with digest {rules.digest[:_SHORTEST]}" for rules in candidates)
    raise ReformError(
        f"the reform is pinned to {data['baseline']} with digest {pinned[:_SHORTEST]}"
        f" and does not apply to {others}"
    )


def _changes(data: Mapping[str, Any], baseline: Rulebook) -> Iterator[tuple[str, object]]:
    """Yield what is to change, path by path; each value is checked where its place is still known."""
    for place, path, raw in _told(data, baseline):
        try:
            parse_change(path, raw, baseline)
        except JifenError as error:
            article = f" ({baseline.value(path).citation.article})" if path in baseline else ""
            raise type(error)(f"{place}{article}: {error}") from None
        yield path, raw


def _told(data: Mapping[str, Any], baseline: Rulebook) -> Iterator[tuple[str, str, object]]:
    for path, raw in _leaves("", _table(data, "change")):
        yield "[change]", path, raw
    for path in _names(data.get("repeal", []), "repeal"):
        yield "repeal", path, None
    remove = _table(data, "remove")
    for key in remove:
        if key != "indicators":
            raise ReformError(f"[remove]: unknown key {key!r}{did_you_mean(key, ['indicators'])}")
    for name in _names(remove.get("indicators", []), "[remove] indicators"):
        yield from _removed(name, baseline)
    for name, table in _table(data, "add").items():
        if not isinstance(table, Mapping):
            raise ReformError(f"[add]: {name} = {table!r} is no indicator; write a table [add.{name}]")
        if name in baseline.added:
            raise ReformError(f"[add.{name}]: {baseline.name} has this indicator; change its values")
        for key, raw in table.items():
            yield f"[add.{name}]", f"added.{name}.{key}", raw


def _removed(name: str, baseline: Rulebook) -> Iterator[tuple[str, str, object]]:
    known = (*INDICATORS, *baseline.added)
    if name == "study_deduction":
        raise ReformError("[remove]: the study deduction goes with education; remove education")
    if name not in known:
        hint = did_you_mean(name, known)
        raise ReformError(f"[remove]: no indicator is called {name!r}{hint} (there are {', '.join(known)})")
    if name in INDICATORS:
        yield "[remove]", f"{name}.removed", True
        return
    for path in baseline:
        if path.startswith(f"added.{name}."):
            yield "[remove]", path, None


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = data.get(key, {})
    if not isinstance(table, Mapping):
        raise ReformError(f"{key} = {table!r} is no table; write [{key}]")
    return table


def _names(raw: object, place: str) -> Sequence[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise ReformError(f"{place} = {raw!r} is no list of names")
    return raw


def _leaves(path: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield values by dotted path, whether the path was written in quotes or not."""
    if not isinstance(value, Mapping) or _TABLE.fullmatch(path):
        yield path, value
        return
    for key, inner in value.items():
        yield from _leaves(f"{path}.{key}" if path else key, inner)
