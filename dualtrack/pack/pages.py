"""Executed notebooks read back: their headings, texts and exhibits, in order."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dualtrack.pack.exhibit import EXHIBIT_MIME
from dualtrack.pack.numbers import Numbers, read_numbers

__all__ = ["Block", "Page", "read_page"]

_DRAWING = re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"')


@dataclass(frozen=True)
class Block:
    """One piece of a page: text, or an exhibit with its words, numbers and facts.

    Attributes:
        kind: text, or the kind of the exhibit.
        html: As a page shows it.
        text: Markdown of a text.
        is_known: False where its words say that nothing can be told, and what would let it.
    """

    kind: str
    html: str
    key: str = ""
    title: str = ""
    facts: dict[str, Any] | None = None
    reading: str = ""
    alt: str = ""
    numbers: Numbers | None = None
    sums: tuple[tuple[str, str, float], ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    text: str = ""
    is_known: bool = True

    @property
    def svg(self) -> bytes:
        """The drawing of a figure; nothing for other blocks."""
        found = _DRAWING.search(self.html) if self.kind == "figure" else None
        return base64.b64decode(found[1]) if found else b""


@dataclass(frozen=True)
class Page:
    """What one executed notebook shows.

    Attributes:
        title: Its first heading.
        blocks: Texts and exhibits in order; code and plain outputs are left out.
        parameters: Those it was run with.
    """

    title: str
    blocks: tuple[Block, ...]
    parameters: dict[str, Any] = field(default_factory=dict)

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
                blocks.append(Block("text", _to_html(text), text=text.strip()))
        elif cell.cell_type == "code":
            blocks += [_to_block(one) for one in cell.outputs if _is_exhibit(one)]
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    return Page(title or path.stem, tuple(blocks), dict(given))


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
    # Notebooks run by an earlier version of this program lack the newer keys.
    meta = output["data"][EXHIBIT_MIME]
    fragment = str(output["data"]["text/html"])
    kind = meta["kind"]
    return Block(
        kind,
        "" if kind == "headline" else fragment,
        meta["key"],
        meta["title"],
        dict(meta["facts"]),
        reading=meta["reading"],
        alt=meta["alt"],
        numbers=read_numbers(meta.get("numbers")),
        sums=tuple((one[0], one[1], float(one[2])) for one in meta.get("sums", ())),
        decisions=tuple((one[0], one[1]) for one in meta.get("decisions", ())),
        is_known=bool(meta.get("is_known", True)),
    )
