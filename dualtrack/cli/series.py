"""A series of readings from a file: two columns, date and value, as tools and people write them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from dualtrack.cli.series_cells import find_decimal_sign, parse_dates, parse_value
from dualtrack.errors import ExportError
from dualtrack.exports.delimited import read_delimited
from dualtrack.exports.workbook import is_workbook, read_workbook
from dualtrack.records.cleaned import is_blank
from dualtrack.records.dates import DateOrder, find_date_order

__all__ = ["Series", "read_day", "read_series"]

_HEADINGS = ("date", "value")
_HEAD_ROWS = 25  # a title and a few blank lines may stand above the heading


@dataclass(frozen=True)
class Series:
    """Readings of one measure.

    Attributes:
        frame: `measured_date`, `value` (missing where blank or unreadable), in order of date.
        order: Order of day and month in the file's dates.
        notes: What a reader should know of how the file was read.
    """

    frame: pd.DataFrame
    order: DateOrder
    notes: tuple[str, ...]


def read_series(path: Path) -> Series:
    """Read a series; headings in any case, any separator, dates and numbers in usual forms.

    A row without a readable date is left out and told; a blank or unreadable value stays as a
    missing reading.

    Args:
        path: CSV or TSV file, or a workbook (first sheet).

    Raises:
        ExportError: No file, no rows, not both columns, no date or no number among them, or two
            readings of one date.
    """
    rows, numbers, is_semicolon = _read_rows(path)
    place, columns = _find_headings(path, rows)
    cells = pd.DataFrame(
        [
            [number, *(row[one] if one < len(row) else None for one in columns)]
            for row, number in zip(rows[place + 1 :], numbers[place + 1 :], strict=True)
            if not all(is_blank(cell) for cell in row)
        ],
        columns=["line", *_HEADINGS],
        dtype=object,
    )
    if cells.empty:
        raise ExportError(f"{path}: a heading and no rows. Add the readings below it.")
    sign = find_decimal_sign(cells["value"], is_semicolon=is_semicolon)
    order = _find_order(cells["date"])
    read = cells.assign(
        measured_date=parse_dates(cells["date"], is_day_first=order.is_day_first),
        number=pd.Series([parse_value(cell, sign) for cell in cells["value"]], dtype="float64"),
    )
    _refuse_unreadable(path, read)
    dated = read.dropna(subset=["measured_date"])
    _refuse_repeats(path, dated)
    frame = dated[["measured_date", "number"]].rename(columns={"number": "value"})
    frame = frame.sort_values("measured_date", ignore_index=True)
    return Series(frame, order, tuple(_notes(read, order)))


def read_day(text: str, order: DateOrder) -> pd.Timestamp:
    """A date given on the command line, read as the file's own dates are.

    Raises:
        ExportError: It is no date.
    """
    moment = parse_dates(pd.Series([text]), is_day_first=order.is_day_first).iloc[0]
    if pd.isna(moment):
        raise ExportError(f"{text!r} is not a date. Write it as 2026-03-01.")
    return pd.Timestamp(moment)


def _read_rows(path: Path) -> tuple[list[list[object]], list[int], bool]:
    if path.is_dir() or not path.exists():
        what = "a folder" if path.is_dir() else "no such file"
        raise ExportError(f"{path}: {what}. Give a CSV file with the columns date and value.")
    if not path.read_bytes().strip():
        raise ExportError(f"{path}: the file is empty. Export it with the columns date and value.")
    if is_workbook(path.read_bytes()[:8192]):
        sheet = read_workbook(path)[0]
    else:
        sheet = read_delimited(path)[0]
    return sheet.rows, sheet.row_numbers, "semicolon" in sheet.note


def _find_headings(path: Path, rows: list[list[object]]) -> tuple[int, list[int]]:
    """Row of the headings and the places of date and value in it."""
    found: list[str] = []
    for place, row in enumerate(rows[:_HEAD_ROWS]):
        names = [str("" if cell is None else cell).strip().casefold() for cell in row]
        if all(names.count(name) == 1 for name in _HEADINGS):
            return place, [names.index(name) for name in _HEADINGS]
        found = found or [str(cell).strip() for cell in row if not is_blank(cell)]
    missing = [name for name in _HEADINGS if name not in [one.casefold() for one in found]]
    what = f"no column {' and no column '.join(map(repr, missing))}" if missing else "two alike"
    raise ExportError(
        f"{path}: {what}; found {found[:12]}. The first row names the columns, one of them date "
        f"and one value."
    )


def _find_order(cells: pd.Series) -> DateOrder:
    """Order of day and month; where both are possible, the one that makes an even series."""
    order = find_date_order([cells])
    if order.is_sure:
        return order
    uneven = {}
    for is_day_first in (True, False):
        days = parse_dates(cells, is_day_first=is_day_first).dropna()
        gaps = np.abs(np.diff(days.to_numpy()).astype("int64"))
        is_ordered = days.is_monotonic_increasing or days.is_monotonic_decreasing
        spread = float(gaps.max() / max(np.median(gaps), 1)) if len(gaps) else 0.0
        uneven[is_day_first] = (not is_ordered, round(spread, 1))
    is_day_first = uneven[True] <= uneven[False]
    name = "day first" if is_day_first else "month first"
    return DateOrder(is_day_first, f"{name}: the more even series", is_sure=False)


def _refuse_unreadable(path: Path, read: pd.DataFrame) -> None:
    for column, parsed, what in (
        ("date", "measured_date", "date; write dates as 2026-03-01"),
        ("value", "number", "number"),
    ):
        if read[parsed].isna().all():
            cells = [str(cell) for cell in read[column].head(3)]
            raise ExportError(f"{path}: column {column} holds no {what}. It begins {cells}.")


def _refuse_repeats(path: Path, dated: pd.DataFrame) -> None:
    repeated = dated[dated["measured_date"].duplicated(keep=False)]
    if repeated.empty:
        return
    day = repeated["measured_date"].iloc[0]
    lines = repeated.loc[repeated["measured_date"] == day, "line"].tolist()
    count = repeated["measured_date"].nunique()
    raise ExportError(
        f"{path}: {count} dates have more than one reading, the first {day:%Y-%m-%d} in lines "
        f"{lines}. The order of readings makes the limits: keep one a date, or add the time of day."
    )


def _notes(read: pd.DataFrame, order: DateOrder) -> list[str]:
    notes = []
    undated = read[read["measured_date"].isna()]
    if len(undated):
        lines = ", ".join(map(str, undated["line"].head(5)))
        notes.append(f"Left out, no readable date: {len(undated)} (lines {lines}).")
    dated = read.dropna(subset=["measured_date"])
    is_filled = dated["value"].map(lambda cell: not is_blank(cell)).astype(bool)
    unread = dated[dated["number"].isna() & is_filled]
    if len(unread):
        cells = ", ".join(
            f"{row.value!r} in line {row.line}" for row in unread.head(5).itertuples()
        )
        notes.append(f"Not a number, kept as missing: {cells}.")
    if not dated["measured_date"].is_monotonic_increasing:
        notes.append("The rows were brought into the order of their dates.")
    if not order.is_sure:
        notes.append(f"Order of day and month in dates: {order.reason}.")
    return notes
