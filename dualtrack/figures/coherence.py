"""Coherence: metrics on the left, projects on the right, a line for each measure."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, TRACK_COLORS, new_figure, style, wrap

__all__ = ["plot_coherence"]

_SHORT = {
    "two_units": "two units",
    "two_levels": "levels apart",
    "two_directions": "two directions",
    "opposed": "pulled apart",
    "against_usual": "against the usual direction",
    "stale": "no recent reading",
    "no_owner": "no owner",
    "no_baseline": "no baseline",
    "no_target": "no target",
}
_MOST = 20  # metrics on the picture; with more, only those with a finding
_MOST_PROJECTS = 24
_SIDE = 3.7  # inches of the text on either side
_POINTS = 8.5
_LINE = 0.15  # inches of a line of text
_BOLD = 0.86  # bold type is wider than what is measured
_GAP = 0.12


def plot_coherence(coherence: pd.DataFrame, fit: pd.DataFrame, *, width: float = 12.5) -> Figure:
    """Which metric follows which project, findings named at the metric.

    Args:
        coherence: As `measure_coherence` returns.
        fit: As `measure_metric_fit` returns: the metrics and their projects.
        width: Inches; the height follows from what there is to show.

    Returns:
        The figure; a project's dot has the colour of its track, findings stand in words.
    """
    found = coherence[coherence["finding_type"] != "no_metric"]
    metrics, left_out = _choose(fit, found)
    pairs = fit[fit["metric_id"].isin(metrics)].dropna(subset=["project_id"])
    # Projects in the order of their metrics: few lines cross.
    order = {name: place for place, name in enumerate(metrics)}
    pairs = pairs.assign(place=pairs["metric_id"].map(order)).sort_values("place", kind="stable")
    projects = list(dict.fromkeys(pairs["project_id"]))[:_MOST_PROJECTS]
    pairs = pairs[pairs["project_id"].isin(projects)]
    says = {
        str(name): ", ".join(dict.fromkeys(own["finding_type"].map(_SHORT)))
        for name, own in found.groupby("metric_id")
    }
    left = [
        wrap(f"{name}: {says[name]}", _SIDE * _BOLD, points=_POINTS)
        if name in says
        else _block(name)
        for name in metrics
    ]
    titles = pairs.drop_duplicates("project_id").set_index("project_id")["title"]
    right = [_block(str(titles[one]) if pd.notna(titles[one]) else one) for one in projects]
    tall = max(_stack(left)[1], _stack(right)[1], 0.6)
    height = tall + 1.15
    with style():
        figure = new_figure((width, height))
        if not metrics:
            ax = figure.subplots()
            ax.set_axis_off()
            text = f"No finding in {left_out} metrics" if left_out else "No metrics"
            ax.text(0.5, 0.5, text, ha="center", color=MUTED)
            return figure
        ax = figure.add_axes((0, 0.55 / height, 1, tall / height))
        ax.set_axis_off()
        ax.set_xlim(0, width)
        ax.set_ylim(tall, 0)
        _draw(ax, (metrics, left), (projects, right), pairs, set(says))
        _write_edges(figure, (width, height), fit, coherence, left_out)
        return figure


def _choose(fit: pd.DataFrame, found: pd.DataFrame) -> tuple[list[str], int]:
    """Metrics to show, those with a finding first, and how many are left out."""
    names = list(dict.fromkeys(fit["metric_id"]))
    odd = set(found["metric_id"].dropna())
    ordered = [name for name in names if name in odd]
    if len(names) <= _MOST:
        ordered += [name for name in names if name not in odd]
    shown = ordered[:_MOST]
    return shown, len(names) - len(shown)


def _block(text: str) -> str:
    return wrap(text, _SIDE, points=_POINTS)


def _stack(blocks: list[str]) -> tuple[list[float], float]:
    """Middle of each block, stacked from the top, and the height of all."""
    places, top = [], 0.0
    for block in blocks:
        tall = (block.count("\n") + 1) * _LINE
        places.append(top + tall / 2)
        top += tall + _GAP
    return places, top


def _spread(blocks: list[str], tall: float) -> list[float]:
    places, own = _stack(blocks)
    step = (tall - own) / max(len(blocks), 1)
    return [place + step * (number + 0.5) for number, place in enumerate(places)]


def _draw(
    ax: Axes,
    left: tuple[list[str], list[str]],
    right: tuple[list[str], list[str]],
    pairs: pd.DataFrame,
    odd: set[str],
) -> None:
    tall, width = ax.get_ylim()[0], ax.get_xlim()[1]
    left_x, right_x = _SIDE + 0.45, width - _SIDE - 0.45
    left_y = dict(zip(left[0], _spread(left[1], tall), strict=True))
    right_y = dict(zip(right[0], _spread(right[1], tall), strict=True))
    tracks = pairs.drop_duplicates("project_id").set_index("project_id")["track"]
    for row in pairs.itertuples():
        is_odd = row.metric_id in odd
        ax.plot(
            [left_x, right_x],
            [left_y[row.metric_id], right_y[row.project_id]],
            color=INK if is_odd else "#C9C9C9",
            linewidth=1.8 if is_odd else 1.0,
            zorder=2 if is_odd else 1,
        )
    for name, block in zip(*left, strict=True):
        is_odd = name in odd
        ax.text(
            left_x - 0.2,
            left_y[name],
            block,
            ha="right",
            va="center",
            fontsize=_POINTS,
            fontweight="bold" if is_odd else "normal",
            linespacing=1.1,
        )
        ax.plot(
            left_x,
            left_y[name],
            marker="s" if is_odd else "o",
            markersize=8 if is_odd else 5,
            color=INK if is_odd else "#8C8C8C",
            zorder=3,
        )
    for one, block in zip(*right, strict=True):
        color = TRACK_COLORS.get(str(tracks[one]), MUTED)
        ax.plot(right_x, right_y[one], marker="o", markersize=7, color=color, zorder=3)
        ax.text(
            right_x + 0.2,
            right_y[one],
            block,
            va="center",
            fontsize=_POINTS,
            linespacing=1.1,
        )


def _write_edges(
    figure: Figure,
    size: tuple[float, float],
    fit: pd.DataFrame,
    coherence: pd.DataFrame,
    left_out: int,
) -> None:
    """Headings above, what is not drawn below."""
    width, height = size
    top = 1 - 0.4 / height
    figure.text((_SIDE + 0.45) / width, top, "Metric", ha="right", color=MUTED)
    x = (width - _SIDE - 0.45) / width
    figure.text(x - 0.01, top, "Project: ", color=MUTED)
    figure.text(x + 0.055, top, "strategic", color=TRACK_COLORS["strategic"], fontweight="bold")
    operational = TRACK_COLORS["operational"]
    figure.text(x + 0.125, top, "operational", color=operational, fontweight="bold")
    told = []
    if left_out:
        told.append(f"{left_out} more {'metric' if left_out == 1 else 'metrics'}")
    free = int(fit["project_id"].isna().sum())
    if free:
        told.append(f"{free} {'follows' if free == 1 else 'follow'} no project")
    bare = int((coherence["finding_type"] == "no_metric").sum())
    if bare:
        told.append(
            f"{bare} open {'project' if bare == 1 else 'projects'} of both paths without a metric"
        )
    text = "Not drawn: " + "; ".join(told) + "." if told else ""
    figure.text(0.3 / width, 0.18 / height, text, color=MUTED, fontsize=9)
