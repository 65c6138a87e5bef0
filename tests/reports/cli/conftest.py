"""Small cohorts that the tests of the command share, and a folder in which its examples run."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.reports.cli.command import FACTS, POINTS, REFORMS, jifen


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the facts of 300 applicants who do not exist."""
    path = tmp_path_factory.mktemp("synthetic") / "cohort.parquet"
    assert jifen("synth", "--round", 2020, "--size", 300, "--seed", 1, "--out", path).status == 0
    return path


@pytest.fixture
def desk(synthetic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the working folder of a clerk, with the files that examples name."""
    shutil.copy(synthetic, tmp_path / "cohort.parquet")
    (tmp_path / "cohort.csv").write_text(FACTS.replace("A1,", "17,", 1), "utf-8")
    (tmp_path / "points.csv").write_text(POINTS, "utf-8")
    for name, text in REFORMS.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Disk:
    """Let this process write no file longer than some bytes, as a disk that is full would."""

    @contextmanager
    def full_after(self, size: int) -> Iterator[None]:
        """Refuse every byte of a file after the first *size*."""
        resource = pytest.importorskip("resource", reason="this system sets no limits to a process")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.fixture
def disk() -> Disk:
    """Give a disk that can be full."""
    return Disk()
