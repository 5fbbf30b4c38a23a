"""How far the sort decides: projects by track, undecided apart."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dualtrack.figures.style import INK, TRACK_COLORS, TRACK_NAMES, new_figure, style

__all__ = ["plot_sorting"]


def plot_sorting(sorting: pd.DataFrame, *, size: tuple[float, float] = (9.5, 2.6)) -> Figure:
    """Projects by track.

    Args:
        sorting: The `sorting` table.
        size: Inches.

    Returns:
        The figure; x is a number of projects.
    """
    counts = sorting["track"].value_counts()
    with style():
        figure = new_figure(size)
        ax = figure.subplots()
        for place, track in enumerate(TRACK_NAMES):
            count = int(counts.get(track, 0))
            ax.barh(place, count, color=TRACK_COLORS[track], height=0.66)
            ax.text(count, place, f" {count}", va="center", color=INK)
        ax.set_yticks(range(len(TRACK_NAMES)), list(TRACK_NAMES.values()))
        ax.set_ylim(len(TRACK_NAMES) - 0.5, -0.5)
        ax.tick_params(axis="y", length=0)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlim(0, max(1, int(counts.max() if len(counts) else 1)) * 1.1)
        ax.set_xlabel("Projects")
        ax.spines["left"].set_visible(False)
        figure.subplots_adjust(left=0.25, right=0.96, top=0.97, bottom=0.22)
        return figure
