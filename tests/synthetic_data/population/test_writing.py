"""Pools in files: the same bytes in whatever parts they come, and memory for one part."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from scoring import Rulebook
from scoring.cohort.parquet_source import read_metadata
from synthetic_data.population import Parameters, facts, facts_of
from synthetic_data.population.chance import BLOCK
from synthetic_data.population.writing import Pool, write_pool

RULES = Rulebook.load("beijing-2020")


def some(size: int, at_once: int) -> Pool:
    """Give a pool of 2021."""
    return Pool(
        rules=RULES, round_year=2021, size=size, seed=5, parameters=Parameters.load(), at_once=at_once
    )


def bytes_in(place: Path) -> dict[str, bytes]:
    """Give what is in a file, or in each file of a folder."""
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("name", ["facts.parquet", "facts.csv", "histories"])
def test_the_bytes_do_not_depend_on_the_parts(name: str, tmp_path: Path) -> None:
    """Whether a machine draws everybody at once or a few thousand at a time."""
    found = []
    for at_once in (8 * BLOCK, BLOCK, 5_000):
        folder = tmp_path / str(at_once)
        folder.mkdir()
        write_pool(some(8_000, at_once), folder / name)
        assert [path.name for path in folder.iterdir()] == [name]
        found.append(bytes_in(folder / name))
    assert found[0] == found[1] == found[2]


def test_files_hold_what_the_library_gives(tmp_path: Path) -> None:
    """The facts in a file are those of `facts`, and say for which rules and round they are."""
    write_pool(some(1_000, BLOCK), tmp_path / "facts.parquet")
    drawn = facts(RULES, round_year=2021, size=1_000, seed=5)
    assert pl.read_parquet(tmp_path / "facts.parquet").equals(drawn)
    said = read_metadata(tmp_path / "facts.parquet")
    assert said["jifen.round"] == "2021"
    assert said["jifen.rulebook_digest"] == RULES.digest
    assert said["jifen.synthetic"] == "true"


def test_the_way_is_told_part_by_part(tmp_path: Path) -> None:
    """How many people are written rises to all of them."""
    told: list[tuple[int, int]] = []
    write_pool(some(9_000, BLOCK), tmp_path / "f.csv", progress=lambda done, size: told.append((done, size)))
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (9_000, 9_000)


def peak(parts: Iterator[pl.DataFrame]) -> int:
    """Give the most bytes that numpy and Python held while the parts were made one after the other."""
    tracemalloc.start()
    try:
        for _ in parts:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_pool() -> None:
    """Five times as many applicants take as much memory, when they are drawn a block at a time."""
    peaks = []
    for size in (12_000, 12_000, 60_000):
        drawn = some(size, BLOCK).parts()
        peaks.append(peak(facts_of(part, RULES, 2021) for part in drawn))
    assert peaks[2] < 1.1 * peaks[1]
