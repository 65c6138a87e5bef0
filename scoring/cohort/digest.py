"""One digest for one content: the same from CSV, Parquet or Excel, on any machine and version."""

from __future__ import annotations

import hashlib
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl


class _Hash(Protocol):
    def update(self, data: bytes | memoryview, /) -> object: ...


def digest_of(frame: pl.DataFrame, level: str) -> str:
    """Return the SHA-256 of a checked frame: names, values and order of rows; 64 hexadecimal digits.

    Each column enters as its name, which rows are null, and its values as little-endian bytes. Words enter as
    the sorted words that occur and their positions among them, so that a wider choice changes nothing.
    """
    state = hashlib.sha256(f"jifen cohort 1\n{level}\n{frame.height}\n".encode())
    for column in frame.iter_columns():
        state.update(f"{len(column.name.encode())}:{column.name}\n".encode())
        nulls = column.is_null()
        state.update(_bytes(nulls.to_numpy() if nulls.any() else np.zeros(0, dtype=bool), "u1"))
        _values(state, column)
    return state.hexdigest()


def _values(state: _Hash, column: pl.Series) -> None:
    if isinstance(column.dtype, pl.Enum):
        _words(state, column, column.dtype)
    elif column.dtype == pl.String:
        text = column.fill_null("")
        state.update(_bytes(text.str.len_bytes().to_numpy(), "<u4"))
        state.update(memoryview(text.str.join("").item().encode()))
    elif column.dtype == pl.Boolean:
        state.update(_bytes(column.fill_null(value=False).to_numpy(), "u1"))
    else:
        state.update(_bytes(column.to_physical().fill_null(0).to_numpy(), "<i4"))


def _words(state: _Hash, column: pl.Series, dtype: pl.Enum) -> None:
    words = dtype.categories.to_list()
    codes = column.to_physical()
    used = sorted(words[code] for code in codes.drop_nulls().unique())
    place = {word: position for position, word in enumerate(used)}
    table = np.array([place.get(word, 0) for word in words] or [0], dtype="<i4")
    state.update("".join(f"{len(word.encode())}:{word}\n" for word in used).encode())
    state.update(_bytes(table[codes.fill_null(0).to_numpy()], "<i4"))


def _bytes(values: npt.NDArray[Any], dtype: str) -> bytes | memoryview:
    return np.ascontiguousarray(values.astype(dtype, copy=False)).data.cast("B") if values.size else b""
