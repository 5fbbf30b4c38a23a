"""The X-matrix: four arms around an X, marks in the corners where two items are tied."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dualtrack.figures.style import GRID, INK, MUTED, TRACK_COLORS, new_figure, style, wrap

__all__ = ["plot_xmatrix"]

_CENTRE = (5.2, 2.5)  # inches of the X: width for priorities, height for upright labels
_POINTS = 8.0
_LINE = 0.145  # inches of a line of text
_MARGIN = (0.15, 0.5)  # inches at the sides; below, for the key
_BOLD = 0.86  # bold type is wider than what is measured
_PLURALS = {"priority": "priorities", "aim": "aims", "measure": "measures", "owner": "owners"}
_DIRECT = "no annual aim: straight to a breakthrough"


@dataclass(frozen=True)
class _Item:
    """An item with its place: left (or upper) edge and breadth, in inches; loose ends are bold."""

    key: tuple[str, str]
    text: str
    at: float
    breadth: float
    is_loose: bool = False

    @property
    def middle(self) -> float:
        return self.at + self.breadth / 2


def plot_xmatrix(xmatrix: pd.DataFrame, links: pd.DataFrame, checks: pd.DataFrame) -> Figure:
    """Priorities above, breakthroughs below, aims to one side, measures and owners to the other.

    Args:
        xmatrix: As `measure_xmatrix` returns; only what is to be drawn is drawn.
        links: As `measure_xmatrix_links` returns.
        checks: As `measure_xmatrix_checks` returns; loose ends are named at their item.

    Returns:
        The figure. A full mark is a tie an export states, a hollow one follows from others. A
        priority that names a breakthrough itself stands in a column of its own.
    """
    drawn = xmatrix[xmatrix["is_drawn"].astype(bool)]
    with style():
        if not (drawn["item_type"] == "priority").any():
            figure = new_figure((9.0, 1.6))
            ax = figure.subplots()
            ax.set_axis_off()
            ax.text(0.5, 0.5, "No strategic priorities", ha="center", color=MUTED)
            return figure
        loose = _loose_ends(checks)
        direct = _direct_columns(drawn, links)
        above = _place_rows(drawn, "priority", loose, start=0.1)
        centre_top = above[-1].at + above[-1].breadth + 0.04
        below = _place_rows(drawn, "breakthrough", loose, start=centre_top + _CENTRE[1] + 0.04)
        left = _place_columns(_named(drawn, "aim") + direct, start=_MARGIN[0])
        centre_left = (left[-1].at + left[-1].breadth if left else _MARGIN[0]) + 0.04
        start = centre_left + _CENTRE[0] + 0.04
        right = _place_columns(_named(drawn, "measure") + _named(drawn, "owner"), start=start)
        width = max(right[-1].at + right[-1].breadth if right else start, 7.5) + _MARGIN[0]
        bottom = below[-1].at + below[-1].breadth if below else centre_top + _CENTRE[1]
        height = bottom + _MARGIN[1]
        figure = new_figure((width, height))
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.set_xlim(0, width)
        ax.set_ylim(height, 0)
        _draw_centre(ax, (centre_left, centre_top), has_sides=(bool(left), bool(right)))
        _draw_rows(ax, above + below, centre_left)
        _draw_columns(ax, left + right, centre_top)
        _draw_corners(ax, (left, right), (above, below), links)
        _draw_key(ax, height - 0.2, xmatrix)
        return figure


def _loose_ends(checks: pd.DataFrame) -> dict[str, str]:
    words = {
        "orphan_priority": "serves no breakthrough",
        "unsupported_breakthrough": "served by none",
    }
    own = checks[checks["check_type"].isin(list(words))]
    return dict(zip(own["item_id"], own["check_type"].map(words), strict=True))


def _named(drawn: pd.DataFrame, kind: str) -> list[tuple[tuple[str, str], str]]:
    own = drawn[drawn["item_type"] == kind]
    names = own["item_name"].fillna(own["item_id"])
    return [((kind, one), str(name)) for one, name in zip(own["item_id"], names, strict=True)]


def _direct_columns(drawn: pd.DataFrame, links: pd.DataFrame) -> list[tuple[tuple[str, str], str]]:
    """A column for each breakthrough that priorities on the drawing name themselves."""
    ids = drawn.loc[drawn["item_type"] == "priority", "item_id"]
    ties = links[(links["from_type"] == "priority") & (links["to_type"] == "breakthrough")]
    ties = ties[ties["is_stated"].astype(bool) & ties["from_id"].isin(ids)]
    tops = drawn.loc[drawn["item_type"] == "breakthrough", "item_id"]
    return [(("direct", one), _DIRECT) for one in tops if one in set(ties["to_id"])]


def _place_rows(
    drawn: pd.DataFrame, kind: str, loose: dict[str, str], *, start: float
) -> list[_Item]:
    rows, at = [], start
    for key, name in _named(drawn, kind):
        is_loose = key[1] in loose
        text = f"{name} ({loose[key[1]]})" if is_loose else name
        room = (_CENTRE[0] - 0.4) * (_BOLD if is_loose else 1)
        text = wrap(text, room, points=_POINTS)
        breadth = max((text.count("\n") + 1) * _LINE + 0.1, 0.26)
        rows.append(_Item(key, text, at, breadth, is_loose))
        at += breadth
    return rows


def _place_columns(named: list[tuple[tuple[str, str], str]], *, start: float) -> list[_Item]:
    columns, at = [], start
    for key, name in named:
        text = wrap(name, _CENTRE[1] - 0.3, points=_POINTS)
        breadth = max((text.count("\n") + 1) * _LINE + 0.12, 0.3)
        columns.append(_Item(key, text, at, breadth))
        at += breadth
    return columns


def _draw_centre(ax: Axes, corner: tuple[float, float], *, has_sides: tuple[bool, bool]) -> None:
    x, y = corner
    width, height = _CENTRE
    ax.add_patch(Rectangle((x, y), width, height, facecolor="white", edgecolor=INK, linewidth=1.2))
    ax.plot([x, x + width], [y, y + height], color=INK, linewidth=1.0)
    ax.plot([x, x + width], [y + height, y], color=INK, linewidth=1.0)
    names = [
        (x + width / 2, y + 0.28, "Priorities, largest by budget", 0),
        (x + width / 2, y + height - 0.28, "Breakthroughs", 0),
    ]
    if has_sides[0]:
        names.append((x + 0.3, y + height / 2, "Annual aims", 90))
    if has_sides[1]:
        names.append((x + width - 0.3, y + height / 2, "Measures, owners", 90))
    for at_x, at_y, name, turn in names:
        ax.text(
            at_x,
            at_y,
            name,
            ha="center",
            va="center",
            rotation=turn,
            fontsize=10.5,
            fontweight="bold",
            color=TRACK_COLORS["strategic"],
        )


def _draw_rows(ax: Axes, rows: list[_Item], x: float) -> None:
    for row in rows:
        ax.add_patch(
            Rectangle((x, row.at), _CENTRE[0], row.breadth, facecolor="#F7F7F7", edgecolor=GRID)
        )
        ax.text(
            x + 0.1,
            row.middle,
            row.text,
            va="center",
            fontsize=_POINTS,
            fontweight="bold" if row.is_loose else "normal",
            linespacing=1.05,
        )


def _draw_columns(ax: Axes, columns: list[_Item], y: float) -> None:
    for column in columns:
        ax.add_patch(
            Rectangle(
                (column.at, y), column.breadth, _CENTRE[1], facecolor="#F7F7F7", edgecolor=GRID
            )
        )
        ax.text(
            column.middle,
            y + _CENTRE[1] - 0.08,
            column.text,
            rotation=90,
            ha="center",
            va="bottom",
            fontsize=_POINTS,
            color=MUTED if column.key[0] == "direct" else INK,
            linespacing=1.05,
        )


def _draw_corners(
    ax: Axes,
    sides: tuple[list[_Item], list[_Item]],
    arms: tuple[list[_Item], list[_Item]],
    links: pd.DataFrame,
) -> None:
    ties = {
        frozenset({(row.from_type, row.from_id), (row.to_type, row.to_id)}): bool(row.is_stated)
        for row in links.itertuples()
    }
    for column in (*sides[0], *sides[1]):
        for row in (*arms[0], *arms[1]):
            ax.add_patch(
                Rectangle(
                    (column.at, row.at),
                    column.breadth,
                    row.breadth,
                    facecolor="none",
                    edgecolor=GRID,
                )
            )
            is_stated = _find_tie(column.key, row.key, ties)
            if is_stated is not None:
                ax.plot(
                    column.middle,
                    row.middle,
                    marker="o",
                    markersize=7.5,
                    color=TRACK_COLORS["strategic"],
                    markerfacecolor=TRACK_COLORS["strategic"] if is_stated else "white",
                    linestyle="none",
                )


def _find_tie(
    column: tuple[str, str], row: tuple[str, str], ties: dict[frozenset[tuple[str, str]], bool]
) -> bool | None:
    """Whether a tie is stated; None without one."""
    if column[0] != "direct":
        return ties.get(frozenset({column, row}))
    top = ("breakthrough", column[1])
    if row[0] == "breakthrough":
        return True if row == top else None
    return True if ties.get(frozenset({row, top})) else None


def _draw_key(ax: Axes, y: float, xmatrix: pd.DataFrame) -> None:
    color = TRACK_COLORS["strategic"]
    for x, is_stated, words in ((0.25, True, "stated"), (1.1, False, "follows from other ties")):
        face = color if is_stated else "white"
        ax.plot(x, y, marker="o", markersize=7.5, color=color, markerfacecolor=face)
        ax.text(x + 0.13, y, words, va="center", fontsize=8.5, color=MUTED)
    left = xmatrix.loc[~xmatrix["is_drawn"].astype(bool), "item_type"].value_counts()
    told = [
        f"{left[kind]} {kind if left[kind] == 1 else many}"
        for kind, many in _PLURALS.items()
        if kind in left
    ]
    if told:
        ax.text(3.1, y, f"Not drawn: {', '.join(told)}.", va="center", fontsize=8.5, color=MUTED)
