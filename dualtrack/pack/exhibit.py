"""Exhibits: what a notebook cell shows, readable in the notebook and taken over by the pack."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from dualtrack.claims import Claim
from dualtrack.pack.numbers import Numbers, pick_numbers, print_value
from dualtrack.tables.display import DisplayTable

__all__ = [
    "EXHIBIT_MIME",
    "Exhibit",
    "render_table",
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
        numbers: The table, or what a figure draws; None where there is neither.
        sums: Amounts that add up from units to the whole: quantity, track, amount.
        decisions: What to decide, and why.
    """

    key: str
    kind: str
    claim: Claim
    body: str
    facts: dict[str, Any]
    numbers: Numbers | None = None
    sums: tuple[tuple[str, str, float], ...] = ()
    decisions: tuple[tuple[str, str], ...] = field(default=())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        # Pairs, since notebooks are written with sorted keys and the index keeps the order.
        meta = {
            "key": self.key,
            "kind": self.kind,
            "title": self.claim.title,
            "reading": self.claim.reading,
            "alt": self.claim.alt,
            "is_known": self.claim.is_known,
            "facts": [[name, fact] for name, fact in self.facts.items()],
            "numbers": self.numbers.to_json() if self.numbers else None,
            "sums": [list(one) for one in self.sums],
            "decisions": [list(one) for one in self.decisions],
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


def show_figure(
    figure: Figure, claim: Claim, *, key: str, numbers: DisplayTable | pd.DataFrame | None = None
) -> Exhibit:
    """An exhibit of a figure, as an embedded drawing that prints sharp.

    Where the claim says that nothing can be told, its words stand alone: an empty chart tells less.

    Args:
        figure: As a `plot_` function returns.
        claim: Its words.
        key: Name of the exhibit.
        numbers: What it draws, for the workbook and the data files; a table that has a chart is
            drawn by the slide program itself, so that it can be edited there.
    """
    if not claim.is_known:
        return show_claim(claim, key=key)
    buffer = io.BytesIO()
    # No date in the file and no ids drawn by chance: the same numbers give the same bytes.
    # Ticks are made as they are drawn; a `$` in their names is no formula.
    with mpl.rc_context({"svg.hashsalt": "dualtrack", "text.parse_math": False}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    alt = html.escape(f"{claim.title}. {claim.alt}", quote=True)
    body = f'<img src="data:image/svg+xml;base64,{data}" alt="{alt}" style="width:100%">'
    drawn = None if numbers is None else pick_numbers(numbers, is_shown=False)
    return Exhibit(key, "figure", claim, body, {}, drawn)


def show_table(table: DisplayTable, *, key: str, title: str = "") -> Exhibit:
    """An exhibit of a table.

    Args:
        table: As a `tabulate_` function returns.
        key: Name of the exhibit.
        title: Message above it; tables that follow their figure need none.
    """
    numbers = pick_numbers(table)
    return Exhibit(key, "table", Claim(title, table.note), render_table(numbers), {}, numbers)


def render_table(numbers: Numbers) -> str:
    """A table as HTML; cells carry what they are sorted by where it is not their text.

    Args:
        numbers: The table.
    """
    if not numbers.rows:
        return '<p class="empty">Nothing to show: no row meets the condition.</p>'
    columns = numbers.columns
    heads = "".join(
        f'<th scope="col"{_side(one.is_number)}>{html.escape(one.heading)}</th>' for one in columns
    )
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(value, column.format, column.is_number)
            for value, column in zip(row, columns, strict=True)
        )
        + "</tr>"
        for row in numbers.rows
    )
    name = html.escape(f"Table by {columns[0].heading}", quote=True)
    grid = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide" tabindex="0" role="group" aria-label="{name}">{grid}</div>'


def _cell(value: Any, kind: str, is_number: bool) -> str:
    shown = html.escape(print_value(value, kind))
    by = "" if kind == "text" else f' data-by="{"" if value is None else html.escape(str(value))}"'
    return f"<td{_side(is_number)}{by}>{shown}</td>"


def _side(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


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
    told = tuple((str(one.decision), str(one.because)) for one in decisions.itertuples())
    facts = {"decision_count": len(told)}
    return Exhibit(key, "decisions", Claim("", ""), f"<ol>{items}</ol>", facts, decisions=told)


def show_headline(
    facts: dict[str, Any], *, key: str = "headline", sums: pd.DataFrame | None = None
) -> Exhibit:
    """The few numbers the index of a quarter shows for a pack.

    Args:
        facts: Name to number or text.
        key: Name of the exhibit.
        sums: The `mix` table: its amounts of the whole are what the packs of the units must add up
            to (`dualtrack verify`).
    """
    text = "; ".join(f"{name} {value}" for name, value in facts.items())
    amounts: tuple[tuple[str, str, float], ...] = ()
    if sums is not None:
        whole = sums[sums["group_name"] == "All"]
        amounts = tuple(
            (str(one.quantity_type), str(one.track), float(one.amount))
            for one in whole.itertuples()
        )
    return Exhibit(key, "headline", Claim("", text), "", dict(facts), sums=amounts)
