"""Words and text: status, level, rhythm, health, names of people, descriptions without markup."""

from __future__ import annotations

import html
import re
from functools import cache

import pandas as pd

from dualtrack.records.cleaned import Cleaned, clean_each, is_blank
from dualtrack.reference import read_reference

__all__ = ["clean_names", "clean_rhythm", "clean_text", "clean_words"]

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)[^<>]*>", re.IGNORECASE)
_WIKI = re.compile(
    r"(?m)^\s*h[1-6]\.\s*|\{(?:code|noformat|quote|color)[^}]*\}|(?<!\w)\*(?=\S)"
    r"|(?<=\S)\*(?!\w)|_x000[dD]_"
)
_MAIL = re.compile(r"\s*<[^<>]*>\s*$")
_EVERY_DAYS = re.compile(r"(\d+)\s*(day|d|tag|week|w|woche|month|monat)", re.IGNORECASE)
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_DAYS_IN = {"d": 1, "t": 1, "w": 7, "m": 30}


@cache
def _vocabulary(kind: str) -> dict[str, str]:
    words = read_reference("words.toml")[kind]
    return {word.casefold(): value for value, known in words.items() for word in known}


def clean_words(cells: pd.Series, kind: str) -> Cleaned:
    """Map the words of tools and languages to ours.

    Args:
        cells: Raw cells.
        kind: Section of `reference/words.toml`: status, level, rag or better.

    Returns:
        Our word; a fault for each unknown word.
    """
    known = _vocabulary(kind)
    return clean_each(
        cells,
        lambda cell: known.get(str(cell).strip().casefold()),
        dtype="str",
        fault=f"unknown {kind} word",
    )


def clean_rhythm(cells: pd.Series) -> Cleaned:
    """Days between reviews, from words (`monthly`, `every 14 days`) or a number of days."""
    known = _vocabulary("rhythm")

    def parse(cell: object) -> float | None:
        if isinstance(cell, int | float):
            return float(cell)
        text = str(cell).strip().casefold()
        if text in known:
            return float(known[text])
        if found := _EVERY_DAYS.search(text):
            return float(found[1]) * _DAYS_IN[found[2][0].lower()]
        return float(text) if text.isdecimal() else None

    return clean_each(cells, parse, dtype="float64", fault="unknown rhythm")


def clean_text(cells: pd.Series) -> pd.Series:
    """Text without HTML and wiki markup, blanks collapsed, broken cp1252 bytes mended."""
    return pd.Series([_plain_text(cell) for cell in cells], index=cells.index, dtype="str")


def _plain_text(cell: object) -> str | None:
    if is_blank(cell):
        return None
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = "".join(map(_mend, text))
    if "<" in text:
        text = _TAG.sub(" ", _BREAK.sub("\n", text))
    if "&" in text:
        text = "".join(map(_mend, html.unescape(text)))  # what was written as `&#27;`
    text = _WIKI.sub("", text)
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    return re.sub(r"\s*\n\s*", "\n", text).strip() or None


def _mend(character: str) -> str:
    """C1 control characters are cp1252 signs read as Latin-1; other controls are dropped.

    So are signs that turn the direction of what follows, by which a text shows as another.
    """
    code = ord(character)
    if code in _TURNING:
        return ""
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", errors="ignore")
    return character if code >= 32 or character in "\n\t" else " " if character == "\r" else ""


def clean_names(cells: pd.Series) -> pd.Series:
    """The first person of a cell: `Name <mail>`, `Last, First <login>`, `A; B`, `[A, B]`."""
    return pd.Series([_first_name(cell) for cell in cells], index=cells.index, dtype="str")


def _first_name(cell: object) -> str | None:
    if is_blank(cell):
        return None
    first = str(cell).split(";")[0].strip()
    if first.startswith("["):  # a list as ClickUp writes it: [Ada, Bo]
        first = first.strip("[]").split(",")[0]
    has_login = "<" in first
    name = _MAIL.sub("", first).strip()
    if has_login and name.count(",") == 1:
        last, given = (part.strip() for part in name.split(","))
        name = f"{given} {last}"
    return name.split(",")[0].strip() if not has_login else name
