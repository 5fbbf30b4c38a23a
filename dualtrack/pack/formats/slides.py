"""A pack as slides in one HTML file: reveal.js inside, notes with the evidence, no network."""

from __future__ import annotations

import base64
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from dualtrack.pack.document import Pack, Shown
from dualtrack.pack.numbers import Numbers

__all__ = ["render_slides", "write_slides"]

_ROWS, _LONG_ROWS = 16, 8  # of a table on a slide: those of one line, those of several
_LONG_CELL = 24  # letters; a table with longer ones breaks their lines
_MANY_COLUMNS = 7
_MOST_SLIDES = 3  # of one table; what is left out is said, and is in the page
_MOST_DECISIONS = 5
_LONG_TITLE = 90  # letters; longer ones are set smaller
_LONGEST_WORDS = 520  # letters under a figure; all of it is in the notes


def write_slides(pack: Pack, path: Path) -> None:
    """Write a pack as slides.

    Args:
        pack: The pack.
        path: File to write.
    """
    path.write_text(render_slides(pack), encoding="utf-8")


def render_slides(pack: Pack) -> str:
    """A pack as slides: the text of the file.

    Args:
        pack: The pack.
    """
    facts = {name: str(fact) for page in pack.pages for name, fact in page.facts.items()}
    facts.pop("decision_count", None)
    text: str = (
        _environment()
        .get_template("slides.html")
        .render(
            cover=pack.cover,
            facts=list(facts.items()),
            slides=[slide for one in pack.shown for slide in _slides(pack, one)],
            notice=_read("reveal/LICENSE"),
            styles=_read("reveal/reveal.css"),
            own_style=_read("slides.css"),
            program=_read("reveal/reveal.js"),
            notes_program=_read("reveal/notes.js"),
        )
    )
    return text


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dualtrack.pack.formats", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _read(name: str) -> str:
    """A file of the package, so that nothing in it ends the element it is put into."""
    text = (resources.files("dualtrack.pack.formats") / name).read_text("utf-8")
    return text.replace("</script", "<\\/script").replace("</style", "<\\/style")


def _slides(pack: Pack, one: Shown) -> list[dict[str, Any]]:
    block = one.block
    words = " ".join(part for part in (one.lead, block.reading) if part)
    common: dict[str, Any] = {
        "kind": block.kind,
        "section": one.section if one.section != one.title else one.page,
        "title": one.title,
        "size": "long" if len(one.title) > _LONG_TITLE else "",
        "words": words,
        "notes": [part for part in (words, block.alt, pack.cover.stamp) if part],
    }
    if block.kind == "figure":
        drawing = base64.b64encode(block.svg).decode("ascii")
        common["words"] = words if len(words) <= _LONGEST_WORDS else _first_words(words)
        alt = f"{block.title}. {block.alt}"
        return [common | {"drawing": f"data:image/svg+xml;base64,{drawing}", "alt": alt}]
    if block.kind == "table" and block.numbers:
        return _table_slides(common, one, block.numbers)
    if block.decisions:
        parts = range(0, len(block.decisions), _MOST_DECISIONS)
        return [
            common
            | {
                "kind": "decisions",
                "start": at + 1,
                "decisions": block.decisions[at : at + _MOST_DECISIONS],
            }
            for at in parts
        ]
    return [common | {"kind": "said"}] if one.section or block.key else []


def _table_slides(common: dict[str, Any], one: Shown, numbers: Numbers) -> list[dict[str, Any]]:
    if not one.block.title:
        common = common | {"title": f"{one.section or one.title}: the numbers", "section": one.page}
    if not numbers.rows:
        return [common | {"kind": "said", "words": "Nothing to show: no row meets the condition."}]
    has_many = len(numbers.columns) > _MANY_COLUMNS
    printed = numbers.printed()
    is_long = max(len(cell) for row in printed for cell in row) > _LONG_CELL
    room = _LONG_ROWS if is_long and has_many else _ROWS
    count = min(_MOST_SLIDES, -(-len(printed) // room))
    even = min(room, -(-len(printed) // count))
    left = len(printed) - count * even
    slides = []
    for number in range(count):
        told = common["words"] if number == count - 1 else ""
        if number == count - 1 and left > 0:
            told = f"{left:,} more rows are in the page and the workbook. {told}".strip()
        name = f"{common['title']} ({number + 1} of {count})" if count > 1 else common["title"]
        table = {
            "title": name,
            "heads": numbers.columns,
            "rows": printed[number * even : (number + 1) * even],
            "table_size": "many" if has_many else "",
            "words": told,
        }
        slides.append(common | table)
    return slides


def _first_words(text: str) -> str:
    cut = text[:_LONGEST_WORDS].rsplit(". ", 1)[0]
    return f"{cut.rstrip('.')}. More in the notes."
