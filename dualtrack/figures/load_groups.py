"""Load by team or role: a grid of months, darker where less room is left."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dualtrack.figures.style import GRID, INK, MUTED, new_figure, style, wrap

__all__ = ["plot_load_groups"]

MOST = 30  # rows a page holds; the fullest are shown, the others counted
MONTHS = 12  # the last ones
_NEAR, _OVER = 0.85, 1.005
_ROW, _LINE, _POINTS, _LABELS = 0.3, 0.155, 9.5, 3.0  # inches, inches, points, inches


def plot_load_groups(
    load_groups: pd.DataFrame,
    *,
    group_type: str = "team",
    size: tuple[float, float] | None = None,
) -> Figure:
    """Load in per cent of capacity, the fullest groups first.

    Args:
        load_groups: As `measure_load_groups` returns.
        group_type: `team`, `role` or `unit_role`.
        size: Inches; from the number of rows if None.

    Returns:
        The figure; a cell is a month, its figure booked over available.
    """
    own = load_groups[load_groups["group_type"] == group_type]
    known = own.dropna(subset=["load_share"])
    months = sorted(own["month"].dropna().unique())[-MONTHS:]
    known = known[known["month"].isin(months)]
    grid = (
        known.pivot_table(
            index=["unit_name", "group_name"], columns="month", values="load_share", dropna=False
        )
        if group_type != "role"
        else known.pivot_table(index="group_name", columns="month", values="load_share")
    )
    grid = grid.dropna(how="all").reindex(columns=months)
    order = grid.max(axis=1).sort_values(ascending=False, kind="stable").index
    shown = grid.loc[order].head(MOST)
    labels = [wrap(_name(name), _LABELS - 0.3, points=_POINTS) for name in shown.index]
    tall = [max(_ROW, 0.1 + _LINE * (1 + label.count("\n"))) for label in labels]
    total = own.drop_duplicates(["unit_name", "group_name"])
    note = _note(len(total) - len(grid), len(grid) - len(shown))
    with style():
        height = 0.55 + sum(tall) + 0.55
        figure = new_figure(size or (10.5, max(1.6, height)))
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        if shown.empty:
            ax.text(0.5, 0.5, _nothing(own), ha="center", va="center", color=MUTED)
            return figure
        width, inches = figure.get_size_inches()
        ax.set_xlim(0, width)
        ax.set_ylim(inches, 0)
        scale = min(1.0, (inches - 1.1) / sum(tall))
        _draw_grid(ax, shown, labels, [one * scale for one in tall], float(width))
        ax.text(_LABELS, inches - 0.2, note, fontsize=9, color=MUTED, va="center")
        return figure


def _draw_grid(
    ax: Axes, shown: pd.DataFrame, labels: list[str], tall: list[float], width: float
) -> None:
    column = (width - _LABELS - 0.2) / len(shown.columns)
    for place, month in enumerate(shown.columns):
        ax.text(
            _LABELS + column * (place + 0.5),
            0.32,
            f"{month:%b %Y}" if len(shown.columns) <= 8 else f"{month:%b}\n{month:%Y}",
            ha="center",
            va="center",
            fontsize=9.5,
            color=MUTED,
        )
    top = 0.55
    for label, height, values in zip(labels, tall, shown.to_numpy(), strict=True):
        ax.text(
            _LABELS - 0.12,
            top + height / 2,
            label,
            ha="right",
            va="center",
            fontsize=_POINTS,
            linespacing=1.1,
        )
        for place, value in enumerate(values):
            _draw_cell(ax, (_LABELS + column * place, top), (column, height), value)
        top += height


def _draw_cell(
    ax: Axes, corner: tuple[float, float], size: tuple[float, float], value: float
) -> None:
    if pd.isna(value):
        face, ink, text = "white", MUTED, "–"
    elif value > _OVER:
        face, ink, text = INK, "white", f"{100 * value:.0f} %"
    elif value >= _NEAR:
        face, ink, text = MUTED, "white", f"{100 * value:.0f} %"
    else:
        face, ink, text = GRID, INK, f"{100 * value:.0f} %"
    ax.add_patch(Rectangle(corner, *size, facecolor=face, edgecolor="white", linewidth=1.5))
    ax.text(
        corner[0] + size[0] / 2,
        corner[1] + size[1] / 2,
        text,
        ha="center",
        va="center",
        fontsize=9,
        color=ink,
        fontweight="bold" if value > _OVER else "normal",
    )


def _name(key: object) -> str:
    unit, group = key if isinstance(key, tuple) else ("", key)
    group = "no team named" if group == "(none)" else group
    return f"{group}, {unit}" if unit else str(group)


def _note(hidden: int, smaller: int) -> str:
    words = ["Booked of capacity. Grey: 85 % and more; black: over 100 %; –: withheld or nothing"]
    if hidden:
        words.append(f"{hidden} not shown: too few people")
    if smaller:
        words.append(f"{smaller} less full ones not shown")
    return "; ".join(words)


def _nothing(own: pd.DataFrame) -> str:
    if own.empty:
        return "No bookings in the exports"
    return "All groups are withheld" if own["is_suppressed"].all() else "No capacity known"
