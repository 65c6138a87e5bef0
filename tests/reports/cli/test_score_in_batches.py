"""``jifen score`` from Parquet to Parquet, some rows at a time: what it writes whole, it writes in parts."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from reports.cli import cohorts
from scoring import output
from tests.reports.cli.command import Said, jifen
from tests.reports.cli.conftest import Disk

ROWS = 70
InBatches = Callable[[], list[int]]


@pytest.fixture
def in_batches(monkeypatch: pytest.MonkeyPatch) -> InBatches:
    """Give a switch to scoring 70 rows at a time, with a list of the times that this was done."""

    def switch() -> list[int]:
        times: list[int] = []
        whole = partial(output.score_parquet, batch_rows=ROWS)

        def counted(*args: object, **how: object) -> object:
            times.append(1)
            return whole(*args, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(cohorts, "IN_BATCHES_FROM", 1)
        monkeypatch.setattr(output, "score_parquet", counted)
        return times

    return switch


def score(cohort: Path, out: Path, *more: object) -> Said:
    """Score a Parquet file with 30 places."""
    return jifen("score", cohort, "--round", 2020, "--quota", 30, "--out", out, "--json", *more)


def facts(synthetic: Path, folder: Path) -> Path:
    """Give the synthetic facts with groups: one of words that occur late, one of yes and no."""
    rows = pl.int_range(pl.len())
    frame = pl.read_parquet(synthetic).with_columns(
        pl.when(rows < 250).then(pl.lit("区内")).otherwise(pl.lit("新到")).alias("channel"),
        (rows % 3 == 0).alias("online"),
    )
    path = folder / "facts.parquet"
    frame.write_parquet(path, metadata=dict(pl.read_parquet_metadata(synthetic)))
    return path


def points(synthetic: Path, folder: Path, *, named: bool = True) -> Path:
    """Give the points of the synthetic facts, with birth years and a group."""
    assert score(synthetic, folder / "scored.parquet").status == 0
    scored = pl.read_parquet(folder / "scored.parquet").drop(
        *("eligible", "ineligible_because", "rank", "admitted", "age_band")
    )
    frame = scored.with_columns((1970 + pl.int_range(pl.len()) % 20).cast(pl.Int16).alias("birth_year"))
    path = folder / "points.parquet"
    (frame if named else frame.drop("applicant_id")).write_parquet(path)
    (folder / "scored.parquet").unlink()
    return path


@pytest.mark.parametrize("level", ["facts", "points", "points without ids"])
def test_parts_make_the_same_file_as_the_whole(
    level: str, synthetic: Path, tmp_path: Path, in_batches: InBatches
) -> None:
    """Rows, types, groups, what the file says of itself and what is printed: all the same."""
    if level == "facts":
        cohort = facts(synthetic, tmp_path)
    else:
        cohort = points(synthetic, tmp_path, named="without" not in level)
    whole = score(cohort, tmp_path / "whole.parquet")
    times = in_batches()
    parts = score(cohort, tmp_path / "parts.parquet")
    assert times == [1]
    assert parts == whole
    assert json.loads(parts.out)["applicants"] == 300
    read = [pl.read_parquet(tmp_path / f"{name}.parquet") for name in ("whole", "parts")]
    assert_frame_equal(*read)
    assert read[1]["applicant_id"].n_unique() == 300
    assert {"channel", "online"} <= set(read[1].columns) or level != "facts"
    said = [
        pl.read_parquet_metadata(tmp_path / f"{name}.parquet")["jifen.scored"] for name in ("whole", "parts")
    ]
    assert said[0] == said[1]


def test_other_formats_are_written_whole(synthetic: Path, tmp_path: Path, in_batches: InBatches) -> None:
    """Batches go from Parquet to Parquet alone."""
    times = in_batches()
    assert score(synthetic, tmp_path / "scored.csv").status == 0
    assert times == []


def test_an_id_that_comes_again_in_a_later_batch_is_refused(
    synthetic: Path, tmp_path: Path, in_batches: InBatches
) -> None:
    """Rows are told by their numbers in the file, and an older output stays."""
    frame = pl.read_parquet(synthetic)
    again = frame.with_columns(
        pl.when(pl.int_range(pl.len()) == 299).then(pl.lit("S00000010")).otherwise("applicant_id")
        .alias("applicant_id")
    )  # fmt: skip
    again.write_parquet(tmp_path / "cohort.parquet")
    (tmp_path / "scored.parquet").write_bytes(b"older")
    in_batches()
    error = score(tmp_path / "cohort.parquet", tmp_path / "scored.parquet").error
    assert error == (
        "Row 300, applicant_id: 'S00000010' was there in row 10 already; each applicant has one row."
    )
    assert (tmp_path / "scored.parquet").read_bytes() == b"older"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_error_in_the_last_batch_writes_nothing(
    synthetic: Path, tmp_path: Path, in_batches: InBatches
) -> None:
    """The whole file is checked before the first row is written."""
    frame = pl.read_parquet(synthetic).with_columns(
        pl.when(pl.int_range(pl.len()) == 299).then(-3).otherwise("insured_months").alias("insured_months")
    )
    frame.write_parquet(tmp_path / "cohort.parquet")
    in_batches()
    error = score(tmp_path / "cohort.parquet", tmp_path / "scored.parquet").error
    assert error.startswith("Row 300, insured_months: -3 is negative; ")
    assert [path.name for path in tmp_path.iterdir()] == ["cohort.parquet"]


def test_a_full_disk_leaves_what_was_there(
    synthetic: Path, tmp_path: Path, in_batches: InBatches, disk: Disk
) -> None:
    """A batch that could not be written takes the ones before it along."""
    (tmp_path / "scored.parquet").write_bytes(b"older")
    in_batches()
    with disk.full_after(5_000):
        said = score(synthetic, tmp_path / "scored.parquet")
    assert said.error.startswith(f"cannot write {tmp_path / 'scored.parquet'}: ")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("scored.parquet", b"older")]
