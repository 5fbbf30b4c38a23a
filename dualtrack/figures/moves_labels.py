"""Label inflation: of the projects called strategic, the share that is operational."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from dualtrack.figures.leaders import draw_nothing
from dualtrack.figures.style import GRID, INK, MUTED, TRACK_COLORS, new_figure, style, wrap

__all__ = ["plot_label_inflation"]

_HEADS = {"unit": "By unit", "sponsor level": "By level of the sponsor"}
_NAME_INCHES = 2.6
_MOST_UNITS = 12
_LINE_INCHES = 0.19


def plot_label_inflation(
    inflation: pd.DataFrame, *, size: tuple[float, float] | None = None
) -> Figure:
    """Share of the projects called strategic that is operational, with its 90 % interval.

    Args:
        inflation: As `measure_label_inflation` returns; the last quarter is drawn.
        size: Inches; from the number of groups if None.

    Returns:
        The figure; x is the share, 0 to 100 %.
    """
    with style():
        if inflation.empty:
            return draw_nothing(new_figure(size or (10.5, 2.0)), "No project is called strategic")
        last = inflation[inflation["quarter_name"] == inflation["quarter_name"].iloc[-1]]
        shown, more = _choose(last)
        places, rows, heads, bottom = _place(shown)
        inches = bottom + 1.0
        figure = new_figure(size or (10.5, inches))
        inches = figure.get_figheight()
        ax = figure.subplots()
        for place, row in zip(places, rows, strict=True):
            color = TRACK_COLORS["operational"]
            ax.plot([100 * row.share_low, 100 * row.share_high], [place] * 2, color=INK, lw=1.4)
            ax.plot(100 * row.share, place, "o", color=color, markersize=8, clip_on=False, zorder=3)
            ax.text(
                103,
                place,
                f"{row.inflated_count} of {row.called_count}",
                va="center",
                fontsize=9.5,
                color=INK,
            )
        for place, text in heads:
            ax.text(
                -2.6, place, text, ha="right", va="center", fontsize=9.5, color=MUTED, clip_on=False
            )
        ax.set_yticks(
            places, [wrap(row.group_name, _NAME_INCHES - 0.2, points=10.5) for row in rows]
        )
        ax.tick_params(axis="y", length=0, labelsize=10.5, pad=9)
        ax.set_ylim(bottom, 0)
        ax.set_xlim(0, 100)
        ax.set_xticks([0, 25, 50, 75, 100])
        ax.xaxis.grid(True, color=GRID, linewidth=0.8)
        ax.spines["left"].set_visible(False)
        ax.set_xlabel("Operational by their own words, % of those called strategic")
        figure.subplots_adjust(
            left=_NAME_INCHES / figure.get_figwidth(),
            right=0.9,
            top=1 - 0.35 / inches,
            bottom=0.62 / inches,
        )
        note = "line: 90 % interval;  right: decided, of all called strategic"
        note += f";  {more} smaller units are in the table" if more else ""
        figure.text(0.98, 1 - 0.08 / inches, note, ha="right", va="top", fontsize=9, color=MUTED)
        return figure


def _choose(last: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """All groups but for units beyond the largest, and how many of those are left out."""
    units = last[last["group_type"] == "unit"]
    largest = units.sort_values("called_count", ascending=False, kind="stable").head(_MOST_UNITS)
    is_shown = (last["group_type"] != "unit") | last.index.isin(largest.index)
    return last[is_shown], int((~is_shown).sum())


def _place(last: pd.DataFrame) -> tuple[list[float], list[Any], list[tuple[float, str]], float]:
    """Where each row and heading stands, in inches from the top."""
    places: list[float] = []
    rows: list[Any] = []
    heads: list[tuple[float, str]] = []
    place = 0.0
    for group_type, own in last.groupby("group_type", sort=False):
        if group_type in _HEADS:
            heads.append((place + 0.2, _HEADS[str(group_type)]))
            place += 0.34
        ordered = own.sort_values(["share", "called_count"], ascending=False, kind="stable")
        for row in ordered.itertuples():
            lines = wrap(str(row.group_name), _NAME_INCHES - 0.2, points=10.5).count("\n") + 1
            step = lines * _LINE_INCHES + 0.1
            places.append(place + step / 2)
            rows.append(row)
            place += step
    return places, rows, heads, place
