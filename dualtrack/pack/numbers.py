"""The numbers behind an exhibit, as every format of a pack writes them: plain values, no frame.

A notebook leaves them as JSON beside what it shows; the formats read them back, so that a number
is the same in a page, a slide, a workbook and a data file.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd

from dualtrack.tables.display import DisplayChart, DisplayColumn, DisplayTable, format_cell

__all__ = ["NO_NUMBERS", "Numbers", "NumbersColumn", "pick_numbers", "print_value", "read_numbers"]

Value = str | int | float | bool | None
# Columns that could name a person: an exhibit counts people, it never lists them.
_PERSONAL = {"owner", "sponsor", "person_id", "person_name", "attendees", "organizer"}
_DATES = {"date", "month"}
_Format = Literal["text", "count", "money", "share", "decimal", "percent", "month", "date", "flag"]


@dataclass(frozen=True)
class NumbersColumn:
    """A column: its name, the heading a reader sees, how its cells are printed."""

    name: str
    heading: str
    format: str = "text"

    @property
    def is_number(self) -> bool:
        """True for cells that are set to the right."""
        return self.format not in {"text", "month", "date", "flag"}


@dataclass(frozen=True)
class Numbers:
    """A table of plain values.

    Attributes:
        columns: In order.
        rows: Values in the order of the columns; days are ISO texts, a missing value is None.
        chart: How an office program draws it; None if it is not drawn.
        note: What the reader should know.
        is_shown: True for a table the reader sees, False for the numbers behind a drawing.
    """

    columns: tuple[NumbersColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    chart: DisplayChart | None = None
    note: str = ""
    is_shown: bool = True

    def column(self, name: str) -> list[Value]:
        """The values of a column; none if there is no such column."""
        places = [place for place, one in enumerate(self.columns) if one.name == name]
        return [row[places[0]] for row in self.rows] if places else []

    def printed(self) -> list[list[str]]:
        """The rows as a reader sees them."""
        kinds = [column.format for column in self.columns]
        return [
            [print_value(one, kind) for one, kind in zip(row, kinds, strict=True)]
            for row in self.rows
        ]

    def drawn_rows(self) -> list[int]:
        """Places of the rows its chart draws."""
        if self.chart is None:
            return []
        places = list(range(len(self.rows)))
        if self.chart.only:
            name, wanted = self.chart.only
            own = self.column(name)
            places = [one for one in places if not own or own[one] == wanted]
        names = self.column(self.chart.category)
        others = [one for one in places if names[one] != self.chart.leave_out]
        # A single bar compares nothing.
        return others if len(others) > 1 else []

    def to_json(self) -> dict[str, Any]:
        """As a notebook leaves it."""
        return {
            "columns": [[one.name, one.heading, one.format] for one in self.columns],
            "rows": [list(row) for row in self.rows],
            "chart": asdict(self.chart) if self.chart else None,
            "note": self.note,
            "is_shown": self.is_shown,
        }


NO_NUMBERS = Numbers((), ())


def read_numbers(told: dict[str, Any] | None) -> Numbers | None:
    """What `Numbers.to_json` wrote; None where there was nothing."""
    if not told:
        return None
    chart: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one
        for name, one in (told["chart"] or {}).items()
    }
    return Numbers(
        tuple(NumbersColumn(*one) for one in told["columns"]),
        tuple(tuple(row) for row in told["rows"]),
        DisplayChart(**chart) if chart else None,
        told["note"],
        told["is_shown"],
    )


def pick_numbers(table: DisplayTable | pd.DataFrame, *, is_shown: bool = True) -> Numbers:
    """The plain values of a table.

    Args:
        table: For a reader, or a bare frame; a bare frame's columns that could name a person are
            left out, and how its cells are printed follows from their type and name.
        is_shown: Whether the reader sees the table.
    """
    if isinstance(table, pd.DataFrame):
        names = [str(name) for name in table.columns if str(name) not in _PERSONAL]
        columns = tuple(NumbersColumn(name, _heading(name), _guess(table[name])) for name in names)
        return Numbers(columns, _rows(table, names), None, "", is_shown)
    columns = tuple(_column(one) for one in table.columns)
    rows = _rows(table.frame, [one.name for one in columns])
    return Numbers(columns, rows, table.chart, table.note, is_shown)


def _column(column: DisplayColumn) -> NumbersColumn:
    return NumbersColumn(column.name, column.heading, column.format)


def _rows(frame: pd.DataFrame, names: list[str]) -> tuple[tuple[Value, ...], ...]:
    # Column by column, since a row of mixed types would turn whole numbers into floats.
    columns = [[_plain(value) for value in frame[name].astype(object)] for name in names]
    return tuple(zip(*columns, strict=True)) if columns else ()


def _plain(value: Any) -> Value:
    """A value JSON and every writer know."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%Y-%m-%d}"
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int | bool) else str(value)


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _guess(values: pd.Series) -> _Format:
    name, kind = str(values.name), values.dtype.kind
    if kind == "M":
        return "month" if name == "month" else "date"
    if kind == "b":
        return "flag"
    if kind not in "iuf":
        return "text"
    if name.endswith("_cost"):
        return "money"
    if name.startswith("share") or name.endswith("_share") or name.startswith("p_"):
        return "share"
    return "count" if kind in "iu" else "decimal"


def print_value(value: Value, kind: str) -> str:
    """A value as a reader sees it; a missing one is a dash."""
    if value is None:
        return "–"
    if kind in _DATES and isinstance(value, str):
        day = dt.date.fromisoformat(value)
        return f"{day:%b %Y}" if kind == "month" else f"{day.day} {day:%b %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind == "change" and not isinstance(value, str):
        return f"{value:+,.0f}" if value else "0"
    return format_cell(value, kind)  # type: ignore[arg-type]
