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
_SAMPLE_ROWS = 60
_SAMPLE_SIGNS = 400_000  # enough for that many wide rows; the whole text is parsed only once


def read_delimited(path: Path) -> list[RawSheet]:
    """Read a CSV or TSV file into one raw sheet; nothing is cleaned or renamed.

    Raises:
        ExportError: The file is binary.
    """
    content = path.read_bytes()
    text, encoding = _decode(content, path)
    delimiter = _find_delimiter(text)
    csv.field_size_limit(2**31 - 1)
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
    best, best_score = ",", 0.0
    text = text[:_SAMPLE_SIGNS]
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False) if row]
        counted = Counter(width for width in widths if width > 1)
        if not counted:
            continue
        width, count = counted.most_common(1)[0]
        score = count / len(widths) + min(width, 50) / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best
