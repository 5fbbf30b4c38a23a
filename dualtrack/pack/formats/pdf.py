"""A pack as PDF: A4 landscape, a running header, page numbers, contents that are links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
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
_MOST_ROWS = 20  # of one table; what is left out is said, and is in the workbook
_MOST_COLUMNS = 11  # a wider table would be a column of single words
_NARROW = 22  # characters: a column of shorter texts takes what it needs
_MANY_COLUMNS = 8
_SIZES = {False: (8.5, 140), True: (7.5, 160)}  # points, and characters a line then holds
_MOST_TAKEN = 0.7  # of a line, by columns that take what they need
_BROAD = 60  # characters: no text column asks for more room than one of these
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
                    for before, one in pairwise([None, *_on_paper(pack.shown_on(page))])
                    if one
                ],
            }
            for page in pack.pages
        ],
    }


def _on_paper(shown: Iterable[Shown]) -> list[Shown]:
    """What a page of paper holds: the numbers below a figure are in the page and the workbook."""
    found: list[Shown] = []
    for one in shown:
        is_numbers = one.block.kind == "table" and not one.block.title
        if not (is_numbers and found and found[-1].block.kind == "figure"):
            found.append(one)
    return found


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
        left = len(block.numbers.rows) - _MOST_ROWS
        if left > 0:
            told["reading"] = (
                f"The first {_MOST_ROWS} rows; {left:,} more are in the page and the workbook. "
                f"{block.reading}"
            ).strip()
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
    }


def _widths(numbers: Numbers, rows: list[list[str]], room: int) -> list[int]:
    """Parts of the width columns of long texts share; 0 for one that takes what it needs."""
    longest = [max((len(row[place]) for row in rows), default=0) for place in _places(numbers)]
    words = [
        max((len(word) for row in rows for word in row[place].split()), default=0)
        for place in _places(numbers)
    ]
    shares = [
        0 if column.is_number or length <= _NARROW else min(length, _BROAD)
        for column, length in zip(numbers.columns, longest, strict=True)
    ]
    # Columns that take what they need must leave the others some room.
    for place in sorted(_places(numbers), key=lambda one: -longest[one]):
        taken = sum(length for length, share in zip(longest, shares, strict=True) if not share)
        if (
            taken > _MOST_TAKEN * room
            and not shares[place]
            and not numbers.columns[place].is_number
        ):
            shares[place] = longest[place]
    return [max(share, word + 2) if share else 0 for share, word in zip(shares, words, strict=True)]


def _places(numbers: Numbers) -> range:
    return range(len(numbers.columns))


def _breakable(text: str) -> str:
    """Text with places to break in words no column could hold."""
    plain = clean_text(text)
    return re.sub(rf"\S{{{_LONGEST_WORD}}}(?=\S)", lambda found: found[0] + "\u200b", plain)
