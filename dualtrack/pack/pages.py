"""Executed notebooks read back: their headings, texts and exhibits, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dualtrack.pack.exhibit import EXHIBIT_MIME

__all__ = ["Block", "Page", "read_page"]


@dataclass(frozen=True)
class Block:
    """One piece of a page: text, or an exhibit with its facts."""

    kind: str
    html: str
    key: str = ""
    title: str = ""
    facts: dict[str, Any] | None = None


@dataclass(frozen=True)
class Page:
    """What one executed notebook shows.

    Attributes:
        title: Its first heading.
        blocks: Texts and exhibits in order; code and plain outputs are left out.
    """

    title: str
    blocks: tuple[Block, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """Facts of all exhibits, later ones over earlier."""
        return {name: fact for block in self.blocks for name, fact in (block.facts or {}).items()}


def read_page(path: Path) -> Page:
    """Read the texts and exhibits of an executed notebook."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    title, blocks = "", []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = str(cell.source)
            heading = re.match(r"#\s+(.+)", text)
            if heading and not title:
                title = heading[1].strip()
                text = text[heading.end() :]
            if text.strip():
                blocks.append(Block("text", _to_html(text)))
        elif cell.cell_type == "code":
            blocks += [_to_block(one) for one in cell.outputs if _is_exhibit(one)]
    return Page(title or path.stem, tuple(blocks))


def _to_html(text: str) -> str:
    """Markdown one level down: a pack's own heading stands above."""
    # Imported when used: it takes a second, and other commands need none of it.
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    lowered = re.sub(r"(?m)^(#+) ", r"#\1 ", text)
    page = str(markdown2html_mistune(lowered))
    return re.sub(r'<a class="anchor-link"[^>]*>.*?</a>', "", page)


def _is_exhibit(output: Any) -> bool:
    return EXHIBIT_MIME in output.get("data", {})


def _to_block(output: Any) -> Block:
    meta = output["data"][EXHIBIT_MIME]
    fragment = str(output["data"]["text/html"])
    kind = meta["kind"]
    return Block(
        kind,
        "" if kind == "headline" else fragment,
        meta["key"],
        meta["title"],
        dict(meta["facts"]),
    )
