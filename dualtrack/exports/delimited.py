"""Reader of text with separators (CSV, TSV): decode, find the separator, keep every cell."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet

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
_LONGEST_CELL = 2**31 - 1  # csv stops at 131,072 characters, less than some descriptions have
# Share of its score a separator keeps whose quotes do not close before it: less than any other
# that splits all rows alike, more than one that splits a few.
_MISQUOTED = 0.9
_SAMPLE_ROWS = 60
_SAMPLE_SIGNS = 400_000  # enough for that many wide rows; the whole text is parsed only once


def read_delimited(path: Path) -> list[RawSheet]:
    """Read a CSV or TSV file into one raw sheet; nothing is cleaned or renamed.

    Raises:
        ExportError: The file is binary.
    """
    content = path.read_bytes()
    text, encoding = _decode(content, path)
    csv.field_size_limit(_LONGEST_CELL)  # before any parsing: a wrong separator makes long cells
    delimiter = _find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[object]] = list(reader)  # type: ignore[arg-type]
    name = {"\t": "tab", "|": "bar", ",": "comma", ";": "semicolon"}[delimiter]
    return [RawSheet(rows, list(range(1, len(rows) + 1)), note=f"{encoding}, separated by {name}")]


def _decode(content: bytes, path: Path) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    if b"\x00" in content[:4096]:
        raise ExportError(
            f"{path}: holds binary data where text was expected. Export it as CSV or XLSX."
        )
    for encoding in _ENCODINGS[:-1]:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode(_ENCODINGS[-1]), _ENCODINGS[-1]


def _find_delimiter(text: str) -> str:
    """The separator that splits most rows into the same number of cells, more than one."""
    sample = text[:_SAMPLE_SIGNS]
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
