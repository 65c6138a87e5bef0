"""Read a rulebook from TOML, refusing whatever the schema does not know or the law cannot bear."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scoring.errors import JifenError, RulebookError, UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook.annexes import Award, Honour, parse_awards, parse_honours
from scoring.rulebook.citation import Citation, Head, Source, Value
from scoring.rulebook.paths import check_together
from scoring.rulebook.rulebook import Rulebook
from scoring.rulebook.schema import PARAMETERS, SECTIONS
from scoring.rulebook.values import parse_value

RULES = Path(__file__).parent.parent / "rules"
NAMES = ("beijing-2018-trial", "beijing-2020-draft", "beijing-2020")

_HEAD = ("name", "title", "title_en", "confidence", "about", "about_en", "rounds")
_CITED = ("article", "source", "sentence")
_VALUE = ("value", *_CITED, "confidence", "note", "note_en", "needs")
_CONFIDENCES = ("text", "data", "secondary", "reading")
NOT_HELD = "text not held"


def names() -> tuple[str, ...]:
    """Return the names of the rulebooks that come with jifen, oldest first."""
    return NAMES


def load(name_or_path: str | Path) -> Rulebook:
    """Load a rulebook by its name or from a TOML file; see `Rulebook.load`."""
    path = Path(name_or_path)
    if path.suffix == ".toml":
        return _load(path)
    if str(name_or_path) not in NAMES:
        hint = did_you_mean(str(name_or_path), NAMES)
        raise UnknownName(f"no rulebook is called {str(name_or_path)!r}{hint} (there are {', '.join(NAMES)})")
    return _load_shipped(str(name_or_path))


@cache
def _load_shipped(name: str) -> Rulebook:
    return _load(RULES / f"{name}.toml")


def _load(path: Path) -> Rulebook:
    data = _toml(path)
    try:
        head = _head(data)
        sources = _sources()
        values = dict(_values(data, sources))
        check_together(values)
        awards, award_values = _awards(values["innovation.awards"], path.parent, sources)
        honours = _honours(values["honours.titles"], path.parent, sources)
    except JifenError as error:
        raise type(error)(f"{path.name}: {error}") from None
    return Rulebook(head, MappingProxyType(values | award_values), awards, honours, sources)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise RulebookError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulebookError(f"{path.name}: not valid TOML: {error}") from None


def _head(data: Mapping[str, Any]) -> Head:
    for key in data:
        if key not in (*_HEAD, *SECTIONS):
            raise RulebookError(f"unknown key {key!r}{did_you_mean(key, (*_HEAD, *SECTIONS))}")
    for key in _HEAD:
        if key not in data:
            raise RulebookError(f"the head has no {key!r}")
    plain = {key: data[key] for key in _HEAD if key != "rounds"}
    for key, text in plain.items():
        if not isinstance(text, str) or not text.strip():
            raise RulebookError(f"{key} = {text!r} is no text")
    if plain["confidence"] not in _CONFIDENCES:
        raise RulebookError(f"confidence {plain['confidence']!r} is none of {', '.join(_CONFIDENCES)}")
    first, last = _rounds(data["rounds"])
    return Head(**plain, first_round=first, last_round=last)


def _rounds(raw: object) -> tuple[int | None, int | None]:
    example = "write { first = 2018, last = 2019 }, without last while in force, {} if never"
    years = raw if isinstance(raw, Mapping) else {}
    if years is not raw or not all(
        key in ("first", "last") and type(year) is int for key, year in years.items()
    ):
        raise RulebookError(f"rounds = {raw!r} is no span of years; {example}")
    first, last = years.get("first"), years.get("last")
    if last is not None and (first is None or last < first):
        raise RulebookError(f"rounds end in {last} and begin in {first}; {example}")
    return first, last


def _values(data: Mapping[str, Any], sources: Mapping[str, Source]) -> Iterator[tuple[str, Value]]:
    found = {path: raw for section in SECTIONS for path, raw in _leaves(section, data.get(section, {}))}
    for path, parameter in PARAMETERS.items():
        if path not in found:
            if parameter.required:
                raise RulebookError(f"{path} is missing")
            continue
        try:
            yield path, _value(path, found[path], sources)
        except RulebookError as error:
            raise RulebookError(f"{path}: {error}") from None


def _leaves(path: str, table: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not isinstance(table, Mapping):
        hint = did_you_mean(path, PARAMETERS)
        raise RulebookError(
            f"{path} is no table; write [{path}] with value, article, source and sentence{hint}"
        )
    if path in PARAMETERS:
        yield path, table
        return
    if not any(known.startswith(f"{path}.") for known in PARAMETERS):
        raise RulebookError(f"unknown key {path!r}{did_you_mean(path, _tables())}")
    for key, inner in table.items():
        yield from _leaves(f"{path}.{key}", inner)


@cache
def _tables() -> tuple[str, ...]:
    parents = {path.rsplit(".", depth)[0] for path in PARAMETERS for depth in range(1, path.count(".") + 1)}
    return (*PARAMETERS, *sorted(parents))


def _value(path: str, raw: Mapping[str, Any], sources: Mapping[str, Source]) -> Value:
    for key in raw:
        if key not in _VALUE:
            raise RulebookError(f"unknown key {key!r}{did_you_mean(key, _VALUE)}")
    if "value" not in raw:
        raise RulebookError("there is no value")
    parameter = PARAMETERS[path]
    needs = raw.get("needs", "")
    if needs != ("histories" if parameter.needs_histories else ""):
        told = (
            'spent in making facts: write needs = "histories"'
            if parameter.needs_histories
            else "not spent in making facts"
        )
        raise RulebookError(f"needs = {needs!r}, but it is {told}")
    return Value(parse_value(raw["value"], parameter), _citation(raw, sources), needs)


def _citation(raw: Mapping[str, Any], sources: Mapping[str, Source]) -> Citation:
    for key in _CITED:
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise RulebookError(f"no {key}: every value carries article, source and the law's sentence")
    _known_source(raw["source"], sources)
    confidence = raw.get("confidence", "text")
    if confidence not in _CONFIDENCES:
        raise RulebookError(f"confidence {confidence!r} is none of {', '.join(_CONFIDENCES)}")
    if (raw["sentence"] == NOT_HELD) != (confidence in ("data", "secondary")):
        raise RulebookError(f"confidence {confidence!r} does not go with the sentence {raw['sentence']!r}")
    notes = {key: raw.get(key, "") for key in ("note", "note_en")}
    for key, note in notes.items():
        if not isinstance(note, str):
            raise RulebookError(f"{key} = {note!r} is no text")
    return Citation(raw["article"], raw["source"], raw["sentence"], confidence, **notes)


def _known_source(source: str, sources: Mapping[str, Source]) -> None:
    if source not in sources:
        raise RulebookError(f"unknown source {source!r}{did_you_mean(source, sources)}")


@cache
def _sources() -> Mapping[str, Source]:
    try:
        return MappingProxyType(
            {key: Source(key, **source) for key, source in _toml(RULES / "sources.toml").items()}
        )
    except TypeError as error:
        raise RulebookError(f"sources.toml: {error}") from None


def _annex(value: Value, folder: Path, sources: Mapping[str, Source]) -> tuple[str, dict[str, Any]]:
    file = f"{value.plain}.toml"
    data = _toml(folder / file if (folder / file).exists() else RULES / file)
    try:
        _known_source(str(data.get("source", "")), sources)
    except RulebookError as error:
        raise RulebookError(f"{file}: {error}") from None
    return file, data


def _awards(
    value: Value, folder: Path, sources: Mapping[str, Source]
) -> tuple[tuple[Award, ...], dict[str, Value]]:
    file, data = _annex(value, folder, sources)
    awards = parse_awards(data, file)
    points = {
        f"innovation.awards.{award.key}.points": Value(
            award.points, Citation("annex-3", data["source"], award.sentence)
        )
        for award in awards
    }
    return awards, points


def _honours(value: Value, folder: Path, sources: Mapping[str, Source]) -> tuple[Honour, ...]:
    file, data = _annex(value, folder, sources)
    return parse_honours(data, file)
