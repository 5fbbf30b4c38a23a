"""Room and labels of a process behaviour chart: measured, so that nothing is cut or overlaps."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, wrap

__all__ = [
    "label_days",
    "label_lines",
    "name_centre",
    "set_left",
    "set_margins",
    "write_footnote",
    "write_number",
]

_LINE = 0.17  # inches of a line of small type
_BOLD = 1.16  # bold type is wider than what `wrap` measures
_GAP = 0.19  # inches between labels beside the lines
_DAY_WIDTH = 1.05  # inches of a date below the axis


def set_margins(
    figure: Figure, *, names: list[str], title: str, footnote: str, flag_lines: int
) -> float:
    """Write title and footnote, and leave room for them, the key, the flags and the labels.

    Args:
        figure: With its two axes.
        names: Labels beside the lines.
        title: Message title; none if blank.
        footnote: Rule set and limits in words.
        flag_lines: Lines of text above the readings.

    Returns:
        Height of the key, as a share of the figure.
    """
    width, height = figure.get_size_inches()
    used = 0.12
    if title:
        text = wrap(title, width * 0.92 / _BOLD, points=14)
        figure.text(
            0.06, 1 - used / height, text, fontsize=14, fontweight="bold", color=INK, va="top"
        )
        used += 0.27 * (text.count("\n") + 1) + 0.06
    key = 1 - used / height
    note = wrap(footnote, width * 0.9, points=8.5)
    figure.text(0.06, 0.1 / height, note, fontsize=8.5, color=MUTED, va="bottom")
    used += 0.36 + _LINE * flag_lines
    figure.subplots_adjust(
        left=0.95 / width,
        right=1 - (0.35 + 0.082 * max(map(len, names), default=0)) / width,
        top=1 - used / height,
        bottom=(0.52 + 0.15 * (note.count("\n") + 1)) / height,
        hspace=0.1,
    )
    return float(key)


def set_left(figure: Figure, axes: tuple[Axes, Axes]) -> None:
    """Leave room for the numbers of both axes, once they are scaled.

    Both axis labels stand on one line, outside the longer numbers.
    """
    signs = max(len(f"{tick:,.10g}") for ax in axes for tick in ax.get_yticks())
    width = figure.get_figwidth()
    lines = max(ax.get_ylabel().count("\n") + 1 for ax in axes)
    figure.subplots_adjust(left=(0.3 + 0.2 * lines + 0.098 * signs) / width)
    for ax in axes:
        ax.yaxis.set_label_coords(-(0.2 + 0.098 * signs) / (ax.get_position().width * width), 0.5)


def label_lines(ax: Axes, names: list[tuple[float, str, str]]) -> None:
    """Names with values to the right of the lines, pushed apart where lines are close.

    Args:
        ax: Scaled axes.
        names: Height in data, text and colour of each.
    """
    low, high = ax.get_ylim()
    inches = ax.get_position().height * ax.figure.get_figheight()  # type: ignore[union-attr]
    gap = _GAP / inches
    ordered = sorted(names)
    heights = [(y - low) / (high - low) for y, _, _ in ordered]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + gap)
    over = max([*heights, 0.0]) - 1.0
    if over > 0:
        heights[-1] -= over
        for place in range(len(heights) - 2, -1, -1):
            heights[place] = min(heights[place], heights[place + 1] - gap)
    for (y, text, color), height in zip(ordered, heights, strict=True):
        ax.plot(
            [1.0, 1.012],
            [(y - low) / (high - low), height],
            transform=ax.transAxes,
            color=MUTED,
            linewidth=0.8,
            clip_on=False,
        )
        ax.text(1.016, height, text, transform=ax.transAxes, color=color, va="center", fontsize=9.5)


def label_days(ax: Axes, days: pd.Series) -> None:
    """Dates of readings below the axis, as many as there is room for.

    Args:
        ax: Axes scaled in x.
        days: Dates of all readings, in order.
    """
    left, right = ax.get_xlim()
    width = ax.get_position().width * ax.figure.get_figwidth()  # type: ignore[union-attr]
    least = _DAY_WIDTH / width * (right - left)
    places = date2num(days)
    chosen = [len(days) - 1]
    for place in range(len(days) - 2, -1, -1):
        if places[chosen[-1]] - places[place] >= least:
            chosen.append(place)
    chosen.reverse()
    steps = np.diff(places)
    form = "%b %Y" if (days.dt.day == 1).all() and (steps > 27).all() else "%-d %b %Y"
    if ((days - days.dt.normalize()) > pd.Timedelta(0)).any():
        form = "%-d %b %H:%M"
    ax.set_xticks([places[place] for place in chosen], [_day(days.iloc[p], form) for p in chosen])


def _day(moment: pd.Timestamp, form: str) -> str:
    return f"{moment:{form.replace('%-d', str(moment.day))}}"


def write_footnote(limits: pd.DataFrame) -> str:
    """Rule set and limits in words, and which limits are trial."""
    last = limits.sort_values("phase").iloc[-1]
    text = f"Rules of {last['rule_set']}. Limits: {last['limit_method']}."
    trial = limits[limits["is_trial"].astype(bool) & limits["upper_limit"].notna()]
    if len(trial):
        counts = ", ".join(map(str, trial["reading_count"]))
        text += f" Trial limits (dotted) rest on fewer than 13 readings: {counts}."
    return text


def write_number(value: float, row: pd.Series) -> str:
    """A value with as many decimals as its moving range bears."""
    return f"{value:,.{int(row['decimal_count'])}f}"


def name_centre(row: pd.Series) -> str:
    """What the centre line of a phase is."""
    return "median" if str(row["limit_method"]).startswith("median") else "mean"
