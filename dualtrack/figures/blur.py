"""Three readings against each other: called against is, run against is, in projects and money."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dualtrack.figures.style import GRID, INK, MUTED, TRACK_COLORS, new_figure, style

__all__ = ["plot_confusion"]

_IS = ("strategic", "operational", "maintenance", "undecided")
_SIDES = {
    "declared_track": (
        "Called",
        {
            "strategic": "strategic",
            "operational": "operational",
            "maintenance": "maintenance",
            "undeclared": "no label",
        },
    ),
    "managed_track": (
        "Run as",
        {
            "strategic": "strategic",
            "operational": "operational",
            "maintenance": "maintenance",
            "undecided": "in between",
            "not recorded": "not recorded",
        },
    ),
}
_BLURS = {
    ("declared_track", "strategic", "operational"): "label inflation",
    ("declared_track", "operational", "strategic"): "hidden strategy",
    ("managed_track", "strategic", "operational"): "over-governed",
    ("managed_track", "operational", "strategic"): "under-governed",
}


def plot_confusion(
    confusion: pd.DataFrame, *, currency: str, size: tuple[float, float] = (12.6, 4.8)
) -> Figure:
    """Two grids: what projects are against what they are called, and against how they are run.

    Args:
        confusion: As `measure_confusion` returns.
        currency: Of the budgets.
        size: Inches.

    Returns:
        The figure; each cell holds projects and their budget, the four blurs are framed and named.
    """
    with style():
        figure = new_figure(size)
        axes = figure.subplots(1, 2)
        for ax, (column, (word, rows)) in zip(axes, _SIDES.items(), strict=True):
            _draw_grid(ax, confusion, column, rows, currency)
            ax.set_ylabel(word, color=INK, fontweight="bold", labelpad=8)
        figure.subplots_adjust(left=0.12, right=0.995, top=0.86, bottom=0.09, wspace=0.36)
        for ax in axes:
            box = ax.get_position()
            figure.text(box.x0, 0.955, "Is", fontweight="bold", color=INK)
        figure.text(
            0.995,
            0.03,
            "Projects and their budget. Tinted: both readings agree. Framed: blurred",
            ha="right",
            color=MUTED,
            fontsize=9,
        )
        return figure


def _draw_grid(
    ax: Axes, confusion: pd.DataFrame, column: str, rows: dict[str, str], currency: str
) -> None:
    cells = confusion.groupby([column, "track"]).agg(
        project_count=("project_count", "sum"), budget_cost=("budget_cost", "sum")
    )
    for y, called in enumerate(rows):
        for x, track in enumerate(_IS):
            count, money = (
                cells.loc[(called, track)] if (called, track) in cells.index else (0, 0.0)
            )
            blur = _BLURS.get((column, called, track), "")
            _draw_cell(ax, x, y, int(count), _word_money(float(money), currency), blur)
            if called == track and track != "undecided":
                color = TRACK_COLORS[track]
                ax.add_patch(Rectangle((x, y), 1, 1, color=color, alpha=0.16, linewidth=0))
    for (_, called, track), _name in _BLURS.items():
        y, x = list(rows).index(called), _IS.index(track)
        ax.add_patch(
            Rectangle((x + 0.02, y + 0.02), 0.96, 0.96, fill=False, edgecolor=INK, linewidth=2)
        )
    ax.set_xlim(0, len(_IS))
    ax.set_ylim(len(rows), 0)
    ax.set_xticks([x + 0.5 for x in range(len(_IS))], list(_IS), fontsize=10)
    ax.set_yticks([y + 0.5 for y in range(len(rows))], list(rows.values()), fontsize=10)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _draw_cell(ax: Axes, x: int, y: int, count: int, money: str, blur: str) -> None:
    ax.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor=GRID, linewidth=1))
    if blur:
        ax.text(x + 0.5, y + 0.2, blur, ha="center", va="center", fontsize=8, color=INK)
    middle = y + (0.5 if blur else 0.42)
    ax.text(
        x + 0.5,
        middle,
        f"{count}" if count else "–",
        ha="center",
        va="center",
        fontsize=13 if count else 10,
        fontweight="bold" if blur and count else "normal",
        color=INK if count else MUTED,
    )
    if money:
        ax.text(x + 0.5, middle + 0.31, money, ha="center", va="center", fontsize=8, color=MUTED)


def _word_money(amount: float, currency: str) -> str:
    if amount <= 0:
        return ""
    for limit, unit in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if amount >= limit:
            decimals = 1 if unit != "k" else 0
            return f"{currency} {amount / limit:,.{decimals}f} {unit}"
    return f"{currency} {amount:,.0f}"
