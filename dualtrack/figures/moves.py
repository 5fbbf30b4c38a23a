"""The alluvial: projects by track, quarter by quarter, and bands for where they went."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from dualtrack.figures.leaders import draw_nothing
from dualtrack.figures.style import INK, MUTED, PAGE, TRACK_COLORS, new_figure, style

__all__ = ["plot_flows"]

_STATES = ("strategic", "operational", "maintenance", "undecided", "finished")
_NAMES = {
    "strategic": "Strategic",
    "operational": "Operational",
    "maintenance": "Maintenance",
    "undecided": "Undecided",
    "finished": "Finished",
}
_OUTSIDE = "not listed"
_WIDTH = 0.13  # of a column, the distance between two being 1
_GAP = 0.035  # between the states of a column, share of the height
_SIDE_INCHES = 1.9  # room for names left and right
_WIDE_SIDE_INCHES = 2.7  # with two columns alone, which are wider
_LEAST_LABEL = 0.036  # height of a line of type, share of the height


def plot_flows(
    flows: pd.DataFrame, *, quantity: str = "project_count", size: tuple[float, float] = PAGE
) -> Figure:
    """Projects by track over the quarters, bands as wide as what they hold.

    Args:
        flows: As `measure_flows` returns.
        quantity: `project_count`, or `budget_cost` for bands of money.
        size: Inches.

    Returns:
        The figure: a column a quarter, the same scale in all. A part of a column without a band on
        its left is new on the list; one without a band on its right has left it.
    """
    own = flows[flows[quantity] > 0]
    with style():
        figure = new_figure(size)
        if own.empty:
            return draw_nothing(figure, "No earlier quarter to compare with")
        ax = figure.subplots()
        ax.set_axis_off()
        quarters = list(dict.fromkeys([*own["previous_name"], *own["quarter_name"]]))
        heights = _heights(own, quarters, quantity)
        scale = (1 - _GAP * (len(_STATES) - 1)) / max(sum(states.values()) for states in heights)
        bottoms = [_stack(states, scale) for states in heights]
        for place, quarter in enumerate(quarters[1:]):
            band = own[own["quarter_name"] == quarter]
            _draw_bands(ax, place, band, quantity, scale, bottoms)
        for place, states in enumerate(heights):
            _draw_column(ax, place, states, scale, bottoms[place])
            _draw_head(ax, place, quarters, own, quantity)
        is_money = quantity == "budget_cost"
        _name_states(ax, 0, heights[0], scale, bottoms[0], is_money=is_money)
        last = len(quarters) - 1
        _name_states(ax, last, heights[last], scale, bottoms[last], is_money=is_money)
        room = _SIDE_INCHES if last > 1 else _WIDE_SIDE_INCHES
        side = room * last / (0.98 * figure.get_figwidth() - 2 * room)
        ax.set_xlim(-side, last + side)
        ax.set_ylim(-0.06, 1.16)
        figure.subplots_adjust(left=0.01, right=0.99, top=0.99, bottom=0.01)
        return figure


def _heights(flows: pd.DataFrame, quarters: list[str], quantity: str) -> list[dict[str, float]]:
    """What each state holds in each quarter, from the flows that leave or reach it."""
    found = []
    for place, quarter in enumerate(quarters):
        side, key = ("from_state", "previous_name") if place == 0 else ("to_state", "quarter_name")
        sums = flows[flows[key] == quarter].groupby(side)[quantity].sum()
        # Bands start from what the pair of quarters says of this one, which for money may differ.
        leaving = flows[flows["previous_name"] == quarter].groupby("from_state")[quantity].sum()
        found.append(
            {state: float(max(sums.get(state, 0.0), leaving.get(state, 0.0))) for state in _STATES}
        )
    return found


def _stack(states: dict[str, float], scale: float) -> dict[str, float]:
    """Lower edge of each state, the first on top."""
    bottoms, top = {}, 1.0
    for state in _STATES:
        height = states[state] * scale
        bottoms[state] = top - height
        top -= height + (_GAP if height else 0.0)
    return bottoms


def _color(state: str) -> str:
    return TRACK_COLORS.get(state, INK)


def _draw_column(
    ax: Axes, place: int, states: dict[str, float], scale: float, bottoms: dict[str, float]
) -> None:
    for state, amount in states.items():
        if amount:
            corner = (place - _WIDTH / 2, bottoms[state])
            ax.add_patch(
                Rectangle(corner, _WIDTH, amount * scale, facecolor=_color(state), linewidth=0)
            )


def _draw_bands(
    ax: Axes,
    place: int,
    band: pd.DataFrame,
    quantity: str,
    scale: float,
    bottoms: list[dict[str, float]],
) -> None:
    """Bands from one column to the next; those that stay on their track are pale."""
    tops = [
        {state: _top(band, side, state, quantity, scale, column) for state in _STATES}
        for side, column in (("from_state", bottoms[place]), ("to_state", bottoms[place + 1]))
    ]
    amounts = band.set_index(["from_state", "to_state"])[quantity]
    for start in _STATES:
        for end in _STATES:
            amount = float(amounts.get((start, end), 0.0)) * scale
            if not amount:
                continue
            left, right = tops[0][start], tops[1][end]
            tops[0][start] -= amount
            tops[1][end] -= amount
            _draw_band(ax, place, (left, right), amount, start, start != end)


def _top(
    band: pd.DataFrame, side: str, state: str, quantity: str, scale: float, column: dict[str, float]
) -> float:
    """Upper edge of the banded part of a state: the rest of it stands below, without a band."""
    other = "to_state" if side == "from_state" else "from_state"
    rows = band[(band[side] == state) & (band[other] != _OUTSIDE)]
    beside = band[(band[side] == state) & (band[other] == _OUTSIDE)]
    whole = float(rows[quantity].sum() + beside[quantity].sum())
    return column[state] + whole * scale


def _draw_band(
    ax: Axes, place: int, ends: tuple[float, float], height: float, state: str, is_move: bool
) -> None:
    left, right = place + _WIDTH / 2, place + 1 - _WIDTH / 2
    middle = (left + right) / 2
    (high, far) = ends
    points = [
        (left, high),
        (middle, high),
        (middle, far),
        (right, far),
        (right, far - height),
        (middle, far - height),
        (middle, high - height),
        (left, high - height),
        (left, high),
    ]
    curve, line = Path.CURVE4, Path.LINETO
    codes = np.array([Path.MOVETO, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY])
    shade = 0.55 if is_move else 0.25
    ax.add_patch(
        PathPatch(Path(points, codes), facecolor=_color(state), alpha=shade, linewidth=0, zorder=0)
    )


def _draw_head(
    ax: Axes, place: int, quarters: list[str], flows: pd.DataFrame, quantity: str
) -> None:
    """The quarter's name, and how many came and left since the one before."""
    ax.text(place, 1.13, quarters[place], ha="center", va="top", fontweight="bold")
    if not place:
        return
    own = flows[flows["quarter_name"] == quarters[place]]
    came = int(own.loc[own["from_state"] == _OUTSIDE, "project_count"].sum())
    is_open = own["from_state"] != "finished"
    left = int(own.loc[(own["to_state"] == _OUTSIDE) & is_open, "project_count"].sum())
    text = f"{came} new, {left} gone while open"
    ax.text(place, 1.065, text, ha="center", va="top", fontsize=9, color=MUTED)


def _name_states(
    ax: Axes,
    place: int,
    states: dict[str, float],
    scale: float,
    bottoms: dict[str, float],
    *,
    is_money: bool,
) -> None:
    """Names of the states beside the first and the last column, apart where they are thin."""
    is_first = place == 0
    limit = 1.0
    for state in _STATES:
        if not states[state]:
            continue
        height = min(bottoms[state] + states[state] * scale / 2, limit - _LEAST_LABEL / 2)
        limit = height - _LEAST_LABEL / 2
        amount = _money(states[state]) if is_money else f"{states[state]:.0f}"
        ax.text(
            place + (-1 if is_first else 1) * (_WIDTH / 2 + 0.03),
            height,
            f"{_NAMES[state]} {amount}",
            ha="right" if is_first else "left",
            va="center",
            fontsize=10,
            fontweight="bold",
            color=MUTED if state == "undecided" else _color(state),
        )


def _money(amount: float) -> str:
    return f"{amount / 1e6:,.1f} m" if amount >= 5e4 else f"{amount / 1e3:,.0f} k"
