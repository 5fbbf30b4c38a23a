"""The tables inside a Primavera XER: `%T` names one, `%F` its fields, `%R` a row, `%E` the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dualtrack.errors import ExportError
from dualtrack.exports.limits import check_table

__all__ = ["XerTables", "group_rows", "index_rows", "read_xer_tables"]

_MARKS = ("ERMHDR", "%T", "%F", "%R", "%E")
# P6 writes this where it has no date, and two DEL where a note has a line end.
_NULL_DATE = "1899-12-30"
_LINE_END = "\x7f\x7f"


@dataclass
class XerTables:
    """Rows by table, each row field name to text.

    Attributes:
        currency: Code of the base currency, blank where the header names none.
        note: Encoding, and what is odd about the file.
    """

    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    currency: str = ""
    note: str = ""

    def rows(self, name: str) -> list[dict[str, str]]:
        """Rows of a table; none where the file lacks it."""
        return self.tables.get(name, [])

    def names(self) -> list[str]:
        """Names of the tables found."""
        return list(self.tables)


def index_rows(rows: list[dict[str, str]], key: str) -> dict[str, dict[str, str]]:
    """Rows by the text of a field; the last of a repeated key stands."""
    return {row[key]: row for row in rows if row.get(key)}


def group_rows(rows: list[dict[str, str]], key: str) -> dict[str, list[dict[str, str]]]:
    """Rows gathered by the text of a field, in file order."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(row.get(key, ""), []).append(row)
    return groups


def read_xer_tables(path: Path) -> XerTables:
    """Read every table of an XER.

    Rows shorter than their fields are padded (P6 trims blank ends), null dates become blank.

    Args:
        path: The file.

    Raises:
        ExportError: No XER, a row stands before the fields of its table, or a table holds more than
            a plan does.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise ExportError(f"{path}: cannot be read ({fault}). Copy the file again.") from fault
    text, note = _decode(content)
    found = XerTables(note=f"XER, {note}; no end mark (%E): the file may be cut off")
    table, fields = "", list[str]()
    for number, line in _logical_lines(text):
        mark, cells = _split(line)
        if mark == "%R":
            if not table or not fields:
                raise ExportError(
                    f"{path}: line {number} is a row before any table and its fields. "
                    f"Export the XER again from P6."
                )
            found.tables[table].append(_name_cells(cells, fields))
            check_table(path, len(found.tables[table]), len(fields))
        elif mark == "%T":
            table, fields = (cells[0].strip() if cells else ""), []
            found.tables.setdefault(table, [])
        elif mark == "%F":
            fields = [cell.strip() for cell in cells]
        elif mark == "%E":
            found.note = f"XER, {note}"
        else:
            found.currency = _find_currency(cells)
    if not found.tables:
        raise ExportError(f"{path}: no table (%T) in it. Export the XER again from P6.")
    return found


def _split(line: str) -> tuple[str, list[str]]:
    mark, *cells = line.split("\t")
    return mark.strip(), cells


def _find_currency(cells: list[str]) -> str:
    """The base currency is the last code of three capitals in the header line."""
    codes = [cell.strip() for cell in cells if re.fullmatch("[A-Z]{3}", cell.strip())]
    return codes[-1] if codes else ""


def _decode(content: bytes) -> tuple[str, str]:
    """UTF-8 only where it is proven: P6 writes the code page of its Windows, mostly cp1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"
    return text, "ascii" if text.isascii() else "utf-8"


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines joined where a text cell holds a line end: a line without a mark goes on."""
    held, start = "", 0
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.rstrip("\r")
        if line.split("\t", 1)[0].strip() in _MARKS:
            if held:
                yield start, held
            held, start = line, number
        elif held and line:
            held += "\n" + line
    if held:
        yield start, held


def _name_cells(cells: list[str], fields: list[str]) -> dict[str, str]:
    named = {
        name: "" if cell.startswith(_NULL_DATE) else cell.replace(_LINE_END, "\n").strip()
        for name, cell in zip(fields, cells, strict=False)
    }
    padded = dict.fromkeys(fields, "") | named
    extra = [cell for cell in cells[len(fields) :] if cell.strip()]
    # Cells beyond the fields are kept under a name of their own, so that nothing is lost.
    return padded | ({"beyond_the_fields": " | ".join(extra)} if extra else {})
