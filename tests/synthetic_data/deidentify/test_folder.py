"""The output folder: whole or not there at all."""

from pathlib import Path

import pytest

from scoring.cohort import CannotWrite
from synthetic_data.deidentify.folder import new_folder


def test_a_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    """While it is written, nothing is at its place; afterwards nothing is beside it."""
    target = tmp_path / "safe"
    with new_folder(target) as folder:
        (folder / "one").write_text("1")
        assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["safe"]
    assert (target / "one").read_text() == "1"


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """What was written before an error is taken away again."""

    def write_half() -> None:
        with new_folder(tmp_path / "safe") as folder:
            (folder / "half").write_text("1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """A folder made beforehand, with nothing in it, becomes the output."""
    (tmp_path / "safe").mkdir()
    with new_folder(tmp_path / "safe") as folder:
        (folder / "one").touch()
    assert (tmp_path / "safe" / "one").exists()


def test_a_taken_place_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A folder with something in it, a file, and a folder in no folder are refused before any work."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    (tmp_path / "file").touch()
    for name, reason in [("full", "not empty"), ("file", "it is a file"), ("no/safe", "there is no folder")]:
        with pytest.raises(CannotWrite, match=reason), new_folder(tmp_path / name):
            pass
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "mine"]


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system refuses, the message says why, without a traceback's words."""

    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with (
        pytest.raises(CannotWrite, match=r"cannot write .*safe: Permission denied"),
        new_folder(tmp_path / "safe"),
    ):
        pass
