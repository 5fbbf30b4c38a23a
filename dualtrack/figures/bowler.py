"""The bowler as leaders know it: a line a measure, plan over actual by month, a letter a month."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dualtrack.figures.style import GRID, INK, MUTED, PLAN_COLORS, new_figure, style, wrap

__all__ = ["plot_bowler"]

_MOST = 10  # lines that can be read on one page
# Inches: measure, start, a month, target, last month, countermeasure.
_NAME, _START, _MONTH, _TARGET, _SAYS, _DONE = 2.1, 0.6, 0.5, 0.55, 1.2, 1.2
_POINTS = 8.0
_LINE = 0.15  # inches of a line of text
_HEAD = 0.62


def plot_bowler(bowler: pd.DataFrame, bowler_measures: pd.DataFrame) -> Figure:
    """Plan and actual of each strategic measure over the months of the year.

    Args:
        bowler: As `measure_bowler` returns; its last twelve months are the year.
        bowler_measures: As `measure_bowler_measures` returns; its order is the order of lines, ten
            at most.

    Returns:
        The figure. In a month stand plan (grey), actual, and G for on plan, R for a miss, paler
        with `noise` where the miss lies within the process limits; blank is blank.
    """
    shown = bowler_measures.head(_MOST)
    width = _NAME + _START + 12 * _MONTH + _TARGET + _SAYS + _DONE + 0.3
    with style():
        if shown.empty:
            figure = new_figure((width, 1.6))
            ax = figure.subplots()
            ax.set_axis_off()
            ax.text(0.5, 0.5, "No strategic measures", ha="center", color=MUTED)
            return figure
        lines = [_Line(row) for _, row in shown.iterrows()]
        height = _HEAD + sum(line.height for line in lines) + 0.55
        figure = new_figure((width, height))
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.set_xlim(0, width)
        ax.set_ylim(height, 0)
        months = sorted(bowler["month"].unique())[-12:]
        _draw_head(ax, months)
        top = _HEAD
        for line in lines:
            own = bowler[
                (bowler["metric_id"] == line.row["metric_id"])
                & (bowler["project_id"].fillna("") == _text(line.row["project_id"]))
            ].set_index("month")
            _draw_line(ax, line, own, months, top)
            top += line.height
        _draw_key(ax, top + 0.3, len(bowler_measures) - len(shown))
        return figure


class _Line:
    """Texts of a line, broken to their columns, and the height they need."""

    def __init__(self, row: pd.Series) -> None:
        self.row = row
        unit = f", {row['unit_code']}" if _text(row["unit_code"]) else ""
        self.name = wrap(f"{row['metric_id']}{unit}", _NAME - 0.45, points=_POINTS + 1)
        arrow = {"higher": "up is better", "lower": "down is better", "target": "on plan is best"}
        how = {"sum": "sum", "mean": "mean", "last": "last reading"}.get(
            _text(row["aggregation"]), ""
        )
        facts = f"{arrow.get(_text(row['better_when']), 'no direction')}, a month is its {how}"
        on = f"{_text(row['title'])}: " if _text(row["title"]) else ""
        self.facts = wrap(f"{on}{facts}", _NAME - 0.25, points=_POINTS)
        self.says = wrap(_text(row["verdict"]), _SAYS - 0.15, points=_POINTS)
        done = _text(row["countermeasure"]) or "no miss this year"
        self.done = wrap(done, _DONE - 0.15, points=_POINTS)
        left = self.name.count("\n") * 1.15 + self.facts.count("\n") + 2.3
        right = max(self.says.count("\n"), self.done.count("\n")) + 1
        self.height = max(left, right, 3) * _LINE + 0.16


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _draw_head(ax: Axes, months: list[pd.Timestamp]) -> None:
    y = _HEAD - 0.1
    ax.text(0.15, y, "Measure", va="bottom", fontsize=8.5, color=MUTED)
    x = _NAME
    ax.text(x + _START - 0.1, y, "Start", ha="right", va="bottom", fontsize=8.5, color=MUTED)
    x += _START
    for place, month in enumerate(months):
        name = f"{pd.Timestamp(month):%b}"
        if place in (0, len(months) - 1) or pd.Timestamp(month).month == 1:
            name += f"\n{pd.Timestamp(month):%Y}"
        else:
            name += "\n "
        ax.text(
            x + (place + 0.5) * _MONTH, y, name, ha="center", va="bottom", fontsize=8.5, color=INK
        )
    x += 12 * _MONTH
    ax.text(x + _TARGET - 0.1, y, "Target", ha="right", va="bottom", fontsize=8.5, color=MUTED)
    ax.text(
        x + _TARGET + 0.1, y, "What the last\nmonth says", va="bottom", fontsize=8.5, color=MUTED
    )
    done = x + _TARGET + _SAYS
    ax.text(done + 0.1, y, "Countermeasure", va="bottom", fontsize=8.5, color=MUTED)


def _draw_line(
    ax: Axes, line: _Line, own: pd.DataFrame, months: list[pd.Timestamp], top: float
) -> None:
    row, middle = line.row, top + line.height / 2
    width = ax.get_xlim()[1]
    ax.plot([0.1, width - 0.1], [top, top], color=GRID, linewidth=0.9)
    y = top + 0.1
    ax.text(0.15, y, line.name, va="top", fontsize=_POINTS + 1, fontweight="bold", linespacing=1.1)
    y += (line.name.count("\n") + 1) * _LINE * 1.15
    ax.text(0.15, y, line.facts, va="top", fontsize=_POINTS, color=MUTED, linespacing=1.1)
    x = _NAME
    ax.text(
        x + _START - 0.1, middle, _number(row["start_value"]), ha="right", va="center", fontsize=8
    )
    x += _START
    for place, month in enumerate(months):
        if month in own.index:
            _draw_month(ax, own.loc[month], x + place * _MONTH, top, line.height)
    x += 12 * _MONTH
    target = _number(row["target_value"])
    ax.text(x + _TARGET - 0.1, middle, target, ha="right", va="center", fontsize=8)
    x += _TARGET
    ax.text(x + 0.1, middle, line.says, va="center", fontsize=_POINTS, linespacing=1.1)
    ax.text(x + _SAYS + 0.1, middle, line.done, va="center", fontsize=_POINTS, linespacing=1.1)


def _draw_month(ax: Axes, month: pd.Series, x: float, top: float, height: float) -> None:
    kind = _kind_of(month)
    middle = top + height / 2
    ax.add_patch(
        Rectangle(
            (x + 0.025, top + 0.05),
            _MONTH - 0.05,
            height - 0.1,
            facecolor=PLAN_COLORS.get(kind, "white"),
            edgecolor=GRID,
            linewidth=0.7,
        )
    )
    ink, soft = ("white", "white") if kind == "miss" else (INK, MUTED)
    centre = x + _MONTH / 2
    style_of: dict[str, Any] = {"ha": "center", "va": "center"}
    if pd.notna(month["plan_value"]):
        ax.text(
            centre,
            middle - _LINE,
            _number(month["plan_value"]),
            fontsize=7.5,
            color=soft,
            **style_of,
        )
    if pd.notna(month["actual_value"]):
        ax.text(centre, middle, _number(month["actual_value"]), fontsize=8.5, color=ink, **style_of)
    letter = {"hit": "G", "miss": "R", "noise": "noise"}.get(kind, "")
    ax.text(centre, middle + _LINE, letter, fontsize=7.5, color=ink, fontweight="bold", **style_of)


def _kind_of(month: pd.Series) -> str:
    if pd.isna(month["is_miss"]):
        return "blank"
    if not month["is_miss"]:
        return "hit"
    return "noise" if month["signal_type"] == "common_cause" else "miss"


def _number(value: float) -> str:
    """Four signs at most, thousands and millions shortened."""
    if pd.isna(value):
        return "–"
    size = abs(float(value))
    for limit, unit in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if size >= limit:
            scale = {"bn": 1e9, "m": 1e6, "k": 1e3}[unit]
            return (
                f"{value / scale:.3g}{unit}"
                if size / scale < 1000
                else f"{value / scale:.0f}{unit}"
            )
    return f"{value:.0f}" if size >= 100 else f"{value:.3g}"


def _draw_key(ax: Axes, y: float, left_out: int) -> None:
    x = _NAME + _START
    for kind, words, width in (
        ("hit", "G  on plan", 1.05),
        ("miss", "R  missed, with a signal or too few months to tell", 3.35),
        ("noise", "noise  missed within the process limits: do not react", 3.7),
    ):
        ax.add_patch(
            Rectangle((x, y - 0.07), 0.16, 0.14, facecolor=PLAN_COLORS[kind], edgecolor=GRID)
        )
        ax.text(x + 0.24, y, words, va="center", fontsize=_POINTS + 0.5, color=MUTED)
        x += width + 0.24
    if left_out:
        ax.text(0.15, y, f"and {left_out} more in the table", va="center", fontsize=8, color=MUTED)
