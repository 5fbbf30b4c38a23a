"""One look for every figure: track colours, sizes, text that is measured before it is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

__all__ = [
    "A4_LANDSCAPE",
    "INK",
    "MUTED",
    "PAGE",
    "PLAN_COLORS",
    "SLIDE",
    "TRACK_COLORS",
    "TRACK_NAMES",
    "new_figure",
    "style",
    "wrap",
]

# Measured under normal, deuter-, prot- and tritanopia; readable in grey too.
TRACK_COLORS = {
    "operational": "#0072B2",
    "strategic": "#882255",
    "maintenance": "#8C8C8C",
    "undecided": "#C9C9C9",
}
TRACK_NAMES = {
    "operational": "Operational improvement",
    "strategic": "Strategic initiatives",
    "maintenance": "Maintenance",
    "undecided": "Undecided",
}
# A bowler's cells: on plan, missed with a signal, missed within the limits; a letter beside.
PLAN_COLORS = {"hit": "#D7EBD9", "miss": "#B3261E", "noise": "#F3C9C5"}
INK = "#1A1A1A"
MUTED = "#5F5F5F"
GRID = "#E3E3E3"
SLIDE = (13.33, 7.5)  # inches, 16:9
A4_LANDSCAPE = (11.69, 8.27)  # inches
PAGE = (11.2, 6.6)  # inches: what A4 landscape leaves between margins, heading and reading

_RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # ships with matplotlib, so the same everywhere
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.color": INK,
    "text.parse_math": False,  # `$` in a title is money, and no formula
    "xtick.color": MUTED,
    "ytick.color": INK,
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "dualtrack",
}


@contextmanager
def style() -> Iterator[None]:
    """The look, for the figures made inside."""
    with mpl.rc_context(_RC):
        yield


def new_figure(size: tuple[float, float]) -> Figure:
    """A figure outside pyplot's list, so that no notebook shows it twice or leaks it."""
    return Figure(figsize=size)


def wrap(text: str, inches: float, *, points: float) -> str:
    """Text broken into lines no wider than `inches`, measured; a word too wide is broken, none cut.

    Args:
        text: What to break.
        inches: Greatest width of a line.
        points: Size of the type.
    """
    lines, line = [], ""
    for word in str(text).split():
        longer = f"{line} {word}".strip()
        if _width(longer, points) <= inches:
            line = longer
            continue
        lines += [line] if line else []
        line = word
        while _width(line, points) > inches:
            fits = next(
                n for n in range(len(line) - 1, 0, -1) if _width(line[:n], points) <= inches
            )
            lines.append(line[:fits])
            line = line[fits:]
    return "\n".join([*lines, line]) or " "


@cache
def _width(text: str, points: float) -> float:
    """Inches a line takes in the figures' typeface."""
    font = FontProperties(family="DejaVu Sans", size=points)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72
