"""Outputs are written beside their place and renamed, or not at all."""

from pathlib import Path

import pytest

from scoring.cohort import CannotWrite, replacing


def test_what_was_written_takes_its_place(tmp_path: Path) -> None:
    """The file appears, or replaces the older one, when the block ends; nothing else is left."""
    target = tmp_path / "out.csv"
    for content in ("old", "new"):
        with replacing(target) as beside:
            assert (beside.parent, beside.suffix) == (tmp_path, ".csv")
            beside.write_text(content)
        assert target.read_text() == content
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("before", [None, "old"])
def test_a_failure_leaves_what_was_there(before: str | None, tmp_path: Path) -> None:
    """An error or an interrupt in the middle keeps the older file and removes the half-written one."""
    target = tmp_path / "out.csv"
    if before:
        target.write_text(before)
    for failure in (ValueError, KeyboardInterrupt):
        with pytest.raises(failure), replacing(target) as beside:
            _write_half(beside, failure)
    assert [path.read_text() for path in tmp_path.iterdir()] == ([before] if before else [])


def test_a_block_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    """An output that was promised and not written is no success."""
    with pytest.raises(CannotWrite, match="No such file"), replacing(tmp_path / "out.csv"):
        pass


def test_places_where_nothing_can_be_written_are_refused(tmp_path: Path) -> None:
    """A folder in place of a file, and a folder that is not there, are refused before anything is written."""
    with pytest.raises(CannotWrite, match="it is a folder"), replacing(tmp_path):
        pytest.fail("nothing can be written here")
    with pytest.raises(CannotWrite, match="there is no folder"), replacing(tmp_path / "none" / "out.csv"):
        pytest.fail("nothing can be written here")


def test_the_systems_refusal_is_one_sentence(tmp_path: Path) -> None:
    """A full disk or a missing right is told with the file's name."""
    with (
        pytest.raises(CannotWrite, match=r"cannot write .*out\.csv: No space left on device"),
        replacing(tmp_path / "out.csv"),
    ):
        raise OSError(28, "No space left on device")


def _write_half(path: Path, failure: type[BaseException]) -> None:
    path.write_text("half")
    raise failure
