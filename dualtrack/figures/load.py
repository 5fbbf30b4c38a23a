"""Load: booked FTE stacked by track, capacity as a line, month by month."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, TRACK_COLORS, TRACK_NAMES, new_figure, style

__all__ = ["plot_load"]

_ORDER = ("strategic", "operational", "maintenance", "undecided")


def plot_load(
    load: pd.DataFrame, *, group_name: str = "All", size: tuple[float, float] = (10.5, 3.8)
) -> Figure:
    """Demand by track against capacity.

    Args:
        load: As `measure_load` returns.
        group_name: Group to show.
        size: Inches.

    Returns:
        The figure; y is FTE, x the month.
    """
    own = load[load["group_name"] == group_name].sort_values("month").reset_index(drop=True)
    with style():
        figure = new_figure(size)
        ax = figure.subplots()
        if own.empty:
            ax.set_axis_off()
            ax.text(0.5, 0.5, "No bookings in the exports", ha="center", color=MUTED)
            return figure
        _draw_months(ax, own)
        top = max(float(own["demand_fte"].max()), float(own["capacity_fte"].fillna(0).max()))
        ax.set_ylim(0, top * 1.18)
        ax.set_xlim(-0.6, len(own) + 0.45)
        ax.set_xticks(range(len(own)), [f"{month:%b %Y}" for month in own["month"]])
        ax.tick_params(axis="x", length=0)
        ax.set_ylabel("FTE booked")
        figure.subplots_adjust(left=0.08, right=0.98, top=0.94, bottom=0.1)
        return figure


def _draw_months(ax: Axes, own: pd.DataFrame) -> None:
    bottom = pd.Series(0.0, index=own.index)
    last = len(own) - 1
    names: list[tuple[float, str]] = []
    for track in _ORDER:
        height = own[f"{track}_fte"]
        ax.bar(
            own.index,
            height,
            bottom=bottom,
            width=0.55,
            color=TRACK_COLORS[track],
            edgecolor="white",
            linewidth=0.8,
        )
        if height.iloc[last] > 0:
            names.append((float(bottom.iloc[last] + height.iloc[last] / 2), track))
        bottom = bottom + height
    _name_segments(ax, names, last, float(max(bottom.max(), own["capacity_fte"].fillna(0).max())))
    for place, total in enumerate(bottom):
        ax.text(place, total, f"{total:.1f}", ha="center", va="bottom", color=INK, fontsize=10)
    capacity = own["capacity_fte"]
    if capacity.notna().any():
        for place, value in enumerate(capacity):
            ax.plot([place - 0.42, place + 0.42], [value, value], color=INK, linewidth=2)
        ax.text(
            -0.42,
            float(capacity.iloc[0]),
            "capacity ",
            ha="left",
            va="bottom",
            color=INK,
            fontsize=9.5,
        )


def _name_segments(ax: Axes, names: list[tuple[float, str]], last: int, top: float) -> None:
    """Track names beside the last bar, pushed apart where segments are thin."""
    gap = top * 0.075
    height = -gap
    for middle, track in names:
        height = max(middle, height + gap)
        ax.text(
            last + 0.34,
            height,
            TRACK_NAMES[track],
            va="center",
            fontsize=9.5,
            color=TRACK_COLORS[track] if track != "undecided" else MUTED,
            fontweight="bold",
        )
