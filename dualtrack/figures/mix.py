"""The mix: for each quantity one bar, the two paths left and right of their border."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import GRID, INK, MUTED, TRACK_COLORS, new_figure, style

__all__ = ["plot_mix"]

_QUANTITY_NAMES = {
    "projects": "Projects",
    "budget_cost": "Budget",
    "actual_cost": "Spent",
    "effort_hours": "Planned work",
    "planned_effort_hours": "Hours planned",
    "actual_effort_hours": "Hours worked",
}
# A share below this leaves no room for its label inside the bar: alone, and in one of three panels.
_NARROW = (0.12, 0.2)


def plot_mix(
    mix: pd.DataFrame,
    *,
    group_names: list[str] | None = None,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Strategic and operational share of projects, budget and work, with 90 % intervals.

    Args:
        mix: As `measure_mix` returns.
        group_names: Groups to show, in order; all of them if None. One group shows its three
            quantities; several show one panel a quantity with the same scale.
        size: Inches; from the number of bars if None.

    Returns:
        The figure; x is the share of both paths, 0 to 100 %.
    """
    names = group_names or list(dict.fromkeys(mix["group_name"]))
    own = mix[mix["group_name"].isin(names)]
    quantities = [one for one in _QUANTITY_NAMES if one in set(own["quantity_type"])]
    shares = _shares(own)
    with style():
        if len(names) == 1:
            height = size or (10.5, 0.9 + 0.85 * len(quantities))
            figure = new_figure(height)
            ax = figure.subplots()
            labels = [_QUANTITY_NAMES[one] for one in quantities]
            rows = [shares.get((names[0], one)) for one in quantities]
            _draw_bars(ax, labels, rows, has_path_names=True)
            figure.subplots_adjust(left=0.15, right=0.97, top=0.82, bottom=0.2)
            return figure
        figure = new_figure(size or (12.5, 1.5 + 0.42 * len(names)))
        axes = figure.subplots(1, len(quantities), sharey=True, squeeze=False)[0]
        for ax, quantity in zip(axes, quantities, strict=True):
            rows = [shares.get((name, quantity)) for name in names]
            _draw_bars(ax, names, rows, has_path_names=False)
            ax.set_title(_QUANTITY_NAMES[quantity], loc="left", color=INK)
        _name_paths(figure)
        figure.subplots_adjust(
            left=0.17,
            right=0.98,
            top=1 - 0.95 / figure.get_figheight(),
            bottom=0.55 / figure.get_figheight(),
            wspace=0.1,
        )
        return figure


def _shares(mix: pd.DataFrame) -> dict[tuple[str, str], pd.Series]:
    """The strategic row of each group and quantity whose share is known."""
    own = mix[(mix["track"] == "strategic") & mix["share"].notna()]
    keys = zip(own["group_name"], own["quantity_type"], strict=True)
    return {key: own.iloc[place] for place, key in enumerate(keys)}


def _draw_bars(
    ax: Axes, labels: list[str], rows: list[pd.Series | None], *, has_path_names: bool
) -> None:
    for place, row in enumerate(rows):
        if row is None:
            ax.text(1, place, "not known", va="center", color=MUTED, fontsize=10)
            continue
        strategic = 100 * row["share"]
        ax.barh(place, strategic, color=TRACK_COLORS["strategic"], height=0.62)
        ax.barh(
            place, 100 - strategic, left=strategic, color=TRACK_COLORS["operational"], height=0.62
        )
        low, high = 100 * row["share_low"], 100 * row["share_high"]
        ax.plot([low, high], [place, place], color="white", linewidth=3.4, solid_capstyle="butt")
        ax.plot([low, high], [place, place], color=INK, linewidth=1.4, solid_capstyle="butt")
        for end in (low, high):
            ax.plot([end, end], [place - 0.14, place + 0.14], color="white", linewidth=3.0)
            ax.plot([end, end], [place - 0.14, place + 0.14], color=INK, linewidth=1.2)
        _label_ends(ax, place, strategic, (low, high), _NARROW[0 if has_path_names else 1])
    ax.set_xlim(0, 100)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(axis="y", length=0)
    ax.set_xticks([0, 25, 50, 75, 100])
    ax.set_xlabel("Share of both paths, %")
    ax.axvline(50, color=GRID, linewidth=1, zorder=0)
    ax.spines["left"].set_visible(False)
    if has_path_names:
        ax.text(
            0,
            1.04,
            "Strategic",
            transform=ax.transAxes,
            color=TRACK_COLORS["strategic"],
            fontweight="bold",
            va="bottom",
        )
        ax.text(
            1,
            1.04,
            "Operational",
            transform=ax.transAxes,
            ha="right",
            va="bottom",
            color=TRACK_COLORS["operational"],
            fontweight="bold",
        )


def _label_ends(
    ax: Axes, place: int, strategic: float, interval: tuple[float, float], narrow: float
) -> None:
    """The two shares, at the outer ends of the bar, where the interval leaves them room."""
    low, high = interval
    if low / 100 > narrow:
        ax.text(1.2, place, f"{strategic:.0f} %", va="center", color="white", fontsize=10)
    if 1 - high / 100 > narrow:
        ax.text(
            98.8,
            place,
            f"{100 - strategic:.0f} %",
            va="center",
            ha="right",
            color="white",
            fontsize=10,
        )


def _name_paths(figure: Figure) -> None:
    top = 1 - 0.3 / figure.get_figheight()
    figure.text(0.17, top, "Strategic (left)", color=TRACK_COLORS["strategic"], fontweight="bold")
    figure.text(
        0.29, top, "Operational (right)", color=TRACK_COLORS["operational"], fontweight="bold"
    )
    figure.text(0.98, top, "line: 90 % interval", color=MUTED, ha="right", fontsize=9)
