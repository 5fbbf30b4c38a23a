"""What every cleaner returns: values, and the reason for each cell it could not use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

__all__ = ["Cleaned", "clean_each", "is_blank"]

# Words people write where a value is missing; a blank is never a "no".
_BLANK_WORDS = {
    "",
    "-",
    "--",
    "n/a",
    "na",
    "nan",
    "none",
    "null",
    "tbd",
    "tbc",
    "?",
    "nv",
    "k.a.",
    "nat",
    "data not provided",
    "not set",
    "unassigned",
    ".",
    ",",
}


@dataclass(frozen=True)
class Cleaned:
    """Cleaned cells of one column.

    Attributes:
        series: Cleaned values on the index of the cells; missing where blank or unreadable.
        faults: Reason per cell that holds something unreadable or doubtful; missing if fine.
        note: What was decided for the whole column.
    """

    series: pd.Series
    faults: pd.Series
    note: str = ""


def is_blank(cell: object) -> bool:
    """Whether a cell says nothing."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return True
    return isinstance(cell, str) and cell.strip().casefold() in _BLANK_WORDS


def clean_each(
    cells: pd.Series, parse: Callable[[object], object], *, dtype: str, fault: str
) -> Cleaned:
    """Parse each distinct cell once.

    Args:
        cells: Raw cells.
        parse: Cell to value; None for a cell that cannot be read.
        dtype: pandas type of the result.
        fault: Reason noted for cells that are filled but cannot be read.

    Returns:
        Values and faults on the index of `cells`.
    """
    known: dict[object, object] = {}
    values: list[object] = []
    faults: list[str | None] = []
    for cell in cells:
        if is_blank(cell):
            values.append(None)
            faults.append(None)
            continue
        key = (type(cell), cell)
        if key not in known:
            known[key] = parse(cell)
        values.append(known[key])
        faults.append(None if known[key] is not None else fault)
    return Cleaned(
        pd.Series(values, index=cells.index, dtype=object).astype(dtype),
        pd.Series(faults, index=cells.index, dtype="str"),
    )
