"""Parquet and frames: columns with types, which must be the contract's or hold its values exactly."""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from scoring.cohort import Cohort, CohortError, Violation, write_facts
from scoring.cohort.panics import panics_unprinted
from tests.scoring.cohort.made import POINT, ROUND, RULES, admitted, fact, only, typed

POINTS = pl.DataFrame({name: [float(value)] for name, value in POINT.items()})


def check(frame: pl.DataFrame) -> Cohort:
    """Check a frame that must be sound."""
    return Cohort.from_frame(frame, rules=RULES, round_year=ROUND)


def errors(frame: pl.DataFrame) -> list[Violation]:
    """Check a frame that must be refused, and return its errors."""
    with pytest.raises(CohortError) as caught:
        check(frame)
    return [one for one in caught.value.violations if one.severity == "error"]


def test_a_file_and_a_frame_are_checked_alike(tmp_path: Path) -> None:
    """What is read from Parquet is what is given from Python."""
    frame = typed(fact(), fact(applicant_id="A0002"))
    frame.write_parquet(tmp_path / "facts.parquet")
    assert admitted(tmp_path / "facts.parquet").frame.equals(check(frame).frame)


@pytest.mark.parametrize(
    "dtype",
    [
        pl.Int8,
        pl.Int16,
        pl.Int32,
        pl.Int64,
        pl.UInt8,
        pl.UInt16,
        pl.UInt32,
        pl.UInt64,
        pl.Float32,
        pl.Float64,
        pl.Decimal(20, 3),
    ],
)
def test_whole_numbers_of_any_width_are_taken(dtype: pl.DataType) -> None:
    """Only the value counts: it is kept in 16 bits whatever it came in."""
    frame = typed(fact(insured_months="120")).with_columns(pl.col("insured_months").cast(dtype))
    months = check(frame).frame["insured_months"]
    assert months.dtype == pl.Int16
    assert months.to_list() == [120]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        (pl.Series([12.5]), "not_whole"),
        (pl.Series([float("nan")]), "not_whole"),
        (pl.Series([float("inf")]), "not_whole"),
        (pl.Series([1e300]), "not_whole"),
        (pl.Series([Decimal("12.5")]), "not_whole"),
        (pl.Series([2**63], dtype=pl.UInt64), "not_whole"),
        (pl.Series([-1], dtype=pl.Int8), "negative"),
        (pl.Series([40_000], dtype=pl.Int32), "too_high"),
        (pl.Series([70_000], dtype=pl.Int64), "too_high"),
        (pl.Series([None], dtype=pl.Int16), "empty"),
        (pl.Series([None], dtype=pl.Null), "empty"),
    ],
)
def test_other_numbers_are_refused(values: pl.Series, rule: str) -> None:
    """Fractions, NaN, infinities and what 16 bits cannot hold are errors and never wrap around."""
    (violation,) = errors(typed(fact()).with_columns(values.alias("insured_months")))
    assert (violation.rule, violation.column) == (rule, "insured_months")


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("insured_months", pl.Series(["120"])),
        ("insured_months", pl.Series([True])),
        ("insured_months", pl.Series([[120]])),
        ("birth_date", pl.Series(["1980-05-17"])),
        ("birth_date", pl.Series([19800517])),
        ("criminal_record", pl.Series([0])),
        ("criminal_record", pl.Series(["false"])),
        ("sex", pl.Series([1])),
        ("applicant_id", pl.Series([1.5])),
        ("applicant_id", pl.Series([b"A1"])),
    ],
)
def test_a_column_of_the_wrong_type_is_one_error(column: str, values: pl.Series) -> None:
    """A file with types is held to them: text is no number there, and the column is named once."""
    (violation,) = errors(typed(fact()).with_columns(values.alias(column)))
    assert (violation.rule, violation.column, violation.row) == ("wrong_type", column, None)


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["x", "female"])])
def test_words_come_in_any_type_of_text(dtype: pl.DataType) -> None:
    """Text, categories and enumerations of any order become the contract's levels."""
    cohort = check(typed(fact()).with_columns(pl.col("sex").cast(dtype)))
    assert (cohort.frame.schema["sex"], cohort.frame["sex"][0]) == (pl.Enum(["female", "male"]), "female")


def test_pseudonyms_may_be_whole_numbers() -> None:
    """A number is as good a pseudonym as its digits."""
    assert check(typed(fact()).with_columns(applicant_id=pl.lit(17))).frame["applicant_id"].to_list() == [
        "17"
    ]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_midnight_is_a_date_and_any_other_time_is_not(unit: str) -> None:
    """Tools that know no date write midnight."""
    dtype = pl.Datetime(unit)  # type: ignore[arg-type]
    midnight = typed(fact()).with_columns(pl.col("birth_date").cast(dtype))
    assert check(midnight).frame["birth_date"].to_list() == [dt.date(1980, 5, 17)]
    (violation,) = errors(midnight.with_columns(pl.col("birth_date").dt.offset_by("8h")))
    assert violation.rule == "not_date"


