"""HTML packs and the quarter's index: one self-contained file each, no network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from dualtrack.pack.batch import PackResult
from dualtrack.pack.cards import UnitCard
from dualtrack.pack.document import Pack, PackCover
from dualtrack.pack.pages import Page

__all__ = ["render_index", "render_pack"]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dualtrack.pack", "templates"),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_pack(pack: Pack, links: Sequence[tuple[str, str]] = ()) -> str:
    """One pack as an HTML document.

    Args:
        pack: What it holds.
        links: Name and file of its other formats.
    """
    template = _environment().get_template("pack.html")
    return template.render(pages=pack.pages, cover=pack.cover, links=links)


def render_index(
    results: Sequence[PackResult],
    cards: Sequence[UnitCard],
    facts: dict[str, dict[str, Any]],
    once: Sequence[Page],
    cover: PackCover,
    *,
    attention: Sequence[str],
    provenance: Sequence[tuple[str, str]],
) -> str:
    """The index of a quarter: its units side by side, what needs attention, where it is from.

    Args:
        results: A result per pack.
        cards: What is shown of each pack that was made.
        facts: Slug to the facts its notebooks leave.
        once: Pages of the notebooks that ran once (ingest, sort).
        cover: What the quarter says about itself.
        attention: Sentences a reader should see first.
        provenance: Name and text of what the packs rest on.
    """
    names = list(dict.fromkeys(name for own in facts.values() for name in own))
    template = _environment().get_template("index.html")
    return template.render(
        results=results,
        cards=cards,
        facts=facts,
        names=names,
        once=once,
        cover=cover,
        attention=attention,
        provenance=provenance,
        failed=[one for one in results if one.error],
    )
