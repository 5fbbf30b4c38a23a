"""How far the sheets of XLSX and ODS reach, from first to last filled cell, by tags alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["count_ods", "count_xlsx"]

_DIGITS = b"0123456789"
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# As Excel and nearly all others write the place of a cell and of a row.
_PLAIN_REF = re.compile(rb"<(?:c|row) r=\"([A-Z]*[0-9]+)\"")
_PLAIN_STARTS = (b"<c ", b"<row ")
_OTHER_STARTS = tuple(
    b"<" + name + end for name in (b"c", b"row") for end in b">,/,\t,\n,\r".split(b",")
)
_PREFIXED = re.compile(rb"<[\w.-]+:(?:c|row)[\s/>]")
_REF = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*[0-9]+)")
_TAG = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s/>])([^<>]*)")
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)")
_REPEAT = re.compile(rb"table:number-(?:rows|columns)-repeated\s*=\s*[\"']([0-9]+)")
_FILLED = (b"value", b"formula")  # attributes of a cell that holds something


def count_xlsx(pieces: Iterable[bytes]) -> int:
    """Rows times columns of an XLSX sheet; 0 for any other part.

    Args:
        pieces: Its XML, in pieces that end before a tag.
    """
    is_sheet, row, column, last_row, last_column = False, 0, 0, 0, 0
    for piece in pieces:
        is_sheet = is_sheet or b"sheetData" in piece
        refs = _PLAIN_REF.findall(piece)
        is_plain = len(refs) == sum(map(piece.count, _PLAIN_STARTS)) and not (
            any(start in piece for start in _OTHER_STARTS)
            or ((b":c" in piece or b":row" in piece) and _PREFIXED.search(piece))
        )
        if not is_plain:
            refs = _REF.findall(piece)
            for kind, attributes in _TAG.findall(piece):
                ref = _REF.search(attributes)
                row, column = _move(row, column, kind, ref[1] if ref else b"")
                last_row, last_column = max(last_row, row), max(last_column, column)
        if refs:
            joined = b" ".join(refs)
            numbers = set(joined.translate(None, _LETTERS).split())
            row = max(int(number[:12]) for number in numbers)
            names = set(joined.translate(None, _DIGITS).split())
            last_row = max(last_row, row)
            last_column = max([last_column, *map(_column_number, names)])
    return last_row * last_column if is_sheet else 0


def _move(row: int, column: int, kind: bytes, ref: bytes) -> tuple[int, int]:
    """Where a tag stands: where it says, else after the one before it."""
    number, name = ref.lstrip(_LETTERS), ref.rstrip(_DIGITS)
    if kind == b"row":
        return (int(number[:12]) if number else row + 1), 0
    return (int(number[:12]) if number else row), _column_number(name) if name else column + 1


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def count_ods(pieces: Iterable[bytes]) -> int:
    """Rows times columns of all sheets of an ODS, blank ends left out as its reader does.

    Args:
        pieces: Its XML, in pieces that end before a tag.
    """
    cells = rows = columns = last_row = last_column = repeat = 0
    for piece in pieces:
        for kind, attributes in _ODS_TAG.findall(piece):
            found = _REPEAT.search(attributes)
            times = int(found[1][:12]) if found else 1
            if kind == b"table":
                cells += last_row * last_column
                rows = columns = last_row = last_column = repeat = 0
            elif kind == b"table-row":
                rows, columns, repeat = rows + repeat, 0, times
            else:
                columns += times
                if any(name in attributes for name in _FILLED):
                    last_row, last_column = rows + repeat, max(last_column, columns)
    return cells + last_row * last_column
