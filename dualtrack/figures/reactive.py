"""Signs of reactive leadership: shares by quarter, and by month with natural process limits."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dualtrack.figures.style import GRID, INK, MUTED, new_figure, style, wrap

__all__ = ["plot_reactive", "plot_reactive_months"]

_QUARTER_SIGNALS = (
    "slipped dates",
    "re-baselines",
    "priority changes",
    "unplanned starts",
    "starts without objective",
)
_MONTH_SIGNALS = ("starts without objective", "finishes past baseline")
_BAR = "#8C8C8C"


def plot_reactive(reactive: pd.DataFrame, *, size: tuple[float, float] = (12.6, 3.0)) -> Figure:
    """A panel for each sign, a bar for each quarter, labelled with the projects behind it.

    Args:
        reactive: As `measure_reactive` returns.
        size: Inches.

    Returns:
        The figure; y is the share of the projects it could have happened to, 0 to 100 %.
    """
    own = reactive[reactive["period_type"] == "quarter"]
    names = list(dict.fromkeys(own.sort_values("period_date")["period_name"]))
    with style():
        figure = new_figure(size)
        if not names:
            return _say_nothing(figure, "No two quarters to compare")
        axes = figure.subplots(1, len(_QUARTER_SIGNALS), sharey=True)
        for ax, signal in zip(axes, _QUARTER_SIGNALS, strict=True):
            rows = own[own["signal_type"] == signal].set_index("period_name")
            _draw_quarters(ax, rows, names)
            ax.set_title(signal.capitalize(), loc="left", fontsize=10.5, color=INK)
        highest = float(own["share"].max()) if own["share"].notna().any() else 0.0
        axes[0].set_ylim(0, max(0.3, highest) * 1.4)
        axes[0].yaxis.set_major_locator(MaxNLocator(nbins=4))
        axes[0].yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{100 * y:.0f} %"))
        figure.subplots_adjust(left=0.055, right=0.995, top=0.86, bottom=0.17, wspace=0.09)
        return figure


def _draw_quarters(ax: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    for place, name in enumerate(names):
        share = float(rows["share"].get(name, float("nan")))
        if pd.isna(share):
            ax.text(place, 0.0, "not\nknown", ha="center", va="bottom", fontsize=8, color=MUTED)
            continue
        is_last = place == len(names) - 1
        ax.bar(place, share, width=0.62, color=INK if is_last else _BAR)
        ax.annotate(
            f"{int(rows.at[name, 'event_count'])}\nof {int(rows.at[name, 'base_count'])}",
            (place, share),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
        )
    ax.set_xlim(-0.6, max(len(names) - 0.4, 1.4))
    short = [name.replace("20", "’", 1).replace("-", " ") for name in names]
    ax.set_xticks(range(len(names)), short, fontsize=9)
    ax.tick_params(length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", color=GRID)


def plot_reactive_months(
    reactive: pd.DataFrame, *, size: tuple[float, float] = (12.6, 4.2)
) -> Figure:
    """A process behaviour chart for each sign known by month.

    Args:
        reactive: As `measure_reactive` returns.
        size: Inches.

    Returns:
        The figure; x is the month, y the share of its projects. Months with too few projects stay
        empty; trial limits are dotted.
    """
    own = reactive[reactive["period_type"] == "month"]
    signals = [one for one in _MONTH_SIGNALS if own["signal_type"].eq(one).any()]
    signals = [one for one in signals if own.loc[own["signal_type"] == one, "share"].notna().any()]
    with style():
        figure = new_figure(size)
        if not signals:
            return _say_nothing(figure, "No month has five projects or more")
        axes = figure.subplots(1, len(signals), sharey=True, squeeze=False)[0]
        for ax, signal in zip(axes, signals, strict=True):
            rows = own[own["signal_type"] == signal].sort_values("period_date")
            known = rows["share"].notna()
            rows = rows[known.cummax() & known[::-1].cummax()[::-1]].reset_index(drop=True)
            _draw_months(ax, rows)
            ax.set_title(f"{signal.capitalize()}, by month", loc="left", fontsize=11, color=INK)
        axes[0].set_ylim(-0.04, 1.1)
        axes[0].set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        figure.subplots_adjust(left=0.06, right=0.905, top=0.9, bottom=0.13, wspace=0.26)
        return figure


def _draw_months(ax: Axes, rows: pd.DataFrame) -> None:
    places = rows.index
    ax.plot(places, rows["share"], color="#A8A8A8", linewidth=1.1, zorder=2)
    is_signal = rows["signal_words"].notna()
    common, special = rows[~is_signal], rows[is_signal]
    ax.scatter(common.index, common["share"], s=26, color=_BAR, zorder=3)
    ax.scatter(special.index, special["share"], s=64, color=INK, marker="D", zorder=4)
    for place, row in special.iterrows():
        ax.annotate(
            f"{row['period_name']}: {row['event_count']} of {row['base_count']}",
            (float(str(place)), float(row["share"])),
            xytext=(0, 9),
            textcoords="offset points",
            ha="right" if float(str(place)) > len(rows) / 2 else "left",
            fontsize=9.5,
            fontweight="bold",
        )
    _draw_limits(ax, rows)
    step = max(1, -(-len(rows) // 7))
    shown = list(range(len(rows) - 1, -1, -step))
    ax.set_xticks(shown, [str(rows["period_name"].iloc[one]) for one in shown], fontsize=9)
    ax.set_xlim(-0.6, len(rows) - 0.4)
    ax.grid(axis="y", color=GRID)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _draw_limits(ax: Axes, rows: pd.DataFrame) -> None:
    told = rows.dropna(subset=["centre_value"])
    if told.empty:
        ax.text(
            0.02,
            0.97,
            "Under five months: no limits",
            transform=ax.transAxes,
            color=MUTED,
            va="top",
        )
        return
    first = told.iloc[0]
    is_trial = first["limit_type"] == "trial limits"
    dashes = (0, (1, 1.6)) if is_trial else (0, (6, 3))
    prefix = "trial\n" if is_trial else ""
    lines = [("centre_value", "mean", INK), ("upper_limit", f"{prefix}upper limit", MUTED)]
    if first["lower_limit"] > 0:
        lines.append(("lower_limit", f"{prefix}lower limit", MUTED))
    heights = _spread([float(first[name]) for name, _, _ in lines])
    for (name, words, color), height in zip(lines, heights, strict=True):
        is_mean = name == "centre_value"
        ax.axhline(
            first[name],
            color=color,
            linewidth=1.0 if is_mean else 1.3,
            linestyle="solid" if is_mean else dashes,
            zorder=1,
        )
        text = wrap(f"{words} {first[name]:.0%}".replace("%", " %"), 1.05, points=8.5)
        ax.annotate(
            text,
            (1.01, height),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8.5,
            color=color,
        )


def _spread(heights: list[float], least: float = 0.17) -> list[float]:
    """Label heights moved apart, upwards, so that none stands on another."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    moved = list(heights)
    for before, after in zip(order, order[1:], strict=False):
        moved[after] = max(moved[after], moved[before] + least)
    over = max(moved, default=0.0) - 1.03
    return [one - over for one in moved] if over > 0 else moved


def _say_nothing(figure: Figure, words: str) -> Figure:
    figure.set_figheight(1.2)
    ax = figure.subplots()
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, ha="center", va="center", color=MUTED)
    return figure
