"""The lines of `decisions.csv`: text in, a checked table out, every wrong line named at once."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from dualtrack.errors import SortingError
from dualtrack.schema import TRACKS
from dualtrack.sorting.ledger.cells import bare_cell, decode_table, find_separator

__all__ = [
    "BASE_COLUMNS",
    "LEDGER_COLUMNS",
    "LEDGER_TRACKS",
    "WITHDRAWN",
    "LedgerParts",
    "parse_ledger",
    "split_ledger",
]

# In place of a track: who decided takes it back, and holds no decision on the project any more.
WITHDRAWN = "withdrawn"
LEDGER_TRACKS = (*TRACKS[:3], WITHDRAWN)

log = logging.getLogger(__name__)

# What a line of a person's own hand needs; the rest is written by `append_decision`.
BASE_COLUMNS = ("project_id", "track", "by", "at", "why")
_SAID_COLUMNS = ("evidence_track", *(f"p_{name}" for name in TRACKS[:3]))
_CONTENT_COLUMNS = ("unit_name", "title", "description", "fingerprint")
LEDGER_COLUMNS = (*BASE_COLUMNS, *_SAID_COLUMNS, *_CONTENT_COLUMNS)
# With a dot the day comes first everywhere; a slash leaves day and month open.
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)")


@dataclass(frozen=True)
class LedgerParts:
    """A ledger's text taken apart.

    Attributes:
        heading: Column names.
        separator: Between cells.
        lines: Whole lines, the heading first, without their ends.
        torn: Text of a last line that a crash cut short; blank if there is none.
    """

    heading: list[str]
    separator: str
    lines: list[str]
    torn: str


def split_ledger(content: bytes, path: Path) -> LedgerParts:
    """Take a ledger apart: heading, whole lines, and a last line cut short.

    A last line without an end is whole if all its quotes are closed and it has the cells it needs:
    all of the heading if its cells are quoted, as `append_decision` writes them, else the five that
    a person writes.

    Args:
        content: Bytes of a file that is not empty.
        path: For messages.

    Raises:
        SortingError: It is not UTF-8, or a column of `BASE_COLUMNS` is missing.
    """
    body, _, tail = content.rpartition(b"\n")
    if not body:
        body, tail = content, b""
    lines = [line.removesuffix("\r") for line in decode_table(body, path).split("\n")]
    separator = find_separator(lines[0])
    heading = [cell.strip() for cell in _cells(lines[0], separator) or []]
    missing = [name for name in BASE_COLUMNS if name not in heading]
    if missing:
        raise SortingError(
            f"{path}: no column {missing}; found {heading}. "
            f"The heading row is {','.join(BASE_COLUMNS)}."
        )
    last = tail.decode("utf-8", errors="replace").removesuffix("\r")
    needed = len(heading) if last.startswith('"') else len(BASE_COLUMNS)
    is_whole = "\ufffd" not in last and len(_cells(last, separator) or []) >= needed
    if last.strip() and not is_whole:
        return LedgerParts(heading, separator, lines, last)
    return LedgerParts(heading, separator, [*lines, last] if last.strip() else lines, "")


def parse_ledger(content: bytes, path: Path) -> pd.DataFrame:
    """The checked lines of a ledger.

    Args:
        content: Bytes of the file; none is an empty ledger.
        path: For messages.

    Returns:
        As `ledger.read_ledger`. A last line cut short is left out.

    Raises:
        SortingError: A column is missing or lines are wrong; every wrong line is named.
    """
    rows: list[dict[str, object]] = []
    faults: dict[str, list[int]] = {}
    if content.strip(b"\xef\xbb\xbf \r\n"):
        parts = split_ledger(content, path)
        if parts.torn:
            log.warning("%s: last line was cut short and is left out: %r", path, parts.torn)
        for number, cells in _read_records(parts):
            row, found = _read_line(parts.heading, cells)
            rows.append({"line_number": number, **row})
            for fault in found:
                faults.setdefault(fault, []).append(number)
    if faults:
        told = "; ".join(f"line {lines}: {fault}" for fault, lines in faults.items())
        raise SortingError(f"{path}: {told}. Mend these lines.")
    ledger = pd.DataFrame(rows, columns=["line_number", *LEDGER_COLUMNS])
    numbers = dict.fromkeys((f"p_{name}" for name in TRACKS[:3]), "float64")
    types = dict.fromkeys(LEDGER_COLUMNS, "str") | numbers
    return ledger.astype(types | {"at": "datetime64[us]", "line_number": "Int64"})


def _read_records(parts: LedgerParts) -> Iterator[tuple[int, list[str] | None]]:
    """Line number and cells of each record; None for cells that cannot be told apart.

    A cell may hold line breaks, as a spreadsheet saves it, but an open quote never swallows a line
    that is a record itself.
    """
    place = 1
    while place < len(parts.lines):
        start, text = place, parts.lines[place]
        cells = _cells(text, parts.separator)
        while cells is None and place + 1 < len(parts.lines):
            following = _cells(parts.lines[place + 1], parts.separator) or []
            if len(following) >= len(BASE_COLUMNS) and set(following) & set(LEDGER_TRACKS):
                break
            place += 1
            text = f"{text}\n{parts.lines[place]}"
            cells = _cells(text, parts.separator)
        if text.strip(parts.separator + ' "\t\r\n'):
            yield start + 1, cells
        place += 1


def _cells(text: str, separator: str) -> list[str] | None:
    try:
        rows = list(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else []


def _read_line(heading: list[str], cells: list[str] | None) -> tuple[dict[str, object], list[str]]:
    """A line's values by column, and what is wrong with it."""
    if cells is None:
        return {}, ["a quote is not closed"]
    if any(cell.strip() for cell in cells[len(heading) :]):
        return {}, [f"{len(cells)} cells under {len(heading)} headings"]
    texts = {
        name: bare_cell(cell.strip()) for name, cell in zip(heading, cells, strict=False) if cell
    }
    row: dict[str, object] = {}
    found: list[str] = []
    for name in LEDGER_COLUMNS:
        text = texts.get(name, "")
        value, fault = _READERS[name](text) if text or name in _NEEDED else (None, "")
        row[name] = value
        found += [f"{name} {fault}"] if fault else []
    return row, found


