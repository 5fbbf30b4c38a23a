"""The Gresham meter: strategic hours of each forum, to itself and beside operations."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.leaders import draw_nothing
from dualtrack.figures.style import MUTED, TRACK_COLORS, new_figure, style, wrap

__all__ = ["plot_mixing"]

_MOST_FORUMS = 16
_NAME_INCHES = 2.3


def plot_mixing(mixing: pd.DataFrame, *, size: tuple[float, float] | None = None) -> Figure:
    """Strategic hours by forum: solid alone, outlined beside operations.

    Args:
        mixing: As `measure_mixing` returns.
        size: Inches; from the number of forums if None.

    Returns:
        The figure; x is hours of strategic agenda items in the period.
    """
    forums = mixing[(mixing["forum_name"] != "All") & (mixing["strategic_item_count"] > 0)]
    shown = forums.sort_values("strategic_hours", ascending=False, kind="stable")
    more = len(shown) - _MOST_FORUMS
    shown = shown.head(_MOST_FORUMS)
    without = int((mixing["forum_name"] != "All").sum()) - len(forums)
    with style():
        if shown.empty:
            return draw_nothing(new_figure(size or (10.5, 2.0)), "No strategic agenda item")
        names = [wrap(name, _NAME_INCHES - 0.15, points=10) for name in shown["forum_name"]]
        lines = [name.count("\n") + 1 for name in names]
        height = 1.35 + sum(max(0.44, 0.19 * count + 0.1) for count in lines)
        figure = new_figure(size or (10.5, height))
        ax = figure.subplots()
        top = float(shown["strategic_hours"].max())
        place = 0.0
        places = []
        for row, count in zip(shown.itertuples(), lines, strict=True):
            step = max(0.44, 0.19 * count + 0.1)
            place += step / 2
            places.append(place)
            _draw_forum(ax, place, row, top)
            place += step / 2
        ax.set_xlim(0, top * 1.45)
        ax.set_ylim(place, 0)
        ax.set_yticks(places, names)
        ax.tick_params(axis="y", length=0, labelsize=10)
        ax.set_xlabel("Hours of strategic agenda items")
        notes = ["solid: strategy alone", "outlined: beside operations"]
        notes += [f"{more} more forums with strategy are not drawn"] if more > 0 else []
        notes += [f"forums without strategy: {without}"] if without else []
        inches = figure.get_figheight()
        figure.text(
            0.98,
            1 - 0.12 / inches,
            ";  ".join(notes),
            ha="right",
            va="top",
            color=MUTED,
            fontsize=9,
        )
        figure.subplots_adjust(
            left=_NAME_INCHES / figure.get_figwidth(),
            right=0.98,
            top=1 - 0.45 / inches,
            bottom=0.6 / inches,
        )
        return figure


def _draw_forum(ax: Axes, place: float, row: Any, top: float) -> None:
    color = TRACK_COLORS["strategic"]
    alone = row.strategic_hours - row.shared_hours
    ax.barh(place, alone, height=0.3, color=color)
    if row.shared_hours > 0:
        ax.barh(
            place,
            row.shared_hours,
            left=alone,
            height=0.3,
            facecolor="white",
            edgecolor=color,
            linewidth=1.4,
        )
    text = f"{row.strategic_hours:.1f} h"
    if row.mixed_count:
        text += f", {row.mixed_count} of {row.meeting_count} meetings mixed"
    ax.text(row.strategic_hours + 0.015 * top, place, text, va="center", fontsize=9.5)
