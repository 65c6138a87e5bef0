"""What every part of a document must know: its language, its threshold, its numbers and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.disclosure import THRESHOLD, checked
from reports.made_of import MadeOf
from reports.words import Words
from simulate.distribution import LEVELS


@dataclass(frozen=True, kw_only=True)
class Page:
    """A document that is being written: nobody's data are in it, so that no chart or table can show them.

    `threshold` is the number of people from which on a cell may be shown; `numbers` gives each figure and
    table its number in the order of first asking.
    """

    words: Words
    threshold: int
    made_of: MadeOf
    numbers: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(cls, made_of: MadeOf, *, lang: str, threshold: int = THRESHOLD) -> Page:
        """Open a page.

        Raises UnknownName for a language, DisclosureError for a threshold that cannot be.
        """
        return Page(words=Words.load(lang), threshold=checked(threshold), made_of=made_of)

    def say(self, key: str, **values: object) -> str:
        """Say a sentence in the language of the page."""
        return self.words.say(key, **values)

    def number(self, kind: str, key: str) -> str:
        """Give a figure or a table its number, the same whenever it is asked for: 图1, Table 2."""
        known = self.numbers.setdefault(kind, [])
        if key not in known:
            known.append(key)
        return self.say(f"number.{kind}", number=known.index(key) + 1)

    def levels_named(self, by: str, names: Sequence[str | None]) -> str:
        """Name what a row stands for: one level, two, neighbours from first to last, or several others."""
        several = [self.words.level(by, name) for name in names]
        if len(several) <= 2:
            return self.words.join(several)
        if by not in LEVELS:
            return self.words.levels(by, names, other=True)
        if names[-1] == LEVELS[by][-1]:
            return self.say("level.any.from", first=several[0])
        return self.say("level.any.span", first=several[0], last=several[-1])

    @property
    def footer(self) -> str:
        """The line under every figure: what it was made of."""
        return self.made_of.footer(self.words)