@pytest.mark.parametrize("dtype", [pl.Float64, pl.Float32, pl.Decimal(10, 2), pl.Decimal(38, 6)])
def test_points_are_taken_from_floats_and_decimals(dtype: pl.DataType) -> None:
    """A number that is nearest to a hundredth is that hundredth."""
    cohort = check(POINTS.cast(dtype))
    assert cohort.frame.select("employment", "study_deduction", "tax", "total").row(0) == (
        6050,
        -117,
        -1200,
        10500,
    )
    assert cohort.frame.schema["total"] == pl.Int32


def test_points_are_taken_from_whole_numbers() -> None:
    """A whole number is so many points, not hundredths."""
    assert check(POINTS.with_columns(employment=pl.lit(60))).frame["employment"][0] == 6000


@pytest.mark.parametrize(
    "value",
    [
        97.135,
        97.13000000001,
        0.1 + 0.2,
        float("nan"),
        float("inf"),
        -float("inf"),
        1e300,
        Decimal("97.135"),
        2**62,
    ],
)
def test_points_that_are_no_hundredths_are_refused(value: object) -> None:
    """Exactness is asked of floats too."""
    (violation,) = errors(POINTS.with_columns(pl.Series("employment", [value])))
    assert (violation.rule, violation.column) == ("not_points", "employment")


@pytest.mark.parametrize("dtype", [pl.Float64, pl.Float32])
def test_no_hundredth_is_lost_in_a_float(dtype: pl.DataType) -> None:
    """Each hundredth from -200 to 400 points survives the way through a float."""
    hundredths = list(range(-20_000, 40_001))
    column = pl.Series("tax", [one / 100 for one in hundredths]).cast(dtype)
    frame = pl.concat([POINTS] * len(hundredths)).with_columns(column)
    assert check(frame).frame["tax"].to_list() == hundredths


def test_a_parquet_file_is_refused_when_it_is_broken(tmp_path: Path) -> None:
    """A file cut off, text by that name and an empty file are refused in a sentence."""
    path = tmp_path / "facts.parquet"
    typed(fact()).write_parquet(path)
    whole = path.read_bytes()
    for content in (b"", whole[: len(whole) // 2], whole[:-1], b"a,b\n1,2\n", b"PAR1" + bytes(64) + b"PAR1"):
        path.write_bytes(content)
        assert only(path).rule == "not_parquet"


def test_a_parquet_file_without_rows_is_refused(tmp_path: Path) -> None:
    """Nobody applied: there is no cohort to score."""
    typed(fact()).clear().write_parquet(tmp_path / "facts.parquet")
    assert only(tmp_path / "facts.parquet").rule == "no_rows"
    (violation,) = errors(typed(fact()).clear())
    assert violation.rule == "no_rows"


def test_a_name_with_a_pattern_in_it_is_one_file(tmp_path: Path) -> None:
    """Brackets and stars in a file's name are letters."""
    path = tmp_path / "facts[1].parquet"
    typed(fact()).write_parquet(path)
    assert admitted(path).frame.height == 1


def test_the_frame_has_the_smallest_types() -> None:
    """Months, counts and years take 16 bits, words an enumeration, dates and flags what they are."""
    schema = check(typed(fact()).with_columns(minor_children=2)).frame.schema
    assert schema["minor_children"] == schema["insured_months"] == schema["barred_through"] == pl.Int16
    assert schema["innovation_award"] == pl.Enum(RULES.award_keys)
    assert schema["birth_date"] == pl.Date
    assert schema["criminal_record"] == pl.Boolean
    assert schema["applicant_id"] == pl.String


@pytest.mark.parametrize("round_year", [0, 1900, 2201, -5])
def test_an_impossible_round_is_refused(round_year: int) -> None:
    """A round has a year before it to count up to."""
    with pytest.raises(CohortError, match=f"{round_year} is not the year of a round"):
        Cohort.from_frame(typed(fact()), rules=RULES, round_year=round_year)


def test_no_damage_to_a_parquet_file_shows_a_stack(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Wherever a byte is broken, the file is read or refused, and what polars prints is held back."""
    path = tmp_path / "facts.parquet"
    write_facts(typed(fact()), path, rules=RULES, round_year=ROUND)
    whole, refusals = path.read_bytes(), 0
    for place in range(0, len(whole), 61):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            admitted(path)
        except CohortError:
            refusals += 1
    assert refusals > 20
    assert capfd.readouterr().err == ""


def test_other_words_on_standard_error_are_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    """Only a panic is held back."""
    with panics_unprinted():
        print("a word", file=sys.stderr)  # noqa: T201 -- this is what is tested
    assert capfd.readouterr().err == "a word\n"
