"""The five questions on one scale: score with its interval, leaders' rating, quarters before."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import GRID, INK, MUTED, new_figure, style, wrap

__all__ = ["plot_scorecard"]

_BAR = "#BDBDBD"
_LINE = "#4C4C4C"
_LEADERS = "#B35900"  # told apart from the bar by its shape too
_ROW = 0.95  # inches
_LABEL = 3.6  # inches for the question


def plot_scorecard(
    scorecard: pd.DataFrame,
    trend: pd.DataFrame,
    *,
    size: tuple[float, float] | None = None,
) -> Figure:
    """A row a question: bar of the score, interval, diamond of the leaders, dots of past quarters.

    Args:
        scorecard: As `measure_scorecard` returns.
        trend: The `scorecard_trend` table.
        size: Inches; from the number of questions if None.

    Returns:
        The figure; x is points, 0 to 100. Past quarters stand at the right on the same scale.
    """
    with style():
        figure = new_figure(size or (12.5, 1.25 + _ROW * max(1, len(scorecard))))
        width, height = figure.get_size_inches()
        left = _LABEL / width
        grid = {"left": left, "right": 0.985, "bottom": 0.62 / height, "top": 1 - 0.5 / height}
        has_trend = len(trend["quarter_name"].unique()) > 1
        if has_trend:
            main, past = figure.subplots(
                1, 2, gridspec_kw={**grid, "wspace": 0.12, "width_ratios": [2.4, 1]}
            )
            _draw_past(past, scorecard, trend)
        else:
            main = figure.subplots(1, 1, gridspec_kw=grid)
        _draw_scores(main, scorecard, _LABEL - 0.45)
        return figure


def _draw_scores(ax: Axes, scorecard: pd.DataFrame, inches: float) -> None:
    is_rated = scorecard["leaders_score"].notna().any()
    for place, row in enumerate(scorecard.itertuples()):
        if pd.isna(row.score):
            ax.text(1, place, "too little recorded to score", va="center", color=MUTED)
        else:
            ax.barh(place, row.score, height=0.46, color=_BAR)
            ax.plot([row.score_low, row.score_high], [place, place], color="white", linewidth=3.6)
            ax.plot([row.score_low, row.score_high], [place, place], color=INK, linewidth=1.6)
            inside = row.score_low > 8
            ax.text(
                1.5 if inside else row.score_high + 2,
                place,
                f"{row.score:.0f}",
                va="center",
                fontweight="bold",
            )
        if not pd.isna(row.leaders_score):
            ax.plot(
                row.leaders_score,
                place + 0.36,
                marker="D",
                markersize=7,
                color=_LEADERS,
                clip_on=False,
            )
    ax.set_yticks(
        range(len(scorecard)),
        [
            wrap(f"{row.question_id}  {row.asks}", inches, points=11)
            for row in scorecard.itertuples()
        ],
    )
    _finish(ax, len(scorecard))
    ax.set_xlabel("Points, 0 to 100; line: 90 % interval")
    if is_rated:
        ax.text(
            1,
            1.02,
            "◆ leaders' own rating",
            transform=ax.transAxes,
            ha="right",
            va="bottom",
            color=_LEADERS,
            fontsize=10,
        )
    ax.text(0, 1.02, "Score", transform=ax.transAxes, va="bottom", fontweight="bold")


def _draw_past(ax: Axes, scorecard: pd.DataFrame, trend: pd.DataFrame) -> None:
    """A small line a question, quarter by quarter, each on the scale 0 to 100 of its row."""
    names = sorted(trend["quarter_name"].unique())
    for place, question_id in enumerate(scorecard["question_id"]):
        own = trend[trend["question_id"] == question_id].set_index("quarter_name")
        scores = own["score"].reindex(names)
        heights = place + 0.4 - 0.8 * scores / 100
        for limit in (place - 0.4, place + 0.4):
            ax.plot([0, len(names) - 1], [limit, limit], color=GRID, linewidth=0.8, zorder=0)
        ax.plot(range(len(names)), heights, color=_LINE, linewidth=1.4, marker="o", markersize=4)
        for side in (0, len(names) - 1):
            score = scores.iloc[side]
            if not pd.isna(score):
                ax.text(
                    side + (-0.15 if side == 0 else 0.15),
                    heights.iloc[side],
                    f"{score:.0f}",
                    ha="right" if side == 0 else "left",
                    va="center",
                    fontsize=10,
                )
    ax.set_xticks([0, len(names) - 1], [names[0], names[-1]])
    ax.set_xlim(-0.6, len(names) - 0.4)
    ax.set_ylim(len(scorecard) - 0.5, -0.5)
    ax.set_yticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(axis="x", length=0)
    ax.text(0.5, 1.02, "Quarters before", transform=ax.transAxes, va="bottom", ha="center")


def _finish(ax: Axes, count: int) -> None:
    ax.set_xlim(0, 100)
    ax.set_ylim(max(1, count) - 0.5, -0.5)
    ax.set_xticks([0, 25, 50, 75, 100])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    for value in (25, 50, 75, 100):
        ax.axvline(value, color=GRID, linewidth=1, zorder=0)
