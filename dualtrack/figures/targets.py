"""Each target's band, and where the measured value lies with its interval."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.bars import Frame, draw_interval, lay_rows, say_nothing
from dualtrack.figures.style import INK, MUTED, TRACK_COLORS, style

__all__ = ["plot_targets"]

_BAND = "#D9D9D9"
_COLUMNS = ["value", "value_low", "value_high", "low_value", "high_value", "floor_value"]


def plot_targets(
    verdicts: pd.DataFrame,
    *,
    group_name: str = "All",
    target_id: str = "",
    size: tuple[float, float] | None = None,
) -> Figure:
    """Bands and values of the targets told in per cent, on one scale.

    Args:
        verdicts: As `measure_target_verdicts` returns.
        group_name: Whose targets to show, a row each; where no `target_id` is given.
        target_id: One target for all groups instead, a row each.
        size: Inches; from the number of rows if None.

    Returns:
        The figure; x is per cent, 0 to 100. Targets in other units are told in the table.
    """
    own = verdicts[verdicts["value_unit"].str.startswith("%").fillna(False)]
    if target_id:
        own = own[own["target_id"] == target_id]
        names = own["group_name"].tolist()
    else:
        own = own[own["group_name"] == group_name]
        names = [f"{says[:1].upper()}{says[1:]}" for says in own["says"].fillna("")]
    with style():
        row = 0.4 if target_id else 0.62
        frame = Frame(names or [""], row=row, right=2.9, top=0.55, size=size)
        ax = frame.axes[0]
        for place, record in enumerate(own.to_dict("records")):
            _draw_row(ax, place, {str(key): one for key, one in record.items()})
        if own.empty:
            say_nothing(ax, 0, 1, "no target in per cent")
        lay_rows(ax, frame.names)
        ax.set_xlim(0, 100)
        ax.set_xlabel("%")
        frame.write_above(0, "grey: band    dashed: floor    line: 90 % interval")
        return frame.figure


def _draw_row(ax: Axes, place: int, row: dict[str, object]) -> None:
    value, low, high, band_low, band_high, floor = (float(str(row[one])) for one in _COLUMNS)
    left = 0.0 if math.isnan(band_low) else max(band_low, 0.0)
    right = 100.0 if math.isnan(band_high) else min(band_high, 100.0)
    ax.barh(place, right - left, left=left, height=0.66, color=_BAND)
    if not math.isnan(floor):
        ax.plot([floor, floor], [place - 0.33, place + 0.33], color=MUTED, ls="--", lw=1.3)
    if math.isnan(value):
        _say(ax, place, "not known", MUTED)
        return
    if not math.isnan(low):
        draw_interval(ax, low, high, place)
    color = TRACK_COLORS.get(str(row["track"]), INK)
    ax.plot(value, place, "o", color=color, markersize=10, markeredgecolor="white", clip_on=False)
    verdict = str(row["verdict_type"])
    words = {"within": "within the band", "open": "open"}.get(verdict, f"{verdict} the band")
    if row["is_under_floor"] is True:
        words = "below the floor"
    span = "" if math.isnan(low) else f" ({low:.0f} to {high:.0f})"
    _say(ax, place, f"{value:.0f} %{span}: {words}", INK)


def _say(ax: Axes, place: int, text: str, color: str) -> None:
    ax.annotate(
        text,
        (1, place),
        xycoords=("axes fraction", "data"),
        xytext=(16, 0),
        textcoords="offset points",
        va="center",
        color=color,
        fontsize=10,
        annotation_clip=False,
    )
