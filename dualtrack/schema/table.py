"""What a declared table is, and how a frame is brought to its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dualtrack.errors import RecordError

__all__ = ["Column", "ColumnType", "Table", "conform", "empty_frame"]

ColumnType = Literal["text", "number", "count", "date", "flag"]

# pandas types behind the five kinds of column; "count" and "flag" hold NA without turning into
# floats or objects.
PANDAS_TYPES: dict[str, str] = {
    "text": "str",
    "number": "float64",
    "count": "Int64",
    "date": "datetime64[us]",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, meaning, unit and, where closed, its allowed values."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, which columns make it unique, and its columns in order."""

    name: str
    row_meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> list[str]:
        """Column names in their declared order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The declaration of one column; raises RecordError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise RecordError(f"Table {self.name} has no column {name!r}; it has {self.column_names}.")


def empty_frame(table: Table) -> pd.DataFrame:
    """A frame without rows that has the table's columns and types."""
    return pd.DataFrame(
        {column.name: pd.Series(dtype=PANDAS_TYPES[column.type]) for column in table.columns}
    )


def conform(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Bring a frame to a table's declared columns, order and types.

    Columns the frame lacks come back as missing values.

    Args:
        frame: Any frame whose columns are a subset of the table's.
        table: The declaration.

    Returns:
        A new frame with the declared columns in order, index 0..n-1.

    Raises:
        RecordError: For a column the table does not have, a value that does not fit its
            column's type or allowed values, or a repeated key.
    """
    unknown = [name for name in frame.columns if name not in table.column_names]
    if unknown:
        raise RecordError(
            f"Table {table.name} has no column {unknown}; it has {table.column_names}."
        )
    series = {column.name: _cast(frame, column, table) for column in table.columns}
    is_shaped = list(frame.columns) == table.column_names and all(
        series[name].dtype == frame[name].dtype for name in series
    )
    # A snapshot read back has its shape already; putting it together anew would only take time.
    conformed = (frame if is_shaped else pd.DataFrame(series)).reset_index(drop=True)
    if table.key and conformed.duplicated(list(table.key)).any():
        repeated = conformed.loc[conformed.duplicated(list(table.key)), list(table.key)]
        raise RecordError(
            f"Table {table.name} has {len(repeated)} repeated keys {list(table.key)}, "
            f"the first {repeated.iloc[0].tolist()}."
        )
    return conformed


def _cast(frame: pd.DataFrame, column: Column, table: Table) -> pd.Series:
    dtype = PANDAS_TYPES[column.type]
    if column.name not in frame.columns:
        return (
            pd.Series(pd.NA, index=frame.index).astype(dtype)
            if dtype
            not in {
                "str",
                "float64",
                "datetime64[us]",
            }
            else pd.Series(None, index=frame.index, dtype=dtype)
        )
    try:
        values = frame[column.name]
        values = values if values.dtype == dtype else values.astype(dtype)
    except (TypeError, ValueError) as fault:
        raise RecordError(
            f"Table {table.name}, column {column.name}: values do not fit the type "
            f"{column.type!r} ({fault})."
        ) from fault
    if column.allowed:
        odd = sorted(set(values.dropna()) - set(column.allowed))
        if odd:
            raise RecordError(
                f"Table {table.name}, column {column.name}: found {odd[:5]}, "
                f"allowed are {list(column.allowed)}."
            )
    return values
