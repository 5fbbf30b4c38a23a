"""What a table for a reader is: numbers, with headings and the way each column is printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

__all__ = ["DisplayColumn", "DisplayTable", "format_cell"]

CellFormat = Literal["text", "count", "money", "share", "decimal", "percent", "month"]


@dataclass(frozen=True)
class DisplayColumn:
    """A column of the frame, the heading a reader sees, and how its cells are printed."""

    name: str
    heading: str
    format: CellFormat = "text"


@dataclass(frozen=True)
class DisplayTable:
    """A table for a reader.

    Attributes:
        frame: The numbers; holds at least the columns named.
        columns: Columns in order.
        note: What the reader should know, below the table.
    """

    frame: pd.DataFrame
    columns: tuple[DisplayColumn, ...]
    note: str = ""


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
