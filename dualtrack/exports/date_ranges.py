"""Cells that hold a start and a finish in one, `March 3, 2026 → June 1, 2026`, parted."""

from __future__ import annotations

import re
from dataclasses import replace

from dualtrack.exports.column_map import ColumnMap
from dualtrack.exports.export import Cell, RawSheet

__all__ = ["part_date_ranges"]

_RANGE = re.compile(r"^\s*([^→]*\d{1,4}[^→]*?)\s*→\s*([^→]*\d{1,4}[^→]*?)\s*$")
_SEARCH_ROWS = 500
# Headings of the two columns a range is parted into; the generic list knows them.
_PARTS = {"start_date": "Start date", "forecast_finish_date": "End date"}


def part_date_ranges(sheet: RawSheet, column_map: ColumnMap, heading_position: int) -> RawSheet:
    """Add columns for the ends of ranges, where the list has no columns of its own for them.

    Args:
        sheet: Raw cells.
        column_map: The map that recognised them.
        heading_position: Index of the heading row in `sheet.rows`.

    Returns:
        The sheet as it is, or with a column more for each end that had none. The column of the
        ranges stays; where several hold ranges, the first one counts.
    """
    headings = sheet.rows[heading_position]
    names = [str(cell if cell is not None else "") for cell in headings]
    known = column_map.find(names)
    column = _find_ranges(sheet, heading_position)
    # A field is wanted where no column holds it, or only the one with the ranges.
    wanted = [field for field in _PARTS if set(known.get(field, [])) <= {column}]
    if column is None or not wanted:
        return sheet
    rows = list(sheet.rows)
    rows[heading_position] = [*headings, *(_PARTS[field] for field in wanted)]
    for place in range(heading_position + 1, len(rows)):
        row = rows[place]
        if len(row) == len(headings):
            rows[place] = [*row, *(_end_of(row[column], field) for field in wanted)]
    return replace(sheet, rows=rows)


def _find_ranges(sheet: RawSheet, heading_position: int) -> int | None:
    """The first column with a range."""
    for row in sheet.rows[heading_position + 1 :][:_SEARCH_ROWS]:
        for place, cell in enumerate(row):
            if isinstance(cell, str) and "→" in cell and _RANGE.match(cell):
                return place
    return None


def _end_of(cell: Cell, field: str) -> Cell:
    """One end of a range; a single day is its finish."""
    found = _RANGE.match(cell) if isinstance(cell, str) else None
    if found is None:
        return cell if field == "forecast_finish_date" else None
    return found[1] if field == "start_date" else found[2]
