"""Write a reform as TOML."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scoring.reform.reform import Reform
from scoring.rulebook import Step
from scoring.rulebook.paths import added_names
from scoring.rulebook.values import Plain, Tier
from scoring.toml import to_toml as as_toml

HEAD = ("title", "title_en", "reason", "reason_en", "source", "source_en")


def to_toml(reform: Reform) -> str:
    """Return a reform as the TOML that `Reform.from_toml` reads."""
    base = reform.baseline
    spec: dict[str, Any] = {"baseline": base.name, "digest": base.digest}
    spec |= {key: getattr(reform, key) for key in HEAD if getattr(reform, key)}
    new = [name for name in added_names(reform.changes) if name not in base.added]
    gone = [name for name in base.added if name not in reform.rules.added]
    whole = tuple(f"added.{name}." for name in (*new, *gone))
    rest = {path: plain for path, plain in reform.changes.items() if not path.startswith(whole)}
    if repeal := [path for path, plain in rest.items() if plain is None]:
        spec["repeal"] = repeal
    marks = [path.removesuffix(".removed") for path, plain in rest.items() if plain is True and _mark(path)]
    change = {path: writable(plain) for path, plain in rest.items() if plain is not None and not _mark(path)}
    spec |= {"change": change} if change else {}
    spec |= {"remove": {"indicators": [*marks, *gone]}} if marks or gone else {}
    return "\n".join([as_toml(spec), *(_added(name, reform.changes) for name in new)])


def writable(plain: Plain) -> object:
    """Return a value of the law as TOML can hold it; points without needless zeros."""
    if isinstance(plain, tuple):
        by_level = {one.level: writable(one.points) for one in plain if isinstance(one, Tier)}
        return by_level or [_step(one) if isinstance(one, Step) else one for one in plain]
    if isinstance(plain, Decimal):
        return int(plain) if plain == int(plain) else plain.normalize()
    return plain


def _mark(path: str) -> bool:
    return path.endswith(".removed")


def _step(step: Step) -> Mapping[str, object]:
    ends = {"over": step.over, "up_to": step.up_to}
    return {
        **{end: value for end, value in ends.items() if value is not None},
        "points": writable(step.points),
    }


def _added(name: str, changes: Mapping[str, Plain | None]) -> str:
    path = f"added.{name}."
    own = {
        key.removeprefix(path): writable(plain)
        for key, plain in changes.items()
        if key.startswith(path) and plain is not None
    }
    return as_toml({name: own}).replace(f"[{name}]", f"[add.{name}]", 1)
