"""What readers hand on: raw sheets of cells, then exports whose columns are known."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from dualtrack.exports.column_map import ColumnMap

__all__ = ["Cell", "Export", "RawSheet"]

# A cell as the format holds it: workbooks know numbers and dates, text files know text only.
Cell = object


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet or file, with no idea yet what they mean.

    Attributes:
        rows: Cells row by row; rows may differ in length.
        row_numbers: Number of each row in the file, from 1.
        sheet_name: Sheet of a workbook, blank for other files.
        has_own_heading: The first row was made by the reader (XML, ICS) and is no row of the file.
        note: How the file was decoded, for `dualtrack check`.
        set_aside: Row number, reason and text of rows the reader itself knows to be no record.
    """

    rows: list[list[Cell]]
    row_numbers: list[int]
    sheet_name: str = ""
    has_own_heading: bool = False
    note: str = ""
    set_aside: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class Export:
    """One recognised sheet: named cells, and every row that could not be used.

    Attributes:
        frame: One row per record. Columns are the fields of the column map (values as the file
            holds them, `object`), plus `source_row`, `item_key`, `parent_key` and, for project
            lists, `is_project` and `milestones` (list of heading and cell).
        set_aside: `source_row`, `reason`, `text`: rows that are no record.
        row_count: Rows read: all but the heading.
    """

    source_file: str
    sheet_name: str
    column_map: ColumnMap
    recognized_by: str
    headings: tuple[str, ...]
    unmapped_headings: tuple[str, ...]
    frame: pd.DataFrame
    set_aside: pd.DataFrame
    row_count: int
    sha256: str
    note: str = ""
    unit_name: str = ""
    day_first: bool | None = None
    exported_at: pd.Timestamp | None = None
    mapped_headings: dict[str, list[str]] = field(default_factory=dict)

    @property
    def source_tool(self) -> str:
        """Name of the column map that recognised the sheet."""
        return self.column_map.tool

    @property
    def table_name(self) -> str:
        """Table the rows go to."""
        return self.column_map.table_name
