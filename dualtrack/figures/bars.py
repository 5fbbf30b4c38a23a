"""Rows of lying bars: what the figures of spread, targets and concentration share."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dualtrack.figures.style import INK, MUTED, new_figure, wrap

__all__ = ["Frame", "draw_interval", "label_rows", "lay_rows", "say_nothing"]

_POINTS = 10.0
_LINE = 0.165  # inches a line of type takes
_LEFT = 2.35  # inches for the names of the rows


class Frame:
    """A figure of rows: its axes, their names, and inches for what stands around them.

    Attributes:
        figure: The figure.
        axes: Panels, left to right, with the same rows.
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        panels: int = 1,
        row: float = 0.46,
        width: float = 11.2,
        top: float = 0.75,
        right: float = 0.25,
        size: tuple[float, float] | None = None,
    ) -> None:
        self.names = [wrap(str(name), _LEFT - 0.2, points=_POINTS) for name in names]
        lines = max([1, *(name.count("\n") + 1 for name in self.names)])
        rows = max(len(names), 1) * max(row, _LINE * lines + 0.12)
        width, height = size or (width, rows + top + 0.65)
        self.figure: Figure = new_figure((width, height))
        self.axes: list[Axes] = list(self.figure.subplots(1, panels, squeeze=False)[0])
        self.figure.subplots_adjust(
            left=_LEFT / width,
            right=1 - right / width,
            top=1 - top / height,
            bottom=0.58 / height,
            wspace=0.12,
        )

    def write_above(
        self, inches: float, text: str, *, color: str = MUTED, bold: bool = False
    ) -> None:
        """A line of text above the axes, from `inches` right of their left edge."""
        width, height = self.figure.get_size_inches()
        self.figure.text(
            (_LEFT + inches) / width,
            1 - 0.28 / height,
            text,
            color=color,
            fontsize=_POINTS,
            fontweight="bold" if bold else "normal",
        )


def lay_rows(ax: Axes, names: Sequence[str], *, is_named: bool = True) -> None:
    """The rows of an axes, first on top.

    Args:
        ax: The axes.
        names: A name for each row.
        is_named: Whether the names stand beside this panel.
    """
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    label_rows(ax, names if is_named else [])
    ax.spines["left"].set_visible(False)


def label_rows(ax: Axes, names: Sequence[str]) -> None:
    """Names of the rows beside the axes."""
    ax.set_yticks(range(len(names)), names, fontsize=_POINTS)
    ax.tick_params(axis="y", length=0)


def draw_interval(ax: Axes, low: float, high: float, place: float) -> None:
    """A 90 % interval, readable on a bar and beside it.

    Args:
        ax: The axes.
        low: Lower end, in the units of x.
        high: Upper end.
        place: The row.
    """
    for color, width in (("white", 3.4), (INK, 1.4)):
        ax.plot([low, high], [place, place], color=color, linewidth=width, solid_capstyle="butt")
        for end in (low, high):
            ax.plot([end, end], [place - 0.13, place + 0.13], color=color, linewidth=width - 0.2)


def say_nothing(ax: Axes, place: float, x: float, text: str) -> None:
    """What stands in a row that has nothing to draw.

    Args:
        ax: The axes.
        place: The row.
        x: Where the text begins.
        text: Why there is nothing.
    """
    ax.text(x, place, text, va="center", color=MUTED, fontsize=_POINTS)
