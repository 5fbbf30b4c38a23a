"""What a table for a reader is: numbers, with headings and the way each column is printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

__all__ = ["DisplayChart", "DisplayColumn", "DisplayTable", "format_cell"]

CellFormat = Literal["text", "count", "money", "share", "decimal", "percent", "month"]


@dataclass(frozen=True)
class DisplayColumn:
    """A column of the frame, the heading a reader sees, and how its cells are printed."""

    name: str
    heading: str
    format: CellFormat = "text"


@dataclass(frozen=True)
class DisplayChart:
    """How a spreadsheet or slide program draws a table: stacked bars, one a row.

    Attributes:
        category: Column that names the bars.
        series: Columns stacked in each bar.
        axis: What the values are, with their unit.
        kind: `bars` lie, for groups; `columns` stand, for months.
        line: A column drawn as a line across the standing bars; blank for none.
        only: A column and the value its rows must have to be drawn; None for all rows.
        leave_out: A bar not drawn beside others: their total.
    """

    category: str
    series: tuple[str, ...]
    axis: str
    kind: Literal["bars", "columns"] = "bars"
    line: str = ""
    only: tuple[str, str] | None = None
    leave_out: str = ""


@dataclass(frozen=True)
class DisplayTable:
    """A table for a reader.

    Attributes:
        frame: The numbers; holds at least the columns named.
        columns: Columns in order.
        note: What the reader should know, below the table.
        chart: How an office program draws it; None for tables that are read, not drawn.
    """

    frame: pd.DataFrame
    columns: tuple[DisplayColumn, ...]
    note: str = ""
    chart: DisplayChart | None = None


def format_cell(value: Any, kind: CellFormat) -> str:
    """How writers print a cell; a missing one is a dash."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if kind == "text" or isinstance(value, str):
        return "–" if pd.isna(value) else str(value)
    if kind == "month":
        return f"{value:%b %Y}"
    number = float(value)
    patterns = {"count": "{:,.0f}", "money": "{:,.0f}", "decimal": "{:,.1f}", "percent": "{:.0f} %"}
    return f"{100 * number:.0f} %" if kind == "share" else patterns[kind].format(number)
