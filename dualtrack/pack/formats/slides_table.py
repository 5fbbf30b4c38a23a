"""What fits on a slide of the HTML deck: lines of text, rows of a table, decisions; in pixels.

A slide cannot scroll, so heights are reckoned beforehand, for typefaces as wide as Arial; where a
wider one is shown, a line of the page sets the type smaller until all is in (slides.html).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dualtrack.pack.formats.look import fill_in_order
from dualtrack.pack.numbers import Numbers

__all__ = ["WIDTH", "TableLayout", "count_lines", "fill_slides", "lay_out_table"]

WIDTH = 1192  # pixels between the margins of a sheet: slides.css
_LETTER, _BOLD = 0.51, 0.57  # of the type's size: a letter, one in bold type
_SIZE, _LINE = 15.0, 20.0  # the table's type and its line: slides.css
_SIDES, _EDGES = 18.0, 9.0  # of a cell: left and right, above and below with the rule
_BROADEST = 40  # letters: no word asks for more room
_STEP = 12  # pixels a column is widened by at a time
_MOST_TRIED = 60  # rows that the widths are made for
_LONGEST_CELL = 200  # letters; a slide is no place for more


@dataclass(frozen=True)
class TableLayout:
    """A table cut into slides.

    Attributes:
        widths: Pixels of each column.
        cells: The rows as printed, long cells shortened.
        slides: Rows of each slide.
    """

    widths: list[int]
    cells: list[list[str]]
    slides: list[range]


def count_lines(text: str, width: float, size: float, *, is_bold: bool = False) -> int:
    """Lines a text takes.

    Args:
        text: The text.
        width: Pixels of a line.
        size: Pixels of its type.
        is_bold: Whether it is set in bold type.
    """
    most = max(1, int(width / (size * (_BOLD if is_bold else _LETTER))))
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > most:
            lines, used = lines + 1, 0
        used += len(word) + bool(used)
        if used > most:  # a word wider than the line is broken
            lines, used = lines + (used - 1) // most, (used - 1) % most + 1
    return lines


def fill_slides(heights: Sequence[float], room: float) -> list[range]:
    """Things of these heights by slide, as evenly as their order allows.

    Args:
        heights: Pixels of each, in order.
        room: Pixels of a slide; one thing higher than that has a slide of its own.
    """
    full = fill_in_order(heights, room)
    for even in (sum(heights) / max(len(full), 1) * more for more in (1.0, 1.1, 1.25)):
        evenly = fill_in_order(heights, min(max(even, *heights), room)) if len(full) > 1 else full
        if len(evenly) == len(full):
            return evenly
    return full


def lay_out_table(numbers: Numbers, room: float, *, words: float, most: int) -> TableLayout:
    """Column widths of a table, and which rows go on which slide.

    Args:
        numbers: The table, with a row at least.
        room: Pixels of height there are for it on each slide, its head included.
        words: Pixels of them that words take below the last rows shown.
        most: Slides shown; rows beyond them are left out.
    """
    cells = [[_shorten(cell) for cell in row] for row in numbers.printed()]
    widths = _widths(numbers, cells)
    heads = [column.heading for column in numbers.columns]
    head = _height(heads, widths, is_bold=True)
    heights = [_height(row, widths) for row in cells]
    slides = fill_slides(heights, room - head)
    last = slides[-1]
    if len(slides) > most or sum(heights[last.start : last.stop]) > room - head - words:
        slides = fill_slides(heights, room - head - words)
    return TableLayout(widths, cells, slides)


def _shorten(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_CELL else f"{cell[: _LONGEST_CELL - 1].rstrip()}…"


def _height(row: Sequence[str], widths: Sequence[int], *, is_bold: bool = False) -> float:
    lines = [
        count_lines(cell, width - _SIDES, _SIZE, is_bold=is_bold)
        for cell, width in zip(row, widths, strict=True)
    ]
    return max(lines) * _LINE + _EDGES


def _widths(numbers: Numbers, cells: list[list[str]]) -> list[int]:
    """Each column's longest word; what is left goes, bit by bit, to what makes the rows high."""
    widths = []
    for place, column in enumerate(numbers.columns):
        texts = [row[place] for row in cells]
        words = texts if column.is_number else [word for text in texts for word in text.split()]
        letters = min(max([len(one) for one in words] + [1]), _BROADEST)
        head = max([len(word) for word in column.heading.split()] + [1])
        widths.append(math.ceil(max((letters + 1) * _LETTER, (head + 1) * _BOLD) * _SIZE + _SIDES))
    if sum(widths) > WIDTH:
        return [math.floor(one * WIDTH / sum(widths)) for one in widths]
    sample = cells[:_MOST_TRIED]
    lines = [[_lines(row[place], width) for row in sample] for place, width in enumerate(widths)]
    while sum(widths) + _STEP <= WIDTH and max(max(one) for one in lines) > 1:
        high = [max(column[row] for column in lines) for row in range(len(sample))]
        blame = [
            sum(one - 1 for one, most in zip(column, high, strict=True) if one == most)
            for column in lines
        ]
        worst = blame.index(max(blame))
        widths[worst] += _STEP
        lines[worst] = [_lines(row[worst], widths[worst]) for row in sample]
    spare = (WIDTH - sum(widths)) // len(widths)
    return [one + spare for one in widths]


def _lines(cell: str, width: float) -> int:
    return count_lines(cell, width - _SIDES, _SIZE)
