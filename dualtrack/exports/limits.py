"""How much a file may hold: far more than any list has, and less than a machine's memory.

Files are made by others. One that is over a limit is refused with what to do; without limits, a
few kilobytes can take all memory, and the process ends without a word.
"""

from __future__ import annotations

from pathlib import Path

from dualtrack.errors import ExportError

__all__ = [
    "MOST_CELLS",
    "MOST_GROUPS",
    "MOST_ROWS",
    "MOST_TAGS",
    "WIDEST_ROW",
    "check_file_size",
    "check_marks",
    "check_table",
]

MOST_BYTES = 512 * 2**20  # a million rows with descriptions take about half
MOST_CELLS = 20_000_000  # each takes some 50 bytes
MOST_ROWS = 2_000_000  # twice the largest timesheet that is measured (benchmarks/)
WIDEST_ROW = 20_000  # a sheet of Excel has 16,384 columns
MOST_TAGS = 20_000_000  # of XML or HTML; each takes some 200 bytes, a plan of 50,000 tasks has half
MOST_GROUPS = 10_000_000  # objects and lists of JSON; each takes some 100 bytes


def check_file_size(path: Path) -> None:
    """Refuse a file before it is read.

    Raises:
        ExportError: It is larger than `MOST_BYTES`.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ExportError(
            f"{path}: {size / 2**20:,.0f} MB; at most {MOST_BYTES // 2**20} MB are read. Export a "
            f"shorter period or fewer columns, or split the file."
        )


def check_table(path: Path, rows: int, columns: int) -> None:
    """Refuse a table before it is laid out.

    Args:
        path: For the message.
        rows: Of the table.
        columns: Of its widest row.

    Raises:
        ExportError: It has more rows, columns or cells than a list.
    """
    for count, most, noun in (
        (rows, MOST_ROWS, "rows"),
        (columns, WIDEST_ROW, "columns"),
        (rows * columns, MOST_CELLS, "cells"),
    ):
        if count > most:
            raise ExportError(
                f"{path}: a table of {count:,} {noun}; at most {most:,} are read. Export a shorter "
                f"period or fewer columns, or split the file."
            )


def check_marks(path: Path, content: bytes, marks: bytes, most: int) -> None:
    """Refuse a text whose parts, once parsed, would fill the memory.

    Args:
        path: For the message.
        content: The text.
        marks: Signs of which each starts a part.
        most: How many may be in it.

    Raises:
        ExportError: There are more.
    """
    count = sum(content.count(bytes([mark])) for mark in marks)
    if count > most:
        raise ExportError(
            f"{path}: {count:,} parts ({marks.decode()}); at most {most:,} are read. Export a "
            f"shorter period or fewer fields, or split the file."
        )
