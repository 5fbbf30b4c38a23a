"""What the office formats share: colours of the tracks, names, rows by slide, a fixed date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dualtrack.pack.numbers import Numbers, NumbersColumn

__all__ = [
    "ACCENT",
    "INK",
    "LINE",
    "MUTED",
    "chart_title",
    "clean_text",
    "document_date",
    "fill_in_order",
    "series_color",
    "series_name",
]

INK, MUTED, ACCENT, LINE = "1A1A1A", "5F5F5F", "882255", "D9D9D9"
# The figures' own (`dualtrack.figures.style`; a test holds them together).
_TRACKS = {
    "operational": "0072B2",
    "strategic": "882255",
    "maintenance": "8C8C8C",
    "undecided": "C9C9C9",
}
_OTHERS = ("0072B2", "882255", "8C8C8C", "C9C9C9", "5F5F5F", "1A1A1A")


def clean_text(text: str) -> str:
    """Without the signs XML cannot hold."""
    return "".join(one for one in text if one >= " " or one in "\n\t")


def series_color(name: str, place: int) -> str:
    """Colour of a series: its track's where the column names one."""
    found = (color for track, color in _TRACKS.items() if name.startswith(track))
    return next(found, _OTHERS[place % len(_OTHERS)])


def series_name(column: NumbersColumn) -> str:
    """What a series is called beside its bars: the track alone where the column names one."""
    found = (track.capitalize() for track in _TRACKS if column.name.startswith(track))
    return next(found, column.heading)


def chart_title(numbers: Numbers) -> str:
    """What a chart shows, plainly: the finding stands over the figure."""
    if numbers.chart is None:
        return ""
    names = {column.name: column.heading for column in numbers.columns}
    by = f"{numbers.chart.axis} by {names.get(numbers.chart.category, '').casefold()}"
    return f"{by}, {numbers.chart.only[1]}" if numbers.chart.only else by


def document_date(as_of: str) -> dt.datetime:
    """The date office files carry: the day the exports show, so that it never moves."""
    return dt.datetime.fromisoformat(as_of)


def fill_in_order(heights: Sequence[float], room: float) -> list[range]:
    """Places of things of these heights by slide: as many as fit, one at least.

    Args:
        heights: Of each, in order.
        room: Of a slide, in the same unit.
    """
    slides, start, used = [], 0, 0.0
    for place, height in enumerate(heights):
        if place > start and used + height > room:
            slides.append(range(start, place))
            start, used = place, 0.0
        used += height
    return [*slides, range(start, len(heights))] if heights else []
