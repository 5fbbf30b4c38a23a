"""Reader of workbooks (XLSX, XLS, ODS): every sheet as cells, merged cells filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet
from dualtrack.exports.monday import split_monday

__all__ = ["is_workbook", "read_workbook"]


def is_workbook(head: bytes) -> bool:
    """Whether a file starts like a ZIP container; old `.xls` files are told by their ending."""
    return head.startswith(b"PK\x03\x04")


def read_workbook(path: Path) -> list[RawSheet]:
    """Read every visible and hidden sheet of a workbook.

    A merged block holds its value in each of its cells, as a reader of the sheet sees it.

    Raises:
        ExportError: The file is damaged or protected.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [_read_sheet(workbook, name) for name in workbook.sheet_names]
    except (CalamineError, OSError, ValueError) as fault:
        raise ExportError(
            f"{path}: cannot be read as a workbook ({fault}). Open it in the tool it came from "
            f"and save it again as XLSX, without a password."
        ) from fault
    return [_as_board(sheet) for sheet in sheets]


def _as_board(sheet: RawSheet) -> RawSheet:
    """A sheet of monday.com's groups as one table; any other sheet as it is."""
    board = split_monday(sheet)
    return sheet if board is None else replace(board.sheet, set_aside=board.set_aside)


def _read_sheet(workbook: CalamineWorkbook, name: str) -> RawSheet:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[object]] = [
        [None if cell == "" else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        _fill(rows, (top, left), (bottom, right))
    return RawSheet(rows, list(range(1, len(rows) + 1)), sheet_name=name, note="workbook")


def _fill(rows: list[list[object]], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Give a block merged down a column its value in each row; titles across stay one cell."""
    (top, left), (bottom, right) = start, end
    if top == bottom or left != right:
        return
    value = rows[top][left]
    for row in rows[top + 1 : bottom + 1]:
        row[left] = value
