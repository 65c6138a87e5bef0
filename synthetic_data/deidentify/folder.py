"""Write a folder beside its place and rename it there, so that no half-written copy is ever found."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scoring.cohort.atomic import REFUSALS, CannotWrite, refusal


def check_place(path: str | Path) -> None:
    """Refuse a place for a new folder that is taken, or in no folder, before any work is done.

    Raises:
        CannotWrite: something is there already that is no empty folder, or the folder above is missing.

    """
    target = Path(path)
    if not target.absolute().parent.is_dir():
        raise CannotWrite(f"cannot write {target}: there is no folder {target.absolute().parent}")
    if target.is_dir():
        if any(target.iterdir()):
            raise CannotWrite(f"cannot write {target}: the folder is not empty; name a new one")
    elif target.exists():
        raise CannotWrite(f"cannot write {target}: it is a file, and a folder is needed")


@contextmanager
def new_folder(path: str | Path) -> Iterator[Path]:
    """Give a folder to write into, and move it to *path* when the block ends well.

    When the block raises, what it wrote is removed, and nothing is at *path* that was not there before.

    Raises:
        CannotWrite: the place is taken, or the system refuses.

    """
    check_place(path)
    target = Path(path).absolute()
    beside = target.with_name(f".{target.name}-{uuid.uuid4().hex[:12]}")
    try:
        beside.mkdir()
        yield beside
        beside.replace(target)
    except REFUSALS as error:
        reason = refusal(error)
        if reason is None:
            raise
        raise CannotWrite(f"cannot write {path}: {reason}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
