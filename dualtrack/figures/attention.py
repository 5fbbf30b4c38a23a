"""Projects at once as columns; the split-attention bill as a range."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dualtrack.figures.style import GRID, INK, MUTED, new_figure, style, wrap

__all__ = ["plot_attention", "plot_concurrency"]

_LABELS = 2.7  # inches for names
MOST = 20  # rows a page holds; the dearest are shown, the others counted
_ROW, _LINE, _POINTS = 0.38, 0.165, 10


def plot_concurrency(
    concurrency: pd.DataFrame,
    *,
    group_name: str = "All",
    size: tuple[float, float] = (10.5, 3.6),
) -> Figure:
    """People by the number of projects they hold in the same month.

    Args:
        concurrency: As `measure_concurrency` returns.
        group_name: Group to show.
        size: Inches.

    Returns:
        The figure; y is a share of people, x a number of projects.
    """
    own = concurrency[concurrency["group_name"] == group_name].sort_values("project_count")
    with style():
        figure = new_figure(size)
        ax = figure.subplots()
        if own.empty or own["is_suppressed"].any():
            ax.set_axis_off()
            text = "No bookings in the exports" if own.empty else "Withheld: too few people"
            ax.text(0.5, 0.5, text, ha="center", va="center", color=MUTED)
            return figure
        shares = 100 * own["people_share"].to_numpy()
        colors = [INK if alert else MUTED for alert in own["is_alert"]]
        ax.bar(range(len(own)), shares, width=0.62, color=colors)
        top = max(10.0, float(shares.max()))
        for place, (share, people) in enumerate(zip(shares, own["people_mean"], strict=True)):
            ax.text(place, share + top * 0.02, f"{share:.0f} % ({people:.1f} people)", ha="center")
        ax.axvspan(0.5, 2.5, color=GRID, alpha=0.6, zorder=-1, linewidth=0)
        ax.text(1.5, top * 1.22, "two or three: optimal", ha="center", color=MUTED, va="center")
        ax.text(3.5, top * 1.22, "four and more: alert", ha="center", color=INK, va="center")
        ax.set_ylim(0, top * 1.3)
        ax.set_xlim(-0.5, len(own) - 0.5)
        names = ["1 project", "2", "3", "4", "5 and more"]
        ax.set_xticks(range(len(own)), names[: len(own)])
        ax.tick_params(axis="x", length=0)
        ax.set_ylabel("People, %")
        ax.set_xlabel("Projects at the same time (mean month)")
        figure.subplots_adjust(left=0.08, right=0.98, top=0.96, bottom=0.2)
        return figure


def plot_attention(attention: pd.DataFrame, *, size: tuple[float, float] | None = None) -> Figure:
    """Hours lost to switching, from the lowest curve to the highest: the whole, then each unit.

    Args:
        attention: As `measure_attention` returns.
        size: Inches; from the number of rows if None.

    Returns:
        The figure; x is a share of the hours booked, the labels are FTE.
    """
    shown = attention[~attention["is_suppressed"]]
    wide = shown.pivot_table(
        index="group_name", columns="curve_type", values=["lost_fte", "lost_share"], sort=False
    )
    hidden = attention.loc[attention["is_suppressed"], "group_name"].nunique()
    if len(wide):
        order = wide["lost_share"]["weinberg"].sort_values(ascending=False, kind="stable").index
        order = [name for name in ("All",) if name in order] + [
            name for name in order if name != "All"
        ]
        wide = wide.loc[order[: MOST + 1]]
    left_out = shown["group_name"].nunique() - len(wide)
    names = [wrap(name, _LABELS - 0.25, points=_POINTS) for name in wide.index]
    tall = [max(_ROW, 0.12 + _LINE * (1 + name.count("\n"))) for name in names]
    with style():
        figure = new_figure(size or (10.5, 1.35 + max(0.6, sum(tall))))
        ax = figure.subplots()
        if wide.empty:
            ax.set_axis_off()
            text = "All groups are withheld" if hidden else "No bookings in the exports"
            ax.text(0.5, 0.5, text, ha="center", va="center", color=MUTED)
            return figure
        places, top = [], 0.0
        for height in tall:
            places.append(top + height / 2)
            top += height
        ends = 100 * wide["lost_share"]
        limit = max(10.0, float(ends["weinberg"].max()))
        for place, name in zip(places, wide.index, strict=True):
            color = INK if name == "All" else MUTED
            high, middle = ends.loc[name, "weinberg"], ends.loc[name, "ten_percent"]
            ax.barh(place, high, height=0.2, color=color, alpha=0.45)
            ax.plot([middle] * 2, [place - 0.1, place + 0.1], color=color, linewidth=3)
            lost = wide["lost_fte"].loc[name]
            text = f"0 to {lost['weinberg']:.1f} FTE ({lost['ten_percent']:.1f} at the mark)"
            ax.text(high + limit * 0.015, place, text, va="center", fontsize=9.5)
        ax.set_ylim(top, 0)
        ax.set_xlim(0, limit * 1.02)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_yticks(places, names, fontsize=_POINTS)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        note = f"; {hidden} withheld" if hidden else ""
        note += f"; {left_out} lower not shown" if left_out else ""
        ax.set_xlabel(f"Hours lost to switching, % of hours booked{note}")
        width, height = figure.get_size_inches()
        figure.text(
            _LABELS / width,
            1 - 0.25 / height,
            "Left end: nothing lost.  Mark: a tenth for each further project.  "
            "Right end: Weinberg's rule of thumb",
            fontsize=9.5,
            color=MUTED,
            va="center",
        )
        figure.subplots_adjust(
            left=_LABELS / width, right=1 - 2.6 / width, top=1 - 0.5 / height, bottom=0.7 / height
        )
        return figure
