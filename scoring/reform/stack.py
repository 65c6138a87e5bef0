"""Stack reforms: one after the other, or side by side on one baseline where they do not contradict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from scoring.reform.errors import ReformError
from scoring.reform.reform import Reform
from scoring.rulebook import INDICATORS
from scoring.rulebook.paths import section_of


def stack(reforms: Iterable[Reform]) -> Reform:
    """Return several reforms as one, from the first to the last; see `then`.

    Raises:
        ReformError: there is none, or one does not go with those before it.

    """
    several = list(reforms)
    if not several:
        raise ReformError("there is no reform to stack")
    return reduce(then, several)


def then(first: Reform, second: Reform) -> Reform:
    """Return two reforms as one on the baseline of the first.

    The second is pinned to what the first makes, and may change it again; or to the same baseline, and then
    the two must not disagree about any value.

    Raises:
        ReformError: the second is pinned to neither, or they disagree; the message names the path.

    """
    if second.baseline.digest == first.baseline.digest and second.baseline.digest != first.rules.digest:
        _refuse_conflict(first, second)
    elif second.baseline.digest != first.rules.digest:
        raise ReformError(
            f"the reform {second.title} is pinned to digest {second.baseline.digest[:12]}; after"
            f" {first.title} the rulebook has {first.rules.digest[:12]}"
        )
    zh, en = "；", "; "
    return Reform.from_changes(
        first.baseline,
        {**first.changes, **second.changes},
        title=_joined(first.title, second.title, mark=zh),
        reason=_joined(first.reason, second.reason, mark=zh),
        source=_joined(first.source, second.source, mark=zh),
        title_en=_joined(first.title_en, second.title_en, mark=en),
        reason_en=_joined(first.reason_en, second.reason_en, mark=en),
        source_en=_joined(first.source_en, second.source_en, mark=en),
    )


def _refuse_conflict(first: Reform, second: Reform) -> None:
    for path in first.changes.keys() & second.changes.keys():
        mine, other = first.changes[path], second.changes[path]
        if mine != other:
            raise ReformError(f"{first.title} and {second.title} disagree about {path}: {mine} and {other}")
    for one, another in ((first, second), (second, first)):
        for path in _of_removed(one, another.changes):
            raise ReformError(f"{one.title} removes {section_of(path)}, and {another.title} changes {path}")


def _of_removed(reform: Reform, paths: Iterable[str]) -> Sequence[str]:
    removed = {name for name in INDICATORS if reform.changes.get(f"{name}.removed")}
    return [path for path in paths if section_of(path) in removed and not path.endswith(".removed")]


def _joined(first: str, second: str, *, mark: str) -> str:
    """Join two texts, one of which may be missing or both the same."""
    return mark.join(dict.fromkeys(text for text in (first, second) if text))
