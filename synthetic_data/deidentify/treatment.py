"""What was done to a column, for the report: never a value, only counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Done = Literal[
    "pseudonym",  # replaced by keyed pseudonyms
    "named",  # dropped: named for identity
    "holds",  # dropped: holds identity
    "result",  # dropped: the result of an earlier scoring
    "no_group",  # dropped: nothing the rules or the analysis need
    "no_place",  # dropped: the table has no groups
    "days",  # dates made coarser
    "merged",  # small categories merged
    "merged_away",  # dropped: no two categories are large enough
    "missing",  # absent: the cohort's check will ask for it
]
DROPPED: tuple[Done, ...] = ("named", "holds", "result", "no_group", "no_place", "merged_away")


@dataclass(frozen=True)
class Treatment:
    """Say what was done to one column of one table, with what a sentence needs besides."""

    table: str
    column: str
    done: Done
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
