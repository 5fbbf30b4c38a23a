"""Called against is: one bar a path, split by what its projects are called."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dualtrack.figures.style import MUTED, TRACK_COLORS, TRACK_NAMES, new_figure, style

__all__ = ["plot_clarity"]

_CALLED_ORDER = ("operational", "strategic", "maintenance", "undeclared")
_CALLED_NAMES = {
    "operational": "called operational",
    "strategic": "called strategic",
    "maintenance": "called maintenance",
    "undeclared": "no label",
}
_COLORS = {**TRACK_COLORS, "undeclared": "#FFFFFF"}
_ROOM_FOR_NAME = 0.16  # share of the axis a segment needs to carry its own name


def plot_clarity(
    clarity: pd.DataFrame, *, group_name: str = "All", size: tuple[float, float] = (10.5, 3.1)
) -> Figure:
    """For each kind of work, how many of its projects are called what.

    Args:
        clarity: As `measure_clarity` returns.
        group_name: Group to show.
        size: Inches.

    Returns:
        The figure; x is a number of projects.
    """
    own = clarity[clarity["group_name"] == group_name]
    counts = own.pivot_table(
        index="track",
        columns="declared_track",
        values="project_count",
        aggfunc="sum",
        observed=True,
    ).fillna(0)
    kinds = [one for one in ("strategic", "operational", "maintenance") if one in counts.index]
    with style():
        figure = new_figure(size)
        ax = figure.subplots()
        longest = max([float(counts.loc[kind].sum()) for kind in kinds], default=1.0)
        for place, kind in enumerate(kinds):
            _draw_kind(ax, place, counts.loc[kind], longest)
        ax.set_yticks(range(len(kinds)), [f"{TRACK_NAMES[one]}" for one in kinds])
        ax.set_ylim(len(kinds) - 0.4, -0.6)
        ax.set_xlim(0, longest * 1.02)
        ax.tick_params(axis="y", length=0)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("Projects, by what they are. Colour: what they are called; hatched: no label")
        ax.spines["left"].set_visible(False)
        figure.subplots_adjust(left=0.22, right=0.965, top=0.97, bottom=0.2)
        return figure


def _draw_kind(ax: Axes, place: int, counts: pd.Series, longest: float) -> None:
    left = 0.0
    for called in _CALLED_ORDER:
        count = float(counts.get(called, 0.0))
        if not count:
            continue
        ax.barh(
            place,
            count,
            left=left,
            height=0.62,
            color=_COLORS[called],
            edgecolor=MUTED if called == "undeclared" else "white",
            linewidth=1,
            hatch="////" if called == "undeclared" else None,
        )
        has_room = count / longest > _ROOM_FOR_NAME
        text = f"{count:.0f} {_CALLED_NAMES[called]}" if has_room else f"{count:.0f}"
        color = "#1A1A1A" if called == "undeclared" else "white"
        box = (
            {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
            if called == "undeclared"
            else None
        )
        if count / longest > 0.025:
            ax.text(
                left + count / 2,
                place,
                text,
                ha="center",
                va="center",
                color=color,
                fontsize=9.5,
                bbox=box,
            )
        left += count
