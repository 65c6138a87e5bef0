"""The report of one de-identification: what was done and what risk remains, as numbers only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from synthetic_data.deidentify.days import Birth
from synthetic_data.deidentify.risk import Anonymity, Risk
from synthetic_data.deidentify.treatment import DROPPED, Treatment

STANDARD = "GB/T 37964-2019"


@dataclass(frozen=True)
class Births:
    """Say how birth dates were kept, for which rounds and rulebooks, and for how many it may matter."""

    kept: Birth
    rounds: tuple[int, int]
    rulebooks: tuple[str, ...]
    changed: int = 0


@dataclass(frozen=True)
class Report:
    """Hold all that is told of a de-identification; no value, no file name and no key is in it."""

    level: str
    rows: Mapping[str, int]
    births: Births | None
    threshold: int
    treatments: tuple[Treatment, ...] = field(repr=False)
    risk: Risk
    files_left: int = 0
    sheets_left: bool = False

    def dropped(self) -> list[Treatment]:
        """Return the columns that are not in the output."""
        return [one for one in self.treatments if one.done in DROPPED]

    def done(self, *kinds: str) -> list[Treatment]:
        """Return what was done of some kinds."""
        return [one for one in self.treatments if one.done in kinds]

    def as_json(self) -> str:
        """Write the report as one JSON document."""
        risk = asdict(self.risk) | {
            "anonymity": _shares(self.risk.anonymity),
            "whole": _shares(self.risk.whole),
        }
        document = {
            "level": self.level,
            "rows": dict(self.rows),
            "threshold": self.threshold,
            "births": asdict(self.births) if self.births else None,
            "files_left_aside": self.files_left,
            "sheets_left_aside": self.sheets_left,
            "treatments": [
                {"table": one.table, "column": one.column, "done": one.done, **one.data}
                for one in self.treatments
            ],
            "risk": risk,
            "standard": {"name": STANDARD, "text_held": False},
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _shares(anonymity: Anonymity) -> dict[str, Any]:
    people = max(anonymity.people, 1)
    return asdict(anonymity) | {
        "share_unique": round(anonymity.unique / people, 6),
        "share_few": round(anonymity.few / people, 6),
    }
