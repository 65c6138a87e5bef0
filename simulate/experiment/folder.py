"""The folder of a result: begun, resumed, finished, and never half of one.

While a run goes on, its chunks lie in a hidden folder inside. At the end all files are written there, then
moved to their places, the record last: a folder with a record is whole.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.cohort import CannotWrite, replacing
from simulate.experiment.errors import ResultsError

RECORD, SPEC, LOG = "record.json", "spec.toml", "run.log"
TABLES = ("draws", "outcomes", "groups", "people")
FILES = (SPEC, *(f"{table}.parquet" for table in TABLES), RECORD)

_HIDDEN, _PLAN, _CHUNKS, _READY = ".unfinished", "plan.json", "chunks", "ready"
_TOLD = {
    "experiment": "the experiment",
    "cohort": "the cohort",
    "rules": "the rulebook",
    "code": "jifen's own code",
    "until": "--until",
}

Identity = Mapping[str, Any]
"""What a run is of: digests of experiment, cohort, rules and code, and the error it runs until."""


@dataclass(frozen=True)
class Folder:
    """Hold the place of a result."""

    place: Path

    @property
    def chunks(self) -> Path:
        """The folder of chunks."""
        return self.place / _HIDDEN / _CHUNKS

    @property
    def log(self) -> Path:
        """The file of times."""
        return self.place / LOG

    def open(self, identity: Identity, *, resume: bool) -> bool:
        """Begin a run here or go on with one; say whether it is finished already.

        Raises:
            ResultsError: the folder holds results, or another run, or one and *resume* is not given.
            CannotWrite: the folder cannot be made or written to.

        """
        if (self.place / RECORD).is_file():
            self._same(identity, self.place / RECORD, resume=resume, what="results")
            self._clean()
            return True
        if (self.place / _HIDDEN / _PLAN).is_file():
            self._same(identity, self.place / _HIDDEN / _PLAN, resume=resume, what="an unfinished run")
            return False
        self._begin(identity)
        return False

    def finish(self, files: Mapping[str, bytes]) -> None:
        """Write all files beside, move them to their places, the last one last, and clear what is left over.

        Raises:
            CannotWrite: the disk is full, or the folder is gone; the chunks are kept.

        """
        ready = self.place / _HIDDEN / _READY
        _make(ready)
        for name, content in files.items():
            with replacing(ready / name) as beside:
                beside.write_bytes(content)
        for name in files:
            with replacing(self.place / name) as beside:
                (ready / name).rename(beside)
        self._clean()

    def _begin(self, identity: Identity) -> None:
        if self.place.exists() and not self.place.is_dir():
            raise CannotWrite(f"cannot write {self.place}: it is a file, and a folder is needed")
        there = [name for name in FILES if (self.place / name).exists()]
        if there:
            raise ResultsError(f"{self.place} holds {there[0]} of something else; name another folder")
        _make(self.chunks)
        with replacing(self.place / _HIDDEN / _PLAN) as beside:
            beside.write_text(json.dumps(dict(identity), indent=2), "utf-8")

    def _same(self, identity: Identity, written: Path, *, resume: bool, what: str) -> None:
        if not resume:
            hint = "" if what == "results" else "go on with it by --resume, or "
            raise ResultsError(f"{self.place} holds {what}; {hint}name another folder")
        before = read_json(written)
        for key, told in _TOLD.items():
            was, now = before.get(key), identity[key]
            if was != now:
                raise ResultsError(
                    f"cannot resume {self.place}: {told} is another than that it was begun with "
                    f"({_short(was)}, now {_short(now)})"
                )

    def _clean(self) -> None:
        shutil.rmtree(self.place / _HIDDEN, ignore_errors=True)


def read_json(path: Path) -> dict[str, Any]:
    """Read a record or a plan.

    Raises:
        ResultsError: the file cannot be read, or is none.

    """
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        raise ResultsError(f"{path} is no record of a run") from None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"cannot write {folder}: {error.strerror}") from None


def _short(value: Any) -> str:
    return value[:12] if isinstance(value, str) else "none" if value is None else str(value)
