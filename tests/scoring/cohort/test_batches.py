"""A cohort batch by batch is the cohort as a whole: rows, groups, duplicates and all that is wrong."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from scoring.cohort import Cohort, CohortError, batches, merged, read_batches
from tests.scoring.cohort.made import POINT, ROUND, RULES, admitted, csv, fact, refused, typed

ROWS = 23


def facts(**columns: pl.Series) -> pl.DataFrame:
    """Return 23 sound applicants with some columns replaced or added."""
    return typed(*(fact(applicant_id=f"A{i:02d}") for i in range(ROWS))).with_columns(**columns)


def saved(frame: pl.DataFrame, folder: Path) -> Path:
    """Write a frame to Parquet in small row groups."""
    path = folder / "facts.parquet"
    frame.write_parquet(path, row_group_size=5)
    return path


def in_batches(path: Path, rows: int) -> Iterator[Cohort]:
    """Read a file in batches of so many rows."""
    return read_batches(path, rules=RULES, round_year=ROUND, batch_rows=rows)


@pytest.mark.parametrize("rows", [1, 4, 5, 7, 22, 23, 24, 1000])
def test_batches_make_up_the_whole(rows: int, tmp_path: Path) -> None:
    """In order, without a row lost or doubled, with the same types and groups in each."""
    frame = facts(
        insured_months=pl.Series(range(ROWS)),
        team=pl.Series([f"t{i // 6}" for i in range(ROWS)]),
        married=pl.Series([None] * 20 + [True] * 3),
        salary=pl.Series(range(ROWS)),
    )
    path = saved(frame, tmp_path)
    parts, whole = list(in_batches(path, rows)), admitted(path)
    assert [part.frame.height for part in parts] == [
        min(rows, ROWS - start) for start in range(0, ROWS, rows)
    ]
    assert {part.groups for part in parts} == {whole.groups} == {("team", "married")}
    assert pl.concat([part.frame for part in parts]).equals(whole.frame)
    assert merged([part.notices for part in parts], limit=20) == whole.notices


def test_row_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    """A warning in the fourth batch names the row in the file, and counts add up over batches."""
    months = pl.Series([150] * ROWS).scatter([0, 9, 19, 22], 300)
    parts = list(in_batches(saved(facts(insured_months=months), tmp_path), 5))
    found = merged([part.notices for part in parts], limit=3)
    assert [(one.rule, one.row, one.count) for one in found] == [
        ("over_elapsed", row, 4) for row in (1, 10, 20)
    ]


def test_points_without_pseudonyms_are_numbered_through(tmp_path: Path) -> None:
    """The second batch goes on where the first ended."""
    frame = pl.DataFrame({name: [float(value)] * 5 for name, value in POINT.items()})
    ids = [part.frame["applicant_id"].to_list() for part in in_batches(saved(frame, tmp_path), 2)]
    assert ids == [["1", "2"], ["3", "4"], ["5"]]


def test_a_column_of_pseudonyms_that_nobody_filled_in_is_as_good_as_none(tmp_path: Path) -> None:
    """In batches as in one piece, the row number stands in, and the output says so."""
    frame = pl.DataFrame({name: [float(value)] * 5 for name, value in POINT.items()})
    path = saved(frame.with_columns(applicant_id=pl.lit(None, pl.String)), tmp_path)
    parts, whole = list(in_batches(path, 2)), admitted(path)
    assert pl.concat([part.frame for part in parts]).equals(whole.frame)
    assert merged([part.notices for part in parts], limit=20) == whole.notices
    assert [one.rule for one in whole.notices] == ["row_numbers"]


def test_some_empty_pseudonyms_are_errors_in_batches_too(tmp_path: Path) -> None:
    """Where some rows have a pseudonym, the others need one, even if a whole batch has none."""
    frame = pl.DataFrame({name: [float(value)] * 5 for name, value in POINT.items()})
    path = saved(frame.with_columns(applicant_id=pl.Series([None, None, None, "A", "B"])), tmp_path)
    with pytest.raises(CohortError) as caught:
        list(in_batches(path, 2))
    assert [(one.rule, one.row) for one in caught.value.violations] == [("empty", row) for row in (1, 2, 3)]
    assert caught.value.violations == refused(path)


def test_every_error_of_the_file_is_told_and_nothing_after_the_first(tmp_path: Path) -> None:
    """Batches before the first error are given out; then the rest is checked, and the error holds it all."""
    frame = facts(
        sex=pl.Series(["male"] * 12 + ["m"] + ["male"] * 10), detentions=pl.Series([0] * 20 + [-1, -2, 0])
    )
    path = saved(frame, tmp_path)
    parts = in_batches(path, 5)
    assert [next(parts).frame.height, next(parts).frame.height] == [5, 5]
    with pytest.raises(CohortError) as caught:
        next(parts)
    found = [(one.column, one.row, one.count) for one in caught.value.violations]
    assert found == [("sex", 13, 1), ("detentions", 21, 2), ("detentions", 22, 2)]
    assert caught.value.violations == refused(path)


@pytest.mark.parametrize("rows", [3, 10, 100])
@pytest.mark.parametrize("at_once", [4, 1_000])
def test_duplicates_are_found_across_batches(
    rows: int, at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pseudonym of the first batch in the last one is found, in one pass over the hashes or in many."""
    monkeypatch.setattr(batches, "HASHES_AT_ONCE", at_once)
    ids = [f"A{i:02d}" for i in range(ROWS)]
    ids[21], ids[22] = ids[1], ids[1]
    path = saved(facts(applicant_id=pl.Series(ids)), tmp_path)
    with pytest.raises(CohortError) as caught:
        next(in_batches(path, rows))
    found = [(one.rule, one.row, one.data["first"], one.count) for one in caught.value.violations]
    assert found == [("duplicate_id", 22, 2, 2), ("duplicate_id", 23, 2, 2)]
    assert caught.value.violations == refused(path)


def test_a_group_is_settled_by_the_whole_file(tmp_path: Path) -> None:
    """Numbers first and words last are a group of both; identity in the last row is refused."""
    mixed = [str(i % 3) for i in range(ROWS - 1)] + ["more"]
    parts = list(in_batches(saved(facts(level=pl.Series(mixed)), tmp_path), 4))
    assert parts[0].frame.schema["level"] == pl.Enum(["0", "1", "2", "more"])
    named = ["a"] * (ROWS - 1) + ["13800138000"]
    with pytest.raises(CohortError) as caught:
        list(in_batches(saved(facts(level=pl.Series(named)), tmp_path), 4))
    assert [(one.rule, one.row) for one in caught.value.violations] == [("identity", 23)]


def test_only_parquet_comes_in_batches(tmp_path: Path) -> None:
    """Other formats, broken files and files without rows are refused before anything is given out."""
    for path in (csv(tmp_path, fact()), tmp_path / "none.parquet", saved(facts().clear(), tmp_path)):
        with pytest.raises(CohortError):
            next(in_batches(path, 5))
