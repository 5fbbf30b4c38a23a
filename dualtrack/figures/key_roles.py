"""Roles by load: booked hours of each track as shares of capacity, and the fullest month."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, TRACK_COLORS, TRACK_NAMES, new_figure, style, wrap

__all__ = ["plot_key_roles"]

MOST = 20  # rows a page holds; the fullest are shown, the others counted
_ORDER = ("strategic", "operational", "maintenance", "undecided")
_LABELS = 3.0  # inches for names
_ROW, _LINE, _POINTS = 0.38, 0.165, 10


def plot_key_roles(key_roles: pd.DataFrame, *, size: tuple[float, float] | None = None) -> Figure:
    """Mean load of each role stacked by track, its fullest month as a mark, capacity as a line.

    Args:
        key_roles: As `measure_key_roles` returns.
        size: Inches; from the number of rows if None.

    Returns:
        The figure; x is per cent of the role's capacity.
    """
    shown = key_roles[key_roles["peak_share"].notna() & (key_roles["capacity_fte"] > 0)]
    shown = shown.sort_values(["is_key", "peak_share", "role_name"], ascending=[False, False, True])
    left_out = max(0, len(shown) - MOST)
    hidden = int(key_roles["is_suppressed"].sum())
    shown = shown.head(MOST).reset_index(drop=True)
    names = [wrap(_name(row), _LABELS - 0.25, points=_POINTS) for row in shown.itertuples()]
    tall = [max(_ROW, 0.12 + _LINE * (1 + name.count("\n"))) for name in names]
    with style():
        figure = new_figure(size or (10.5, 1.35 + max(0.6, sum(tall))))
        ax = figure.subplots()
        if shown.empty:
            ax.set_axis_off()
            ax.text(0.5, 0.5, _nothing(key_roles), ha="center", va="center", color=MUTED)
            return figure
        _draw_rows(ax, shown, names, tall)
        notes = [f"{hidden} withheld"] if hidden else []
        notes += [f"{left_out} less full not shown"] if left_out else []
        note = f" ({'; '.join(notes)})" if notes else ""
        ax.set_xlabel(f"Booked, % of capacity; bar: mean month, mark: fullest month{note}")
        width, height = figure.get_size_inches()
        _name_tracks(figure, 1 - 0.25 / height)
        figure.subplots_adjust(
            left=_LABELS / width, right=1 - 2.1 / width, top=1 - 0.5 / height, bottom=0.7 / height
        )
        return figure


def _draw_rows(ax: Axes, shown: pd.DataFrame, names: list[str], tall: list[float]) -> None:
    places, top = [], 0.0
    for height in tall:
        places.append(top + height / 2)
        top += height
    limit = max(105.0, 100 * float(shown["peak_share"].max()) + 3)
    for place, (_, row) in zip(places, shown.iterrows(), strict=True):
        left = 0.0
        for track in _ORDER:
            part = 100 * float(row[f"{track}_fte"] / row["capacity_fte"])
            ax.barh(place, part, left=left, height=0.24, color=TRACK_COLORS[track])
            left += part
        peak = 100 * float(row["peak_share"])
        ax.plot([peak] * 2, [place - 0.15, place + 0.15], color=INK, linewidth=2.2)
        count = int(row["project_count"])
        waits = f"{count} project{'' if count == 1 else 's'} wait{'s' if count == 1 else ''}"
        text = f"{peak:.0f} %" + (f", {waits}" if row["is_key"] else "")
        ax.text(
            limit * 1.012,
            place,
            text,
            va="center",
            fontsize=9.5,
            fontweight="bold" if row["is_key"] else "normal",
        )
    ax.axvline(100, color=INK, linewidth=1)
    ax.set_ylim(top, 0)
    ax.set_xlim(0, limit)
    ax.set_yticks(places, names, fontsize=_POINTS)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _name_tracks(figure: Figure, y: float) -> None:
    width = float(figure.get_figwidth())
    x = _LABELS
    for track in _ORDER:
        figure.text(
            x / width,
            y,
            TRACK_NAMES[track],
            color=TRACK_COLORS[track] if track != "undecided" else MUTED,
            fontweight="bold",
            fontsize=9.5,
            va="center",
        )
        x += 0.2 + 0.085 * len(TRACK_NAMES[track])


def _name(row: object) -> str:
    unit, role = row.unit_name, row.role_name  # type: ignore[attr-defined]
    return f"{role}, all units" if pd.isna(unit) else f"{role}, {unit}"


def _nothing(key_roles: pd.DataFrame) -> str:
    if key_roles.empty:
        return "No role named in the bookings"
    return "All roles are withheld" if key_roles["is_suppressed"].all() else "No capacity known"
