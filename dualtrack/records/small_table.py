"""Small tables that people keep beside the exports, as a spreadsheet saves them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from dualtrack.errors import RecordError

__all__ = ["name_lines", "read_small_table"]

_MOST_BYTES = 50 * 2**20  # a table kept by hand has a thousandth of it


def read_small_table(path: Path, *, needed: tuple[str, ...], headings: str) -> pd.DataFrame:
    """Read a CSV file of few columns; commas, semicolons or tabs part them.

    Args:
        path: The file.
        needed: Columns it must have.
        headings: The heading row, for the message.

    Returns:
        All its columns as text, headings in small letters, blank cells missing; the index is the
        line in the file. Lines without any text are left out.

    Raises:
        RecordError: It is not UTF-8, too large, or lacks a column; or lines have more cells than
            there are headings, all of which are named.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise RecordError(
            f"{path}: over {_MOST_BYTES // 2**20} MB, which is no table kept by hand."
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise RecordError(
            f"{path}: not UTF-8 ({fault.reason} at byte {fault.start}). In the spreadsheet, save "
            f"it as 'CSV UTF-8'."
        ) from fault
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as fault:
        raise RecordError(f"{path}: line {reader.line_num}: {fault}. Mend that line.") from fault
    if missing := [name for name in needed if name not in names]:
        raise RecordError(
            f"{path}: no column {missing}; found {names}. The heading row is {headings}."
        )
    odd = [number for number, row in rows if any(row[len(names) :])]
    if odd:
        raise RecordError(
            f"{path}: line {odd}: more cells than the {len(names)} headings. Mend these lines."
        )
    filled = [(number, row) for number, row in rows if any(row)]
    frame = pd.DataFrame(
        [dict(zip(names, row, strict=False)) for _, row in filled],
        index=[number for number, _ in filled],
        columns=list(dict.fromkeys(names)),
        dtype="str",
    )
    return frame.mask(frame == "")


def name_lines(frame: pd.DataFrame) -> list[int]:
    """The lines of a table's rows."""
    return [int(line) for line in frame.index]
