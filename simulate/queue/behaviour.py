"""Behaviour: what people and departments do in and between rounds, each rate an assumption with its range."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from synthetic_data.population import Parameters


def behaviour(changes: Mapping[str, Any] | None = None) -> Parameters:
    """Return the rates of ``behaviour.toml``, with other values at some paths.

    >>> behaviour({"leaving.leaves": 0.04}).number("leaving.leaves")
    0.04

    Raises:
        UnknownName: no rate has that path.
        ParameterError: a value is out of its range.

    """
    return _load().with_values(changes or {})


@cache
def _load() -> Parameters:
    return Parameters.load(Path(__file__).parent / "behaviour.toml")
