"""How a cell of a record must be written: nothing is guessed, and everything else is an error."""

from pathlib import Path

import polars as pl
import pytest

from tests.scoring.cohort.records_made import (
    admitted,
    changed,
    folder,
    only,
    parquet_folder,
    refused,
    sound,
    typed,
    workbook,
)


@pytest.mark.parametrize("column", ["first_month", "last_month"])
@pytest.mark.parametrize(
    ("value", "rule", "hint"),
    [
        ("2018-01-15", "not_first_day", None),
        ("2018-01-31", "not_first_day", None),
        ("2018-01", "not_month", "only_month"),
        ("2018-13-01", "not_month", "no_month"),
        ("2018-00-01", "not_month", "no_month"),
        ("2018-1-1", "not_month", None),
        ("18-01-01", "not_month", "short_year"),
        ("1/1/18", "not_month", "short_year"),
        ("43101", "not_month", "serial"),
        ("２０１８-01-01", "not_month", "full_width"),
        ("2018年1月", "not_month", "only_month"),
        ("201801", "not_month", "only_month"),
        ("2018/01/01", "not_month", None),
        ("2018-01-01 00:00:00", "not_month", None),
        ("-2018-01-01", "not_month", None),
        ("", "empty", None),
        ("NaN", "not_month", None),
        ("0218-01-01", "too_early", None),
        ("1899-12-01", "too_early", None),
        ("2201-01-01", "too_late", None),
        ("9999-12-01", "too_late", None),
    ],
)
def test_months_are_their_first_days(
    column: str, value: str, rule: str, hint: str | None, tmp_path: Path
) -> None:
    """A month is written as an ISO date that is the first of it, and nothing else is one."""
    found = refused(folder(tmp_path / "histories", changed("insurance", **{column: value})))
    violation = next(one for one in found if one.rule != "reversed_spell")
    assert (violation.rule, violation.table, violation.column, violation.row, violation.value) == (
        rule,
        "insurance",
        column,
        1,
        value or None,
    )
    assert violation.data.get("hint") == hint


def test_the_first_and_the_last_month_that_may_be(tmp_path: Path) -> None:
    """From 1900 to 2200, whatever of it counts."""
    tables = changed("insurance", first_month="1900-01-01", last_month="2200-12-01")
    cohort = admitted(folder(tmp_path / "histories", tables))
    assert cohort.frame["insured_months"].to_list() == [270, 142]
    assert {one.rule for one in cohort.notices} == {"before_counting", "past_reference", "before_birth"}


@pytest.mark.parametrize(
    ("table", "column", "taken", "wrong"),
    [
        ("income_tax", "paid_yuan", ["0", "0.5", "100000", "99999.99", "1000000000000"], []),
        (
            "income_tax",
            "paid_yuan",
            [],
            [
                ("-0.01", "negative", None),
                ("1000000000001", "too_high", None),
                ("100,000", "not_decimal", "thousands"),
                ("1,000,000.50", "not_decimal", "thousands"),
                ("1e5", "not_decimal", None),
                ("１００", "not_decimal", "full_width"),
                ("NaN", "not_decimal", "no_number"),
                ("inf", "not_decimal", "no_number"),
                ("-Infinity", "not_decimal", "no_number"),
                ("10万", "not_decimal", None),
                ("¥100", "not_decimal", None),
                (".5", "not_decimal", None),
                ("5.", "not_decimal", None),
                ("+5", "not_decimal", None),
                (" 5", "not_decimal", None),
                ("", "empty", None),
            ],
        ),
        ("equity", "share_held", ["0", "0.1", "1", "0.10000"], [("10%", "not_decimal", None)]),
        ("equity", "share_held", [], [("10", "too_high", None), ("-0.1", "negative", None)]),
        ("equity", "share_held", [], [("1.0001", "too_high", None), ("nan", "not_decimal", "no_number")]),
        ("equity", "year", ["1900", "2200"], [("19", "too_low", None), ("2201", "too_high", None)]),
        ("equity", "year", [], [("2,018", "not_whole", "thousands"), ("2018.5", "not_whole", None)]),
    ],
)
def test_amounts_and_shares_are_plain_decimals(
    table: str, column: str, taken: list[str], wrong: list[tuple[str, str, str | None]], tmp_path: Path
) -> None:
    """Digits and a point; a share is a fraction; nothing is negative, and nothing infinite."""
    for value in taken:
        read = admitted(folder(tmp_path / "histories", changed(table, **{column: value})))
        assert read.tables[table][column].to_list() == [float(value)]
    for value, rule, hint in wrong:
        violation = only(folder(tmp_path / "histories", changed(table, **{column: value})))
        assert (violation.rule, violation.column, violation.value) == (rule, column, value or None)
        assert violation.data.get("hint") == hint


