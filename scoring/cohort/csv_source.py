"""Read CSV as text, exactly as it stands: UTF-8 with or without byte-order mark, or GB18030."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from scoring.cohort.errors import CohortError
from scoring.cohort.source import Raw, named, opening, refuse, trimmed
from scoring.cohort.violations import error

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHER_FORMATS = {b"PK\x03\x04": "zip", b"PAR1": "parquet", b"\xd0\xcf\x11\xe0": "xls", b"\x1f\x8b": "gzip"}
# Text has no control characters but tab, line feed and carriage return.
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
OTHER_SEPARATORS = (";", "\t", "|", "，")
QUOTE, COMMA, LINE_FEED = b'",\n'
LISTED = 20
BLOCK = 1 << 23


def read_csv(path: Path) -> Raw:
    """Read a CSV file as columns of text; an empty field is null.

    Raises:
        CohortError: it is no text, not in one encoding, or not a table; the violation says where.

    """
    with opening(path):
        data = path.read_bytes()
    text = _utf8(data, path).rstrip(b"\r\n")
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    if not text.strip():
        raise refuse("empty_file", path)
    header = named(_header(text, path), path)
    _check_shape(text, len(header), path)
    frame = _parse(text, len(header), path)
    frame, notices = trimmed(frame, header, path)
    return Raw(frame, "csv", str(path), notices=notices)


def _utf8(data: bytes, path: Path) -> bytes:
    """Return the text in UTF-8, without byte-order mark."""
    for mark, name in OTHER_FORMATS.items():
        if data.startswith(mark):
            raise refuse("other_format", path, format=name)
    if data.startswith(UTF16_MARKS):
        raise refuse("utf16", path)
    if len(data.translate(None, CONTROLS)) < len(data):
        raise refuse("binary", path)
    data = data.removeprefix(UTF8_MARK)
    if data.isascii():
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as failure:
        return _from_gb18030(data, path, failure.start)
    return data


def _from_gb18030(data: bytes, path: Path, start: int) -> bytes:
    """Read as GB18030 what is no UTF-8 from a place on, unless it is a mixture of both, or neither."""
    line, utf8_line = data.count(b"\n", 0, start) + 1, _utf8_line(data)
    if utf8_line and _is(_line_at(data, start), "gb18030"):
        raise refuse("mixed_encodings", path, line=line, utf8_line=utf8_line)
    try:
        return data.decode("gb18030").encode("utf-8")
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, max(start, failure.start)) + 1
        raise refuse("encoding", path, line=line) from failure


def _utf8_line(data: bytes) -> int | None:
    """Find a line that is Chinese in UTF-8; a line in GB18030 is that only by a rare chance."""
    codes = np.frombuffer(data, dtype=np.uint8)
    high = codes >= 0x80
    begin = np.flatnonzero(high[1:] & ~high[:-1]) + 1
    begin = begin[begin < codes.size - 2]
    follows = ((codes[begin + 1] & 0xC0) == 0x80) & ((codes[begin + 2] & 0xC0) == 0x80)
    for place in begin[((codes[begin] & 0xF0) == 0xE0) & follows]:
        if _is(_line_at(data, place), "utf-8"):
            return data.count(b"\n", 0, place) + 1
    return None


def _line_at(data: bytes, place: int) -> bytes:
    last = data.find(b"\n", place)
    return data[data.rfind(b"\n", 0, place) + 1 : last if last >= 0 else None]


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _header(text: bytes, path: Path) -> list[str]:
    first = text[: _first_record_end(text)].decode("utf-8").rstrip("\r\n")
    names = next(csv.reader(io.StringIO(first, newline="")), [])
    if len(names) == 1:
        found = [separator for separator in OTHER_SEPARATORS if separator in names[0]]
        if found:
            raise refuse("separator", path, separator=max(found, key=names[0].count))
    return names


def _first_record_end(text: bytes) -> int:
    quoted = False
    for position, byte in enumerate(text[:1_000_000]):
        quoted ^= byte == QUOTE
        if byte == LINE_FEED and not quoted:
            return position
    return len(text)


def _check_shape(text: bytes, width: int, path: Path) -> None:
    """Refuse rows with more or fewer fields than the header; polars would fill them up without a word."""
    wrong: list[tuple[int, int]] = []
    count = row = pending = 0
    quoted = False
    data = np.frombuffer(text + b"\n", dtype=np.uint8)
    for start in range(0, data.size, BLOCK):
        ends, pending, quoted = _fields(data[start : start + BLOCK], pending, quoted=quoted)
        bad = np.flatnonzero(ends != width)
        count += bad.size
        wrong += [(row + int(i), int(ends[i])) for i in bad[: LISTED - len(wrong)]]
        row += ends.size
    if quoted:
        raise refuse("open_quote", path, row=row)
    if count:
        raise CohortError(
            [error("fields", row=i, count=count, fields=fields, width=width) for i, fields in wrong]
        )


def _fields(
    block: npt.NDArray[np.uint8], pending: int, *, quoted: bool
) -> tuple[npt.NDArray[np.int64], int, bool]:
    """Count the fields of each row that ends in a block, those that began before it included."""
    parting = (block == COMMA) | (block == LINE_FEED)
    quotes = block == QUOTE
    if quoted or quotes.any():
        inside = ((np.cumsum(quotes, dtype=np.uint8) & 1) == 1) ^ quoted
        parting &= ~inside
        quoted = bool(inside[-1])
    places = np.flatnonzero(parting)
    ends = np.flatnonzero(block[places] == LINE_FEED)
    if not ends.size:
        return ends, pending + places.size, quoted
    fields = np.diff(ends, prepend=-1)
    fields[0] += pending
    return fields, places.size - 1 - int(ends[-1]), quoted


def _parse(text: bytes, width: int, path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_csv(text, infer_schema=False, has_header=False)
    except pl.exceptions.PolarsError as failure:
        raise refuse("quotes", path) from failure
    if frame.width != width:
        raise refuse("quotes", path)
    return frame.slice(1).with_columns(pl.when(pl.all() != "").then(pl.all()))
