"""What a second reader is sent of a project, and the way back from its quotes to the cells.

Title and description, nothing else, with names, addresses, numbers and links of people taken out.
Every character sent remembers the place in the cell it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dualtrack.sorting.second_reader.names import KnownNames, find_spans

__all__ = [
    "SENT_COLUMNS",
    "SentCell",
    "find_people",
    "find_quote",
    "prepare_cells",
    "write_message",
]

SENT_COLUMNS = ("title", "description")
MOST_CHARACTERS = 6000  # of a cell; about 1,500 tokens: what decides stands further up
LEAST_QUOTE = 3  # characters: anything shorter stands in every text
_TAKEN_OUT = -1

_CAPITALS = r"(?:[^\W\d_a-zß-öø-ÿ][\w'’\-]*)(?:\s+[^\W\d_a-zß-öø-ÿ][\w'’\-]*){0,2}"
_PATTERNS = (
    ("[link]", re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    (
        "[e-mail]",
        re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@|\s?[(\[]at[)\]]\s?)[\w-]+(?:\.[\w-]+)+", re.I),
    ),
    ("[person]", re.compile(r"\[~[^\]\n]{1,80}\]|(?<!\w)@[\w.-]+")),
    (
        "[person]",  # a user's folder in a path
        re.compile(r"(?i:[\\/](?:users|home)\$?[\\/])(?P<name>[^\\/:*?\"<>|\n]{1,60})(?=[\\/])"),
    ),
    (
        "[person]",  # a form of address, or a field label, before capitalised words
        re.compile(
            r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sra|Dra|Mme|Mlle)\b\.?|\b(?:Herrn?|Frau|Señora?|Madame|"
            r"Monsieur|Senhora?)\b|\b(?i:owner|lead|manager|contact|sponsor|assignee|responsible|"
            r"raised by|requested by|ansprechpartner(?:in)?|verantwortlich|responsable|"
            rf"responsável)\s*:)[ \t]+(?P<name>{_CAPITALS})"
        ),
    ),
    (
        "[phone]",  # +49 30 123, 030/1234567 but no date, (555) 123-4567, whatever follows "tel."
        re.compile(
            r"(?<![\w.])(?:\+\d{1,3}|00\d{1,3})(?:[ ().\-/]{0,3}\d){6,13}(?!\d)"
            r"|(?<![\w.,])(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d))"
            r"\(?0\d{1,5}\)?(?:[ ./\-]?\d){5,11}(?!\d)"
            r"|(?<![\w.,])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)"
            r"|\b(?i:tel|phone|telephone|telefon|mobile?|handy|fax|ext|cell|móvil|teléfono|telefone"
            r"|tél|durchwahl)\b\.?:? *(?P<name>\+?\d(?:[ ().\-/]{0,2}\d){3,14})"
        ),
    ),
)


@dataclass(frozen=True)
class SentCell:
    """A cell as it is sent.

    Attributes:
        cell: As it stands in the export.
        text: What is sent of it.
        places: For each character of `text` its place in `cell`; -1 for a placeholder's.
    """

    column_name: str
    cell: str
    text: str
    places: tuple[int, ...]


def prepare_cells(project: Mapping[str, Any], names: KnownNames) -> tuple[SentCell, ...]:
    """The cells of a project that may be sent, people taken out; blank ones are left out.

    Args:
        project: A row with `SENT_COLUMNS`.
        names: As `find_names` returns.
    """
    filled = [(name, str(project[name])) for name in SENT_COLUMNS if pd.notna(project[name])]
    return tuple(_take_out(name, cell, names) for name, cell in filled if cell.strip())


def write_message(cells: Iterable[SentCell]) -> str:
    """The whole text that is sent about one project."""
    parts = [f"{cell.column_name.upper()}\n{cell.text}" for cell in cells]
    return "\n\n".join([*parts, "END"])


def find_quote(cells: Iterable[SentCell], quote: str) -> tuple[str, str] | None:
    """Where a quote stands, in the words of the cell itself.

    Blanks and line breaks count as one blank. A quote that runs over a placeholder is cut to its
    longest piece beside it, so that a quote never brings back what was taken out.

    Args:
        cells: What was sent.
        quote: As the reader gave it.

    Returns:
        Column and quote, an exact substring of the cell; None where the text does not hold it.
    """
    wanted = " ".join(quote.split())
    for cell in cells:
        plain, places = _squeeze(cell)
        start = plain.find(wanted) if wanted else -1
        if start < 0:
            continue
        piece = max(_pieces(places[start : start + len(wanted)]), key=len, default=[])
        words = cell.cell[piece[0] : piece[-1] + 1].strip() if piece else ""
        if len(words) >= LEAST_QUOTE:
            return cell.column_name, words
    return None


def _take_out(column_name: str, cell: str, names: KnownNames) -> SentCell:
    text: list[str] = []
    places: list[int] = []
    done = 0
    for start, end, placeholder in find_people(cell, names):
        text += [cell[done:start], placeholder]
        places += [*range(done, start), *[_TAKEN_OUT] * len(placeholder)]
        done = end
    text.append(cell[done:])
    places += range(done, len(cell))
    # A lone half of a surrogate pair cannot be sent; a question mark is as long.
    whole = "".join(text).encode("utf-8", errors="replace").decode("utf-8")
    return SentCell(column_name, cell, whole[:MOST_CHARACTERS], tuple(places[:MOST_CHARACTERS]))


def find_people(cell: str, names: KnownNames) -> list[tuple[int, int, str]]:
    """Where a text names people, their addresses, numbers and links: in order, apart.

    Args:
        cell: Any text.
        names: As `find_names` returns.

    Returns:
        Start, end and placeholder of each place.
    """
    found = [(start, end, "[person]") for start, end in find_spans(cell, names)]
    for placeholder, pattern in _PATTERNS:
        group = "name" if "name" in pattern.groupindex else 0
        for match in pattern.finditer(cell):
            start, end = match.span(group) if match[group] is not None else match.span()
            found.append((start, end, placeholder))
    return _merge(found)


def _merge(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Overlapping places as one; the one that starts first and is longest gives the word."""
    merged: list[tuple[int, int, str]] = []
    for start, end, placeholder in sorted(found, key=lambda one: (one[0], -one[1])):
        if merged and start < merged[-1][1]:
            first, last, word = merged[-1]
            merged[-1] = (first, max(last, end), word)
        else:
            merged.append((start, end, placeholder))
    return merged


def _squeeze(cell: SentCell) -> tuple[str, list[int]]:
    """Text with each run of blanks as one, and the place of each character in the cell."""
    letters: list[str] = []
    places: list[int] = []
    for letter, place in zip(cell.text, cell.places, strict=True):
        if letter.isspace():
            if not letters or letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        places.append(place)
    return "".join(letters), places


def _pieces(places: list[int]) -> Iterable[list[int]]:
    """Runs of places between placeholders."""
    piece: list[int] = []
    for place in [*places, _TAKEN_OUT]:
        if place != _TAKEN_OUT:
            piece.append(place)
        elif piece:
            yield piece
            piece = []
