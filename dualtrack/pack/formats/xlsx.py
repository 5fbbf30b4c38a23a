"""A pack as a workbook: the numbers behind every exhibit, decisions, issues, provenance.

Text stays text: no cell can become a formula, whatever sign it begins with.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path
from typing import Any

from dualtrack.pack.document import Pack, Shown
from dualtrack.pack.formats.look import document_date
from dualtrack.pack.formats.xlsx_chart import add_chart
from dualtrack.pack.numbers import Numbers, NumbersColumn

__all__ = ["write_xlsx"]

_NUMBER_FORMATS = {
    "count": "#,##0",
    "money": "#,##0",
    "decimal": "#,##0.0",
    "share": "0%",
    "percent": '0" %"',
    "month": "mmm yyyy",
    "date": "yyyy-mm-dd",
    "change": "+#,##0;-#,##0;0",
}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_HEAD_ROW = 5  # title, reading, stamp and a blank row stand above the headings
_WIDEST = 70  # characters
_LEAST_ACROSS, _STANDARD = 6, 9  # columns the words above a table take; width of an unset one
_LINE = 15.0  # points, of a row of one line
_LONGEST_NAME = 31  # of a sheet; Excel's limit
_LONGEST_CELL = 32_767  # characters; Excel's limit


def write_xlsx(pack: Pack, path: Path) -> None:
    """Write a pack's workbook: contents, a sheet a table, decisions, issues, provenance.

    Args:
        pack: The pack.
        path: File to write.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties(
            {
                "title": pack.cover.title,
                "comments": pack.cover.confidentiality,
                "created": document_date(pack.cover.as_of),
            }
        )
        _Writer(book, pack).write()


