"""Reader of HTML tables: what Jira Server and many web tools save under the name `.xls`."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree, html

from dualtrack.errors import ExportError
from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.limits import MOST_TAGS, WIDEST_ROW, check_marks

__all__ = ["is_html_table", "read_html_table"]

# What may stand before the first element: blanks, an XML declaration, comments.
_BEFORE = re.compile(r"\s+|<\?xml[^>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
# Only elements that nothing but HTML starts with: other XML has readers of its own.
_START = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table|div|style)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDEST_SPAN = 1000
_MOST_CELLS = 5_000_000
_BLOCKS = {"br", "p", "div", "li", "tr"}
_ADVICE = "Export the list as CSV or XLSX."


def is_html_table(head: bytes) -> bool:
    """Whether a file starts like an HTML page or table, whatever its ending."""
    for encoding in ("utf-8", "utf-16"):
        text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
        start = 1 if text.startswith("\ufeff") else 0
        while skipped := _BEFORE.match(text, start):
            start = skipped.end()
        if _START.match(text, start):
            return True
    return False


def read_html_table(path: Path) -> list[RawSheet]:
    """Read the largest table of an HTML file.

    A cell over several rows stands in each of them, as in workbooks; a cell over several columns
    stands in the first. Line breaks inside a cell stay.

    Returns:
        One raw sheet, rows numbered as they stand in the table.

    Raises:
        ExportError: No table in the file, or one of more cells than a list has.
    """
    content = path.read_bytes()
    check_marks(path, content, b"<", MOST_TAGS)
    text = _decode(content)
    # Characters that XML forbids make lxml refuse the whole page.
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|^\s*<\?xml[^>]*>", "", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=True)
    try:
        root = html.document_fromstring(text, parser=parser)
        tables = list(root.iter("table"))
        sizes = [sum(1 for row in _rows(table) for _ in row) for table in tables]
    except (etree.LxmlError, ValueError, RecursionError, AssertionError) as fault:
        raise ExportError(f"{path}: broken HTML ({str(fault)[:200]}). {_ADVICE}") from fault
    if not any(sizes):
        raise ExportError(f"{path}: an HTML page without a table. {_ADVICE}")
    rows = _fill_grid(tables[sizes.index(max(sizes))], path)
    if not any(rows):
        raise ExportError(f"{path}: an HTML table without text. {_ADVICE}")
    numbers = list(range(1, len(rows) + 1))
    return [RawSheet(rows, numbers, note=f"HTML table, 1 of {len(tables)}")]


def _decode(content: bytes) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, errors="replace")
    stated = _CHARSET.search(content[:4096])
    for name in (stated[1].decode("ascii", "ignore") if stated else "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return content.decode("latin-1")


def _rows(table: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """Cells of a table row by row; those of tables inside its cells are left to them."""
    found: list[list[html.HtmlElement]] = []
    for part in table:
        lines = part if part.tag in {"thead", "tbody", "tfoot"} else [part]
        found += [
            [cell for cell in line if cell.tag in {"td", "th"}]
            for line in lines
            if line.tag == "tr"
        ]
    return found


def _fill_grid(table: html.HtmlElement, path: Path) -> list[list[Cell]]:
    held: dict[int, tuple[int, Cell]] = {}  # column: rows still to fill, cell
    rows: list[list[Cell]] = []
    count = 0
    for line in _rows(table):
        row: dict[int, Cell] = {column: cell for column, (_, cell) in held.items()}
        held = {column: (left - 1, cell) for column, (left, cell) in held.items() if left > 1}
        column = 0
        for element in line:
            while column in row:
                column += 1
            cell, width, height = _text(element), _span(element, "col"), _span(element, "row")
            for place in range(column, column + width):
                row[place] = cell if place == column else None
                if height > 1:
                    held[place] = (height - 1, row[place])
            column += width
            if column > WIDEST_ROW:
                raise ExportError(f"{path}: a table of {column} columns is no list. {_ADVICE}")
        size = max(row, default=-1) + 1
        count += size
        if count > _MOST_CELLS:
            raise ExportError(f"{path}: a table of over {_MOST_CELLS} cells is no list. {_ADVICE}")
        rows.append([row.get(place) for place in range(size)])
    return _even(rows)


def _even(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows of one width: that of the last column that holds anything."""
    width = max((place for row in rows for place, cell in enumerate(row) if cell), default=-1) + 1
    return [[*row, *[None] * (width - len(row))][:width] for row in rows]


def _span(element: html.HtmlElement, kind: str) -> int:
    stated = (element.get(f"{kind}span") or "1").strip()
    number = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 8 else 1
    return min(max(number, 1), _WIDEST_SPAN)


def _text(element: html.HtmlElement) -> str | None:
    """Text of a cell: blanks collapsed, breaks and paragraphs as new lines."""
    parts: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(one.tag, str) or one.tag in {"script", "style"}:
            pass
        elif event == "start":
            parts += ["\n" if one.tag in _BLOCKS else "", re.sub(r"\s+", " ", one.text or "")]
        elif one.tag in _BLOCKS - {"br"}:
            parts.append("\n")
        if event == "end" and one is not element:
            parts.append(re.sub(r"\s+", " ", one.tail or ""))
    lines = (re.sub(r"[ \u00a0]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line) or None
