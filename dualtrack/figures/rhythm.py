"""Review rhythm: for each path, open projects by the days between reviews, the norm shaded."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import GRID, INK, MUTED, TRACK_COLORS, TRACK_NAMES, new_figure, style

__all__ = ["plot_rhythm"]

_LANES = ("strategic", "operational")  # top to bottom
_TICKS = {1: "daily", 7: "weekly", 14: "2 weeks", 30: "monthly", 91: "quarterly", 365: "yearly"}
_STEP = 1.16  # neighbours on the day axis nearer than this ratio are one circle
_LOW, _HIGH = 0.75, 520.0


def plot_rhythm(
    rhythm: pd.DataFrame,
    bands: Mapping[str, tuple[float, float]],
    *,
    size: tuple[float, float] = (11.2, 4.2),
) -> Figure:
    """Circles of projects by review interval; filled within the norm, hollow outside.

    Args:
        rhythm: As `measure_rhythm` returns.
        bands: Fewest and most days between reviews of each path, as `RhythmNorms.bands`.
        size: Inches.

    Returns:
        The figure; x is days between reviews on a logarithmic scale, circles hold project counts.
    """
    with style():
        figure = new_figure(size)
        ax = figure.subplots()
        for place, track in enumerate(_LANES):
            own = rhythm[rhythm["track"] == track]
            _draw_norm(ax, place, bands[track])
            _draw_lane(ax, place, own, bands[track], track)
        ax.set_xscale("log")
        ax.set_xlim(_LOW, _HIGH)
        ax.set_ylim(len(_LANES) - 0.45, -0.55)
        ax.set_xticks(list(_TICKS), list(_TICKS.values()))
        ax.minorticks_off()
        ax.set_yticks(range(len(_LANES)), [TRACK_NAMES[one].replace(" ", "\n") for one in _LANES])
        for label, track in zip(ax.get_yticklabels(), _LANES, strict=True):
            label.set_color(TRACK_COLORS[track])
            label.set_fontweight("bold")
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.set_xlabel("Time between reviews. Circles: open projects; shaded: the norm of the path")
        figure.subplots_adjust(left=0.135, right=0.855, top=0.98, bottom=0.17)
        return figure


def _draw_norm(ax: Axes, place: int, band: tuple[float, float]) -> None:
    low, high = max(band[0], _LOW), min(band[1], _HIGH)
    ax.fill_between([low, high], place - 0.42, place + 0.42, color=GRID, linewidth=0)
    ax.text(low * 1.04, place - 0.36, "norm", color=MUTED, fontsize=8.5, va="center")


def _draw_lane(
    ax: Axes, place: int, own: pd.DataFrame, band: tuple[float, float], track: str
) -> None:
    days = own["review_interval_days"].dropna().clip(1, _HIGH * 0.95)
    for day, count in _merge(days).items():
        is_fit = band[0] <= day <= band[1] or (day <= 1 and band[0] <= 1)
        color = TRACK_COLORS[track]
        ax.scatter(
            day,
            place,
            s=340 + 26 * min(count, 60),
            facecolor=color if is_fit else "white",
            edgecolor="white" if is_fit else INK,
            linewidth=1 if is_fit else 2.2,
            zorder=3,
        )
        ax.text(
            day,
            place + 0.005,
            f"{count}",
            ha="center",
            va="center",
            color="white" if is_fit else INK,
            fontweight="bold",
            zorder=4,
        )
    _name_misfits(ax, place, days, band)
    missing = int(own["review_interval_days"].isna().sum())
    text = "no open project" if own.empty else f"{missing} without\na rhythm" if missing else ""
    ax.text(_HIGH * 1.08, place, text, va="center", color=MUTED, fontsize=9.5)


def _merge(days: pd.Series) -> dict[float, int]:
    """Counts by day; intervals too near to be drawn apart share the most frequent one's place."""
    counts = days.round().value_counts().sort_index()
    if counts.empty:
        return {}
    group = np.concatenate([[0], np.cumsum(np.diff(np.log(counts.index)) > np.log(_STEP))])
    merged = {}
    for one in np.unique(group):
        own = counts[group == one]
        merged[float(own.idxmax())] = int(own.sum())
    return merged


def _name_misfits(ax: Axes, place: int, days: pd.Series, band: tuple[float, float]) -> None:
    often = days[days < band[0]] if band[0] > 1 else days.iloc[:0]
    seldom = days[days > band[1]]
    for own, words in ((often, "too often"), (seldom, "too seldom")):
        if own.empty:
            continue
        x = float(np.exp(np.log(own).mean()))
        ax.text(
            x,
            place + 0.34,
            f"{len(own)} {words}",
            ha="center",
            va="center",
            color=INK,
            fontsize=10.5,
            fontweight="bold",
        )
