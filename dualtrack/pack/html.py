"""HTML packs and the quarter's index: one self-contained file each, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from dualtrack.pack.batch import PackResult
from dualtrack.pack.pages import Page

__all__ = ["PackCover", "render_index", "render_pack"]


@dataclass(frozen=True)
class PackCover:
    """What a pack says about itself.

    Attributes:
        scope: Unit, or the portfolio's name for the whole.
        made_at: When it was made, ISO 8601.
    """

    portfolio: str
    scope: str
    quarter: str
    as_of: str
    confidentiality: str
    made_at: str
    snapshot: str


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dualtrack.pack", "templates"),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_pack(pages: Sequence[Page], cover: PackCover) -> str:
    """One pack as an HTML document.

    Args:
        pages: What its notebooks show, in order.
        cover: What it says about itself.
    """
    return _environment().get_template("pack.html").render(pages=pages, cover=cover)


def render_index(
    results: Sequence[PackResult],
    facts: dict[str, dict[str, Any]],
    once: Sequence[Page],
    cover: PackCover,
) -> str:
    """The index of a quarter: a row per pack with its numbers, or its error.

    Args:
        results: A result per pack.
        facts: Slug to the facts its notebooks leave.
        once: Pages of the notebooks that ran once (ingest, sort).
        cover: What the quarter says about itself.
    """
    names = list(dict.fromkeys(name for own in facts.values() for name in own))
    return (
        _environment()
        .get_template("index.html")
        .render(
            results=results,
            facts=facts,
            names=names,
            once=once,
            cover=cover,
            failed=[one for one in results if one.error],
        )
    )
