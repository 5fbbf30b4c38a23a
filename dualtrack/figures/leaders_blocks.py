"""Working days: meetings, blocks long enough to work in, and what is left between."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from dualtrack.figures.leaders import draw_nothing
from dualtrack.figures.style import GRID, INK, MUTED, new_figure, style

__all__ = ["plot_leader_days"]

_MOST_TICKS = 9


def plot_leader_days(
    days: pd.DataFrame, *, block_minutes: int = 90, size: tuple[float, float] = (10.5, 3.8)
) -> Figure:
    """Each day with a meeting, from the bottom: meetings, short gaps, long blocks.

    Args:
        days: As `measure_leader_days` returns.
        block_minutes: Shortest block that counts, as measured.
        size: Inches.

    Returns:
        The figure; y is hours of the working day.
    """
    with style():
        figure = new_figure(size)
        if days.empty:
            return draw_nothing(figure, "No meetings in working hours")
        ax = figure.subplots()
        parts = (
            ("in meetings", days["busy_minutes"], INK),
            (
                f"gaps under {block_minutes} min",
                days["free_minutes"] - days["block_minutes"],
                MUTED,
            ),
            (f"blocks of {block_minutes} min or more", days["block_minutes"], GRID),
        )
        bottom = pd.Series(0.0, index=days.index)
        places = range(len(days))
        for _, minutes, color in parts:
            ax.bar(places, minutes / 60, bottom=bottom, width=0.86, color=color)
            bottom = bottom + minutes / 60
        total = sum(float(minutes.sum()) for _, minutes, _ in parts)
        for place, (name, minutes, color) in enumerate(reversed(parts)):
            ax.text(
                1.02,
                0.95 - place * 0.24 / (size[1] * 0.78),
                f"{name}: {100 * minutes.sum() / total:.0f} %",
                transform=ax.transAxes,
                va="top",
                fontsize=9.5,
                color=MUTED if color == GRID else color,
                fontweight="normal" if color == GRID else "bold",
            )
        ax.set_ylim(0, float(bottom.max()))
        ax.set_xlim(-0.6, max(len(days) - 0.4, 5.4))
        step = -(-len(days) // _MOST_TICKS)
        ticks = range(0, len(days), step)
        dates = list(days["work_date"])
        ax.set_xticks(list(ticks), [f"{dates[place].day} {dates[place]:%b}" for place in ticks])
        ax.tick_params(axis="x", length=0)
        ax.set_ylabel("Hours of the working day")
        ax.set_xlabel("Days with a meeting")
        figure.subplots_adjust(left=0.08, right=0.72, top=0.95, bottom=0.17)
        return figure
