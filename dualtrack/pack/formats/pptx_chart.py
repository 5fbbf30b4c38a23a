"""A table's chart on a slide, with its numbers inside, so that it can be edited there."""

from __future__ import annotations

import copy
from typing import Any

from dualtrack.pack.formats.look import (
    INK,
    MUTED,
    chart_title,
    clean_text,
    series_color,
    series_name,
)
from dualtrack.pack.formats.pptx_slide import Area
from dualtrack.pack.numbers import Numbers, print_value

__all__ = ["add_chart"]

_FEW = 10  # with bars no longer than this, every whole number is marked
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def add_chart(slide: Any, numbers: Numbers, area: Area) -> None:
    """Draw a table's chart.

    Args:
        slide: Where.
        numbers: The table; it has a chart.
        area: Its place.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    chart, rows = numbers.chart, numbers.drawn_rows()
    if chart is None or not rows:
        return
    columns = {column.name: column for column in numbers.columns}
    names, kind = numbers.column(chart.category), columns[chart.category].format
    filled = CategoryChartData()
    filled.categories = [clean_text(print_value(names[row], kind)) for row in rows]
    drawn = [one for one in (*chart.series, chart.line) if one in columns]
    for one in drawn:
        values = numbers.column(one)
        name = columns[one].heading if one == chart.line else series_name(columns[one])
        filled.add_series(name, [values[row] for row in rows])
    is_standing = chart.kind == "columns"
    style = XL_CHART_TYPE.COLUMN_STACKED if is_standing else XL_CHART_TYPE.BAR_STACKED
    frame = slide.shapes.add_chart(style, *area.emu(), filled)
    title = chart_title(numbers)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"Chart: {title}, by track.")
    _dress(frame.chart, title, [series_color(one, place) for place, one in enumerate(drawn)])
    if columns[drawn[0]].format == "count":
        _count_whole(frame.chart, filled)
    if not is_standing:
        frame.chart.category_axis.reverse_order = True  # the first row on top, as in the table
    if chart.line in columns:
        _draw_as_line(frame.chart, len(drawn) - 1)


def _dress(chart: Any, title: str, colors: list[str]) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    chart.font.size, chart.font.color.rgb = Pt(12), RGBColor.from_string(INK)
    chart.has_title = True
    chart.chart_title.text_frame.text = title
    font = chart.chart_title.text_frame.paragraphs[0].font
    font.size, font.bold = Pt(13), True
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for series, color in zip(plot.series, colors, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(color)
        series.invert_if_negative = False
    values = chart.value_axis
    values.minimum_scale, values.has_major_gridlines = 0, True
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string("E3E3E3")
    values.format.line.color.rgb = RGBColor.from_string("E3E3E3")
    values.tick_labels.font.size = Pt(11)
    values.tick_labels.font.color.rgb = RGBColor.from_string(MUTED)
    # With the first row on top, a value axis left where it is would stand on top too.
    values.tick_label_position = (
        XL_TICK_LABEL_POSITION.HIGH if _is_lying(chart) else (XL_TICK_LABEL_POSITION.LOW)
    )


def _count_whole(chart: Any, filled: Any) -> None:
    """Whole numbers on the axis, where programs would else mark fifths of a project."""
    totals = [
        sum(value or 0 for value in bar)
        for bar in zip(*(one.values for one in filled), strict=True)
    ]
    chart.value_axis.tick_labels.number_format = "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    if max(totals) <= _FEW:
        chart.value_axis.major_unit = 1


def _is_lying(chart: Any) -> bool:
    return bool(chart._chartSpace.xpath(".//c:barDir[@val='bar']"))


def _draw_as_line(chart: Any, place: int) -> None:
    """Turn one of the stacked series into a line on the same axes."""
    from lxml import etree

    bars = chart._chartSpace.xpath(".//c:barChart")[0]
    series = bars.findall(f"{{{_C}}}ser")[place]
    line = etree.Element(f"{{{_C}}}lineChart")
    etree.SubElement(line, f"{{{_C}}}grouping", val="standard")
    etree.SubElement(line, f"{{{_C}}}varyColors", val="0")
    for one in series.findall(f"{{{_C}}}invertIfNegative"):
        series.remove(one)
    bars.remove(series)
    line.append(series)
    marker = etree.Element(f"{{{_C}}}marker")
    etree.SubElement(marker, f"{{{_C}}}symbol", val="none")
    properties = series.find(f"{{{_C}}}spPr")
    properties.addnext(marker)
    _as_stroke(properties)
    etree.SubElement(series, f"{{{_C}}}smooth", val="0")
    etree.SubElement(line, f"{{{_C}}}marker", val="1")
    for axis in bars.findall(f"{{{_C}}}axId"):
        line.append(copy.deepcopy(axis))
    bars.addnext(line)


def _as_stroke(properties: Any) -> None:
    from lxml import etree

    names = properties.nsmap["a"]
    for one in list(properties):
        properties.remove(one)
    stroke = etree.SubElement(properties, f"{{{names}}}ln", w="28575")
    fill = etree.SubElement(stroke, f"{{{names}}}solidFill")
    etree.SubElement(fill, f"{{{names}}}srgbClr", val=INK)
