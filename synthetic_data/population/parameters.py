"""The generator's parameters: one TOML file, each number with its unit and meaning, each an assumption."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Parameters:
    """Hold the parameters by dotted path, like ``home.own``."""

    values: dict[str, Any]

    @classmethod
    def load(cls) -> Parameters:
        """Load the parameters that come with jifen."""
        return _load()

    def __getitem__(self, path: str) -> Any:
        return self.values[path]


@cache
def _load() -> Parameters:
    data = tomllib.loads((Path(__file__).parent / "plain.toml").read_text("utf-8"))
    return Parameters(
        {f"{table}.{name}": one["value"] for table, names in data.items() for name, one in names.items()}
    )
