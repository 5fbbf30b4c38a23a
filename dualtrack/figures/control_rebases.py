"""Rebases on a process behaviour chart: where phases part, and a flag that says why."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from dualtrack.figures.control_labels import name_centre, write_number
from dualtrack.figures.style import INK, wrap

__all__ = ["draw_rebases", "find_edges", "write_flags"]

Flag = tuple[pd.Timestamp, str, str]
_LINE = 0.17  # inches of a line of small type


def find_edges(limits: pd.DataFrame) -> list[pd.Timestamp]:
    """Where each phase begins and the last ends: half way between readings."""
    ends = limits.sort_values("phase")
    inner = [
        end + (start - end) / 2
        for end, start in zip(ends["end_date"][:-1], ends["start_date"][1:], strict=True)
    ]
    return [ends["start_date"].iloc[0], *inner, ends["end_date"].iloc[-1]]


def write_flags(limits: pd.DataFrame, edges: list[pd.Timestamp], width: float) -> list[Flag]:
    """Place, words and side of each rebase's flag, with the limits it ended.

    Args:
        limits: As `measure_limits` returns, one metric.
        edges: As `find_edges` returns.
        width: Of the figure, inches.
    """
    ordered = limits.sort_values("phase").reset_index(drop=True)
    flags = []
    whole = max((edges[-1] - edges[0]) / pd.Timedelta(days=1), 1e-9)
    for place in range(1, len(ordered)):
        before, row = ordered.iloc[place - 1], ordered.iloc[place]
        day = row["start_date"]
        text = f"New limits from {day.day} {day:%b %Y}: {row['cause']}"
        if pd.notna(before["upper_limit"]):
            text += (
                f" (before: {name_centre(before)} {write_number(before['centre_value'], before)}, "
            )
            text += f"limits {write_number(before['lower_limit'], before)} to "
            text += f"{write_number(before['upper_limit'], before)})"
        share = (edges[place] - edges[0]) / pd.Timedelta(days=1) / whole
        side = "left" if share < 0.5 else "right"
        room = max(share, 1 - share) * width * 0.74 - 0.1
        flags.append((edges[place], wrap(text, room, points=9), side))
    return flags


def draw_rebases(figure: Figure, axes: tuple[Axes, Axes], flags: list[Flag]) -> None:
    """A line through both charts and a flag above them, each flag on lines of its own.

    Args:
        figure: The figure, margins set.
        axes: Readings and moving ranges.
        flags: As `write_flags` returns.
    """
    upper = axes[0]
    line = _LINE / (upper.get_position().height * figure.get_figheight())
    height = 1.02
    for day, text, side in reversed(flags):
        for ax in axes:
            ax.axvline(day, color=INK, linewidth=1.1, linestyle=(0, (4, 2)), zorder=1)
        top = height + line * (text.count("\n") + 1)
        upper.plot(
            [day, day],
            [1.0, top],
            color=INK,
            linewidth=1.1,
            clip_on=False,
            transform=upper.get_xaxis_transform(),
        )
        upper.annotate(
            text,
            (date2num(day), height),
            xycoords=upper.get_xaxis_transform(),
            xytext=(5 if side == "left" else -5, 0),
            textcoords="offset points",
            ha=side,
            va="bottom",
            fontsize=9,
            linespacing=1.15,
            # Where a flag reaches over another rebase, its line stops behind the words.
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )
        height = top
