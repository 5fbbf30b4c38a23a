"""Reader of workbooks (XLSX, XLS, ODS): every sheet as cells, merged cells filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet
from dualtrack.exports.limits import MOST_CELLS
from dualtrack.exports.monday import split_monday
from dualtrack.exports.workbook_limits import MOST_SHEETS, check_workbook

__all__ = ["is_workbook", "read_workbook"]

_MOST_MERGED = 5_000_000  # blocks of one list do not overlap, and few lists have more cells


def is_workbook(head: bytes) -> bool:
    """Whether a file starts like a ZIP container; old `.xls` files are told by their ending."""
    return head.startswith(b"PK\x03\x04")


def read_workbook(path: Path) -> list[RawSheet]:
    """Read every visible and hidden sheet of a workbook.

    A merged block holds its value in each of its cells, as a reader of the sheet sees it.

    Raises:
        ExportError: The file is damaged or protected, or holds more than a list does.
    """
    check_workbook(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = list(_read_sheets(path, workbook))
    except (CalamineError, OSError, ValueError, IndexError) as fault:
        raise _unreadable(path, fault) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # of the reader in Rust; no class to import
            raise
        raise _unreadable(path, fault) from fault
    return [_as_board(sheet) for sheet in sheets]


def _unreadable(path: Path, fault: BaseException) -> ExportError:
    return ExportError(
        f"{path}: cannot be read as a workbook ({str(fault)[:200]}). Open it in the tool it came "
        f"from and save it again as XLSX, without a password."
    )


def _read_sheets(path: Path, workbook: CalamineWorkbook) -> Iterator[RawSheet]:
    names = workbook.sheet_names
    if len(names) > MOST_SHEETS:
        raise ExportError(
            f"{path}: {len(names):,} sheets; at most {MOST_SHEETS} are read. Save the sheets that "
            f"hold lists in a workbook of their own."
        )
    left = MOST_CELLS
    for name in names:
        sheet = _read_sheet(path, workbook, name)
        left -= sum(map(len, sheet.rows))
        if left < 0:
            raise ExportError(
                f"{path}: over {MOST_CELLS:,} cells in its sheets. Save only the list itself in a "
                f"workbook of its own, or as CSV."
            )
        yield sheet


def _as_board(sheet: RawSheet) -> RawSheet:
    """A sheet of monday.com's groups as one table; any other sheet as it is."""
    board = split_monday(sheet)
    return sheet if board is None else replace(board.sheet, set_aside=board.set_aside)


def _read_sheet(path: Path, workbook: CalamineWorkbook, name: str) -> RawSheet:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[object]] = [
        [None if cell == "" else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    filled = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        filled += _fill(rows, (top, left), (bottom, right))
        if filled > _MOST_MERGED:
            raise ExportError(
                f"{path}: merged blocks of over {_MOST_MERGED:,} cells. Undo the merging in the "
                f"sheet {name!r} and save it again."
            )
    return RawSheet(rows, list(range(1, len(rows) + 1)), sheet_name=name, note="workbook")


def _fill(rows: list[list[object]], start: tuple[int, int], end: tuple[int, int]) -> int:
    """Give a block merged down a column its value in each row; titles across stay one cell.

    Blocks may reach beyond the cells; how many cells were given a value is returned.
    """
    (top, left), (bottom, right) = start, end
    if top == bottom or left != right or top >= len(rows) or left >= len(rows[top]):
        return 1
    value = rows[top][left]
    below = rows[top + 1 : bottom + 1]
    for row in below:
        row[left] = value
    return len(below)
