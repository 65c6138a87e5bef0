"""A rulebook: one regulation as a frozen value, read by dotted path."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook.annexes import Award, Honour
from scoring.rulebook.citation import Head, Source, Value
from scoring.rulebook.held import Held, joint_held
from scoring.rulebook.paths import added_names
from scoring.rulebook.values import Plain, Step, Tier

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Rulebook(Mapping[str, Plain]):
    """One regulation: every value by dotted path, the tables of Annexes 3 and 4, and its sources.

    ``rules["employment.points_per_year"]`` is the plain value (a ``Decimal`` for points), and
    ``rules.value(path)`` the value with its citation. Two rulebooks of equal values have equal digests,
    whatever they are called and cite.

    >>> Rulebook.load("beijing-2020")["employment.points_per_year"]
    Decimal('3.00')
    """

    head: Head
    values_by_path: Mapping[str, Value] = field(repr=False)
    awards: tuple[Award, ...] = field(repr=False)
    honours: tuple[Honour, ...] = field(repr=False)
    sources: Mapping[str, Source] = field(repr=False)

    @classmethod
    def load(cls, name_or_path: str | Path) -> Rulebook:
        """Load a rulebook by its name (``beijing-2020``) or from a TOML file.

        Raises:
            UnknownName: no rulebook has that name.
            RulebookError: the file breaks the schema; the message names file, path and nearest name.

        """
        from scoring.rulebook.load import load  # noqa: PLC0415  the loader builds rulebooks

        return load(name_or_path)

    @staticmethod
    def names() -> tuple[str, ...]:
        """Return the names of the rulebooks that come with jifen, oldest first."""
        from scoring.rulebook.load import names  # noqa: PLC0415  the loader builds rulebooks

        return names()

    @property
    def name(self) -> str:
        """The rulebook's name, like ``beijing-2020``."""
        return self.head.name

    def title(self, language: Language = "zh") -> str:
        """Return the regulation's title in Chinese or English."""
        return self.head.title if language == "zh" else self.head.title_en

    def __getitem__(self, path: str) -> Plain:
        return self.value(path).plain

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_path)

    def __len__(self) -> int:
        return len(self.values_by_path)

    def __contains__(self, path: object) -> bool:
        return path in self.values_by_path

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rulebook) and self.digest == other.digest and self.name == other.name

    def value(self, path: str) -> Value:
        """Return the value at *path* with its citation.

        Raises:
            UnknownName: no value has that path; the message names the nearest.

        """
        try:
            return self.values_by_path[path]
        except KeyError:
            hint = did_you_mean(path, self.values_by_path)
            raise UnknownName(f"{self.name} has no value {path!r}{hint}") from None

    def points(self, path: str) -> int:
        """Return the points at *path* in hundredths of a point."""
        return int(cast("Decimal", self[path]) * 100)

    def count(self, path: str) -> int:
        """Return the whole number at *path*."""
        return cast("int", self[path])

    def flag(self, path: str) -> bool:
        """Return the yes or no at *path*."""
        return cast("bool", self[path])

    def text(self, path: str) -> str:
        """Return the name, choice or day of the year at *path*."""
        return cast("str", self[path])

    def date(self, path: str) -> dt.date:
        """Return the date at *path*; a month is its first day."""
        return cast("dt.date", self[path])

    def ladder(self, path: str) -> tuple[Step, ...]:
        """Return the steps of the ladder at *path*, lowest first."""
        return cast("tuple[Step, ...]", self[path])

    def tiers(self, path: str) -> tuple[Tier, ...]:
        """Return the points by category at *path*."""
        return cast("tuple[Tier, ...]", self[path])

    def day_before_round(self, path: str, round_year: int) -> dt.date:
        """Return the day of the year at *path* in the year before the round."""
        return dt.date.fromisoformat(f"{round_year - 1}-{self.text(path)}")

    def reference_date(self, round_year: int) -> dt.date:
        """Return the day up to which everything is counted for a round (Art. 16)."""
        return self.day_before_round("round.reference_day", round_year)

    def in_force(self, round_year: int) -> bool:
        """Say whether the regulation governed the round of that year."""
        first, last = self.head.first_round, self.head.last_round
        return first is not None and first <= round_year and (last is None or round_year <= last)

    @cached_property
    def award_keys(self) -> tuple[str, ...]:
        """The keys of Annex 3's awards, in the annex's order."""
        return tuple(award.key for award in self.awards)

    @cached_property
    def honour_keys(self) -> tuple[str, ...]:
        """The keys of Annex 4's honours, in the annex's order."""
        return tuple(honour.key for honour in self.honours)

    def award_path(self, award: Award) -> str:
        """Return where an award's points stand: with its level where the rulebook says so, else its own."""
        by_level = f"innovation.points_by_level.{award.level}"
        return by_level if by_level in self else f"innovation.awards.{award.key}.points"

    def award_points(self, award: Award) -> int:
        """Return an award's points in hundredths."""
        return self.points(self.award_path(award))

    @cached_property
    def added(self) -> tuple[str, ...]:
        """The indicators beyond the nine, by name."""
        return added_names(self.values_by_path)

    @cached_property
    def measures(self) -> Mapping[str, Held]:
        """The cohort's columns that the indicators beyond the nine look at, and what they hold."""
        looked_at: dict[str, Held] = {}
        for name in self.added:
            column = self.text(f"added.{name}.column")
            looked_at[column] = joint_held(self._held(name), looked_at.get(column))
        return MappingProxyType(dict(sorted(looked_at.items())))

    def _held(self, name: str) -> Held:
        if f"added.{name}.points" in self:
            return tuple(tier.level for tier in self.tiers(f"added.{name}.points"))
        return self.get(f"added.{name}.hundredths") is True

    def removes(self, indicator: str) -> bool:
        """Say whether one of the nine indicators no longer counts."""
        return f"{indicator}.removed" in self.values_by_path

    @cached_property
    def histories_values(self) -> Mapping[str, Any]:
        """The values already spent when facts were made from histories, by path, ready for JSON."""
        return MappingProxyType(
            {
                path: canonical(value.plain)
                for path, value in self.values_by_path.items()
                if value.needs == "histories"
            }
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every value and both annexes in canonical form; 64 hexadecimal digits."""
        values = {path: canonical(value.plain) for path, value in self.values_by_path.items()}
        awards = [
            [
                award.key,
                award.level,
                award.counts_from,
                award.min_income_tax_yuan,
                str(award.financing),
                str(award.min_share_held),
            ]
            for award in self.awards
        ]
        document = json.dumps([values, awards, self.honour_keys], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(document.encode()).hexdigest()

    def diff(self, other: Rulebook) -> dict[str, tuple[Plain | None, Plain | None]]:
        """Return where two rulebooks differ, by path: this one's value and the other's, None where absent."""
        paths = [*self.values_by_path, *(path for path in other.values_by_path if path not in self)]
        pairs = {path: (_plain_at(self, path), _plain_at(other, path)) for path in paths}
        return {path: (mine, theirs) for path, (mine, theirs) in pairs.items() if mine != theirs}

    def changed(
        self,
        changes: Mapping[str, object],
        *,
        name: str | None = None,
        reason: str = "",
        source: str = "change",
    ) -> Rulebook:
        """Return a rulebook with the values at some paths replaced and everything else the same.

        A change to None takes an optional value away. Each changed value is checked like one in a file, and
        cites *reason* as its sentence and *source* as where it comes from.

        Raises:
            UnknownName: a path is none of the schema's.
            RulebookError: a value is not of its path's kind or bound, or values do not go together.

        """
        from scoring.rulebook.change import changed_values  # noqa: PLC0415  it reads rulebooks

        values = changed_values(self, changes, reason=reason, source=source)
        head = replace(self.head, name=name or f"{self.name}+change")
        return replace(self, head=head, values_by_path=MappingProxyType(values))


def canonical(plain: Plain) -> Any:
    """Return a value of the law in a form that JSON holds and that is the same for equal values."""
    if isinstance(plain, tuple):
        return [_canonical_part(one) for one in plain]
    if isinstance(plain, Decimal):
        return f"{plain:.2f}"
    return plain.isoformat() if isinstance(plain, dt.date) else plain


def _plain_at(rules: Rulebook, path: str) -> Plain | None:
    value = rules.values_by_path.get(path)
    return None if value is None else value.plain


def _canonical_part(part: str | Step | Tier) -> Any:
    if isinstance(part, Tier):
        return [part.level, canonical(part.points)]
    return part if isinstance(part, str) else [part.over, part.up_to, canonical(part.points)]
