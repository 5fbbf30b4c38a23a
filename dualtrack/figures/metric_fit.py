"""Metric fit: measures by kind and cadence, a panel for each path, misfits named beside."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dualtrack.figures.style import (
    GRID,
    INK,
    MUTED,
    TRACK_COLORS,
    TRACK_NAMES,
    new_figure,
    style,
    wrap,
)

__all__ = ["plot_metric_fit"]

_KINDS = {
    "strategic": "Strategic",
    "both": "Either path",
    "operational": "Operational",
    "neither": "Activity count",
    "unknown": "Unknown",
}
_CADENCES = {
    "daily": "daily",
    "weekly": "weekly",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "annual": "yearly",
    "": "not\nknown",
}
_PANELS = ("strategic", "operational")
_NAMED_WIDTH = 4.3  # inches of the list of misfits
_POINTS = 9.0
_LINE = 0.165  # inches of a line of that list
_ROOM = 4.9  # inches the list may take


def plot_metric_fit(fit: pd.DataFrame, *, size: tuple[float, float] = (12.5, 6.0)) -> Figure:
    """How many measures stand where, which cells do not fit, and the misfits by name.

    Args:
        fit: As `measure_metric_fit` returns.
        size: Inches.

    Returns:
        The figure; x is how often a measure is read, y its kind; a cell holds the number of
        measures and, framed, how many of them do not fit.
    """
    with style():
        figure = new_figure(size)
        if fit.empty:
            ax = figure.subplots()
            ax.set_axis_off()
            ax.text(0.5, 0.5, "No metrics", ha="center", color=MUTED)
            return figure
        axes = figure.subplots(2, 1, sharex=True)
        for ax, track in zip(axes, _PANELS, strict=True):
            _draw_panel(ax, fit[fit["track"] == track], track)
        axes[0].tick_params(labelbottom=False)
        axes[1].set_xlabel("read, from the spacing of the readings")
        width = size[0]
        figure.subplots_adjust(
            left=1.6 / width,
            right=1 - (_NAMED_WIDTH + 0.45) / width,
            top=0.93,
            bottom=0.13,
            hspace=0.2,
        )
        _name_misfits(figure, fit[fit["finding"].notna()], size)
        return figure


def _draw_panel(ax: Axes, own: pd.DataFrame, track: str) -> None:
    kinds, cadences = list(_KINDS), list(_CADENCES)
    placed = own.assign(
        kind=own["path_fit"].fillna("unknown"),
        read=own["cadence"].fillna(""),
        is_odd=own["finding"].notna(),
    )
    cells = placed.groupby(["kind", "read"])["is_odd"].agg(["size", "sum"])
    for (kind, read), row in cells.iterrows():
        x, y = cadences.index(read), kinds.index(kind)
        odd = int(row["sum"])
        is_all = odd == row["size"]
        # What the lexicon does not know is neither a fit nor a misfit of kind.
        is_known = kind != "unknown"
        color = TRACK_COLORS[track if is_known else "undecided"]
        ax.add_patch(
            Rectangle(
                (x - 0.46, y - 0.44),
                0.92,
                0.88,
                facecolor="white" if is_all else color,
                edgecolor=INK if odd else color,
                linewidth=2.0 if odd else 0.5,
                linestyle=(0, (2, 1)) if odd else "solid",
            )
        )
        text = f"{int(row['size']):,}"
        if odd:
            text += " misfit" + ("s" if odd > 1 else "") if is_all else f", {odd} off"
        ink = "white" if is_known and not is_all else INK
        ax.text(x, y, text, ha="center", va="center", color=ink, fontsize=10)
    ax.set_ylabel("kind of metric", fontsize=9.5)
    ax.set_xlim(-0.5, len(cadences) - 0.5)
    ax.set_ylim(len(kinds) - 0.5, -0.5)
    ax.set_yticks(range(len(kinds)), list(_KINDS.values()), fontsize=9.5)
    ax.set_xticks(range(len(cadences)), list(_CADENCES.values()), fontsize=9.5)
    ax.set_xticks([place + 0.5 for place in range(len(cadences) - 1)], minor=True)
    ax.set_yticks([place + 0.5 for place in range(len(kinds) - 1)], minor=True)
    ax.grid(which="minor", color=GRID, linewidth=0.8)
    ax.tick_params(which="both", length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    count = f"{len(own):,} measure{'' if len(own) == 1 else 's'}"
    ax.set_title(
        f"On {TRACK_NAMES[track].lower()}: {count}",
        loc="left",
        color=TRACK_COLORS[track],
        fontsize=11,
        fontweight="bold",
    )


def _name_misfits(figure: Figure, odd: pd.DataFrame, size: tuple[float, float]) -> None:
    """As many as the page holds, each whole; the rest is counted."""
    width, height = size
    left = 1 - (_NAMED_WIDTH + 0.2) / width
    top = height * 0.93
    head = "Do not fit" if len(odd) else "No misfit is found"
    figure.text(left, top / height, head, fontsize=11, fontweight="bold", va="bottom")
    used = 0.12
    room = min(_ROOM, height * 0.8)
    for place, row in enumerate(odd.itertuples()):
        on = f" on {row.title}" if pd.notna(row.title) else ""
        name = wrap(f"{row.metric_id}{on}", _NAMED_WIDTH, points=_POINTS)
        says = wrap(str(row.finding), _NAMED_WIDTH, points=_POINTS)
        lines = name.count("\n") + says.count("\n") + 2
        if used + lines * _LINE + 0.25 > room:
            more = f"and {len(odd) - place} more in the table"
            figure.text(left, (top - used) / height, more, fontsize=_POINTS, va="top", color=MUTED)
            return
        figure.text(left, (top - used) / height, name, fontsize=_POINTS, va="top")
        used += (name.count("\n") + 1) * _LINE
        figure.text(left, (top - used) / height, says, fontsize=_POINTS, va="top", color=MUTED)
        used += (says.count("\n") + 1) * _LINE + 0.1
