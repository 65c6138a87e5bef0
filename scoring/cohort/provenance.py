"""What a Parquet file of facts says of how it was made, and whether that serves here.

Some values of a rulebook are spent when facts are made: a date, a window, the line of 100,000 yuan.
Facts made under other such values, or for another round, cannot be scored as if they were made under these.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from scoring.cohort.atomic import replacing
from scoring.cohort.violations import Violation, error, note
from scoring.rulebook.held import Held

ROUND, RULEBOOK, DIGEST, VALUES = (
    "jifen.round",
    "jifen.rulebook",
    "jifen.rulebook_digest",
    "jifen.histories_values",
)
SYNTHETIC = "jifen.synthetic"


class Rules(Protocol):
    """What the door needs of a rulebook."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def digest(self) -> str:
        """Its digest, in hexadecimal digits."""

    @property
    def award_keys(self) -> tuple[str, ...]:
        """The keys of Annex 3, in the annex's order."""

    @property
    def honour_keys(self) -> tuple[str, ...]:
        """The keys of Annex 4, in the annex's order."""

    @property
    def measures(self) -> Mapping[str, Held]:
        """The cohort's columns that the indicators beyond the nine look at, and what they hold."""

    @property
    def histories_values(self) -> Mapping[str, Any]:
        """The values that are spent in making facts, by path, ready for JSON."""

    def date(self, path: str, /) -> dt.date:
        """Return the date at *path*; a month is its first day."""

    def reference_date(self, round_year: int, /) -> dt.date:
        """Return the day up to which everything is counted for a round."""


def facts_metadata(rules: Rules, round_year: int) -> dict[str, str]:
    """Return what a Parquet file of facts made under *rules* for a round says of itself."""
    values = json.dumps(dict(rules.histories_values), ensure_ascii=False, sort_keys=True)
    return {ROUND: str(round_year), RULEBOOK: rules.name, DIGEST: rules.digest, VALUES: values}


def write_facts(
    frame: pl.DataFrame, path: str | Path, *, rules: Rules, round_year: int, synthetic: bool = False
) -> None:
    """Write facts to Parquet with the round and the rulebook they were made for, and whether people exist.

    Raises:
        CannotWrite: the file cannot be written there.

    """
    metadata = facts_metadata(rules, round_year) | ({SYNTHETIC: "true"} if synthetic else {})
    with replacing(path) as beside:
        frame.write_parquet(beside, metadata=metadata)


def provenance_notes(metadata: Mapping[str, str]) -> list[Violation]:
    """List what a reader must know of how a file was made: that its people do not exist."""
    return [note("synthetic")] if metadata.get(SYNTHETIC) == "true" else []


def provenance_errors(metadata: Mapping[str, str], *, rules: Rules, round_year: int) -> list[Violation]:
    """List why facts that say how they were made cannot serve this rulebook and round."""
    if ROUND not in metadata and VALUES not in metadata:
        return []
    try:
        made_for, spent = int(metadata[ROUND]), json.loads(metadata[VALUES])
        values = {str(path): value for path, value in spent.items()}
    except (KeyError, ValueError, AttributeError):
        return [error("provenance_unreadable", table="facts")]
    errors = (
        [error("other_round", table="facts", was=made_for, now=round_year)] if made_for != round_year else []
    )
    now = json.loads(json.dumps(dict(rules.histories_values)))
    paths = [path for path in sorted({*values, *now}) if values.get(path) != now.get(path)]
    made_under = metadata.get(RULEBOOK, "?")
    return errors + [
        error(
            "other_value",
            table="facts",
            value_path=path,
            was=values.get(path),
            now=now.get(path),
            made_under=made_under,
            rules=rules.name,
        )
        for path in paths
    ]
