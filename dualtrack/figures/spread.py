"""Plan outlined, actual solid: what each track was due and what it used."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.bars import Frame, lay_rows, say_nothing
from dualtrack.figures.style import INK, MUTED, TRACK_COLORS, TRACK_NAMES, style

__all__ = ["plot_spread"]

_PANELS = {"money": "Money", "effort": "Effort"}
_PATHS = ("strategic", "operational")
_STEPS = ((1e9, " bn"), (1e6, " m"), (1e3, " k"))


def plot_spread(
    spread: pd.DataFrame,
    *,
    currency: str,
    group_names: list[str] | None = None,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Due by now against used, by track; money and effort side by side.

    Args:
        spread: As `measure_spread` returns.
        currency: Of the costs.
        group_names: Groups to show, in order; `All` alone if None. One group shows its three
            tracks; several show the two paths of each.
        size: Inches; from the number of rows if None.

    Returns:
        The figure; both panels start at zero, each in its own unit.
    """
    names = group_names or ["All"]
    tracks = (*_PATHS, "maintenance") if len(names) == 1 else _PATHS
    keys = [(name, track) for name in names for track in tracks]
    labels = [TRACK_NAMES[t] for _, t in keys] if len(names) == 1 else _pair_labels(names)
    cells = spread.set_index(["resource_type", "group_name", "track"])
    with style():
        frame = Frame(labels, panels=2, row=0.5 if len(names) == 1 else 0.34, top=1.0, size=size)
        for ax, (resource, heading) in zip(frame.axes, _PANELS.items(), strict=True):
            rows = [
                cells.loc[(resource, *key)] if (resource, *key) in cells.index else None
                for key in keys
            ]
            unit = currency if resource == "money" else "hours"
            _draw(ax, rows, [track for _, track in keys], unit)
            lay_rows(ax, frame.names, is_named=ax is frame.axes[0])
            ax.set_title(heading, loc="left", color=INK)
            for place in range(2, len(keys), 2) if len(names) > 1 else ():
                ax.axhline(place - 0.5, color="#E3E3E3", linewidth=0.8)
        if len(names) > 1:
            frame.write_above(-2.25, "Strategic above", color=TRACK_COLORS["strategic"], bold=True)
            frame.write_above(-0.75, "operational", color=TRACK_COLORS["operational"], bold=True)
        frame.write_above(0.6, "outlined: due by now, plan spread evenly    solid: used")
        return frame.figure


def _pair_labels(names: list[str]) -> list[str]:
    return [label for name in names for label in (name, "")]


def _draw(ax: Axes, rows: list[pd.Series | None], tracks: list[str], unit: str) -> None:
    known = [row for row in rows if row is not None and row["project_count"]]
    largest = max([1.0, *(max(row["due_amount"], row["actual_amount"]) for row in known)])
    step, word = next(((s, w) for s, w in _STEPS if largest >= s), (1.0, ""))
    for place, (row, track) in enumerate(zip(rows, tracks, strict=True)):
        if row is None or not row["project_count"]:
            say_nothing(ax, place, largest / step * 0.01, "none with plan, actual and dates")
            continue
        due, used = row["due_amount"] / step, row["actual_amount"] / step
        ax.barh(place, due, height=0.72, facecolor="white", edgecolor=INK, linewidth=1.2)
        ax.barh(place, used, height=0.42, color=TRACK_COLORS[track])
        ax.text(
            max(due, used) + largest / step * 0.015,
            place,
            _label(row, used, due),
            va="center",
            fontsize=9.5,
            color=INK if row["due_amount"] else MUTED,
        )
    if not known:
        ax.set_xticks([])
    ax.set_xlim(0, largest / step * 1.42)
    ax.set_xlabel(f"{unit}{',' if word else ''}{word}")


def _label(row: pd.Series, used: float, due: float) -> str:
    amounts = f"{used:,.1f} of {due:,.1f}" if due < 1000 else f"{used:,.0f} of {due:,.0f}"
    if not row["due_amount"]:
        return amounts
    return f"{amounts} ({100 * row['actual_amount'] / row['due_amount']:.0f} %)"
