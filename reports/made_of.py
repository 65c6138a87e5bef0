"""What a document was made of: its data, its rules, and everything needed to make it again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from reports.words import Words

if TYPE_CHECKING:
    from scoring.rulebook import Rulebook

#: Digits of a digest that are enough to tell two apart by eye.
SHORT = 12


@dataclass(frozen=True, kw_only=True)
class MadeOf:
    """Name what a document rests on; whatever it does not rest on stays as it is, empty.

    `data` names the data as a reader knows them, by their file, say; empty are applicants who do not exist.
    `synthetic` says that nobody in them exists, `experiment` names a saved one. Digests are hexadecimal.
    """

    data: str = ""
    data_digest: str = ""
    synthetic: bool = False
    rules: Rulebook | None = None
    reform: str = ""
    round_year: int | None = None
    quota: int | None = None
    seed: int | None = None
    draws: int | None = None
    experiment: str = ""

    def named(self, words: Words) -> str:
        """Name the data in a language."""
        return PurePath(self.data).name or words.say("made_of.synthetic")

    def footer(self, words: Words) -> str:
        """Say in a line what a figure was made of."""
        return words.say("made_of.line", parts=words.say("made_of.and").join(self._clauses(words)))

    def rows(self, words: Words) -> list[tuple[str, str]]:
        """Name each thing it was made of, and say which it was."""
        told = {
            "data": self.named(words),
            "data_digest": self.data_digest,
            "rules": self.rules and self.rules.title(words.lang),
            "rulebook": self.rules and self.rules.name,
            "rules_digest": self.rules and self.rules.digest,
            "reform": self.reform,
            "round": self._round,
            "quota": "" if self.quota is None else words.people(self.quota),
            "seed": "" if self.seed is None else str(self.seed),
            "draws": "" if self.draws is None else words.people(self.draws),
            "experiment": self.experiment,
        }
        return [(words.say(f"made_of.name_{name}"), text) for name, text in told.items() if text]

    @property
    def _round(self) -> str:
        return "" if self.round_year is None else str(self.round_year)

    def _clauses(self, words: Words) -> list[str]:
        digest = self.data_digest[:SHORT]
        told = {"data_with_digest" if digest else "data": {"data": self.named(words), "digest": digest}}
        if self.rules is not None:
            told["rules"] = {"name": self.rules.name, "digest": self.rules.digest[:SHORT]}
        told |= {"reform": {"reform": self.reform}} if self.reform else {}
        told |= {"round": {"round": self._round}} if self._round else {}
        told |= {} if self.quota is None else {"quota": {"quota": words.people(self.quota)}}
        told |= {} if self.seed is None else {"seed": {"seed": str(self.seed)}}
        told |= {} if self.draws is None else {"draws": {"draws": words.people(self.draws)}}
        told |= {"experiment": {"experiment": self.experiment}} if self.experiment else {}
        return [words.say(f"made_of.{name}", **values) for name, values in told.items()]