class _Writer:
    """The workbook while it is written."""

    def __init__(self, book: Any, pack: Pack) -> None:
        self.book, self.pack = book, pack
        self._formats: dict[tuple[str, ...], Any] = {}
        self._names: set[str] = set()

    def write(self) -> None:
        contents = self._add_sheet("Contents")
        listed: list[tuple[str, str]] = []
        for name, shown in self.pack.tables.items():
            numbers = shown[0].block.numbers
            if numbers is not None:
                sheet = self._add_sheet(name)
                self._write_table(sheet, shown, numbers)
                listed.append((sheet.get_name(), shown[0].title))
        for name, title, numbers in self._others():
            sheet = self._add_sheet(name)
            self._write_numbers(sheet, numbers, (title, "", self.pack.cover.stamp))
            listed.append((sheet.get_name(), title))
        self._write_contents(contents, listed)

    def _others(self) -> list[tuple[str, str, Numbers]]:
        asked = [pair for one in self.pack.exhibits for pair in one.block.decisions]
        columns = (NumbersColumn("decision", "Decision"), NumbersColumn("because", "Because"))
        readings = tuple(
            (one.section, one.title, one.block.reading)
            for one in self.pack.exhibits
            if one.block.kind in {"figure", "statement"}
        )
        words = tuple(NumbersColumn(name.lower(), name) for name in ("Section", "Finding", "How"))
        return [
            ("Decisions", "What to decide", Numbers(columns, tuple(asked))),
            ("Findings", "What the figures say", Numbers(words, readings)),
            ("Issues", "What is doubtful in the data", self.pack.issues),
            ("Provenance", "The exports this rests on", self.pack.sources),
        ]

    def _write_contents(self, sheet: Any, listed: list[tuple[str, str]]) -> None:
        cover = self.pack.cover
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 110)
        sheet.merge_range(0, 0, 0, 1, "", self._format("title"))
        self._text(sheet, 0, 0, cover.title, "title")
        lines = (
            ("Portfolio", cover.portfolio),
            ("Holds", cover.filter),
            ("Exports as of", cover.as_of),
            ("Snapshot", cover.snapshot),
            ("Made", cover.made_at),
            ("Confidentiality", cover.confidentiality),
        )
        for row, (name, text) in enumerate(lines, start=2):
            self._text(sheet, row, 0, name, "muted")
            self._text(sheet, row, 1, text)
        start = len(lines) + 3
        self._text(sheet, start, 0, "Sheet", "head")
        self._text(sheet, start, 1, "What it holds", "head")
        for row, (name, title) in enumerate(listed, start=start + 1):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self._format("link"), name)
            self._text(sheet, row, 1, title, "wrap")

    def _write_table(self, sheet: Any, shown: tuple[Shown, ...], numbers: Numbers) -> None:
        words = next((one for one in shown if one.block.reading), shown[0])
        self._write_numbers(
            sheet, numbers, (shown[0].title, words.block.reading, self.pack.cover.stamp)
        )
        drawn = next(
            (o.block.numbers for o in shown if o.block.numbers and o.block.numbers.chart), None
        )
        if drawn:
            add_chart(self.book, sheet, drawn, head_row=_HEAD_ROW)

    def _write_numbers(self, sheet: Any, numbers: Numbers, words: tuple[str, str, str]) -> None:
        widths = [_width(numbers, place) for place in range(len(numbers.columns))]
        self._write_words(sheet, words, widths)
        if not numbers.rows:
            self._text(sheet, _HEAD_ROW, 0, "Nothing to show: no row meets the condition.", "muted")
            return
        for place, column in enumerate(numbers.columns):
            self._text(sheet, _HEAD_ROW, place, column.heading, "head")
            sheet.set_column(place, place, widths[place])
        sheet.set_row(_HEAD_ROW, 2 * _LINE)
        printed = numbers.printed()
        for number, values in enumerate(numbers.rows, start=_HEAD_ROW + 1):
            for place, (value, column) in enumerate(zip(values, numbers.columns, strict=True)):
                self._cell(sheet, number, place, value, column.format)
            # Only some programs grow a row with its text, so its height is told.
            shown = printed[number - _HEAD_ROW - 1]
            lines = max(_lines(one, width) for one, width in zip(shown, widths, strict=True))
            if lines > 1:
                sheet.set_row(number, _LINE * lines)
        last = _HEAD_ROW + len(numbers.rows)
        sheet.autofilter(_HEAD_ROW, 0, last, len(numbers.columns) - 1)
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        sheet.repeat_rows(_HEAD_ROW)

    def _write_words(self, sheet: Any, words: tuple[str, str, str], widths: list[float]) -> None:
        """Title, reading and stamp over the table; each breaks its lines within its width."""
        across = max(len(widths), _LEAST_ACROSS)
        room = sum(widths) + _STANDARD * (across - len(widths))
        looks = (("title", 1.5), ("note", 1.0), ("muted", 1.0))
        for row, (text, (look, size)) in enumerate(zip(words, looks, strict=True)):
            sheet.merge_range(row, 0, row, across - 1, "", self._format(look))
            self._text(sheet, row, 0, text, look)
            sheet.set_row(row, _LINE * size * _lines(text, room / size))

    def _cell(self, sheet: Any, row: int, place: int, value: Any, kind: str) -> None:
        if value is None:
            sheet.write_blank(row, place, None, self._format("cell"))
        elif kind in {"date", "month"}:
            day = dt.datetime.fromisoformat(str(value))
            sheet.write_datetime(row, place, day, self._format("cell", _NUMBER_FORMATS[kind]))
        elif isinstance(value, bool):
            self._text(sheet, row, place, "yes" if value else "no")
        elif isinstance(value, int | float):
            shown = _NUMBER_FORMATS.get(kind, "General")
            sheet.write_number(row, place, value, self._format("cell", shown))
        else:
            self._text(sheet, row, place, str(value), "wrap")

    def _text(self, sheet: Any, row: int, place: int, text: str, look: str = "cell") -> None:
        """Text as text, marked as such where editing the cell would turn it into a formula."""
        quoted = "quoted" if text.startswith(_FORMULA_SIGNS) else ""
        clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)[:_LONGEST_CELL]
        sheet.write_string(row, place, clean, self._format(look, quoted))

    def _format(self, look: str, more: str = "") -> Any:
        if (look, more) not in self._formats:
            looks: dict[str, dict[str, Any]] = {
                "title": {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"},
                "note": {"font_color": "#5F5F5F", "text_wrap": True, "valign": "top"},
                "muted": {"font_color": "#5F5F5F"},
                "head": {
                    "bold": True,
                    "bg_color": "#F2F2F0",
                    "bottom": 1,
                    "text_wrap": True,
                    "valign": "top",
                },
                "wrap": {"text_wrap": True, "valign": "top"},
                "cell": {"valign": "top"},
                "link": {"font_color": "#00588A", "underline": 1, "valign": "top"},
            }
            own = dict(looks[look])
            if more == "quoted":
                own["quote_prefix"] = True
            elif more:
                own["num_format"] = more
            self._formats[look, more] = self.book.add_format(own)
        return self._formats[look, more]

    def _add_sheet(self, name: str) -> Any:
        """A sheet whose name Excel takes, printed on pages of its width."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", name)[:_LONGEST_NAME]
        number = 2
        while plain.casefold() in self._names:
            plain, number = f"{name[: _LONGEST_NAME - 4]} {number}", number + 1
        self._names.add(plain.casefold())
        sheet = self.book.add_worksheet(plain)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        words = (self.pack.cover.scope, self.pack.cover.quarter, self.pack.cover.confidentiality)
        sheet.set_header("&L" + " · ".join(words).replace("&", "&&"))
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet


def _lines(text: str, width: float) -> int:
    """Lines a text takes in a cell; a little too many rather than one too few."""
    return max(1, math.ceil(1.05 * len(text) / width))


def _width(numbers: Numbers, place: int) -> float:
    """Characters a column takes: of its longest cell, within bounds, headings on two lines."""
    cells = [row[place] for row in numbers.printed()]
    words = [len(word) + 3 for word in numbers.columns[place].heading.split()]
    longest = max([len(one) for one in cells] + words + [8])
    return min(longest + 2, _WIDEST)
