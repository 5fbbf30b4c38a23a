"""One lane of the two-path picture: which projects fit by name, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from dualtrack.figures.style import INK, MUTED, wrap

__all__ = ["Lane", "draw_lane", "fit_lane"]

_FONT = 8.5  # points; the smallest that reads on a projected slide and on A4
_LINE_INCHES = 0.145
_PAD_INCHES = 0.07
_BUNDLE_INCHES = 0.42
_EMPTY_INCHES = 0.4


@dataclass(frozen=True)
class Lane:
    """Named projects in order of their start, and the others.

    Attributes:
        names: Wrapped name per named project.
        inches: Height the lane takes.
    """

    named: pd.DataFrame
    names: list[str]
    others: pd.DataFrame
    inches: float

    @property
    def heights(self) -> list[float]:
        """Inches of each named row."""
        return [_row_inches(name) for name in self.names]


def _row_inches(name: str) -> float:
    return (name.count("\n") + 1) * _LINE_INCHES + _PAD_INCHES


def fit_lane(rows: pd.DataFrame, inches: float, gutter: float) -> Lane:
    """Name as many projects, the heaviest first, as fit into a height with whole names.

    Args:
        rows: Bars of one track, heaviest first.
        inches: Height there is.
        gutter: Width for names, inches.
    """
    if rows.empty:
        return Lane(rows, [], rows, _EMPTY_INCHES)
    names = [wrap(title, gutter - 0.24, points=_FONT) for title in rows["title"]]
    used, count = 0.0, 0
    for place, name in enumerate(names):
        rest = _BUNDLE_INCHES if place + 1 < len(names) else 0.0
        if used + _row_inches(name) + rest > inches:
            break
        used += _row_inches(name)
        count += 1
    named, others = rows.head(count), rows.iloc[count:]
    order = named["start_date"].argsort(kind="stable").to_numpy()
    total = used + (_BUNDLE_INCHES if len(others) else 0.0)
    return Lane(named.iloc[order], [names[int(place)] for place in order], others, total)


def draw_lane(
    ax: Axes,
    lane: Lane,
    gates: pd.DataFrame,
    color: str,
    as_of_date: pd.Timestamp,
    window: tuple[pd.Timestamp, pd.Timestamp],
) -> None:
    """Draw a lane into axes of its height; y is inches from the top.

    Args:
        ax: Axes whose height in inches is the lane's.
        lane: As `fit_lane` returns.
        gates: Milestones, drawn on the bars of their projects.
        color: Of the bars.
        as_of_date: What lies after it is paler.
        window: First and last day shown.
    """
    ax.set_ylim(lane.inches, 0)
    if lane.named.empty and lane.others.empty:
        ax.text(
            0.01,
            0.5,
            "none in this window",
            transform=ax.transAxes,
            va="center",
            color=MUTED,
            fontsize=9.5,
        )
        return
    top = 0.0
    own = gates.groupby("project_id")["planned_date"].apply(list) if len(gates) else {}
    for project, name, height in zip(
        lane.named.itertuples(), lane.names, lane.heights, strict=True
    ):
        middle = top + height / 2
        ax.text(
            -0.012,
            middle,
            name,
            transform=ax.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=_FONT,
            color=INK,
            linespacing=1.1,
        )
        _draw_bar(ax, project, middle, color, as_of_date, window)
        for day in own.get(project.project_id, []):
            if window[0] <= day <= window[1]:
                ax.plot(
                    [date2num(day)],
                    [middle],
                    marker="D",
                    markersize=5.2,
                    color="white",
                    markeredgecolor=INK,
                    markeredgewidth=0.9,
                    zorder=5,
                    linestyle="none",
                )
        top += height
    if len(lane.others):
        _draw_bundle(ax, lane.others, top, color, window)


def _draw_bar(
    ax: Axes,
    project: object,
    middle: float,
    color: str,
    as_of_date: pd.Timestamp,
    window: tuple[pd.Timestamp, pd.Timestamp],
) -> None:
    start, finish = project.start_date, project.finish_date  # type: ignore[attr-defined]
    left, right = max(start, window[0]), min(finish, window[1])
    past = min(max(as_of_date, left), right)
    is_done = bool(project.is_done)  # type: ignore[attr-defined]
    thickness = 0.13
    for begin, end, alpha in ((left, past, 0.55 if is_done else 1.0), (past, right, 0.42)):
        if end > begin:
            ax.barh(
                middle,
                (end - begin).days,
                left=date2num(begin),
                height=thickness,
                color=color,
                alpha=alpha,
                linewidth=0,
                zorder=3,
            )
    for is_beyond, edge, mark in (
        (finish > window[1], window[1], ">"),
        (start < window[0], window[0], "<"),
    ):
        if is_beyond:
            ax.plot(
                [date2num(edge)],
                [middle],
                marker=mark,
                color=color,
                markersize=6,
                clip_on=False,
                zorder=5,
                linestyle="none",
            )
    if is_done:
        ax.annotate(
            "done",
            (date2num(left), middle),
            xytext=(-3, 0),
            textcoords="offset points",
            fontsize=7.5,
            color=MUTED,
            ha="right",
            va="center",
            zorder=6,
        )


def _draw_bundle(
    ax: Axes,
    others: pd.DataFrame,
    top: float,
    color: str,
    window: tuple[pd.Timestamp, pd.Timestamp],
) -> None:
    """The projects not named: one thin line each, so that their number is seen."""
    step = (_BUNDLE_INCHES - 0.14) / max(1, len(others))
    for place, project in enumerate(others.sort_values("start_date").itertuples()):
        left, right = max(project.start_date, window[0]), min(project.finish_date, window[1])
        y = top + 0.07 + step * (place + 0.5)
        ax.plot(
            [date2num(left), date2num(right)],
            [y, y],
            color=color,
            alpha=0.5,
            linewidth=max(0.5, min(2.2, step * 50)),
            solid_capstyle="butt",
            zorder=3,
        )
    count = len(others)
    ax.text(
        -0.012,
        top + _BUNDLE_INCHES / 2,
        f"and {count} smaller {'one' if count == 1 else 'ones'}",
        transform=ax.get_yaxis_transform(),
        ha="right",
        va="center",
        fontsize=_FONT,
        color=MUTED,
        fontstyle="italic",
    )
