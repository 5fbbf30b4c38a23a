"""The two-path picture: strategic lane above, operational below, one time axis, the rest apart."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator, YearLocator, date2num
from matplotlib.figure import Figure

from dualtrack.figures.lane import Lane, draw_lane, fit_lane
from dualtrack.figures.style import (
    GRID,
    INK,
    MUTED,
    PAGE,
    TRACK_COLORS,
    TRACK_NAMES,
    new_figure,
    style,
)

__all__ = ["plot_paths"]

_GUTTER = 0.30  # share of the width for the names of the projects
_AXIS_INCHES = 0.42
_HEAD_INCHES = 0.34
_APART_INCHES = 0.96
_GAP_INCHES = 0.10
_BACK = pd.DateOffset(months=15)
_AHEAD = pd.DateOffset(months=33)
_MONTHS_PER_TICK = ((9, 1), (30, 3), (72, 6))  # axis length in months: months between ticks


@dataclass(frozen=True)
class _Window:
    first: pd.Timestamp
    last: pd.Timestamp


def plot_paths(
    paths: pd.DataFrame,
    milestones: pd.DataFrame,
    *,
    as_of_date: pd.Timestamp,
    size: tuple[float, float] = PAGE,
) -> Figure:
    """Every running project on its path, the heaviest by name, the others as thin lines.

    Args:
        paths: As `measure_paths` returns.
        milestones: Gates, drawn as diamonds on strategic bars.
        as_of_date: Drawn as a line; what lies after it is paler.
        size: Width and greatest height, inches; as many projects are named as fit without cutting
            a name, and a short list makes a low figure.

    Returns:
        The figure; x is time. Bars that leave the window end in an arrow.
    """
    drawn = paths[paths["is_drawn"].astype(bool)]
    window = _find_window(drawn, as_of_date)
    drawn = drawn[(drawn["finish_date"] >= window.first) & (drawn["start_date"] <= window.last)]
    fixed = _AXIS_INCHES + 2 * _HEAD_INCHES + _APART_INCHES + 2 * _GAP_INCHES
    rows = {track: drawn[drawn["track"] == track] for track in TRACK_NAMES}
    lanes = _fit_lanes(rows["strategic"], rows["operational"], size[1] - fixed, size[0] * _GUTTER)
    height = fixed + sum(lane.inches for lane in lanes)
    has_gates = bool(milestones["project_id"].isin(lanes[0].named["project_id"]).any())
    with style():
        figure = new_figure((size[0], height))
        top = height
        for track, lane in zip(("strategic", "operational"), lanes, strict=True):
            note = "   ◆ gate" if track == "strategic" and has_gates else ""
            _head(figure, track, f"{len(rows[track])} in this window{note}", top, height)
            top -= _HEAD_INCHES
            ax = _axes(figure, top - lane.inches, lane.inches, height)
            _draw_time(ax, window, as_of_date)
            gates = milestones if track == "strategic" else milestones.iloc[:0]
            draw_lane(ax, lane, gates, TRACK_COLORS[track], as_of_date, (window.first, window.last))
            top -= lane.inches + _GAP_INCHES
        apart = _axes(figure, _AXIS_INCHES, _APART_INCHES, height)
        _draw_time(apart, window, as_of_date)
        _draw_apart(apart, rows, window)
        _label_time(apart, window, as_of_date)
        return figure


def _find_window(drawn: pd.DataFrame, as_of_date: pd.Timestamp) -> _Window:
    first, last = as_of_date - _BACK, as_of_date + _AHEAD
    if not drawn.empty:
        first = max(first, drawn["start_date"].min() - pd.Timedelta(days=10))
        last = min(last, drawn["finish_date"].max() + pd.Timedelta(days=10))
    return _Window(first, max(last, as_of_date + pd.Timedelta(days=45)))


def _fit_lanes(
    strategic: pd.DataFrame, operational: pd.DataFrame, free: float, gutter: float
) -> tuple[Lane, Lane]:
    """Half the height each; what one lane does not need goes to the other."""
    upper = fit_lane(strategic, free / 2, gutter)
    lower = fit_lane(operational, free - upper.inches, gutter)
    if lower.inches < free / 2:
        upper = fit_lane(strategic, free - lower.inches, gutter)
    return upper, lower


def _axes(figure: Figure, bottom: float, inches: float, height: float) -> Axes:
    return figure.add_axes((_GUTTER, bottom / height, 0.985 - _GUTTER, inches / height))


def _head(figure: Figure, track: str, note: str, top: float, height: float) -> None:
    figure.text(
        0.008,
        (top - 0.07) / height,
        f"{TRACK_NAMES[track]}",
        va="top",
        fontsize=13,
        fontweight="bold",
        color=TRACK_COLORS[track],
    )
    figure.text(_GUTTER, (top - 0.09) / height, note, va="top", fontsize=9.5, color=MUTED)


def _draw_time(ax: Axes, window: _Window, as_of_date: pd.Timestamp) -> None:
    ax.set_xlim(date2num(window.first), date2num(window.last))
    ax.xaxis.set_major_locator(YearLocator())
    ax.grid(axis="x", color=GRID, linewidth=0.8)
    ax.axvline(date2num(as_of_date), color=INK, linewidth=1.1, zorder=4)
    ax.tick_params(axis="both", length=0, labelbottom=False, labelleft=False)
    for name in ("left", "bottom", "top", "right"):
        ax.spines[name].set_visible(False)


def _draw_apart(ax: Axes, rows: dict[str, pd.DataFrame], window: _Window) -> None:
    """Maintenance and undecided projects, counted by month, under the two paths."""
    months = pd.date_range(window.first, window.last, freq="MS")
    month_ends = months + pd.offsets.MonthEnd(0)
    ax.set_ylim(0, 2)
    ax.axhline(2, color=MUTED, linewidth=0.8)
    for place, track in ((1.0, "maintenance"), (0.0, "undecided")):
        own = rows[track]
        starts, finishes = own["start_date"].to_numpy(), own["finish_date"].to_numpy()
        counts = [
            int(((starts <= last) & (finishes >= first)).sum())
            for first, last in zip(months.to_numpy(), month_ends.to_numpy(), strict=True)
        ]
        top = max([*counts, 1])
        ax.bar(
            date2num(months),
            [0.72 * count / top for count in counts],
            width=24,
            align="edge",
            bottom=place + 0.06,
            color=TRACK_COLORS[track],
        )
        most = f"{len(own)}, up to {max(counts, default=0)} at once" if len(own) else "none"
        ax.text(
            -0.012,
            place + 0.4,
            f"{TRACK_NAMES[track]}: {most}",
            ha="right",
            va="center",
            transform=ax.get_yaxis_transform(),
            fontsize=9.5,
            color=MUTED,
        )


def _label_time(ax: Axes, window: _Window, as_of_date: pd.Timestamp) -> None:
    span = (window.last - window.first).days / 30.4
    step = next((months for limit, months in _MONTHS_PER_TICK if span <= limit), 12)
    ax.xaxis.set_major_locator(MonthLocator(bymonth=range(1, 13, step)))
    ax.xaxis.set_major_formatter(DateFormatter("%b\n%Y" if step < 12 else "%Y"))
    ax.tick_params(axis="x", labelbottom=True, labelsize=8.5, pad=2)
    near = date2num(as_of_date)
    for label, tick in zip(ax.get_xticklabels(), ax.get_xticks(), strict=False):
        if abs(tick - near) < (window.last - window.first).days * 0.03:
            label.set_visible(False)
    ax.annotate(
        f"{as_of_date.day} {as_of_date:%b}\n{as_of_date:%Y}",
        (near, 0),
        xycoords=ax.get_xaxis_transform(),
        xytext=(0, -3),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=8.5,
        fontweight="bold",
        color=INK,
    )
