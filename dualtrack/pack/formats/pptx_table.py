"""A table on slides that can be edited there; rows that do not fit go on with the next slide."""

from __future__ import annotations

import math
from typing import Any

from dualtrack.pack.formats.look import INK, LINE, MUTED, clean_text, fill_in_order
from dualtrack.pack.formats.pptx_slide import EMU, Area
from dualtrack.pack.numbers import Numbers, NumbersColumn

__all__ = ["add_table", "split_rows"]

_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"
_LETTER = 0.0079  # inches a letter takes for each point of its size, in a wide typeface
_BOLD = 1.18  # times as wide: a word of a heading
_LINE_HEIGHT = 0.0175  # inches a line takes for each point
_PADDING = 0.09  # inches in a cell, above and below together
_SIDES = 0.16  # inches in a cell, left and right together
_SPARE = 0.12  # of a line: letters are narrower on average
_SMALLEST = 8.0  # points
_BROADEST = 80  # letters: no text column asks for more room
_LONGEST_CELL = 220  # letters; a slide is no place for more


def _size(numbers: Numbers, width: float) -> float:
    """Points: less where there are many columns, or little room for their words."""
    count = len(numbers.columns)
    size = 12.0 if count <= 6 else 10.5 if count <= 9 else 9.5
    while size > _SMALLEST and sum(_least(numbers, size)) > width:
        size -= 0.5
    return size


def split_rows(numbers: Numbers, area: Area) -> list[range]:
    """Rows by slide, so that each slide's fit its area.

    Args:
        numbers: The table.
        area: Its place on every slide.
    """
    widths = _widths(numbers, area.width)
    room = area.height - _head_height(numbers, widths)
    size = _size(numbers, area.width)
    heights = [_height(row, widths, size) for row in _cells(numbers)]
    pages = fill_in_order(heights, room)
    if len(pages) < 2:
        return pages
    # As few slides as can be, but none with a row or two where the one before is full.
    even = -(-len(heights) // len(pages))
    evenly = [
        range(start, min(start + even, len(heights))) for start in range(0, len(heights), even)
    ]
    is_fit = all(sum(heights[one] for one in rows) <= room for rows in evenly)
    return evenly if is_fit else pages


def add_table(slide: Any, numbers: Numbers, rows: range, area: Area, *, alt: str) -> None:
    """Put rows of a table on a slide.

    Args:
        slide: Where.
        numbers: The table.
        rows: Which of its rows.
        area: Its place.
        alt: What it holds, in words.
    """
    cells, size = _cells(numbers), _size(numbers, area.width)
    widths = _widths(numbers, area.width)
    shape = slide.shapes.add_table(len(rows) + 1, len(widths), *area.emu())
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean_text(alt))
    table = shape.table
    table._tbl.tblPr.find(f"{{{table._tbl.nsmap['a']}}}tableStyleId").text = _PLAIN_STYLE
    for column, width in zip(table.columns, widths, strict=True):
        column.width = round(width * EMU)
    heads = [column.heading for column in numbers.columns]
    table.rows[0].height = round(_head_height(numbers, widths) * EMU)
    for number, row in enumerate(rows, start=1):
        table.rows[number].height = round(_height(cells[row], widths, size) * EMU)
    for number, texts in enumerate([heads, *(cells[row] for row in rows)]):
        for place, text in enumerate(texts):
            is_right = numbers.columns[place].is_number
            _fill(table.cell(number, place), text, size, is_head=number == 0, is_right=is_right)


def _cells(numbers: Numbers) -> list[list[str]]:
    wholes = [_is_whole(column) for column in numbers.columns]
    return [
        [_cell(text, is_whole) for text, is_whole in zip(row, wholes, strict=True)]
        for row in numbers.printed()
    ]


def _cell(text: str, is_whole: bool) -> str:
    if is_whole:
        return text.replace(" ", "\u00a0")
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _is_whole(column: NumbersColumn) -> bool:
    """True for a number or day, which no line may break."""
    return column.is_number or column.format in {"month", "date"}


def _widths(numbers: Numbers, width: float) -> list[float]:
    """Inches of each column: what its texts ask for; all of the width if they ask for more."""
    size, rows = _size(numbers, width), _cells(numbers)
    least, wanted = _least(numbers, size), []
    for place, low in enumerate(least):
        longest = max((len(row[place]) for row in rows), default=1)
        wanted.append(max(low, min(1.1 * longest + 1, _BROADEST) * size * _LETTER + _SIDES))
    spare = width - sum(least)
    extra = [want - low for want, low in zip(wanted, least, strict=True)]
    if spare <= 0:
        return [one * width / sum(least) for one in least]
    share = min(1.0, spare / sum(extra)) if sum(extra) else 0.0
    return [low + share * more for low, more in zip(least, extra, strict=True)]


def _least(numbers: Numbers, size: float) -> list[float]:
    """Inches each column needs: for its longest word, or all of a number or day."""
    rows, least = _cells(numbers), []
    for place, column in enumerate(numbers.columns):
        texts = [row[place] for row in rows]
        is_whole = _is_whole(column)
        parts = [
            1.05 * len(one) for text in texts for one in ([text] if is_whole else text.split())
        ]
        parts += [_BOLD * len(word) for word in column.heading.split()]
        least.append(min(max([*parts, 1.0]) + 1, _BROADEST) * size * _LETTER + _SIDES)
    return least


def _height(row: list[str], widths: list[float], size: float) -> float:
    lines = max(
        math.ceil(len(text) * size * _LETTER / (width - _SIDES) - _SPARE) or 1
        for text, width in zip(row, widths, strict=True)
    )
    return lines * size * _LINE_HEIGHT + _PADDING


def _head_height(numbers: Numbers, widths: list[float]) -> float:
    return _height(
        [one.heading for one in numbers.columns], widths, _size(numbers, sum(widths)) * _BOLD
    )


def _fill(cell: Any, text: str, size: float, *, is_head: bool, is_right: bool) -> None:
    from lxml import etree
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    cell.margin_left = cell.margin_right = round(_SIDES / 2 * EMU)
    cell.margin_top = cell.margin_bottom = round(_PADDING / 2 * EMU)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = clean_text(text)
    run.font.size, run.font.bold = Pt(size), is_head
    run.font.color.rgb = RGBColor.from_string(INK)
    properties = cell._tc.get_or_add_tcPr()
    names = properties.nsmap["a"]
    line = etree.SubElement(properties, f"{{{names}}}lnB", w="12700" if is_head else "6350")
    fill = etree.SubElement(line, f"{{{names}}}solidFill")
    etree.SubElement(fill, f"{{{names}}}srgbClr", val=MUTED if is_head else LINE)
