"""A board of monday.com: its repeated group tables turned into one table of items and subitems.

The workbook reader gives the sheet as it stands: a board title, then for each group a title, the
headings again, items, a summary and a blank row; subitems stand under headings of their own, one
column to the right. Every row that is no item is set aside with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dualtrack.exports.cells import is_filled, key_text, row_text
from dualtrack.exports.column_map import plain
from dualtrack.exports.export import Cell, RawSheet

__all__ = ["MondaySheet", "split_monday"]

_ID_HEADING = "item id (auto generated)"
# One of these in the headings, or the headings repeated, tells a board from a list with a title.
_MARKS = {"subitems", _ID_HEADING}
_MADE = ("Item key", "Parent item", "Item type", "Group", "Board")

# A heading and which of its repeats it is.
_Column = tuple[str, int]


@dataclass(frozen=True)
class MondaySheet:
    """A board as one uniform table.

    Attributes:
        sheet: A made heading row, then one row per item or subitem under its row number.
        set_aside: Row number, reason and text of every other row of the sheet.
    """

    sheet: RawSheet
    set_aside: tuple[tuple[int, str, str], ...]


@dataclass
class _Board:
    """What has been read of a board so far."""

    title: str
    headings: list[str]
    group: str = ""
    item_columns: list[_Column] = field(default_factory=list)
    subitem_columns: list[_Column] = field(default_factory=list)
    parent_key: str = ""
    is_in_group: bool = False
    records: list[tuple[int, dict[_Column, Cell]]] = field(default_factory=list)
    set_aside: list[tuple[int, str, str]] = field(default_factory=list)


def split_monday(sheet: RawSheet) -> MondaySheet | None:
    """Turn a monday.com board sheet into one table.

    Args:
        sheet: Raw cells of one sheet of a workbook.

    Returns:
        Items and subitems under one made heading row: `Item key` (the item's id, else its row),
        `Parent item` (key of the item a subitem belongs to), `Item type` (item or subitem),
        `Group`, `Board`, then every column of items and subitems by its own heading. None where
        the sheet is no board; sheets of updates are none.
    """
    headings = _find_headings(sheet.rows)
    if not headings:
        return None
    board = _Board(title=str(sheet.rows[0][0]).strip(), headings=headings)
    for position, (row, number) in enumerate(zip(sheet.rows, sheet.row_numbers, strict=True)):
        reason = "board title" if position == 0 else _read_row(board, sheet.rows, position, number)
        if reason:
            board.set_aside.append((number, reason, row_text(row)))
    return MondaySheet(_make_sheet(board, sheet), tuple(board.set_aside))


def _find_headings(rows: list[list[Cell]]) -> list[str]:
    """The headings of items as compared, blank where the sheet is no board."""
    if not rows or not _is_title(rows[0]):
        return []
    found = [
        [plain(cell) for cell in row]
        for row in rows[1:]
        if row and plain(row[0]) == "name" and len(_filled(row)) > 1
    ]
    if not found:
        return []
    is_repeated = found.count(found[0]) > 1
    return found[0] if is_repeated or _MARKS & set(found[0]) else []


def _read_row(board: _Board, rows: list[list[Cell]], position: int, number: int) -> str:
    """Take in one row; the reason if it is no item."""
    row = rows[position]
    reason = _structure_reason(board, rows, position)
    if reason:
        return reason
    if not is_filled(row[0]):
        return _read_subitem(board, row, number)
    if not board.item_columns:
        return "above the headings"
    if len(_filled(row)) == 1 and not board.is_in_group:
        board.group = str(row[0]).strip()
        return "group title"
    board.is_in_group = True
    board.subitem_columns = []
    board.parent_key = _add(board, board.item_columns, row, number, parent_key="")
    return ""


def _structure_reason(board: _Board, rows: list[list[Cell]], position: int) -> str:
    row = rows[position]
    if not _filled(row):
        board.is_in_group, board.subitem_columns = False, []
        return "blank row"
    if _is_headings(row, board.headings):
        board.item_columns, board.is_in_group = _columns(row), True
        board.subitem_columns, board.parent_key = [], ""
        return "headings of a group"
    if len(row) > 1 and plain(row[0]) == "subitems" and plain(row[1]) == "name":
        board.subitem_columns = _columns([None, *row[1:]])
        return "headings of subitems"
    if not _is_title(row):
        return ""
    below = (rows[place] for place in range(position + 1, len(rows)))
    if _is_headings(next(filter(_filled, below), []), board.headings):
        board.group, board.is_in_group = str(row[0]).strip(), False
        return "group title"
    return ""


def _read_subitem(board: _Board, row: list[Cell], number: int) -> str:
    columns = board.subitem_columns
    ids = [place for place, (name, _) in enumerate(columns) if plain(name) == _ID_HEADING]
    if ids:
        is_subitem = any(place < len(row) and is_filled(row[place]) for place in ids)
    else:
        is_subitem = bool(columns) and len(row) > 1 and isinstance(row[1], str)
    if not is_subitem:
        return "summary row"
    _add(board, columns, row, number, parent_key=board.parent_key)
    return ""


def _add(
    board: _Board, columns: list[_Column], row: list[Cell], number: int, *, parent_key: str
) -> str:
    """Keep a row as a record; its key."""
    spare: list[_Column] = [("", 1000 + place) for place in range(len(columns), len(row))]
    record = {
        column: cell
        for column, cell in zip([*columns, *spare], row, strict=False)
        if is_filled(cell)
    }
    ids = [cell for (name, _), cell in record.items() if plain(name) == _ID_HEADING]
    key = key_text(ids[0]) if ids else f"row {number}"
    kind = "subitem" if columns is board.subitem_columns else "item"
    made = (key, parent_key or None, kind, board.group or None, board.title)
    # Repeat -1 keeps what is made here apart from a column of the board with the same name.
    record |= {(name, -1): cell for name, cell in zip(_MADE, made, strict=True)}
    board.records.append((number, record))
    return key


def _make_sheet(board: _Board, sheet: RawSheet) -> RawSheet:
    made: list[_Column] = [(name, -1) for name in _MADE]
    named = [column for _, record in board.records for column in record if column[1] >= 0]
    first_names: dict[tuple[str, int], _Column] = {}
    for column in [*board.item_columns, *named]:
        # `Due date` of items and `Due Date` of subitems are one column.
        first_names.setdefault((plain(column[0]), column[1]), column)
    columns = [*made, *(one for one in first_names.values() if one[0] or one in named)]
    rows: list[list[Cell]] = [[name for name, _ in columns]]
    for _, record in board.records:
        cells = {(plain(name), repeat): cell for (name, repeat), cell in record.items()}
        rows.append([cells.get((plain(name), repeat)) for name, repeat in columns])
    numbers = [0, *(number for number, _ in board.records)]
    note = f"{sheet.note}, monday.com board".removeprefix(", ")
    return RawSheet(rows, numbers, sheet_name=sheet.sheet_name, has_own_heading=True, note=note)


def _columns(row: list[Cell]) -> list[_Column]:
    seen: dict[str, int] = {}
    columns: list[_Column] = []
    for cell in row:
        name = str(cell).strip() if is_filled(cell) else ""
        columns.append((name, seen.get(plain(name), 0)))
        seen[plain(name)] = seen.get(plain(name), 0) + 1
    return columns


def _is_headings(row: list[Cell], headings: list[str]) -> bool:
    return bool(row) and [plain(cell) for cell in row] == headings


def _is_title(row: list[Cell]) -> bool:
    return bool(row) and is_filled(row[0]) and len(_filled(row)) == 1


def _filled(row: list[Cell]) -> list[Cell]:
    return [cell for cell in row if is_filled(cell)]
