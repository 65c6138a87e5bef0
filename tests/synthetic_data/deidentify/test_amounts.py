"""Money and shares stay as they were written, digit by digit."""

from decimal import Decimal

import polars as pl

from scoring.cohort.contract_histories import EQUITY, INCOME_TAX
from scoring.cohort.source import Origin, Raw
from synthetic_data.deidentify.amounts import exact_amounts


def kept(origin: Origin, cells: pl.Series) -> pl.Series:
    """Give the column of income tax as it is kept."""
    (column,) = exact_amounts(Raw(pl.DataFrame({"paid_yuan": cells}), origin, "made by hand"), INCOME_TAX)
    return column


def test_cells_of_text_are_exact_decimals() -> None:
    """Three payments of a third of 100,000 yuan add up to it, which binary floats need not."""
    column = kept("csv", pl.Series(["33333.33", "33333.33", "33333.34", None]))
    assert column.to_list() == [Decimal("33333.33")] * 2 + [Decimal("33333.34"), None]
    assert column.sum() == Decimal(100_000)


def test_as_many_decimals_are_kept_as_were_written() -> None:
    """The longest cell decides, to eighteen decimals; whole yuan need none."""
    assert kept("excel", pl.Series(["1.5", "0.000000000000000001"])).to_list()[1] == Decimal("1e-18")
    assert kept("csv", pl.Series(["7", "12"])).to_list() == [Decimal(7), Decimal(12)]


def test_beyond_eighteen_decimals_a_float_is_what_is_left() -> None:
    """Nobody pays such amounts, and nothing is cut off on the way to the nearest float."""
    assert kept("csv", pl.Series(["0.1000000000000000000001"])).to_list() == [0.1]


def test_numbers_of_parquet_stay_as_they_are() -> None:
    """Whole numbers, floats and decimals keep their type."""
    for cells in (pl.Series([100_000]), pl.Series([0.1]), pl.Series([Decimal("1.50")])):
        assert kept("typed", cells).dtype == cells.dtype


def test_both_columns_of_equity_are_amounts() -> None:
    """The share held and the financing, each with its own decimals."""
    raw = Raw(
        pl.DataFrame({"share_held": ["0.1001"], "financing_3y_yuan": ["5000000"]}), "csv", "made by hand"
    )
    assert [column.to_list() for column in exact_amounts(raw, EQUITY)] == [
        [Decimal("0.1001")],
        [Decimal(5_000_000)],
    ]
