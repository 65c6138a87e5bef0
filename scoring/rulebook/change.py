"""Change values of a rulebook: each is checked like one in a file, and says who asks for it and why."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.errors import RulebookError
from scoring.rulebook.citation import Citation, Value
from scoring.rulebook.paths import check_together, parameter_at, section_of
from scoring.rulebook.rulebook import Rulebook
from scoring.rulebook.schema import Parameter
from scoring.rulebook.values import Plain, parse_value

_NEW = "15"
"""The article that lists the indicators, where an added one would stand."""


def parse_change(path: str, raw: object, rules: Rulebook) -> Plain | None:
    """Return a changed value as the law holds it; None takes an optional value away.

    Raises:
        UnknownName: the path is none of the schema's.
        RulebookError: the value is not of its path's kind or bound, or cannot be changed or taken away.

    """
    parameter = parameter_at(path, rules.award_keys)
    if raw is None:
        _refuse_if_required(path, parameter)
        return None
    if parameter.kind == "annex":
        raise RulebookError(f"{path}: an annex is a file of its own; change the points of its rows")
    try:
        return parse_value(raw, parameter)
    except RulebookError as error:
        raise RulebookError(f"{path}: {error}") from None


def changed_values(
    rules: Rulebook, changes: Mapping[str, object], *, reason: str, source: str
) -> dict[str, Value]:
    """Return the values of a rulebook with some replaced, added or taken away.

    Raises:
        UnknownName: a path is none of the schema's.
        RulebookError: a value is not of its path's kind or bound, or values do not go together.

    """
    values = dict(rules.values_by_path)
    for path, raw in changes.items():
        plain = parse_change(path, raw, rules)
        if plain is None:
            values.pop(path, None)
            continue
        needs = "histories" if parameter_at(path, rules.award_keys).needs_histories else ""
        cited = Citation(_article(path, rules), source, reason, confidence="change")
        values[path] = Value(plain, cited, needs)
    check_together(values)
    return values


def _refuse_if_required(path: str, parameter: Parameter) -> None:
    if parameter.required and not path.startswith("added."):
        raise RulebookError(f"{path} cannot be taken away: every rulebook has it")


def _article(path: str, rules: Rulebook) -> str:
    """Return where a value stands, or where its neighbours do."""
    if path.startswith("added."):
        return _NEW
    if path in rules:
        return rules.value(path).citation.article
    section = f"{section_of(path)}."
    articles = [rules.value(one).citation.article for one in rules if one.startswith(section)]
    return next((one for one in articles if not one.startswith("annex")), "")
