"""One look for every figure: track colours, sizes, text that is measured before it is set."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = [
    "A4_LANDSCAPE",
    "INK",
    "MUTED",
    "PAGE",
    "SLIDE",
    "TRACK_COLORS",
    "TRACK_NAMES",
    "clear_axes",
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
INK = "#1A1A1A"
MUTED = "#5F5F5F"
GRID = "#E3E3E3"
SLIDE = (13.33, 7.5)  # inches, 16:9
A4_LANDSCAPE = (11.69, 8.27)  # inches
PAGE = (10.6, 6.9)  # inches: what A4 landscape leaves between margins, heading and reading

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


def wrap(text: str, width: int) -> str:
    """Text broken into lines of at most `width` signs; a longer word is broken, none is cut."""
    return "\n".join(textwrap.wrap(str(text), width=width, break_long_words=True)) or " "


def clear_axes(ax: Axes) -> None:
    """No frame, no ticks: for axes that carry text only."""
    ax.set_axis_off()
    ax.set_facecolor("none")
