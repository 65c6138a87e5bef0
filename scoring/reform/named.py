"""The rules that somebody names: a rulebook, or what reforms make of one, wherever rules are asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from scoring.reform.read import KEYS, read_text
from scoring.reform.reform import Reform
from scoring.rulebook import Rulebook

Named = str | Path | Sequence[str | Path]


def rules_of(named: Named, *, folder: str | Path = "") -> Rulebook:
    """Return a rulebook by its name, from its file, or as reforms make it.

    Several are stacked: the first is a rulebook or a reform, each other a reform that is pinned to what those
    before it make, or to the baseline of the first.

    >>> rules_of("beijing-2020").name
    'beijing-2020'

    Args:
        named: a name or the path of a TOML file, or several; in one text they stand with commas between.
        folder: where paths begin.

    Raises:
        JifenError: there is none of that name, or a file is neither a rulebook nor a reform; the message
            names the file.

    """
    first, *rest = located(named, folder)
    if is_reform(first):
        return stacked([first, *rest]).rules
    rules = Rulebook.load(first)
    return stacked(rest, among=[rules]).apply(rules) if rest else rules


def located(named: Named, folder: str | Path = "") -> tuple[str, ...]:
    """Return the names of rules one by one, those of files as paths from a folder on."""
    several = named.split(",") if isinstance(named, str) else [named] if isinstance(named, Path) else named
    told = [one.strip() if isinstance(one, str) else str(one) for one in several]
    return tuple(str(Path(folder) / one) if one.endswith(".toml") else one for one in told) or ("",)


def stacked(files: Sequence[str | Path], *, among: Sequence[Rulebook] = ()) -> Reform:
    """Read reforms from their files and put them together, from the first to the last.

    Args:
        files: one or more.
        among: the rulebooks that the first may be pinned to; those that come with jifen unless told.

    Raises:
        JifenError: a file is no reform, or does not go with those before it; the message names the file.

    """
    whole = Reform.load(files[0], among=among)
    for file in files[1:]:
        whole = whole.then(Reform.load(file, among=[whole.rules, whole.baseline]))
    return whole


def is_reform(name_or_path: str) -> bool:
    """Say whether a name is that of a file which means to be a reform."""
    path = Path(name_or_path)
    if path.suffix != ".toml" or not path.is_file():
        return False
    try:
        told = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError:
        return False
    return "name" not in told and not told.keys().isdisjoint(KEYS)
