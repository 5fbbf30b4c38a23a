"""People on both tracks: a bar a unit, with its interval."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, new_figure, style, wrap

__all__ = ["plot_straddle"]

_LABELS = 2.7  # inches for names
MOST = 20  # rows a page holds; the highest are shown, the others counted
_ROW, _LINE, _POINTS = 0.36, 0.165, 10


def plot_straddle(
    straddle: pd.DataFrame,
    *,
    group_type: str = "unit",
    size: tuple[float, float] | None = None,
) -> Figure:
    """Share of people on both paths in the same month: the whole, then the groups, highest first.

    Args:
        straddle: As `measure_straddle` returns.
        group_type: `unit` or `team`.
        size: Inches; from the number of rows if None.

    Returns:
        The figure; x is a share of people, 0 to 100 %.
    """
    whole = straddle[(straddle["group_type"] == "whole") & ~straddle["is_suppressed"]]
    groups = straddle[(straddle["group_type"] == group_type) & ~straddle["is_suppressed"]]
    groups = groups.sort_values(["both_share", "group_name"], ascending=[False, True])
    hidden = int(((straddle["group_type"] == group_type) & straddle["is_suppressed"]).sum())
    left_out = max(0, len(groups) - MOST)
    rows = pd.concat([whole, groups.head(MOST)], ignore_index=True)
    names = [wrap(_name(row), _LABELS - 0.25, points=_POINTS) for row in rows.itertuples()]
    tall = [max(_ROW, 0.12 + _LINE * (1 + name.count("\n"))) for name in names]
    with style():
        figure = new_figure(size or (10.5, 0.95 + max(0.6, sum(tall))))
        ax = figure.subplots()
        if rows.empty:
            ax.set_axis_off()
            text = "No bookings in the exports" if straddle.empty else "All groups are withheld"
            ax.text(0.5, 0.5, text, ha="center", va="center", color=MUTED)
            return figure
        _draw_bars(ax, rows, names, tall)
        note = f"; {hidden} {group_type}{'' if hidden == 1 else 's'} withheld" if hidden else ""
        note += f"; {left_out} lower not shown" if left_out else ""
        ax.set_xlabel(f"People on both paths in the same month, % (line: 90 % interval{note})")
        width, height = figure.get_size_inches()
        figure.subplots_adjust(
            left=_LABELS / width, right=1 - 1.75 / width, top=1 - 0.12 / height, bottom=0.7 / height
        )
        return figure


def _name(row: object) -> str:
    group, unit = row.group_name, row.unit_name  # type: ignore[attr-defined]
    if row.group_type != "team":  # type: ignore[attr-defined]
        return str(group)
    return f"{'no team named' if group == '(none)' else group}, {unit}"


def _draw_bars(ax: Axes, rows: pd.DataFrame, names: list[str], tall: list[float]) -> None:
    places, top = [], 0.0
    for height in tall:
        places.append(top + height / 2)
        top += height
    for place, height, row in zip(places, tall, rows.itertuples(), strict=True):
        share, low, high = 100 * row.both_share, 100 * row.both_low, 100 * row.both_high
        is_whole = row.group_type == "whole"
        ax.barh(place, share, height=min(height, _ROW) * 0.7, color=INK if is_whole else MUTED)
        if high > low:
            ax.plot([low, high], [place] * 2, color="white", linewidth=4, solid_capstyle="butt")
            ax.plot([low, high], [place] * 2, color=INK, linewidth=1.6, solid_capstyle="butt")
        text = f"{share:.0f} % ({row.both_tracks_count} of {row.people_count})"
        ax.text(max(share, high) + 1.2, place, text, va="center", fontsize=9.5)
    ax.set_ylim(top, 0)
    ax.set_xlim(0, 100)
    ax.set_yticks(places, names, fontsize=_POINTS)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
