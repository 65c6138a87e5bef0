"""Take values out of a table of a specification, refusing what is missing, unknown or of a wrong kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from scoring.nearest import did_you_mean
from simulate.experiment.errors import ExperimentError


@dataclass(frozen=True)
class Table:
    """Hold one table of a specification and the name by which errors call it."""

    name: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, name: str, raw: object, known: Collection[str]) -> Table:
        """Take a table whose keys are among the known ones.

        Raises:
            ExperimentError: it is no table, or a key is unknown; the nearest is named.

        """
        if not isinstance(raw, Mapping):
            raise ExperimentError(f"{name}: {_shown(raw)} is no table like {{ {next(iter(known))} = … }}")
        for key in raw:
            if key not in known:
                raise ExperimentError(f"{name}: unknown key {key!r}{did_you_mean(str(key), known)}")
        return cls(name, cast("Mapping[str, Any]", raw))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def error(self, key: str, told: str) -> ExperimentError:
        """Return the error of one key, saying where it stands and what it is."""
        where = f"{self.name}: {key}" if self.name else key
        return ExperimentError(f"{where} = {_shown(self.values.get(key))} {told}")

    def raw(self, key: str) -> Any:
        """Return the value of a key as it stands.

        Raises:
            ExperimentError: it is missing.

        """
        if key not in self.values:
            raise ExperimentError(f"{self.name}: {key} is missing" if self.name else f"{key} is missing")
        return self.values[key]

    def text(self, key: str) -> str:
        """Return a text."""
        value = self.raw(key)
        if not isinstance(value, str):
            raise self.error(key, "is no text in quotes")
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of different texts."""
        value = self.raw(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.error(key, "is no list of names")
        if len(set(value)) < len(value):
            raise self.error(key, "holds a name twice")
        return tuple(value)

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a whole number within bounds."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(key, "is no whole number")
        if not low <= value <= high:
            raise self.error(key, f"is not between {low} and {high}")
        return value

    def number(self, key: str) -> Decimal:
        """Return a finite number as it is written, exact."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.error(key, "is no number")
        if not Decimal(value).is_finite():
            raise self.error(key, "is no finite number")
        return Decimal(value)


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)
