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

REFUSALS = (OSError, pl.exceptions.ComputeError)
"""What is raised when the system refuses to take what is written, by Python or by polars."""


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
    except REFUSALS as error:
        reason = refusal(error)
        if reason is None:
            raise
        raise CannotWrite(f"cannot write {target}: {reason}") from error
    finally:
        beside.unlink(missing_ok=True)


def refusal(error: Exception) -> str | None:
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
