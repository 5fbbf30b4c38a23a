"""Process behaviour chart (XmR): readings above, their moving ranges below, one time axis."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import StrMethodFormatter

from dualtrack.figures.control_labels import (
    label_days,
    label_lines,
    name_centre,
    set_left,
    set_margins,
    write_footnote,
    write_number,
)
from dualtrack.figures.control_rebases import draw_rebases, find_edges, write_flags
from dualtrack.figures.style import GRID, INK, MUTED, new_figure, style, wrap

__all__ = ["SIGNAL_STYLES", "plot_control"]

_NEUTRAL = ("#5B2A86", "^", "special cause")
# Colour, marker, name: a signal is told by both, for grey print and the colour-blind.
SIGNAL_STYLES = {
    "common_cause": ("#8C8C8C", "o", "common cause"),
    "special_cause_improvement": ("#00B0F0", "D", "special cause: improvement"),
    "special_cause_concern": ("#E46C0A", "s", "special cause: concern"),
    "special_cause_neutral_high": _NEUTRAL,
    "special_cause_neutral_low": _NEUTRAL,
}
_RANGE = ("#5B2A86", "v", "moving range above its limit")
_MISSING = (MUTED, "x", "missing")
_SMALL_FROM = 60  # readings; from here on markers are smaller


def plot_control(
    control: pd.DataFrame,
    limits: pd.DataFrame,
    *,
    title: str = "",
    value_label: str = "Reading",
    size: tuple[float, float] = (11.5, 6.6),
) -> Figure:
    """Readings and moving ranges of one metric with their limits, labelled with their values.

    Limits of fewer than 13 readings are dotted and named trial limits; a rebase is a line with
    its cause; the rule set and the making of the limits stand below.

    Args:
        control: As `measure_control` returns, one metric.
        limits: As `measure_limits` returns, the same metric.
        title: Message title, as `state_control` computes it; none if blank.
        value_label: Name and unit of the readings.
        size: Inches.

    Returns:
        The figure; x is the date, y the reading and, below, the moving range in the same unit.
    """
    with style():
        figure = new_figure(size)
        if control["value"].notna().sum() == 0:
            ax = figure.subplots()
            ax.set_axis_off()
            ax.text(0.5, 0.5, "No readings", ha="center", color=MUTED)
            return figure
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
        edges = find_edges(limits)
        flags = write_flags(limits, edges, size[0])
        names = _line_names(control, limits)
        head = set_margins(
            figure,
            names=[text for _, text, _ in names],
            title=title,
            footnote=write_footnote(limits),
            flag_lines=sum(text.count("\n") + 1 for _, text, _ in flags),
        )
        _draw_readings(upper, control)
        _draw_limits(upper, limits, edges, ("lower_limit", "centre_value", "upper_limit"))
        _draw_ranges(lower, control)
        _draw_limits(lower, limits, edges, ("moving_range_value", "range_limit"))
        _scale(upper, lower, control, limits)
        upper.tick_params(axis="x", length=0, labelbottom=False)
        upper.set_ylabel(wrap(value_label, upper.get_position().height * size[1], points=11))
        lower.set_ylabel("Moving range")
        set_left(figure, (upper, lower))
        label_days(lower, control["measured_date"])
        _draw_target(upper, control)
        label_lines(upper, names)
        label_lines(lower, _range_names(limits))
        draw_rebases(figure, (upper, lower), flags)
        _draw_key(figure, control, head)
        return figure


def _draw_readings(ax: Axes, control: pd.DataFrame) -> None:
    ax.plot(control["measured_date"], control["value"], color="#A8A8A8", linewidth=1.1, zorder=2)
    size = 26 if len(control) < _SMALL_FROM else 15
    kinds = control["signal_type"].fillna("common_cause").where(control["value"].notna())
    for kind, (color, marker, _) in SIGNAL_STYLES.items():
        own = control[kinds == kind]
        is_common = kind == "common_cause"
        ax.scatter(
            own["measured_date"],
            own["value"],
            s=size if is_common else 2.1 * size,
            color=color,
            marker=marker,
            edgecolor="white" if is_common else INK,
            linewidth=0.6,
            zorder=3 if is_common else 4,
        )


def _draw_ranges(ax: Axes, control: pd.DataFrame) -> None:
    ax.plot(
        control["measured_date"], control["moving_range"], color="#A8A8A8", linewidth=1, zorder=2
    )
    is_out = control["is_range_outside"].fillna(False).astype(bool)
    size = 14 if len(control) < _SMALL_FROM else 7
    own = control[~is_out]
    ax.scatter(own["measured_date"], own["moving_range"], s=size, color="#8C8C8C", zorder=3)
    color, marker, _ = _RANGE
    out = control[is_out]
    ax.scatter(
        out["measured_date"],
        out["moving_range"],
        s=3 * size,
        color=color,
        marker=marker,
        edgecolor=INK,
        linewidth=0.6,
        zorder=4,
    )


def _draw_limits(
    ax: Axes, limits: pd.DataFrame, edges: list[pd.Timestamp], names: tuple[str, ...]
) -> None:
    for place, (_, row) in enumerate(limits.sort_values("phase").iterrows()):
        for name in names:
            is_centre = name in ("centre_value", "moving_range_value")
            dashes = "solid" if is_centre else (0, (1, 1.6)) if row["is_trial"] else (0, (6, 3))
            ax.plot(
                [edges[place], edges[place + 1]],
                [row[name], row[name]],
                color=INK if is_centre else MUTED,
                linewidth=1.0 if is_centre else 1.3,
                linestyle=dashes,
                zorder=1,
            )


def _scale(upper: Axes, lower: Axes, control: pd.DataFrame, limits: pd.DataFrame) -> None:
    bounds = pd.concat(
        [control["value"], control["target_value"], limits["lower_limit"], limits["upper_limit"]]
    )
    low, high = float(bounds.min()), float(bounds.max())
    room = (high - low or abs(high) or 1.0) * 0.08
    upper.set_ylim(low - room, high + room)
    missing = control[control["value"].isna()]
    color, marker, _ = _MISSING
    upper.scatter(
        missing["measured_date"],
        [low - room * 0.5] * len(missing),
        s=22,
        color=color,
        marker=marker,
        linewidth=1,
    )
    top = float(np.nanmax([*control["moving_range"], *limits["range_limit"], 0.0]))
    lower.set_ylim(-0.05 * (top or 1.0), (top or 1.0) * 1.12)
    days = control["measured_date"]
    span = (days.max() - days.min()) * 0.015 or pd.Timedelta(days=1)
    lower.set_xlim(days.min() - span, days.max() + span)
    for ax in (upper, lower):
        ax.grid(axis="y", color=GRID, linewidth=0.7)
        ax.locator_params(axis="y", nbins=6 if ax is upper else 3)
        ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))


def _draw_target(ax: Axes, control: pd.DataFrame) -> None:
    target = control["target_value"].iloc[-1]
    if pd.notna(target):
        ax.axhline(target, color=INK, linewidth=1.4, linestyle=(0, (2, 1.2, 6, 1.2)), zorder=1)


def _line_names(control: pd.DataFrame, limits: pd.DataFrame) -> list[tuple[float, str, str]]:
    """Height, words and colour of the labels beside the readings."""
    last = limits.sort_values("phase").iloc[-1]
    trial = "Trial " if last["is_trial"] else ""
    names = [
        (last["upper_limit"], f"{trial}{'u' if trial else 'U'}pper limit", MUTED),
        (last["centre_value"], name_centre(last).capitalize(), INK),
        (last["lower_limit"], f"{trial}{'l' if trial else 'L'}ower limit", MUTED),
    ]
    told = [
        (y, f"{name} {write_number(y, last)}", color) for y, name, color in names if pd.notna(y)
    ]
    target = control["target_value"].iloc[-1]
    return told if pd.isna(target) else [*told, (target, f"Target {target:,.10g}", INK)]


def _range_names(limits: pd.DataFrame) -> list[tuple[float, str, str]]:
    last = limits.sort_values("phase").iloc[-1]
    names = [(last["range_limit"], "Range limit", MUTED), (last["moving_range_value"], "", INK)]
    kind = "Median" if "median moving" in str(last["limit_method"]) else "Mean"
    return [
        (y, f"{name or kind} {write_number(y, last)}", color) for y, name, color in names if y == y
    ]


def _draw_key(figure: Figure, control: pd.DataFrame, top: float) -> None:
    """Shapes and colours that occur, in one line."""
    kinds = control["signal_type"].fillna("common_cause").where(control["value"].notna())
    shown = [one for kind, one in SIGNAL_STYLES.items() if (kinds == kind).any()]
    if control["signal_type"].isna().all():  # no limits, so nothing to say of a cause
        shown = [(*SIGNAL_STYLES["common_cause"][:2], "reading")]
    if control["is_range_outside"].fillna(False).any():
        shown.append(_RANGE)
    if control["value"].isna().any():
        shown.append(_MISSING)
    handles = [
        Line2D([], [], color=color, marker=marker, linestyle="none", markersize=7, label=name)
        for color, marker, name in dict.fromkeys(shown)
    ]
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.05, top),
        ncols=len(handles),
        frameon=False,
        fontsize=9,
        handletextpad=0.2,
        columnspacing=1.4,
        borderpad=0,
    )
