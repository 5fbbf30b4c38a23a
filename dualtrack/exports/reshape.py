"""A recognised sheet turned into named records, each with its key and its parent's.

Rows that are no record (titles above the list, blank rows, groups, ragged rows) are set aside
with the reason; none is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from dualtrack.exports.cells import is_filled, key_text, row_text
from dualtrack.exports.column_map import ColumnMap
from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.realign import realign

__all__ = ["reshape_rows"]

_SEVERAL_CELLS = {"labels", "milestones", "title_level"}
_STRUCTURE = (
    "item_key",
    "parent_key",
    "is_project",
    "milestones",
    "source_row",
    "is_realigned",
)


def reshape_rows(
    sheet: RawSheet, column_map: ColumnMap, heading_position: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Name the cells of each record and find out where it stands in the hierarchy.

    Args:
        sheet: Raw cells.
        column_map: The map that recognised them.
        heading_position: Index of the heading row in `sheet.rows`.

    Returns:
        `records`: one row per record, columns of `Export.frame`. `set_aside`: `source_row`,
        `reason`, `text`.
    """
    headings = [str(cell if cell is not None else "") for cell in sheet.rows[heading_position]]
    positions = column_map.find(headings)
    aside: list[tuple[int, str, str]] = list(sheet.set_aside)
    aside += [
        (number, "above the headings" if any(map(is_filled, row)) else "blank row", row_text(row))
        for row, number in zip(
            sheet.rows[:heading_position], sheet.row_numbers[:heading_position], strict=True
        )
    ]
    records: list[dict[str, Cell]] = []
    blanks = frozenset(column_map.cell_rules.blanks)
    for row, number in _body(sheet, heading_position):
        reason = _no_record(row, len(headings))
        moved = realign(row, headings) if reason.startswith("ragged") else None
        if moved is not None:
            row, reason = moved, ""
        if reason:
            aside.append((number, reason, row_text(row)))
            continue
        if blanks:
            row = [None if cell in blanks else cell for cell in row]
        record = _name_cells(row, positions, headings)
        record["source_row"] = number
        record["is_realigned"] = moved is not None
        reason = _skip_reason(record, column_map)
        if reason:
            aside.append((number, reason, row_text(row)))
            continue
        records.append(record)
    _place(records, column_map, headings, positions)
    columns = list(dict.fromkeys([*positions, *_STRUCTURE, "title"]))
    frame = pd.DataFrame(records, columns=columns, dtype=object)
    return frame, pd.DataFrame(aside, columns=["source_row", "reason", "text"])


def _body(sheet: RawSheet, heading_position: int) -> Iterator[tuple[list[Cell], int]]:
    start = heading_position + 1
    return zip(sheet.rows[start:], sheet.row_numbers[start:], strict=True)


def _no_record(row: list[Cell], width: int) -> str:
    if not any(map(is_filled, row)):
        return "blank row"
    if len(row) > width and any(map(is_filled, row[width:])):
        return f"ragged: {len(row)} cells under {width} headings"
    return ""


def _name_cells(
    row: list[Cell], positions: dict[str, list[int]], headings: list[str]
) -> dict[str, Cell]:
    record: dict[str, Cell] = {}
    width = len(row)
    for field, where in positions.items():
        if len(where) == 1 and field not in _SEVERAL_CELLS:  # nearly all: no lists for them
            cell = row[where[0]] if where[0] < width else None
            record[field] = cell if is_filled(cell) else None
            continue
        filled = [position for position in where if position < width and is_filled(row[position])]
        if field == "labels":
            record[field] = "; ".join(str(row[position]) for position in filled) or None
        elif field == "milestones":
            record[field] = [(headings[position], row[position]) for position in filled]
        elif field != "title_level":
            record[field] = row[filled[0]] if filled else None
    record.setdefault("milestones", [])
    if "title_level" in positions:
        record |= _read_title_levels(row, positions["title_level"], headings)
    return record


def _read_title_levels(row: list[Cell], where: list[int], headings: list[str]) -> dict[str, Cell]:
    """Tree queries: the depth is which of `Title 1`..`Title n` is filled."""
    for position in where:
        if position < len(row) and is_filled(row[position]):
            found = re.search(r"(\d+)\s*$", headings[position])
            return {"title": row[position], "outline_level": int(found[1]) if found else 1}
    return {"title": None, "outline_level": None}


def _skip_reason(record: dict[str, Cell], column_map: ColumnMap) -> str:
    for rule in column_map.rows.skip:
        cell = record.get(rule.field)
        if re.search(rule.pattern, str(cell if cell is not None else "")):
            return rule.reason
    if column_map.table_name == "projects" and not is_filled(record.get("title")):
        return "no title"
    return ""


def _place(
    records: list[dict[str, Cell]],
    column_map: ColumnMap,
    headings: list[str],
    positions: dict[str, list[int]],
) -> None:
    """Give each record its own key, its parent's key and whether it is a project."""
    if column_map.table_name != "projects":
        return
    hierarchy = column_map.rows.hierarchy
    for record in records:
        key = record.get("project_id")
        record["item_key"] = key_text(key) if is_filled(key) else None
        parent = record.get("parent_key")
        record["parent_key"] = key_text(parent) if is_filled(parent) else None
        record["is_project"] = True
    if hierarchy in {"title_levels", "outline"}:
        _place_by_level(records)
    if hierarchy == "parent_key":
        _find_parents_by_title(records)
    if hierarchy != "none":
        _mark_projects(records, set(column_map.rows.project_types))


def _place_by_level(records: list[dict[str, Cell]]) -> None:
    above: dict[int, str] = {}
    for number, record in enumerate(records):
        level = _outline_level(record.get("outline_level"))
        record["item_key"] = record["item_key"] or f"row {number}"
        parents = [above[depth] for depth in sorted(above) if depth < level]
        record["parent_key"] = parents[-1] if parents else None
        above = {depth: key for depth, key in above.items() if depth < level}
        above[level] = str(record["item_key"])


def _outline_level(cell: Cell) -> int:
    """Depth in the tree: a number, or an outline number whose parts are counted (`1.2.3` is 3)."""
    text = str(cell if cell is not None else 0).strip().rstrip(".")
    if re.fullmatch(r"\d{1,3}(\.0)?", text):
        return int(float(text))
    return len(text.split(".")) if re.fullmatch(r"\d+(\.\d+)+", text) else 0


def _find_parents_by_title(records: list[dict[str, Cell]]) -> None:
    """Some tools name the parent instead of its key: the nearest row above of that title."""
    keys = {record["item_key"] for record in records}
    by_title: dict[str, str] = {}
    for number, record in enumerate(records):
        title = str(record.get("title") or "").strip().casefold()
        parent = record["parent_key"]
        if parent is not None and parent not in keys:
            record["parent_key"] = by_title.get(str(parent).casefold(), parent)
        record["item_key"] = record["item_key"] or f"row {number}"
        by_title[title] = str(record["item_key"])


def _mark_projects(records: list[dict[str, Cell]], project_types: set[str]) -> None:
    """Projects are rows of a project type; without any such row, the rows at the top."""
    types = {plain_type.casefold() for plain_type in project_types}
    typed = [str(record.get("type") or "").casefold() in types for record in records]
    has_types = any(typed)
    for record, is_typed in zip(records, typed, strict=True):
        record["is_project"] = is_typed if has_types else record["parent_key"] is None
