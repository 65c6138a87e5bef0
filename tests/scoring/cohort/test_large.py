"""A million rows with one bad cell: found, named, and nothing else said."""

from pathlib import Path

import polars as pl
import pytest

from scoring.cohort import CohortError, read
from tests.scoring.cohort.made import FACT, ROUND, RULES, fact, typed

ROWS = 1_000_000
BAD = 777_777


@pytest.fixture(scope="module")
def facts() -> pl.DataFrame:
    """Make a million sound applicants, one with a degree that does not exist."""
    one = typed(fact())
    pseudonyms = pl.int_range(ROWS, eager=True).cast(pl.String).str.zfill(8)
    education = pl.Series("education", ["bachelor"]).new_from_index(0, ROWS).scatter(BAD - 1, "batchelor")
    return one.select(pl.all().repeat_by(ROWS).explode()).with_columns(
        applicant_id="A" + pseudonyms, education=education
    )


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_one_bad_cell_in_a_million_rows_is_found(suffix: str, facts: pl.DataFrame, tmp_path: Path) -> None:
    """The row and the word that was meant are named, in CSV and in Parquet."""
    path = tmp_path / f"facts{suffix}"
    facts.write_parquet(path) if suffix == ".parquet" else facts.select(*FACT).write_csv(path)
    with pytest.raises(CohortError) as caught:
        read(path, rules=RULES, round_year=ROUND)
    (violation,) = caught.value.violations
    assert (violation.rule, violation.column, violation.row, violation.value, violation.count) == (
        "unknown_level",
        "education",
        BAD,
        "batchelor",
        1,
    )
    assert violation.data["nearest"] == "bachelor"
