"""Exhibits: what a notebook cell shows, readable in the notebook and taken over by the pack."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from dualtrack.claims import Claim
from dualtrack.tables.display import DisplayTable, format_cell

__all__ = [
    "EXHIBIT_MIME",
    "Exhibit",
    "show_claim",
    "show_decisions",
    "show_figure",
    "show_headline",
    "show_table",
]

EXHIBIT_MIME = "application/vnd.dualtrack.exhibit+json"


@dataclass(frozen=True)
class Exhibit:
    """A figure, table or headline with its words; Jupyter shows it, the pack takes it over.

    Attributes:
        key: Name of the exhibit, the same in every pack.
        kind: figure, table, decisions or headline.
        body: HTML of the exhibit, self-contained.
        facts: Small numbers the index shows; empty for most.
    """

    key: str
    kind: str
    claim: Claim
    body: str
    facts: dict[str, Any]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        # Pairs, since notebooks are written with sorted keys and the index keeps the order.
        meta = {
            "key": self.key,
            "kind": self.kind,
            "title": self.claim.title,
            "reading": self.claim.reading,
            "alt": self.claim.alt,
            "facts": [[name, fact] for name, fact in self.facts.items()],
        }
        return {
            "text/plain": f"{self.claim.title}. {self.claim.reading}".strip(),
            "text/html": self.to_html(),
            EXHIBIT_MIME: meta,
        }

    def to_html(self) -> str:
        """The exhibit as one HTML element."""
        title = f"<h3>{html.escape(self.claim.title)}</h3>" if self.claim.title else ""
        reading = (
            f'<p class="reading">{html.escape(self.claim.reading)}</p>'
            if self.claim.reading
            else ""
        )
        return (
            f'<section class="exhibit {self.kind}" id="{html.escape(self.key)}">'
            f"{title}{self.body}{reading}</section>"
        )


def show_figure(figure: Figure, claim: Claim, *, key: str) -> Exhibit:
    """An exhibit of a figure, as an embedded drawing that prints sharp.

    Args:
        figure: As a `plot_` function returns.
        claim: Its words.
        key: Name of the exhibit.
    """
    buffer = io.BytesIO()
    # No date in the file and no ids drawn by chance: the same numbers give the same bytes.
    with mpl.rc_context({"svg.hashsalt": "dualtrack"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    alt = html.escape(f"{claim.title}. {claim.alt}", quote=True)
    body = f'<img src="data:image/svg+xml;base64,{data}" alt="{alt}" style="width:100%">'
    return Exhibit(key, "figure", claim, body, {})


def show_table(table: DisplayTable, *, key: str, title: str = "") -> Exhibit:
    """An exhibit of a table.

    Args:
        table: As a `tabulate_` function returns.
        key: Name of the exhibit.
        title: Message above it; tables that follow their figure need none.
    """
    claim = Claim(title, table.note)
    return Exhibit(key, "table", claim, _table_html(table), {})


def _table_html(table: DisplayTable) -> str:
    if table.frame.empty:
        return '<p class="empty">Nothing to show: no row meets the condition.</p>'
    heads = "".join(
        f'<th scope="col"{_side(column.format)}>{html.escape(column.heading)}</th>'
        for column in table.columns
    )
    names = [column.name for column in table.columns]
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_side(column.format)}>{html.escape(format_cell(value, column.format))}</td>"
            for value, column in zip(row, table.columns, strict=True)
        )
        + "</tr>"
        for row in table.frame[names].itertuples(index=False, name=None)
    )
    grid = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide">{grid}</div>'


def _side(kind: str) -> str:
    return "" if kind in {"text", "month"} else ' class="number"'


def show_claim(claim: Claim, *, key: str) -> Exhibit:
    """An exhibit of words alone.

    Args:
        claim: The words.
        key: Name of the exhibit.
    """
    return Exhibit(key, "statement", claim, "", {})


def show_decisions(decisions: pd.DataFrame, *, key: str = "decisions") -> Exhibit:
    """An exhibit of decisions to take: a numbered list with the reason of each.

    Args:
        decisions: As `state_decisions` returns: `decision`, `because`.
        key: Name of the exhibit.
    """
    if decisions.empty:
        claim = Claim("Nothing here asks for a decision this quarter", "")
        return Exhibit(key, "decisions", claim, "", {"decision_count": 0})
    items = "".join(
        f"<li><strong>{html.escape(one.decision)}</strong><br>"
        f"<span>because: {html.escape(one.because)}</span></li>"
        for one in decisions.itertuples()
    )
    body = f"<ol>{items}</ol>"
    return Exhibit(key, "decisions", Claim("", ""), body, {"decision_count": len(decisions)})


def show_headline(facts: dict[str, Any], *, key: str = "headline") -> Exhibit:
    """The few numbers the index of a quarter shows for a pack.

    Args:
        facts: Name to number or text.
        key: Name of the exhibit.
    """
    text = "; ".join(f"{name} {value}" for name, value in facts.items())
    return Exhibit(key, "headline", Claim("", text), "", dict(facts))
