"""The words of reports, charts and tables: a folder a language, a file a report, the same entries in each."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from importlib import resources
from typing import Any, get_args

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook import Language

#: Stands where a value is not shown.
HIDDEN = "*"
#: The columns whose levels are districts.
DISTRICTS = ("home_district", "job_district")

LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Words:
    """Say things in one language.

    >>> Words.load("zh").say("number.table", number=1)
    '表1'
    >>> Words.load("en").points(Decimal("97.1300"))
    '97.13'
    """

    lang: Language
    entries: dict[str, Any] = field(repr=False)

    @classmethod
    def load(cls, lang: str) -> Words:
        """Load a language, or raise UnknownName where there is none of that name."""
        if lang not in LANGUAGES:
            raise UnknownName(f"lang: {lang!r} is not one of {', '.join(LANGUAGES)}")
        files = sorted(resources.files(__name__).joinpath(lang).iterdir(), key=lambda file: file.name)
        # As one text, so that a table that two files begin is an error.
        return cls(lang, tomllib.loads("\n".join(file.read_text("utf-8") for file in files)))

    def say(self, key: str, **values: object) -> str:
        """Fill the sentence under a dotted key with values, which stay the text that they are."""
        found: Any = self.entries
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise UnknownName(f"words: no entry {key!r}{did_you_mean(part, found)}")
            found = found[part]
        return str(found).format(**values)

    def name(self, kind: str, key: str) -> str:
        """Name an indicator, a dimension or a population; a name that is not known stays as it is."""
        return str(self.entries["name"][kind].get(key, key))

    def title(self, kind: str, key: str) -> str:
        """Name something at the head of a line, so with a capital where a language has them."""
        name = self.name(kind, key)
        return name[:1].upper() + name[1:]

    def levels(self, dimension: str, levels: Sequence[str | None], *, other: bool = False) -> str:
        """Name the levels that a row stands for, or only count them where they are the others."""
        if other:
            return self.say("level.any.other", levels=len(levels))
        return self.join([self.level(dimension, level) for level in levels])

    def level(self, dimension: str, level: str | None) -> str:
        """Name a level of a dimension; one of the cohort's own stays the text that it is."""
        if level is None:
            return self.say("level.any.unknown")
        if dimension == "education":
            return self.say("level.any.points", value=level)
        kind = "district" if dimension in DISTRICTS else dimension
        return str(self.entries["level"].get(kind, {}).get(level, level))

    def join(self, parts: list[str]) -> str:
        """Join names into a list."""
        return self.say("unit.list").join(parts)

    def people(self, number: int) -> str:
        """Write a number of people: 122,852."""
        return f"{number:,}"

    def points(self, value: Decimal | float) -> str:
        """Write points with two decimals, half away from zero: 97.13, −0.88."""
        exact = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{exact:,}".replace("-", "−")

    def width(self, value: Decimal | float) -> str:
        """Write a width in points without needless zeros: 1, 0.5."""
        return f"{Decimal(str(value)).normalize():f}"

    def share(self, value: float) -> str:
        """Write a share as a percentage with one decimal: 4.9%."""
        return self.say("unit.share", value=percent(value))

    def bounded(self, value: float | None, bound: str | None) -> str:
        """Write a share that may be known only as a bound; `*` where it is hidden."""
        if value is None or bound is None:
            return HIDDEN
        if bound == "exact":
            return self.share(value)
        tenths = value * 1000
        outward = math.ceil(tenths - 1e-9) if bound == "below" else math.floor(tenths + 1e-9)
        return self.say(f"indicators.{bound}", share=self.share(outward / 1000))


def percent(value: float) -> str:
    """Write a share as a number of percent with one decimal, half up; with two where it is very small."""
    exact = Decimal(str(value)) * 100
    finest = Decimal("0.01" if 0 < exact < Decimal("0.1") else "0.1")
    return str(exact.quantize(finest, ROUND_HALF_UP))
