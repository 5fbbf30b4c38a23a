"""Forums that see both paths, and how far governance tells the paths apart."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

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

__all__ = ["plot_forums", "plot_separation"]

_NAME_INCHES = 3.2


def plot_forums(
    forums: pd.DataFrame, *, most: int = 12, size: tuple[float, float] | None = None
) -> Figure:
    """The forums that see both paths: strategic projects left, operational ones right.

    Args:
        forums: As `measure_forums` returns, mixed ones first.
        most: Forums drawn; a line says how many more there are.
        size: Inches; from the number of forums if None.

    Returns:
        The figure; x is a number of open projects.
    """
    mixed = forums[forums["is_mixed"].fillna(False).astype(bool)]
    shown = mixed.head(most)
    names = [
        wrap(f"{row.review_forum}, {row.unit_name}", _NAME_INCHES, points=9.5)
        for row in shown.itertuples()
    ]
    lines = [name.count("\n") + 1 for name in names]
    with style():
        height = 1.5 + sum(0.2 + 0.17 * count for count in lines)
        figure = new_figure(size or (11.2, max(height, 2.0)))
        ax = figure.subplots()
        if shown.empty:
            ax.set_axis_off()
            text = "No forum is named" if forums.empty else "No forum sees both paths"
            ax.text(0.5, 0.5, text, ha="center", va="center", color=MUTED)
            return figure
        tops = [sum(lines[:place]) + lines[place] / 2 + 0.6 * place for place in range(len(lines))]
        for y, row in zip(tops, shown.itertuples(), strict=True):
            _draw_forum(ax, y, row)
        longest = float(shown[["strategic_count", "operational_count"]].max().max())
        ax.set_xlim(-longest * 1.15, longest * 1.15)
        ax.set_ylim(tops[-1] + lines[-1] / 2 + 0.5, -0.4)
        ax.set_yticks(tops, names, fontsize=9.5)
        ax.tick_params(axis="y", length=0)
        ax.axvline(0, color=INK, linewidth=0.8)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{abs(x):.0f}"))
        ax.spines["left"].set_visible(False)
        _name_sides(figure, ax, len(mixed) - len(shown), len(forums) - len(mixed))
        return figure


def _draw_forum(ax: Axes, y: float, row: object) -> None:
    for track, sign in (("strategic", -1), ("operational", 1)):
        count = int(getattr(row, f"{track}_count"))
        ax.barh(y, sign * count, height=0.95, color=TRACK_COLORS[track])
        ax.annotate(
            f"{count}",
            (sign * count, y),
            xytext=(4 * sign, 0),
            textcoords="offset points",
            ha="left" if sign > 0 else "right",
            va="center",
            fontsize=9.5,
        )


def _name_sides(figure: Figure, ax: Axes, left_out: int, apart: int) -> None:
    height = figure.get_figheight()
    figure.subplots_adjust(left=0.31, right=0.97, top=1 - 0.42 / height, bottom=0.62 / height)
    box = ax.get_position()
    middle = (box.x0 + box.x1) / 2
    top = 1 - 0.26 / height
    for track, x, side in (
        ("strategic", middle - 0.01, "right"),
        ("operational", middle + 0.01, "left"),
    ):
        figure.text(
            x, top, TRACK_NAMES[track], color=TRACK_COLORS[track], ha=side, fontweight="bold"
        )
    words = "Open projects in the forum."
    if left_out:
        words += f" {left_out} more see both paths."
    words += f" Not drawn: {apart} that keep to one path." if apart else ""
    ax.set_xlabel(words)


def plot_separation(separation: pd.DataFrame, *, size: tuple[float, float] = (11.2, 2.9)) -> Figure:
    """How far each feature of governance tells the two paths apart, with its interval.

    Args:
        separation: As `measure_separation` returns.
        size: Inches.

    Returns:
        The figure; x is bias-corrected Cramér's V, 0 to 1.
    """
    with style():
        figure = new_figure(size)
        ax = figure.subplots()
        for place, row in enumerate(separation.itertuples()):
            _draw_feature(ax, place, row)
        count = max(len(separation), 1)
        ax.set_xlim(0, 1)
        ax.set_ylim(count - 0.4, -0.7)
        names = [f"{name[0].upper()}{name[1:]}" for name in separation["feature_type"]]
        ax.set_yticks(range(len(separation)), names)
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x", color=GRID)
        ax.spines["left"].set_visible(False)
        ax.set_xlabel(
            "Cramér's V. 0: says nothing of the path; 1: each value belongs to one path. "
            "Line: 90 % interval"
        )
        figure.subplots_adjust(left=0.14, right=0.965, top=0.98, bottom=0.2)
        return figure


def _draw_feature(ax: Axes, place: int, row: object) -> None:
    value = float(row.cramers_v)  # type: ignore[attr-defined]
    if pd.isna(value):
        ax.text(0.01, place, "too few projects with it", va="center", color=MUTED, fontsize=9.5)
        return
    low, high = float(row.v_low), float(row.v_high)  # type: ignore[attr-defined]
    ax.plot([low, high], [place, place], color=MUTED, linewidth=3, solid_capstyle="butt")
    ax.scatter(value, place, s=70, color=INK, zorder=3)
    ax.text(value, place - 0.3, f"{value:.2f}", ha="center", va="center", fontsize=9.5)
