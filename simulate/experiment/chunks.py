"""Chunks: the pieces in which draws are run and kept, cut alike for every executor and number of workers."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from scoring.cohort import replacing
from simulate.engine import Level, Outcomes
from simulate.executor import Section

CHUNK = 4096
"""Draws a chunk: enough that the engine prunes well, few enough that little is lost with one."""

MOST_UNTIL = 1 << 20
"""Draws after which a run with a wanted error gives up."""

_BY_DRAW = ("cutoff_exact", "admitted", "tied", "entered", "left", "group_counts")


def sections(start: int, stop: int) -> list[Section]:
    """Cut draws into chunks."""
    return [(first, min(first + CHUNK, stop)) for first in range(start, stop, CHUNK)]


def grown(total: int, *, unit: int = CHUNK) -> int:
    """Return to how many draws a run grows whose error is too large: by a quarter, in whole units."""
    return total + unit * max(1, -(-total // (4 * unit)))


class Keeper(Protocol):
    """Keep the outcomes of chunks while a run goes on."""

    def has(self, section: Section) -> bool:
        """Say whether a chunk is done."""

    def put(self, section: Section, outcomes: Outcomes) -> None:
        """Keep a chunk."""

    def get(self, section: Section, levels: tuple[Level, ...]) -> Outcomes:
        """Return a chunk that is done."""


@dataclass(frozen=True)
class MemoryKeeper:
    """Keep chunks in memory."""

    kept: dict[Section, Outcomes] = field(default_factory=dict)

    def has(self, section: Section) -> bool:
        """Say whether a chunk is done."""
        return section in self.kept

    def put(self, section: Section, outcomes: Outcomes) -> None:
        """Keep a chunk."""
        self.kept[section] = outcomes

    def get(self, section: Section, levels: tuple[Level, ...]) -> Outcomes:  # noqa: ARG002  the file needs them
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

    def put(self, section: Section, outcomes: Outcomes) -> None:
        """Write a chunk.

        Raises:
            CannotWrite: the disk is full, or the folder is gone.

        """
        # No applicant is admitted more often than there are draws in a chunk, so that 16 bits hold the count.
        people = outcomes.person_counts.astype(np.uint16)
        with replacing(self._path(section)) as beside, beside.open("wb") as file:
            np.savez(file, person_counts=people, **{name: getattr(outcomes, name) for name in _BY_DRAW})

    def get(self, section: Section, levels: tuple[Level, ...]) -> Outcomes:
        """Read a chunk that is done."""
        with self._path(section).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return Outcomes(
                **{name: kept[name] for name in _BY_DRAW},
                person_counts=kept["person_counts"].astype(np.int32),
                levels=levels,
            )

    def _path(self, section: Section) -> Path:
        return self.folder / f"{section[0]:09d}-{section[1]:09d}.npz"
