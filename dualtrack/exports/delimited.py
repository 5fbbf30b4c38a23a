"""Reader of text with separators (CSV, TSV): decode, find the separator, keep every cell."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet
from dualtrack.exports.limits import check_table

__all__ = ["read_delimited"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tried in this order. cp1252 before Latin-1: it refuses five bytes, so Latin-1 comes last as the
# one that never fails.
_ENCODINGS = ("utf-8", "cp1252", "latin-1")
_DELIMITERS = ",;\t|"
# The limit of csv, 131,072 characters, is less than some descriptions have; a cell of more than a
# million is no cell but a quote that is not closed.
_LONGEST_CELL = 1_000_000
# Share of its score a separator keeps whose quotes do not close before it: less than any other
# that splits all rows alike, more than one that splits a few.
_MISQUOTED = 0.9
_SAMPLE_ROWS = 60
_CHECKED_ROWS = 100_000  # cells and rows after which the size is looked at again
_SAMPLE_SIGNS = 400_000  # enough for that many wide rows; the whole text is parsed only once


def read_delimited(path: Path) -> list[RawSheet]:
    """Read a CSV or TSV file into one raw sheet; nothing is cleaned or renamed.

    Raises:
        ExportError: The file is binary, or holds more than a list does.
    """
    content = path.read_bytes()
    encoding = _find_encoding(content, path)
    csv.field_size_limit(_LONGEST_CELL)  # before any parsing: a wrong separator makes long cells
    with _open_text(content, encoding) as text:
        delimiter = _find_delimiter(text.read(_SAMPLE_SIGNS))
    with _open_text(content, encoding) as text:
        rows = _read_rows(csv.reader(text, delimiter=delimiter), path)
    name = {"\t": "tab", "|": "bar", ",": "comma", ";": "semicolon"}[delimiter]
    return [RawSheet(rows, list(range(1, len(rows) + 1)), note=f"{encoding}, separated by {name}")]


def _open_text(content: bytes, encoding: str) -> io.TextIOWrapper:
    """The text line by line, so that it never stands in the memory whole."""
    return io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="")


def _read_rows(reader: Iterator[list[str]], path: Path) -> list[list[object]]:
    rows: list[list[object]] = []
    widest, following = 0, _CHECKED_ROWS
    try:
        for row in reader:
            rows.append(row)  # type: ignore[arg-type]
            widest = max(widest, len(row))
            following -= 1 + len(row)
            if following < 0:
                check_table(path, len(rows), widest)
                following = _CHECKED_ROWS
    except csv.Error as fault:
        raise ExportError(
            f"{path}: row {len(rows) + 1} holds a cell of over {_LONGEST_CELL:,} characters "
            f"({fault}). Look there for a quote that is not closed."
        ) from fault
    check_table(path, len(rows), widest)
    return rows


def _find_encoding(content: bytes, path: Path) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    if b"\x00" in content[:4096]:
        raise ExportError(
            f"{path}: holds binary data where text was expected. Export it as CSV or XLSX."
        )
    for encoding in _ENCODINGS[:-1]:
        try:
            content.decode(encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    return _ENCODINGS[-1]


def _find_delimiter(sample: str) -> str:
    """The separator that splits most rows into the same number of cells, more than one."""
    scores = {delimiter: _score_delimiter(sample, delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])  # the first of equals


def _score_delimiter(sample: str, delimiter: str) -> float:
    try:
        widths, trust = _measure_rows(sample, delimiter, is_strict=True), 1.0
    except csv.Error:  # a sign after a closing quote: another separator's quotes, or a slip
        widths, trust = _measure_rows(sample, delimiter, is_strict=False), _MISQUOTED
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return 0.0
    width, count = counted.most_common(1)[0]
    return trust * (count / len(widths) + min(width, 50) / 1000)


def _measure_rows(sample: str, delimiter: str, *, is_strict: bool) -> list[int]:
    lines = io.StringIO(sample, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=is_strict)
    return [len(row) for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False) if row]
