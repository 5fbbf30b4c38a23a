"""A pack as PDF: A4 landscape, a running header, page numbers, contents that are links."""

from __future__ import annotations

import json
import re
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from dualtrack.pack.document import Pack, Shown
from dualtrack.pack.formats.look import clean_text, document_date
from dualtrack.pack.formats.typeset import drawing_size, typeset
from dualtrack.pack.numbers import Numbers

__all__ = ["write_pdf"]

_WIDE, _HIGH = 271.0, 126.0  # millimetres a figure may take, its words and the margins left out
_INCH = 25.4
_MOST_ROWS = 40  # of one table, where they fit two pages; what is left out is said
_MOST_COLUMNS = 11  # a wider table would be a column of single words
_MANY_COLUMNS = 8
_SIZES = {False: (8.5, 150), True: (7.5, 170)}  # points, and characters a line then holds
_BROAD = 90  # characters: no column asks for more room than one of these
_APART = 2  # characters between two columns
_BOLD = 1.15  # a heading's letters are so much wider
_LONGEST_WORD = 26  # characters; a longer one may be broken


def write_pdf(pack: Pack, path: Path) -> None:
    """Write a pack as PDF.

    Args:
        pack: The pack.
        path: File to write.
    """
    source = (resources.files("dualtrack.pack.formats") / "pack.typ").read_text("utf-8")
    files: dict[str, bytes] = {}
    told = _describe(pack, files)
    files["pack.json"] = json.dumps(told, ensure_ascii=False).encode()
    path.write_bytes(typeset(source, files, at=document_date(pack.cover.as_of)))


def _describe(pack: Pack, files: dict[str, bytes]) -> dict[str, Any]:
    cover = pack.cover
    facts = {name: str(fact) for page in pack.pages for name, fact in page.facts.items()}
    facts.pop("decision_count", None)
    return {
        "title": cover.title,
        "scope": cover.scope,
        "quarter": cover.quarter,
        "confidentiality": cover.confidentiality,
        "stamp": cover.stamp,
        "about": f"{cover.portfolio} · exports as of {cover.as_of} · {cover.filter}",
        "facts": list(facts.items()),
        "pages": [
            {
                "title": page.title,
                "exhibits": [
                    _describe_one(one, before, files)
                    for before, one in pairwise([None, *pack.printed_on(page)])
                    if one
                ],
            }
            for page in pack.pages
        ],
    }


def _describe_one(one: Shown, before: Shown | None, files: dict[str, bytes]) -> dict[str, Any]:
    block = one.block
    is_new = one.section != one.title and (before is None or before.section != one.section)
    told: dict[str, Any] = {
        "kind": block.kind if one.section or block.key else "lead",
        "section": one.section if is_new else "",
        "title": one.title if block.title or block.kind != "table" else "The numbers",
        "has-heading": bool(block.title) or block.kind in {"decisions", "text"},
        "lead": one.lead,
        "reading": block.reading,
        "decisions": [list(pair) for pair in block.decisions],
        "rows": [],
    }
    if block.kind == "figure":
        name = f"{len(files)}.svg"
        files[name] = block.svg
        width, height = drawing_size(block.svg)
        told |= {
            "drawing": name,
            "width": min(_WIDE, width / height * _HIGH, width * _INCH * 1.15),
            "widest": min(_WIDE, width * _INCH * 1.15),
            "ratio": width / height,
            "alt": f"{block.title}. {block.alt}",
        }
    elif block.kind == "table" and block.numbers and _is_too_wide(block.numbers):
        count = len(block.numbers.rows)
        told["kind"] = "statement"
        told["reading"] = (
            f"{count:,} {'row' if count == 1 else 'rows'} of {len(block.numbers.columns)} columns "
            f"are in the page and the workbook. {block.reading}"
        ).strip()
    elif block.kind == "table" and block.numbers:
        told |= _describe_table(block.numbers)
    return told


def _is_too_wide(numbers: Numbers) -> bool:
    return len(numbers.columns) > _MOST_COLUMNS and bool(numbers.rows)


def _describe_table(numbers: Numbers) -> dict[str, Any]:
    rows = [[_breakable(cell) for cell in row] for row in numbers.printed()[:_MOST_ROWS]]
    size, room = _SIZES[len(numbers.columns) > _MANY_COLUMNS]
    return {
        "heads": [column.heading for column in numbers.columns],
        "aligns": ["right" if column.is_number else "left" for column in numbers.columns],
        "widths": _widths(numbers, rows, room),
        "size": size,
        "rows": rows,
        "count": len(numbers.rows),
    }


def _widths(numbers: Numbers, rows: list[list[str]], room: int) -> list[float]:
    """Parts of the line for each column; zeros where all get what they would like.

    Where they cannot, each gets room for its longest word (a number for itself), so that none is
    broken, and what is left is shared by how much more each would like. Headings may wrap.
    """
    least, liked, wants = [], [], []
    for place, column in enumerate(numbers.columns):
        cells = [row[place] for row in rows]
        whole = max(map(len, cells), default=0)
        word = whole if column.is_number else _longest_word(cells)
        least.append(max(word, _BOLD * _longest_word([column.heading])) + _APART)
        liked.append(max(min(whole, _BROAD), _BOLD * len(column.heading)) + _APART)
        wants.append(max(0.0, min(whole, _BROAD) + _APART - least[-1]))
    if sum(liked) <= room:
        return [0.0] * len(liked)
    share = max(0.0, room - sum(least)) / (sum(wants) or 1.0)
    return [round(low + want * share, 1) for low, want in zip(least, wants, strict=True)]


def _longest_word(texts: list[str]) -> int:
    return max((len(word) for text in texts for word in re.split("[\\s\u200b]", text)), default=0)


def _breakable(text: str) -> str:
    """Text with places to break in words no column could hold."""
    plain = clean_text(text)
    return re.sub(rf"\S{{{_LONGEST_WORD}}}(?=\S)", lambda found: found[0] + "\u200b", plain)
