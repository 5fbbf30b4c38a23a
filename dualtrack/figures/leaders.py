"""Leaders' time: hours of meetings by week, and strategic hours by month."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import GRID, INK, MUTED, TRACK_COLORS, TRACK_NAMES, new_figure, style

__all__ = ["draw_nothing", "plot_leader_months", "plot_leader_weeks"]

_ORDER = ("strategic", "operational", "maintenance", "undecided")
_MOST_TICKS = 9
_LINE_INCHES = 0.24  # between two labels in the margin
_LEAST_APART = 0.07  # between two names of lines, share of the height


def draw_nothing(figure: Figure, text: str) -> Figure:
    """A figure that says what is missing.

    Args:
        figure: An empty figure.
        text: The words.
    """
    ax = figure.subplots()
    ax.set_axis_off()
    ax.text(0.5, 0.5, text, ha="center", color=MUTED)
    return figure


def plot_leader_weeks(weeks: pd.DataFrame, *, size: tuple[float, float] = (10.5, 3.8)) -> Figure:
    """Meeting hours of each week, by track.

    Args:
        weeks: As `measure_leader_weeks` returns.
        size: Inches.

    Returns:
        The figure; y is hours a week, x the week's Monday.
    """
    with style():
        figure = new_figure(size)
        if weeks.empty:
            return draw_nothing(figure, "No meetings in the exports")
        ax = figure.subplots()
        wide = weeks.pivot_table(
            index="week_date", columns="track", values="hours", aggfunc="sum", fill_value=0.0
        ).reindex(columns=list(_ORDER), fill_value=0.0)
        every = pd.date_range(wide.index.min(), wide.index.max(), freq="7D")
        wide = wide.reindex(every, fill_value=0.0)
        bottom = pd.Series(0.0, index=wide.index)
        for track in _ORDER:
            ax.bar(
                range(len(wide)),
                wide[track],
                bottom=bottom,
                width=0.7,
                color=TRACK_COLORS[track],
                edgecolor="white",
                linewidth=0.8,
            )
            bottom = bottom + wide[track]
        top = float(bottom.max()) or 1.0
        ax.set_ylim(0, top * 1.12)
        ax.set_xlim(-0.6, max(len(wide) - 0.4, 3.4))
        _tick_weeks(ax, wide.index)
        ax.set_ylabel("Hours of meetings a week")
        _name_tracks(ax, wide.sum(), size[1])
        figure.subplots_adjust(left=0.08, right=0.74, top=0.95, bottom=0.17)
        return figure


def _tick_weeks(ax: Axes, mondays: pd.DatetimeIndex) -> None:
    step = -(-len(mondays) // _MOST_TICKS)
    places = range(0, len(mondays), step)
    ax.set_xticks(list(places), [f"{mondays[place].day} {mondays[place]:%b}" for place in places])
    ax.tick_params(axis="x", length=0)
    years = sorted({mondays[0].year, mondays[-1].year})
    ax.set_xlabel("Week from Monday, " + " to ".join(str(year) for year in years))


def _name_tracks(ax: Axes, hours: pd.Series, height: float) -> None:
    """Tracks and their hours in the right margin, in the order they are stacked."""
    shown = [track for track in reversed(_ORDER) if hours[track] > 0]
    for place, track in enumerate(shown):
        ax.text(
            1.02,
            0.96 - place * _LINE_INCHES / (height * 0.78),
            f"{TRACK_NAMES[track]}, {hours[track]:.0f} h",
            transform=ax.transAxes,
            va="top",
            fontsize=9.5,
            fontweight="bold",
            color=TRACK_COLORS[track] if track != "undecided" else MUTED,
        )


def plot_leader_months(
    months: pd.DataFrame, targets: pd.DataFrame, *, size: tuple[float, float] = (10.5, 4.0)
) -> Figure:
    """Strategic hours of each month: to itself (solid) and shared with operations (outlined).

    Args:
        months: As `measure_leader_months` returns.
        targets: As `read_targets` returns, for the two published figures.
        size: Inches.

    Returns:
        The figure; y is hours a month. The line on a bar is the 90 % interval of the solid part.
    """
    with style():
        figure = new_figure(size)
        if months.empty or not months["meeting_hours"].sum():
            return draw_nothing(figure, "No meetings in the exports")
        ax = figure.subplots()
        color = TRACK_COLORS["strategic"]
        for place, row in enumerate(months.itertuples()):
            ax.bar(place, row.protected_hours, width=0.5, color=color)
            shared = row.strategic_hours - row.protected_hours
            if shared > 0:
                ax.bar(
                    place,
                    shared,
                    bottom=row.protected_hours,
                    width=0.5,
                    facecolor="white",
                    edgecolor=color,
                    linewidth=1.4,
                )
            ax.plot([place] * 2, [row.protected_low, row.protected_high], color=INK, linewidth=1.4)
            text = f"{row.protected_hours:.1f} of {row.strategic_hours:.1f} h"
            height = max(row.strategic_hours, row.protected_high)
            ax.text(place, height, text, ha="center", va="bottom", fontsize=10)
        published = _list_published(targets)
        values = [value for value, _ in published]
        top = 1.15 * max([*months["strategic_hours"], *months["protected_high"], *values, 0.5])
        _draw_published(ax, published, top)
        ax.set_ylim(0, top)
        ax.set_xlim(-0.6, max(len(months) - 0.4, 2.4))
        names = [
            f"{row.month:%b %Y}" + ("" if row.is_whole else "\n(in part)")
            for row in months.itertuples()
        ]
        step = -(-len(names) // _MOST_TICKS)
        ax.set_xticks(range(0, len(names), step), names[::step])
        ax.tick_params(axis="x", length=0)
        ax.set_ylabel("Strategic hours a month")
        ax.yaxis.grid(True, color=GRID, linewidth=0.8)
        note = "solid: strategy alone;  outlined: beside operations;  line: 90 % interval of solid"
        figure.text(0.98, 0.98, note, ha="right", va="top", color=MUTED, fontsize=9)
        figure.subplots_adjust(left=0.08, right=0.76, top=0.9, bottom=0.13)
        return figure


def _list_published(targets: pd.DataFrame) -> list[tuple[float, str]]:
    """The two published figures, in hours a month, with their words."""
    known = targets.set_index("target_id")
    found = []
    for name in ("strategy_time_team_low", "strategy_time_team"):
        if name in known.index:
            value = float(known.at[name, "low_value"])
            author = str(known.at[name, "source"]).split(",")[0]
            found.append((value, f"{value:g} h: {author}, {known.at[name, 'year']}"))
    return sorted(found)


def _draw_published(ax: Axes, published: list[tuple[float, str]], top: float) -> None:
    """A line for each published figure, named in the right margin, names apart."""
    height = 0.0
    for value, text in published:
        ax.axhline(value, color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=3)
        height = max(value / top, height + _LEAST_APART if height else 0.0)
        ax.text(1.01, height, text, transform=ax.transAxes, va="center", fontsize=9, color=MUTED)
