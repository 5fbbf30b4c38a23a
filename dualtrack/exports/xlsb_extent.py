"""How far the sheets of a binary workbook (XLSB) reach, from its records alone."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator

__all__ = ["find_xlsb_sheets", "measure_xlsb"]

_RELATIONS = "xl/_rels/workbook.bin.rels"
_TARGET = re.compile(rb"""Target\s*=\s*["']([^"']*)""")
_MOST_RELATIONS = 2**20  # bytes; a line a sheet
_ROW_HEADER = 0  # BrtRowHdr; its first number is the row ([MS-XLSB] 2.4.742)
_CELLS = range(1, 12)  # BrtCellBlank to BrtFmlaError; their first number is the column
_LONGEST_RECORD = 2**24


def find_xlsb_sheets(container: zipfile.ZipFile) -> set[str]:
    """Parts that the workbook of a container names; none where it is no XLSB.

    Args:
        container: Opened.
    """
    if _RELATIONS not in container.namelist():
        return set()
    with container.open(_RELATIONS) as part:
        targets = _TARGET.findall(part.read(_MOST_RELATIONS))
    names = [one.decode("utf-8", errors="replace") for one in targets]
    places = [posixpath.normpath(posixpath.join("xl", one)).lstrip("/") for one in names]
    return {*places, *names, *(f"xl/{one}" for one in names)} & set(container.namelist())


def measure_xlsb(pieces: Iterator[bytes]) -> int:
    """Rows times columns of a sheet.

    Args:
        pieces: Its bytes.

    Raises:
        ValueError: A record is longer than any that a program writes.
    """
    last_row = last_column = 0
    left = b""
    for piece in pieces:
        content, place = left + piece, 0
        while (record := _read_record(content, place)) is not None:
            kind, start, place = record
            if kind == _ROW_HEADER or kind in _CELLS:
                number = int.from_bytes(content[start : min(start + 4, place)], "little") + 1
                if kind == _ROW_HEADER:
                    last_row = max(last_row, number)
                else:
                    last_column = max(last_column, number)
        left = content[place:]
    return last_row * last_column


def _read_record(content: bytes, place: int) -> tuple[int, int, int] | None:
    """Kind, start and end of the record at a place; None where it is not there whole."""
    try:
        kind = content[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[place] & 0x7F) << 7
            place += 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = content[place]
            place += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
    except IndexError:
        return None
    if size > _LONGEST_RECORD:
        raise ValueError(f"a record of {size:,} bytes")
    return (kind, place, place + size) if place + size <= len(content) else None
