"""A pack as slides in one HTML file: reveal.js inside, notes with the evidence, no network."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from dualtrack.pack.document import Pack, Shown
from dualtrack.pack.formats.slides_table import WIDTH, count_lines, fill_slides, lay_out_table
from dualtrack.pack.formats.typeset import drawing_size
from dualtrack.pack.numbers import Numbers

__all__ = ["render_slides", "write_slides"]

_MOST_SLIDES = 4  # of one table; what is left out is said, and is in the page
_MOST_ON_ONE = 15  # rows; more can be more than is shown, which is said
_LONG_TITLE = 140  # letters; longer ones are set smaller
_LONGEST_TITLE = 220  # letters; the whole of it is in the notes
_LONGEST_WORDS = 320  # letters under a figure or a table; all of it is in the notes
_LONGEST_SAID = 700  # letters of a slide of words alone
_HEIGHT = 690 - 8 - 33 - 38  # pixels of a sheet without its margins, section and foot: slides.css
_TITLE_SIZE, _LONG_SIZE, _WORDS_SIZE, _DECISION_SIZE = 30, 24, 17, 22  # pixels: slides.css
_SAID_SIZE, _SAID_WIDTH = 26, 1100
_HIGH = 1.95  # width by height: a drawing higher than that has its words beside it
_WORDS_BESIDE = 230  # pixels of that column


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
            slides=[
                slide
                for page in pack.pages
                for one in pack.presented_on(page)
                for slide in _slides(pack, one)
            ],
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
    title = _shorten(one.title, _LONGEST_TITLE)
    told = [one.title if title != one.title else "", words, block.alt, pack.cover.stamp]
    common: dict[str, Any] = {
        "kind": block.kind,
        "section": one.section if one.section != one.title else one.page,
        "title": title,
        "size": "long" if len(one.title) > _LONG_TITLE else "",
        "words": _first_words(words, _LONGEST_WORDS),
        "notes": [part for part in told if part],
    }
    if block.kind == "figure":
        drawing = base64.b64encode(block.svg).decode("ascii")
        alt = f"{block.title}. {block.alt}"
        place = {"drawing": f"data:image/svg+xml;base64,{drawing}", "alt": alt}
        return [common | place | _place(block.svg)]
    if block.kind == "table" and block.numbers:
        return _table_slides(common, one, block.numbers)
    if block.decisions:
        return _decision_slides(common, block.decisions)
    said = _sentences(_first_words(words, _LONGEST_SAID), _room(common))
    return [common | {"kind": "said", "said": said}] if one.section or block.key else []


def _place(svg: bytes) -> dict[str, Any]:
    """How high a drawing as broad as the slide is, and whether its words stand beside it."""
    width, height = drawing_size(svg)
    ratio = width / height
    is_high = ratio < _HIGH
    room = WIDTH - _WORDS_BESIDE if is_high else WIDTH
    return {"height": round(room / ratio), "placing": "beside" if is_high else ""}


def _room(common: dict[str, Any]) -> float:
    """Pixels below the title."""
    size = _LONG_SIZE if common["size"] else _TITLE_SIZE
    return _HEIGHT - count_lines(common["title"], WIDTH, size, is_bold=True) * size * 1.2 - 12


def _words_height(words: str) -> float:
    """Pixels that words below a table or decisions take."""
    return count_lines(words, WIDTH, _WORDS_SIZE) * _WORDS_SIZE * 1.4 + 14 if words else 0.0


def _decision_slides(
    common: dict[str, Any], decisions: tuple[tuple[str, str], ...]
) -> list[dict[str, Any]]:
    size, width = _DECISION_SIZE, WIDTH - 40
    heights = [
        (count_lines(said, width, size, is_bold=True) + count_lines(because, width, size))
        * size * 1.4 + 18
        for said, because in decisions
    ]  # fmt: skip
    return [
        common
        | {
            "kind": "decisions",
            "start": rows.start + 1,
            "decisions": decisions[rows.start : rows.stop],
        }
        for rows in fill_slides(heights, _room(common) - _words_height(common["words"]) - 20)
    ]


def _table_slides(common: dict[str, Any], one: Shown, numbers: Numbers) -> list[dict[str, Any]]:
    if not one.block.title:
        common = common | {"title": f"{one.section or one.title}: the numbers", "section": one.page}
    if not numbers.rows:
        said = ["Nothing to show: no row meets the condition."]
        return [common | {"kind": "said", "said": said}]
    room = _room(common | {"title": f"{common['title']} (1 of {_MOST_SLIDES})"})
    most = f"0,000 more rows are in the page and the workbook. {common['words']}"
    words = _words_height(most if len(numbers.rows) > _MOST_ON_ONE else common["words"])
    layout = lay_out_table(numbers, room, words=words, most=_MOST_SLIDES)
    if len(layout.slides) > 1 and not one.block.title:
        return []  # what a figure rests on, too long for a slide: it is in the page
    shown = layout.slides[:_MOST_SLIDES]
    left = len(layout.cells) - shown[-1].stop
    slides = []
    for number, rows in enumerate(shown, start=1):
        told = common["words"] if rows is shown[-1] else ""
        if rows is shown[-1] and left > 0:
            told = f"{left:,} more rows are in the page and the workbook. {told}".strip()
        more = f" ({number} of {len(shown)})" if len(shown) > 1 else ""
        table = {
            "title": common["title"] + more,
            "heads": list(zip(numbers.columns, layout.widths, strict=True)),
            "rows": layout.cells[rows.start : rows.stop],
            "words": told,
        }
        slides.append(common | table)
    return slides


def _first_words(text: str, most: int) -> str:
    """The first sentences of a text, and where the others are."""
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(". ", 1)
    first = f"{cut[0].rstrip('.')}." if len(cut) > 1 else _shorten(text, most)
    return f"{first} More in the notes."


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _sentences(text: str, room: float) -> list[str]:
    """A line a sentence, as far as capitals tell and there is room: slides are read from afar."""
    lines = [one for one in re.split(r"(?<=[.?!]) (?=[A-Z\"“])", text) if one]
    high = sum(count_lines(one, _SAID_WIDTH, _SAID_SIZE) * _SAID_SIZE * 1.4 + 18 for one in lines)
    return lines if high <= room else [text]