def _read_text(text: str) -> tuple[str, str]:
    return text, ""


def _read_id(text: str) -> tuple[str, str]:
    return text, "" if text else "is blank"


def _read_track(text: str) -> tuple[str, str]:
    track = text.casefold()
    return track, "" if track in LEDGER_TRACKS else f"{text!r} is none of {list(LEDGER_TRACKS)}"


def _read_evidence(text: str) -> tuple[str, str]:
    return text, "" if text in TRACKS else f"{text!r} is none of {list(TRACKS)}"


def _read_chance(text: str) -> tuple[float | None, str]:
    try:
        chance = float(text.replace(",", "."))
    except ValueError:
        chance = -1.0
    return (chance, "") if 0 <= chance <= 1 else (None, f"{text!r} is no number from 0 to 1")


def _read_time(text: str) -> tuple[pd.Timestamp | None, str]:
    dotted = _DOTTED.fullmatch(text)
    day, month, year, rest = dotted.groups() if dotted else ("", "", "", "")
    try:
        at = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}{rest}" if dotted else text)
        zoned = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
        return pd.Timestamp(zoned).as_unit("us"), ""
    except (ValueError, OverflowError):
        return None, f"{text!r} is no time such as 2026-09-30 or 2026-09-30T14:05:00Z"


_NEEDED = ("project_id", "track")
_READERS: dict[str, Callable[[str], tuple[object, str]]] = {
    **dict.fromkeys(LEDGER_COLUMNS, _read_text),
    **dict.fromkeys((f"p_{name}" for name in TRACKS[:3]), _read_chance),
    "project_id": _read_id,
    "track": _read_track,
    "at": _read_time,
    "evidence_track": _read_evidence,
}
