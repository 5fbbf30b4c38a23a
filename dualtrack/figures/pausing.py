"""A plan of pauses: per group demand as it is (outlined), with the pauses (solid), and capacity."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, new_figure, style, wrap

__all__ = ["plot_pausing"]

MOST = 12  # groups a page holds; those most over capacity are shown, the others counted
_ACROSS = 3
_CHART, _LINE, _POINTS = 1.45, 0.18, 10.5  # inches, inches, points


def plot_pausing(
    limits: pd.DataFrame, *, hours: str = "FTE", size: tuple[float, float] | None = None
) -> Figure:
    """Small charts on one scale, a group each, those most over capacity first.

    Args:
        limits: As `measure_pausing` returns, second of the two.
        hours: Unit of the vertical axes.
        size: Inches; from the number of groups if None.

    Returns:
        The figure; y is FTE, x the month.
    """
    own = limits[(limits["limit_type"] == "capacity") & (limits["limit_high"] < math.inf)]
    share = own["before_value"] / own["limit_high"].where(own["limit_high"] > 0)
    worst = share.groupby(own["group_name"]).max().sort_values(ascending=False, kind="stable")
    names = list(worst.index[:MOST])
    rows = max(1, math.ceil(len(names) / _ACROSS))
    across = min(_ACROSS, max(1, len(names)))
    titles = [wrap(name, (size or (11.2,))[0] / across - 0.9, points=_POINTS) for name in names]
    lines = max([1 + title.count("\n") for title in titles], default=1)
    gap = 0.42 + _LINE * lines  # between charts: tick labels and the next title
    with style():
        figure = new_figure(size or (11.2, 0.75 + (_CHART + gap) * rows))
        if not names:
            ax = figure.subplots()
            ax.set_axis_off()
            ax.text(0.5, 0.5, "No capacity known to fit into", ha="center", color=MUTED)
            return figure
        axes = figure.subplots(rows, across, squeeze=False).ravel()
        shown = own[own["group_name"].isin(names)]
        top = float(shown[["before_value", "limit_high"]].max(axis=None)) * 1.12
        months = sorted(shown["month"].unique())
        for ax in axes[len(names) :]:
            ax.set_axis_off()
        for place, name in enumerate(names):
            group = shown[shown["group_name"] == name].set_index("month").reindex(months)
            _draw_group(axes[place], group, months, top)
            axes[place].set_title(titles[place], loc="left", fontsize=_POINTS)
            axes[place].set_ylabel(hours if place % across == 0 else "")
        height = float(figure.get_figheight())
        left_out = len(worst) - len(names)
        note = f"  {left_out} groups with more room not shown." if left_out else ""
        figure.text(
            0.06,
            0.16 / height,
            "Outlined: as it is.  Solid: with the pauses.  Line: what is there to use." + note,
            fontsize=9.5,
            color=MUTED,
        )
        figure.subplots_adjust(
            left=0.06,
            right=0.99,
            top=1 - (0.15 + _LINE * lines) / height,
            bottom=0.7 / height,
            hspace=gap / _CHART,
            wspace=0.14,
        )
        return figure


def _draw_group(ax: Axes, group: pd.DataFrame, months: list[pd.Timestamp], top: float) -> None:
    places = range(len(months))
    after = group["after_value"].fillna(0.0)
    ax.bar(places, after, width=0.6, color=MUTED)
    ax.bar(
        places,
        group["before_value"].fillna(0.0),
        width=0.6,
        facecolor="none",
        edgecolor=INK,
        linewidth=1.1,
    )
    for place, (limit, is_unmet) in enumerate(
        zip(group["limit_high"], group["is_unmet"].fillna(False), strict=True)
    ):
        ax.plot([place - 0.42, place + 0.42], [limit] * 2, color=INK, linewidth=2.2)
        if is_unmet:
            ax.text(place, top * 0.97, "!", ha="center", va="top", fontweight="bold")
    ax.set_ylim(0, top)
    ax.set_xlim(-0.6, max(len(months), 3) - 0.4)
    is_long = len(months) > 6
    labels = [f"{month:%b}"[0] if is_long else f"{month:%b}" for month in months]
    ax.set_xticks(list(places), labels, fontsize=9)
    ax.tick_params(axis="x", length=0)
    ax.tick_params(axis="y", labelsize=9)
