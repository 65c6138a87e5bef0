"""Remarks that go with a result in Chinese and English: nothing is wrong, but a reader must know."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.rulebook import Language, Rulebook


@dataclass(frozen=True)
class Notice:
    """Hold one remark in both languages."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """Return the remark in one language."""
        return self.zh if language == "zh" else self.en


def not_in_force(rules: Rulebook, round_year: int) -> tuple[Notice, ...]:
    """Return the remark that a rulebook did not govern a round, or nothing when it did."""
    if rules.in_force(round_year):
        return ()
    first, last = rules.head.first_round, rules.head.last_round
    if first is None:
        zh, en = "从未施行", "was never in force"
    elif last is None:
        zh, en = f"自{first}年度起施行", f"has been in force since the round of {first}"
    else:
        zh, en = f"施行于{first}至{last}年度", f"was in force for the rounds of {first} to {last}"
    return (
        Notice(
            f"《{rules.head.title}》（{rules.name}）{zh}，用于{round_year}年度的结果属于假设情形。",
            f"The rulebook {rules.name} {en}; its results for the round of {round_year} are counterfactual.",
        ),
    )
