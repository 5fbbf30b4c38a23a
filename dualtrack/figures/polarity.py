"""Polarity map: two poles, upsides above, overuse below, each sign with its state by quarter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, TRACK_COLORS, new_figure, style, wrap

__all__ = ["SIGN_MARKS", "plot_polarity"]

# Shape, fill, size, word: a state is told without colour.
SIGN_MARKS: dict[str, tuple[str, str, float, str]] = {
    "quiet": ("o", "white", 46, "quiet"),
    "watch": ("^", "#9A9A9A", 62, "watch"),
    "warning": ("s", INK, 60, "warning"),
    "not known": ("_", INK, 40, "not known"),
}
_SIDES = {"operational": 0, "strategic": 1}
_GAP = 0.17  # inches between two signs
_LINE = 0.19  # inches a line of a sign takes
_MARK = 0.23  # inches a quarter's mark takes
_VALUE = 1.05  # inches the value takes


def plot_polarity(
    polarity: pd.DataFrame,
    poles: dict[str, Any],
    *,
    purpose: str,
    fear: str,
    size: tuple[float, float] | None = None,
) -> Figure:
    """The map: each quadrant in a sentence, its signs below with their states, latest right.

    Args:
        polarity: As `measure_polarity` returns.
        poles: `operational` and `strategic`, each with `name`, `upside` and `overuse`.
        purpose: What both poles serve, above the map.
        fear: What both fear, below it.
        size: Inches; from the number of signs if None.

    Returns:
        The figure; marks are states, one a quarter.

    Source: Johnson, Polarity Management (1992); drawing and words are ours.
    """
    counts = polarity.groupby("quadrant_type")["sign_id"].nunique()
    most = max(3, int(counts.max()) if len(counts) else 0)
    width, height = size or (12.6, 6.9 + 2 * (2 * _LINE + _GAP) * (most - 3))
    with style():
        figure = new_figure((width, height))
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_xlim(0, width)
        ax.set_ylim(height, 0)
        ax.set_axis_off()
        middle, centre = width / 2, height / 2 + 0.03
        _draw_loop(ax, width, height)
        ax.plot([0.25, width - 0.25], [centre, centre], color=MUTED, linewidth=1)
        ax.plot([middle, middle], [0.72, height - 0.72], color=MUTED, linewidth=1)
        ax.text(middle, 0.3, purpose, ha="center", va="center", fontweight="bold", fontsize=11)
        ax.text(middle, height - 0.46, fear, ha="center", va="center", color=MUTED, fontsize=10.5)
        for pole, side in _SIDES.items():
            left = 0.35 + side * middle
            for half, top in (("upside", 0.72), ("overuse", centre + 0.16)):
                own = polarity[polarity["quadrant_type"] == f"{pole} {half}"]
                head = f"{poles[pole].name}: {half}"
                _draw_quadrant(
                    ax, own, head, getattr(poles[pole], half), (left, top, middle - 0.65), pole
                )
        _draw_key(ax, polarity, width, height)
        return figure


def _draw_loop(ax: Axes, width: float, height: float) -> None:
    """The loop of a polarity: from the overuse of one pole to the upside of the other, and back."""
    turn = np.linspace(0, 2 * np.pi, 300)
    x = width / 2 + width * 0.43 * np.cos(turn)
    y = height / 2 + 0.03 + height * 0.36 * np.sin(2 * turn)
    ax.plot(x, y, color="#F0F0F0", linewidth=14, solid_capstyle="round", zorder=0)


def _draw_quadrant(
    ax: Axes,
    own: pd.DataFrame,
    head: str,
    words: str,
    place: tuple[float, float, float],
    pole: str,
) -> None:
    left, top, width = place
    ax.text(
        left, top + 0.1, head, va="center", color=TRACK_COLORS[pole], fontweight="bold", fontsize=12
    )
    text = wrap(words, width, points=10.5)
    y = top + 0.3
    ax.text(left, y, text, va="top", fontsize=10.5, color=MUTED)
    y += 0.19 * (text.count("\n") + 1) + 0.2
    quarters = sorted(own["quarter_name"].unique())
    marks = _MARK * max(len(quarters), 1) + 0.15
    wide = width - marks - _VALUE
    for _, rows in own.groupby("sign_id", sort=False):
        rows = rows.sort_values("quarter_name")
        last = rows.iloc[-1]
        told = wrap(str(last["says"]), wide, points=11)
        lines = max(told.count("\n") + 1, 2)
        is_known = last["sign_type"] != "not known"
        weight = "bold" if last["sign_type"] == "warning" else "normal"
        color = INK if is_known else MUTED
        ax.text(left, y, told, va="top", fontsize=11, color=color, fontweight=weight)
        value, base = _word_value(last)
        x = left + width - marks - 0.1
        ax.text(x, y, value, va="top", ha="right", fontsize=11, color=color, fontweight=weight)
        ax.text(x, y + _LINE, base, va="top", ha="right", fontsize=8.5, color=MUTED)
        for step, (quarter, state) in enumerate(
            zip(rows["quarter_name"], rows["sign_type"], strict=True)
        ):
            x = left + width - _MARK * (len(quarters) - step - 0.5)
            _draw_mark(ax, x, y + _LINE * 0.5, str(state), is_last=quarter == quarters[-1])
        y += _LINE * lines + _GAP


def _draw_mark(ax: Axes, x: float, y: float, state: str, *, is_last: bool) -> None:
    marker, fill, area, _ = SIGN_MARKS[state]
    edge = INK if is_last else "#A0A0A0"
    color = edge if marker == "_" else fill if is_last or fill == "white" else "#CFCFCF"
    if marker == "_":  # a line has no edge
        ax.scatter(x, y, marker=marker, s=area, color=color, linewidth=1.2, zorder=3)
        return
    ax.scatter(
        x, y, marker=marker, s=area, facecolor=color, edgecolor=edge, linewidth=1.2, zorder=3
    )


def _word_value(row: pd.Series) -> tuple[str, str]:
    """The value in words, and what it rests on."""
    if row["sign_type"] == "not known":
        return "not known", ""
    unit = "" if row["unit_code"] == "days" else " %"
    scaled = row["value"] if row["unit_code"] == "days" else 100 * row["value"]
    return f"{scaled:.0f}{unit}", f"base {row['base_count']}"


def _draw_key(ax: Axes, polarity: pd.DataFrame, width: float, height: float) -> None:
    x = 0.35
    for state, (_, _, _, word) in SIGN_MARKS.items():
        _draw_mark(ax, x, height - 0.16, state, is_last=True)
        ax.text(x + 0.14, height - 0.155, word, va="center", fontsize=9, color=MUTED)
        x += 0.5 + 0.085 * len(word)
    quarters = sorted(polarity["quarter_name"].unique())
    if len(quarters) > 1:
        words = f"Marks from left to right: {quarters[0]} to {quarters[-1]}"
        words += ". Base: projects or units it rests on"
    else:
        words = f"Marks: {quarters[0]}" if quarters else "No quarter was measured"
    ax.text(width - 0.3, height - 0.155, words, ha="right", va="center", fontsize=9, color=MUTED)
