"""Save a what-if as a reform: its TOML, and what of it the law cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reports.words import Words
from reports.workbench.what_if import WhatIf
from scoring import Rulebook
from scoring.errors import JifenError
from scoring.reform import Reform, ReformError
from scoring.reform.weight import weighted
from simulate.live import Workbench

SUFFIX = ".toml"


class NotSaved(JifenError):
    """Say why a what-if was not saved as a reform."""


@dataclass(frozen=True)
class Draft:
    """Hold the reform that a what-if comes to, and the sentences about what is not in it."""

    reform: Reform
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, what_if: WhatIf, rules: Rulebook, *, title: str, words: Words) -> Draft:
        """Write weights and changed rates as changes of the law; what cannot be written is told.

        Raises:
            NotSaved: nothing of it can be written.

        """
        changes: dict[str, object] = dict(what_if.changes)
        left_out = []
        for indicator, weight in what_if.weights.items():
            base = rules.changed(changes) if changes else rules
            try:
                changes |= weighted(base, indicator, Decimal(str(weight)))
            except ReformError:
                name = words.name("indicator", indicator)
                left_out.append(words.say("workbench.save.weight", indicator=name, weight=f"{weight:g}"))
        gone = [path.removesuffix(".removed") for path in changes if path.endswith(".removed")]
        # The study deduction takes back at the rate of employment, also where employment no longer counts.
        idle = tuple(f"{indicator}." for indicator in gone if indicator != "employment")
        kept = {
            path: value
            for path, value in changes.items()
            if path.endswith(".removed") or not (idle and path.startswith(idle))
        }
        reform = Reform.from_changes(
            rules,
            kept,
            title=title,
            title_en=title if words.lang == "en" else "",
            reason=words.say("workbench.save.reason"),
            source=words.say("workbench.save.source"),
        )
        if not reform:
            raise NotSaved(" ".join([words.say("workbench.save.nothing"), *left_out]).strip())
        return cls(reform, tuple(left_out))


def saved(
    what_if: WhatIf, form: Mapping[str, Any], *, bench: Workbench, words: Words, baseline: int
) -> dict[str, Any]:
    """Write a what-if into the file that the form names, and return what is to be said of it.

    Raises:
        NotSaved: a title or a file name is missing, the file exists or cannot be written, or there is nothing
            to write.

    """
    title, name = (str(form.get(key, "")).strip() for key in ("title", "file"))
    if not title:
        raise NotSaved(words.say("workbench.save.no_title"))
    path = Path(name)
    if path.suffix != SUFFIX or path.stem == SUFFIX:
        raise NotSaved(words.say("workbench.save.no_file"))
    draft = Draft.of(what_if, bench.engine.rules, title=title, words=words)
    notes = list(draft.left_out)
    if what_if.quota != baseline:
        notes.append(words.say("workbench.save.quota", quota=words.people(what_if.quota)))
    notes += _difference(draft, what_if, bench=bench, words=words)
    text = "".join(f"# {note}\n" for note in notes) + draft.reform.to_toml()
    _write(path, text, words)
    return {"saved": words.say("workbench.save.done", file=path), "notes": notes, "toml": text}


def _difference(draft: Draft, what_if: WhatIf, *, bench: Workbench, words: Words) -> list[str]:
    """Say what the saved reform gives where that is not what the screen shows."""
    shown = bench.ask(weights=what_if.weights, changes=what_if.changes, quota=what_if.quota)
    gives = bench.ask(changes=draft.reform.changes, quota=what_if.quota)
    if (shown.is_admitted == gives.is_admitted).all() and shown.cutoff == gives.cutoff:
        return []
    told = {"gives": gives.cutoff, "shown": shown.cutoff}
    none = words.say("workbench.no_cutoff")
    cutoffs = {name: none if cutoff is None else words.points(cutoff) for name, cutoff in told.items()}
    return [words.say("workbench.save.differs", **cutoffs)]


def _write(path: Path, text: str, words: Words) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NotSaved(words.say("workbench.save.exists", file=path)) from None
    except OSError as error:
        raise NotSaved(words.say("workbench.save.refused", file=path, reason=error.strerror)) from None
