"""Chunks: the pieces in which draws are run and kept, cut alike for every executor and number of workers."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.cohort import replacing
from simulate.executor import Section

CHUNK = 4096
"""Draws a chunk of one round: enough that the engine prunes well, few enough that little is lost with one."""

MOST_UNTIL = 1 << 20
"""Draws after which a run with a wanted error gives up."""


def sections(start: int, stop: int, *, chunk: int = CHUNK) -> list[Section]:
    """Cut draws into chunks."""
    return [(first, min(first + chunk, stop)) for first in range(start, stop, chunk)]


def grown(total: int, *, unit: int = CHUNK) -> int:
    """Return to how many draws a run grows whose error is too large: by a quarter, in whole units."""
    return total + unit * max(1, -(-total // (4 * unit)))


Arrays = Mapping[str, NDArray[Any]]
"""The outcomes of a chunk as they are kept: named arrays, of which those by draw have it as first axis."""


class Keeper(Protocol):
    """Keep the outcomes of chunks, as named arrays, while a run goes on."""

    def has(self, section: Section) -> bool:
        """Say whether a chunk is done."""

    def put(self, section: Section, arrays: Arrays) -> None:
        """Keep a chunk."""

    def get(self, section: Section) -> Arrays:
        """Return a chunk that is done."""


@dataclass(frozen=True)
class MemoryKeeper:
    """Keep chunks in memory."""

    kept: dict[Section, Arrays] = field(default_factory=dict)

    def has(self, section: Section) -> bool:
        """Say whether a chunk is done."""
        return section in self.kept

    def put(self, section: Section, arrays: Arrays) -> None:
        """Keep a chunk."""
        self.kept[section] = arrays

    def get(self, section: Section) -> Arrays:
        """Return a chunk that is done."""
        return self.kept[section]


@dataclass(frozen=True)
class FolderKeeper:
    """Keep each chunk in a file of a folder, written beside and renamed, so that none is ever half there."""

    folder: Path

    def has(self, section: Section) -> bool:
        """Say whether a chunk is done; a file that a crash of the machine left unreadable is not."""
        try:
            with self._path(section).open("rb") as file, np.load(file, allow_pickle=False) as kept:
                return bool(len(kept["cutoff_exact"]) == section[1] - section[0])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return False

    def put(self, section: Section, arrays: Arrays) -> None:
        """Write a chunk.

        Raises:
            CannotWrite: the disk is full, or the folder is gone.

        """
        with replacing(self._path(section)) as beside, beside.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)

    def get(self, section: Section) -> Arrays:
        """Read a chunk that is done."""
        with self._path(section).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return dict(kept)

    def _path(self, section: Section) -> Path:
        return self.folder / f"{section[0]:09d}-{section[1]:09d}.npz"
