"""Tables written to files by other code than reads them: what the readers are held against."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

Cell = str | int | float | dt.date | None
Table = list[list[Cell]]

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SHEET_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def text_of(cell: Cell) -> str:
    """A cell as a text format writes it: dates in ISO form, blanks as nothing."""
    return "" if cell is None else str(cell)


def write_delimited(
    path: Path,
    table: Table,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    quote_all: bool = True,
) -> Path:
    lines = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(lines, delimiter=delimiter, quoting=quoting)
    writer.writerows([[text_of(cell) for cell in row] for row in table])
    path.write_bytes(lines.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, table: Table) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("List")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), day)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
    return path


def write_ods(path: Path, table: Table) -> Path:
    """The parts of an ODS that a reader needs: its type, its cells, its list of parts."""
    rows = ("".join(map(_ods_cell, row)) for row in table)
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    names = "".join(f' xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="List">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<m:manifest xmlns:m="{_OASIS}manifest:1.0"><m:file-entry m:full-path="/" '
        f'm:media-type="{_SHEET_TYPE}"/></m:manifest>'
    )
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", _SHEET_TYPE)
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        kind = 'office:value-type="string"'
    elif isinstance(cell, dt.date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    else:
        kind = f'office:value-type="float" office:value="{cell}"'
    # A line is a paragraph; blanks that XML would collapse are counted.
    lines = "".join(
        "<text:p>"
        + re.sub(" {2,}|^ | $", lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(line))
        + "</text:p>"
        for line in str(cell).split("\n")
    )
    return f"<table:table-cell {kind}>{lines}</table:table-cell>"


def write_html(path: Path, table: Table) -> Path:
    """A page as web tools save it under the name `.xls`."""
    rows = (
        "".join(f"<td>{html.escape(text_of(cell)).replace(chr(10), '<br>')}</td>" for cell in row)
        for row in table
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    page = f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'
    path.write_bytes(page.encode())
    return path


def write_json(path: Path, table: Table, *, has_lines: bool, encoding: str = "utf-8") -> Path:
    """A list of objects, or an object a line."""
    records = [
        {
            str(name): cell.isoformat() if isinstance(cell, dt.date) else cell
            for name, cell in zip(table[0], row, strict=True)
        }
        for row in table[1:]
    ]
    if has_lines:
        text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    else:
        text = json.dumps(records, ensure_ascii=False)
    path.write_bytes(text.encode(encoding))
    return path
