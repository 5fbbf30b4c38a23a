"""What readers and `reshape` ask of raw cells: filled or not, as a key, as a row's text."""

from __future__ import annotations

from dualtrack.exports.export import Cell

__all__ = ["is_filled", "key_text", "row_text"]

_LONGEST_TEXT = 200  # enough to find a row again


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds anything but blanks."""
    if type(cell) is str:
        return bool(cell) and not cell.isspace()
    return cell is not None


def key_text(cell: Cell) -> str:
    """A cell as a key; workbooks keep numbers as floats: 17.0 is key 17."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def row_text(row: list[Cell]) -> str:
    """The filled cells of a row that is set aside, for those who look for it."""
    return " | ".join(str(cell) for cell in row if is_filled(cell))[:_LONGEST_TEXT]
