"""The two languages of the door, and a text in both."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]
Pair = dict[Language, str]


def pair(zh: str, en: str) -> Pair:
    """Put a text in both languages together."""
    return {"zh": zh, "en": en}
