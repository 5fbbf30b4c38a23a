"""How far money and work shifted, between units and between tracks."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.leaders import draw_nothing
from dualtrack.figures.style import INK, MUTED, new_figure, style

__all__ = ["plot_reallocation"]

_QUANTITIES = (("budget_cost", "Open budget"), ("effort_fte", "Booked work"))
_PUBLISHED = ("reallocation_typical_low", "reallocation_typical_mean")


def plot_reallocation(
    reallocation: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    size: tuple[float, float] | None = None,
) -> Figure:
    """Share of budget and of work that is in another unit, or on another track.

    Args:
        reallocation: As `measure_reallocation` returns.
        targets: As `read_targets` returns, for the two published figures.
        size: Inches; from the number of pairs of quarters if None.

    Returns:
        The figure; x is the share that shifted, the same scale in both panels. The line on a bar
        of tracks is its 90 % interval.
    """
    pairs = list(
        dict.fromkeys(zip(reallocation["previous_name"], reallocation["quarter_name"], strict=True))
    )
    with style():
        height = 1.5 + 0.75 * max(len(pairs), 1)
        figure = new_figure(size or (11.2, height))
        if not pairs:
            return draw_nothing(figure, "No earlier quarter to compare with")
        axes = figure.subplots(1, 2, sharex=True, sharey=True)
        ends = reallocation[["unit_shift_share", "shift_high"]].max().max()
        known = targets.set_index("target_id")
        lines = [float(known.at[name, "low_value"]) for name in _PUBLISHED if name in known.index]
        top = max([100 * ends if ends == ends else 0.0, *lines, 1.0]) * 1.3
        for ax, (quantity, name) in zip(axes, _QUANTITIES, strict=True):
            own = reallocation[reallocation["quantity_type"] == quantity]
            _draw_panel(ax, own, pairs, top)
            for value in lines:
                ax.axvline(value, color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
                ax.annotate(
                    f"{value:g} %",
                    (value, 1.0),
                    xycoords=("data", "axes fraction"),
                    xytext=(0, 2),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    fontsize=8.5,
                    color=MUTED,
                )
            ax.set_title(name, loc="left", color=INK, pad=20)
            ax.set_xlabel("Share that shifted, %")
        axes[0].set_yticks(range(len(pairs)), [f"{one} to\n{other}" for one, other in pairs])
        axes[0].set_ylim(len(pairs) - 0.5, -0.5)
        inches = figure.get_figheight()
        figure.subplots_adjust(
            left=0.12, right=0.98, top=1 - 0.6 / inches, bottom=0.75 / inches, wspace=0.08
        )
        if lines:
            text = "dashed: capital between units in a year, McKinsey (Atsmon, 2016)"
            figure.text(
                0.98, 0.1 / inches, text, ha="right", va="bottom", fontsize=8.5, color=MUTED
            )
        return figure


def _draw_panel(ax: Axes, own: pd.DataFrame, pairs: list[tuple[str, str]], top: float) -> None:
    rows = own.set_index(["previous_name", "quarter_name"])
    for place, pair in enumerate(pairs):
        row = rows.loc[pair]
        bars = (
            ("units", row["unit_shift_share"], INK, None),
            ("tracks", row["track_shift_share"], MUTED, (row["shift_low"], row["shift_high"])),
        )
        for offset, (name, share, color, interval) in zip((-0.17, 0.17), bars, strict=True):
            if pd.isna(share):
                ax.text(
                    0.2,
                    place + offset,
                    f"{name}: cannot be told",
                    va="center",
                    fontsize=9,
                    color=MUTED,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
                )
                continue
            ax.barh(place + offset, 100 * share, height=0.26, color=color)
            end = 100 * share
            if interval is not None:
                low, high = (100 * one for one in interval)
                ax.plot([low, high], [place + offset] * 2, color=INK, linewidth=1.6)
                end = max(end, high)
            ax.text(
                end + 0.012 * top,
                place + offset,
                f"{name} {100 * share:.1f} %",
                va="center",
                fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )
    ax.set_xlim(0, top)
    ax.tick_params(axis="y", length=0)
