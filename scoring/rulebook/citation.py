"""What stands beside a value of the law: citation, source, and the head of its rulebook."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.rulebook.values import Plain


@dataclass(frozen=True)
class Citation:
    """Say where a value stands: article, source, and the law's own sentence.

    ``article`` is like ``15(4)`` or ``annex-3``; ``source`` a key of the register of sources;
    ``confidence`` is ``text`` where the sentence is held, else ``data``, ``secondary`` or ``reading``.
    """

    article: str
    source: str
    sentence: str
    confidence: str = "text"
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Value:
    """Hold one value of the law with its citation."""

    plain: Plain
    citation: Citation
    needs: str = ""


@dataclass(frozen=True)
class Source:
    """Describe one document of the register of sources."""

    key: str
    title: str
    title_en: str
    quality: str
    held: bool
    document: str = ""
    issuer: str = ""
    issuer_en: str = ""
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Head:
    """Name a rulebook and the rounds it was in force for; None is an open end, no rounds never in force."""

    name: str
    title: str
    title_en: str
    confidence: str
    about: str
    about_en: str
    first_round: int | None
    last_round: int | None
