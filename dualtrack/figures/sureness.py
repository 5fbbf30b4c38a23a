"""How sure the sort is: projects by the probability of their likeliest track."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from dualtrack.figures.style import INK, TRACK_COLORS, TRACK_NAMES, new_figure, style

__all__ = ["plot_sureness"]

_LOWEST = 0.3  # of three tracks the likeliest has a third at least
_STEP = 0.05
_APART = 0.07  # of the height: names stand one below the other


def plot_sureness(sorting: pd.DataFrame, *, size: tuple[float, float] = (9.5, 3.6)) -> Figure:
    """Projects by the probability of the track their text most likely stands for.

    Args:
        sorting: The `sorting` table.
        size: Inches.

    Returns:
        The figure; x is a probability in steps of 5 points, y a number of projects.
    """
    import seaborn as sns  # heavy: it brings scipy's statistics along

    likeliest = sorting[["p_operational", "p_strategic", "p_maintenance"]].max(axis=1)
    told = pd.DataFrame({"likeliest": likeliest, "track": sorting["track"]}).dropna()
    tracks = [one for one in TRACK_NAMES if (told["track"] == one).any()]
    with style():
        figure = new_figure(size)
        ax = figure.subplots()
        if len(told):
            sns.histplot(
                told.assign(track=told["track"].astype(str)),
                x="likeliest",
                hue="track",
                hue_order=tracks[::-1],  # the first named stands at the bottom
                palette=TRACK_COLORS,
                multiple="stack",
                bins=np.arange(_LOWEST, 1 + _STEP, _STEP).round(2),
                alpha=1,
                edgecolor="white",
                linewidth=0.3,
                legend=False,
                ax=ax,
            )
        for place, track in enumerate(tracks):
            count = int((told["track"] == track).sum())
            ax.text(
                0.015,
                0.97 - place * 1.5 * _APART,
                f"{TRACK_NAMES[track]}, {count}",
                transform=ax.transAxes,
                va="top",
                color=INK if track == "undecided" else TRACK_COLORS[track],
                fontweight="bold",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        ax.set_xlim(_LOWEST, 1)
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
        ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
        ax.set_xlabel("Probability of the likeliest track")
        ax.set_ylabel("Projects")
        figure.subplots_adjust(left=0.08, right=0.97, top=0.97, bottom=0.17)
        return figure
