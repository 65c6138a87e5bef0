"""Write a file beside its place and rename it there, so that no output is ever half-written."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from scoring.errors import JifenError


class CannotWrite(JifenError):
    """Refuse a place where no file can be written, before or instead of leaving half of one."""


def check_place(target: Path) -> None:
    """Refuse a place where no file can be written.

    Raises:
        CannotWrite: *target* is a folder, or its folder is missing.

    """
    if target.is_dir():
        raise CannotWrite(f"cannot write {target}: it is a folder, and a file name is needed")
    if not target.parent.is_dir():
        raise CannotWrite(f"cannot write {target}: there is no folder {target.parent}")


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a path to write to, and move what was written to *path* when the block ends well.

    The path given lies in the same folder and has the same suffix. When the block raises, what it wrote
    is removed and an older file at *path* stays as it was.

    Raises:
        CannotWrite: the folder is missing, *path* is a folder, or the system refuses; it says which.

    """
    target = Path(path)
    check_place(target)
    beside = target.with_name(f".{target.stem}-{uuid.uuid4().hex[:12]}{target.suffix}")
    try:
        yield beside
        os.replace(beside, target)  # noqa: PTH105 -- Path.replace would do, but this says that it is atomic
    except (OSError, pl.exceptions.ComputeError) as error:
        refusal = _refusal(error)
        if refusal is None:
            raise
        raise CannotWrite(f"cannot write {target}: {refusal}") from error
    finally:
        beside.unlink(missing_ok=True)


def _refusal(error: Exception) -> str | None:
    """Return what the system said, or None where it said nothing.

    Polars hands its word on as "... (os error 28)", also in errors of other kinds, and as "transport error"
    where the disk is full when a Parquet file's footer is due.
    """
    number = re.search(r"\(os error ([0-9]+)\)", str(error))
    if number:
        return os.strerror(int(number[1]))
    if "transport error" in str(error):
        return "the system took only a part of it"
    return (error.strerror or str(error)) if isinstance(error, OSError) else None
