"""Before and after: a hollow mark and a filled one on each line, with the range."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import GRID, INK, MUTED, TRACK_COLORS, new_figure, style, wrap

__all__ = ["plot_whatif"]

MOST = 16  # units a page holds; those that change most are shown, the others counted
_NOTICED = 0.005  # half a point: less prints as no change
_LABELS = 3.1  # inches for names
_ROW, _LINE, _POINTS = 0.4, 0.165, 10
_NAMES = {
    ("mix", "projects"): "Strategic share of projects",
    ("mix", "budget_cost"): "Strategic share of budget",
    ("mix", "effort_hours"): "Strategic share of planned work",
    ("people", "both_share"): "People on both paths",
    ("people", "four_or_more_share"): "People on four projects or more",
}


def plot_whatif(whatif: pd.DataFrame, *, size: tuple[float, float] | None = None) -> Figure:
    """Mix, people and load, each as it is and with the scenario.

    Args:
        whatif: As `measure_whatif` returns.
        size: Inches; from the number of rows if None.

    Returns:
        The figure; x is per cent, on one scale for all lines.
    """
    rows, left_out = _choose(whatif)
    names = [wrap(name, _LABELS - 0.25, points=_POINTS) for name in rows["name"]]
    tall = [max(_ROW, 0.12 + _LINE * (1 + name.count("\n"))) for name in names]
    with style():
        figure = new_figure(size or (10.5, 1.35 + max(0.6, sum(tall))))
        ax = figure.subplots()
        if rows.empty:
            ax.set_axis_off()
            ax.text(0.5, 0.5, "Nothing known to compare", ha="center", va="center", color=MUTED)
            return figure
        _draw_rows(ax, rows, names, tall)
        width, height = figure.get_size_inches()
        figure.text(
            _LABELS / width,
            1 - 0.25 / height,
            "Hollow: as it is.  Filled: with the scenario.  Line: 90 % interval",
            fontsize=9.5,
            color=MUTED,
            va="center",
        )
        note = (
            f"; {left_out} units that change less or not at all are not shown" if left_out else ""
        )
        ax.set_xlabel(f"% (load: of capacity in the months booked{note})")
        figure.subplots_adjust(
            left=_LABELS / width, right=1 - 1.6 / width, top=1 - 0.5 / height, bottom=0.7 / height
        )
        return figure


def _choose(whatif: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Shares first, then the load of the whole and of the units that change most."""
    known = whatif.dropna(subset=["before_value", "after_value"], how="all")
    keys = list(zip(known["measure_type"], known["quantity_type"], strict=True))
    known = known.assign(name=[_NAMES.get(key, "") for key in keys])
    shares = known[known["name"] != ""]
    load = known[known["quantity_type"] == "load_share"]
    load = load.assign(
        name=["Load, " + ("whole" if one == "All" else one) for one in load["group_name"]],
        moved=(load["after_value"] - load["before_value"]).abs().fillna(0.0),
        is_unit=load["group_name"] != "All",
    ).sort_values(["is_unit", "moved"], ascending=[True, False], kind="stable")
    is_told = ~load["is_unit"] | (load["moved"] >= _NOTICED) | load["after_value"].isna()
    told = load[is_told].head(MOST)
    return pd.concat([shares, told], ignore_index=True), len(load) - len(told)


def _draw_rows(ax: Axes, rows: pd.DataFrame, names: list[str], tall: list[float]) -> None:
    places, top = [], 0.0
    for height in tall:
        places.append(top + height / 2)
        top += height
    values = 100 * rows[["before_value", "after_value", "before_high", "after_high"]]
    limit = max(100.0, float(values.max(axis=None)) + 2)
    for place, row in zip(places, rows.itertuples(), strict=True):
        color = TRACK_COLORS["strategic"] if row.measure_type == "mix" else INK
        for side, offset in (("before", -0.06), ("after", 0.06)):
            value, low, high = (
                100 * getattr(row, f"{side}_{part}") for part in ("value", "low", "high")
            )
            line = [place + offset] * 2
            ax.plot([low, high], line, color=color, linewidth=1.1, alpha=0.8)
            ax.plot(
                [value],
                line[:1],
                marker="o",
                markersize=7,
                markerfacecolor="white" if side == "before" else color,
                markeredgecolor=color,
                markeredgewidth=1.6,
                linestyle="none",
                zorder=4,
                clip_on=False,
            )
        text = f"{_percent(row.before_value)} to {_percent(row.after_value)}"
        is_same = _percent(row.before_value) == _percent(row.after_value)
        ax.text(
            limit * 1.012,
            place,
            _percent(row.after_value) + ", no change" if is_same else text,
            va="center",
            fontsize=9.5,
            color=MUTED if is_same else INK,
        )
        ax.axhline(place, color=GRID, linewidth=0.8, zorder=0)
    ax.set_ylim(top, 0)
    ax.set_xlim(-1.5, limit)  # a mark at nothing stands clear of its name
    ax.set_yticks(places, names, fontsize=_POINTS)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _percent(value: float) -> str:
    return "not known" if pd.isna(value) else f"{100 * value:.0f} %"
