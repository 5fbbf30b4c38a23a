"""What both widgets share: their modules, their looks, and the table shown without a front end."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import anywidget

__all__ = ["Page", "StaticTable", "read_module", "read_style"]

_STATIC = Path(__file__).parent / "static"
_WIDTH = 110  # letters of a line where not even HTML can be shown


def read_module(*names: str) -> str:
    """One ES module of several files, so that no build step and no second request is needed.

    Args:
        names: Files of `static/` without their ending, the parts first.
    """
    return "\n".join((_STATIC / f"{name}.js").read_text(encoding="utf-8") for name in names)


def read_style(*names: str) -> str:
    """Style sheets of `static/` as one.

    Args:
        names: Files without their ending.
    """
    return "\n".join((_STATIC / f"{name}.css").read_text(encoding="utf-8") for name in names)


class StaticTable:
    """A table of texts for where no front end is: papermill's output, GitHub, a terminal."""

    def __init__(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.title = title
        self.headings = headings
        self.rows = rows

    def html(self) -> str:
        """The table as HTML, every text escaped."""
        head = "".join(f'<th scope="col">{escape(one)}</th>' for one in self.headings)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return (
            f"<table><caption>{escape(self.title)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def text(self) -> str:
        """The table as lines of text, long cells shortened."""
        lines = [" | ".join(self.headings)]
        lines += [" | ".join(" ".join(cell.split()) for cell in row) for row in self.rows]
        short = [line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…" for line in lines]
        return "\n".join([self.title, *short])


class Page(anywidget.AnyWidget):
    """A widget that also shows itself as a table, for readers without a front end."""

    def _static_table(self) -> StaticTable:
        return StaticTable(type(self).__name__, (), ())

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = super()._repr_mimebundle_(**options)
        table = self._static_table()
        plain = {"text/plain": table.text(), "text/html": table.html()}
        if isinstance(shown, tuple):
            return shown[0] | plain, shown[1]
        return (shown or {}) | plain