@pytest.mark.parametrize("dtype", [pl.Float64, pl.Float32, pl.Int64, pl.UInt32, pl.Decimal(18, 4)])
def test_amounts_come_in_any_type_of_number(dtype: pl.DataType, tmp_path: Path) -> None:
    """In Parquet only the value counts."""
    place = parquet_folder(tmp_path / "histories", sound())
    amounts = typed("income_tax", sound()["income_tax"]).with_columns(
        pl.lit(120000).cast(dtype).alias("paid_yuan")
    )
    amounts.write_parquet(place / "income_tax.parquet")
    assert admitted(place).tables["income_tax"]["paid_yuan"].to_list() == [120000.0]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        (pl.Series([float("nan")]), "not_decimal"),
        (pl.Series([float("inf")]), "not_decimal"),
        (pl.Series([-float("inf")]), "not_decimal"),
        (pl.Series([-0.01]), "negative"),
        (pl.Series([1e300]), "too_high"),
        (pl.Series([None], dtype=pl.Float64), "empty"),
        (pl.Series(["120000"]), "wrong_type"),
        (pl.Series([True]), "wrong_type"),
    ],
)
def test_other_amounts_are_refused(values: pl.Series, rule: str, tmp_path: Path) -> None:
    """NaN and infinities are errors and never become nothing."""
    place = parquet_folder(tmp_path / "histories", sound())
    tax = typed("income_tax", sound()["income_tax"]).with_columns(values.alias("paid_yuan"))
    tax.write_parquet(place / "income_tax.parquet")
    violation = only(place)
    assert (violation.rule, violation.table, violation.column) == (rule, "income_tax", "paid_yuan")


def test_a_serial_number_is_no_month_in_excel_either(tmp_path: Path) -> None:
    """A cell without the format of a date holds a number."""
    path = workbook(tmp_path / "book.xlsx", changed("honours", awarded_on="2012-05-01"))
    assert admitted(path).frame["honour"].to_list()[0] is None
    tables = sound()
    tables["insurance"][0]["first_month"] = "2009-03-01"
    place = folder(tmp_path / "histories", tables)
    (place / "insurance.csv").unlink()
    rows = [row | {"note": "x"} for row in tables["insurance"]]
    frame = typed("insurance", rows).with_columns(first_month=pl.lit(39873))
    frame.write_excel(place / "insurance.xlsx")
    assert {(one.rule, one.data.get("hint")) for one in refused(place)} == {("not_month", "serial")}


@pytest.mark.parametrize(
    ("table", "column", "value", "nearest"),
    [
        ("insurance", "district", "海定区", "海淀区"),
        ("insurance", "district", "Municipal", "municipal"),
        ("insurance", "insurance", "pensions", "pension"),
        ("insurance", "insurance", "养老", None),
        ("insurance", "payment", "back-paid", "back_paid"),
        ("dwellings", "district", "municipal", None),
        ("dwellings", "dwelling", "spouse", "spouse_own"),
        ("degrees", "level", "bachelor_degree", "bachelor"),
        ("penalties", "kind", "fine", "tax_fine"),
    ],
)
def test_an_unknown_word_names_the_nearest(
    table: str, column: str, value: str, nearest: str | None, tmp_path: Path
) -> None:
    """A slip of the pen in a district or a kind is met with what was probably meant."""
    violation = only(folder(tmp_path / "histories", changed(table, **{column: value})))
    assert (violation.rule, violation.table, violation.column, violation.value) == (
        "unknown_level",
        table,
        column,
        value,
    )
    assert violation.data.get("nearest") == nearest


@pytest.mark.parametrize(("table", "column"), [("awards", "award"), ("honours", "honour")])
def test_an_unknown_key_names_the_nearest(table: str, column: str, tmp_path: Path) -> None:
    """Awards and honours are the annexes' rows."""
    key = sound()[table][0][column]
    violation = only(folder(tmp_path / "histories", changed(table, **{column: key + "s"})))
    assert (violation.rule, violation.column, violation.data["nearest"]) == ("unknown_key", column, key)
