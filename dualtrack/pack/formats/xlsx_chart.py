"""A table's chart in a workbook, drawn by the spreadsheet from the sheet's own cells."""

from __future__ import annotations

from typing import Any

from dualtrack.pack.formats.look import chart_title, series_color, series_name
from dualtrack.pack.numbers import Numbers

__all__ = ["add_chart"]

_WIDTH, _LEAST, _BAR = 860, 300, 30  # pixels
_ROOM_ROWS = 8  # with more the chart stands on the next printed page


def add_chart(book: Any, sheet: Any, numbers: Numbers, *, head_row: int) -> None:
    """Draw a table's chart under it.

    Args:
        book: The workbook.
        sheet: The sheet that holds the numbers.
        numbers: The table; it has a chart.
        head_row: Row of the headings.
    """
    chart, rows, title = numbers.chart, numbers.drawn_rows(), chart_title(numbers)
    if chart is None or not rows:
        return
    places = {column.name: place for place, column in enumerate(numbers.columns)}
    # Rows drawn are one range of cells: the whole of a table, or a group within it.
    first, last = head_row + 1 + rows[0], head_row + 1 + rows[-1]
    is_standing = chart.kind == "columns"
    drawn = book.add_chart({"type": "column" if is_standing else "bar", "subtype": "stacked"})
    name = sheet.get_name()
    for order, series in enumerate(chart.series):
        place = places[series]
        drawn.add_series(
            {
                "name": series_name(numbers.columns[place]),
                "categories": [name, first, places[chart.category], last, places[chart.category]],
                "values": [name, first, place, last, place],
                "fill": {"color": f"#{series_color(series, order)}"},
                "gap": 40,
            }
        )
    if chart.line and chart.line in places:
        place = places[chart.line]
        line = book.add_chart({"type": "line"})
        line.add_series(
            {
                "name": numbers.columns[place].heading,
                "categories": [name, first, places[chart.category], last, places[chart.category]],
                "values": [name, first, place, last, place],
                "line": {"color": "#1A1A1A", "width": 2.0},
            }
        )
        drawn.combine(line)
    drawn.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    values: dict[str, Any] = {
        "name": chart.axis,
        "min": 0,
        "major_gridlines": {"visible": True},
        "num_format": "#,##0",
    }
    names: dict[str, Any] = {"num_font": {"size": 10}, "text_axis": True}
    if numbers.columns[places[chart.category]].format == "month":
        names["num_format"] = "mmm yyyy"
    if not is_standing:
        names["reverse"] = True  # the first row on top, as in the table
        names["crossing"] = "max"
    drawn.set_x_axis(names if is_standing else values)
    drawn.set_y_axis(values if is_standing else names)
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": _WIDTH, "height": max(_LEAST, 140 + _BAR * len(rows))})
    row = head_row + len(numbers.rows) + 2
    if len(numbers.rows) > _ROOM_ROWS:
        sheet.set_h_pagebreaks([row])  # else print would cut the chart in two
    sheet.insert_chart(row, 0, drawn, {"description": f"{title}, by track."})
