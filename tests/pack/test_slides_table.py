"""What fits on a slide: lines, heights, column widths; reckoned, before any browser shows it."""

from __future__ import annotations

import pandas as pd

from dualtrack.pack.formats.slides_table import WIDTH, count_lines, fill_slides, lay_out_table
from dualtrack.pack.numbers import pick_numbers
from dualtrack.tables import DisplayColumn, DisplayTable


def table(*texts: str) -> DisplayTable:
    frame = pd.DataFrame({"title": texts, "n": range(len(texts))})
    columns = (DisplayColumn("title", "Project"), DisplayColumn("n", "No.", "count"))
    return DisplayTable(frame, columns)


def test_words_are_counted_into_lines_and_a_word_too_wide_is_broken() -> None:
    assert count_lines("", 100, 10) == 1
    assert count_lines("ten letter", 51, 10) == 1  # ten letters of 5.1 pixels
    assert count_lines("ten letters", 51, 10) == 2
    assert count_lines("x" * 25, 51, 10) == 3
    assert count_lines("ten letter", 51, 10, is_bold=True) == 2


def test_slides_are_filled_evenly_and_nothing_is_lost() -> None:
    assert fill_slides([], 10) == []
    assert fill_slides([4, 4], 10) == [range(0, 2)]
    assert fill_slides([4] * 6, 17) == [range(0, 3), range(3, 6)]  # not four and two
    assert fill_slides([30, 4], 10) == [range(0, 1), range(1, 2)]  # higher than a slide: its own


def test_a_layout_keeps_to_the_room_and_leaves_room_for_words() -> None:
    numbers = pick_numbers(table(*["A project with a name"] * 20))
    layout = lay_out_table(numbers, 400, words=0, most=4)
    assert sum(layout.widths) <= WIDTH
    assert [place for rows in layout.slides for place in rows] == list(range(20))
    assert all(29 * (len(rows) + 1) <= 400 for rows in layout.slides)  # a line of 20, edges of 9
    fewer = lay_out_table(numbers, 400, words=0, most=1).slides
    assert fewer == layout.slides
    less = lay_out_table(numbers, 400, words=200, most=1).slides
    assert all(29 * (len(rows) + 1) <= 200 for rows in less)


def test_a_cell_longer_than_a_slide_bears_is_shortened() -> None:
    layout = lay_out_table(pick_numbers(table("word " * 100)), 500, words=0, most=4)
    assert len(layout.cells[0][0]) <= 200 and layout.cells[0][0].endswith("…")
