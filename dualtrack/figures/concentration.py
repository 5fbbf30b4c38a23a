"""Breakthroughs a unit carries against its band; a path's money in few and in many projects."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dualtrack.figures.bars import Frame, draw_interval, lay_rows, say_nothing
from dualtrack.figures.style import INK, TRACK_COLORS, style

__all__ = ["plot_breakthroughs", "plot_concentration"]

_BAND = "#D9D9D9"


def plot_breakthroughs(
    breakthroughs: pd.DataFrame, *, size: tuple[float, float] | None = None
) -> Figure:
    """Strategic initiatives under way in each unit, with the band shaded.

    Args:
        breakthroughs: As `measure_breakthroughs` returns.
        size: Inches; from the number of units if None.

    Returns:
        The figure; x counts initiatives, most on top.
    """
    own = breakthroughs.sort_values(["strategic_count", "group_name"], ascending=[False, True])
    with style():
        frame = Frame(own["group_name"].tolist() or [""], row=0.42, top=0.55, size=size)
        ax = frame.axes[0]
        highest = 1.0
        for place, row in enumerate(own.to_dict("records")):
            count = float(row["strategic_count"])
            ends = [end for end in (row["value_low"], row["value_high"]) if not math.isnan(end)]
            reach = max([count, *ends])
            highest = max(highest, reach, *(_ends(row)))
            ax.barh(place, count, height=0.56, color=TRACK_COLORS["strategic"])
            if ends and ends[0] < ends[1]:
                draw_interval(ax, ends[0], ends[1], place)
            ax.annotate(
                f"{count:.0f}",
                (reach, place),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                fontsize=10,
            )
        if own.empty:
            say_nothing(ax, 0, 0.02, "no unit known")
        else:
            low, high = _ends(own.iloc[0].to_dict())
            ax.axvspan(low, high, color=_BAND, zorder=0, linewidth=0)
            for edge in (low, high):
                ax.axvline(edge, color="white", linewidth=1.2, linestyle=(0, (4, 2)))
            frame.write_above(0, f"grey: {low:g} to {high:g}    line: 90 % interval")
        lay_rows(ax, frame.names)
        ax.set_xlim(0, highest * 1.08)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("Strategic initiatives under way")
        return frame.figure


def plot_concentration(
    concentration: pd.DataFrame,
    *,
    track: str = "strategic",
    size: tuple[float, float] | None = None,
) -> Figure:
    """What the largest, the middle and the smallest projects of a path hold of its money.

    Args:
        concentration: As `measure_concentration` returns.
        track: strategic or operational.
        size: Inches; from the number of groups if None.

    Returns:
        The figure; x is the share of the path's money, 0 to 100 %.
    """
    own = concentration[concentration["track"] == track]
    with style():
        frame = Frame(own["group_name"].tolist() or [""], row=0.44, right=2.3, top=0.55, size=size)
        ax = frame.axes[0]
        for place, row in enumerate(own.to_dict("records")):
            _draw_shares(ax, place, {str(key): one for key, one in row.items()}, track)
        if own.empty:
            say_nothing(ax, 0, 1, "nothing under way")
        lay_rows(ax, frame.names)
        ax.set_xlim(0, 100)
        ax.set_xlabel(f"Share of the {track} money under way, %")
        frame.write_above(0, "dark: the three largest", color=TRACK_COLORS[track], bold=True)
        frame.write_above(2.1, "pale: the others    white: the smallest, 5 % together")
        return frame.figure


def _draw_shares(ax: Axes, place: int, row: dict[str, object], track: str) -> None:
    top, tail = 100 * float(str(row["top_share"])), 100 * float(str(row["tail_share"]))
    known, of = int(str(row["known_count"])), int(str(row["project_count"]))
    if not known or math.isnan(top):
        say_nothing(ax, place, 1, "no budget known" if of else "none under way")
        return
    color = TRACK_COLORS[track]
    ax.barh(place, 100 - tail, height=0.6, color=color, alpha=0.35, linewidth=0)
    ax.barh(place, top, height=0.6, color=color)
    ax.barh(place, 100, height=0.6, facecolor="none", edgecolor=color, linewidth=1)
    draw_interval(ax, 100 * float(str(row["top_low"])), 100 * float(str(row["top_high"])), place)
    count = int(str(row["tail_count"]))
    text = f"{of} projects" if of != 1 else "1 project"
    text = text if known == of else f"{known} of {text}"
    text += f", {count} small" if count else ""
    ax.annotate(
        text,
        (1, place),
        xycoords=("axes fraction", "data"),
        xytext=(10, 0),
        textcoords="offset points",
        va="center",
        color=INK,
        fontsize=10,
        annotation_clip=False,
    )
    if float(str(row["top_low"])) > 0.12:
        ax.text(1.2, place, f"{top:.0f} %", va="center", color="white", fontsize=10)


def _ends(row: dict[str, object]) -> tuple[float, float]:
    low, high = float(str(row["low_value"])), float(str(row["high_value"]))
    return (0.0 if math.isnan(low) else low), (low if math.isnan(high) else high)
