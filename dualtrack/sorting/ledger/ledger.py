"""The ledger `decisions.csv`: who put which project on which track, when, why, on what evidence.

Append-only: a decision is one line, a change of mind another. Lines hold the content decided on
too, so that a decision finds its project again when ids change (`decisions.read_decisions`).
"""

from __future__ import annotations

import csv
import io
import logging
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from dualtrack.errors import SortingError, tell_fault
from dualtrack.schema import TRACKS
from dualtrack.sorting.ledger.cells import guard_cell, one_line
from dualtrack.sorting.ledger.content import LONGEST_TEXT, fingerprint_text, join_text
from dualtrack.sorting.ledger.lines import (
    LEDGER_COLUMNS,
    LEDGER_TRACKS,
    parse_ledger,
    split_ledger,
)
from dualtrack.sorting.ledger.lock import hold_lock

__all__ = ["append_decision", "read_ledger"]

log = logging.getLogger(__name__)


def read_ledger(path: Path) -> pd.DataFrame:
    """Read every line of the ledger.

    Args:
        path: `decisions.csv`; a missing file is an empty ledger. Files with only `project_id,
            track, by, at, why` are read too.

    Returns:
        One row per line in the order of the file: `line_number` (heading is 1) and
        `LEDGER_COLUMNS`; `at` in UTC (a time without a zone is taken as UTC, a day as its
        beginning), probabilities as numbers; what a line does not say is missing.

    Raises:
        SortingError: A column is missing or lines are wrong; every wrong line is named.
    """
    content = path.read_bytes() if path.is_file() else b""
    return parse_ledger(content, path)


def append_decision(
    path: Path,
    project: pd.Series,
    sorting: pd.Series,
    *,
    track: str,
    by: str,
    why: str,
    at: datetime | None = None,
) -> None:
    """Write a decision as one line at the end of the ledger, safely.

    Writers wait for one another, the line is on the disk when the call returns, and a line that a
    crash cut short is taken out (its text goes to the log). A ledger of before the content columns
    gets them first; its lines stay as they are.

    Args:
        path: `decisions.csv`; made if missing.
        project: The project's row of `projects`.
        sorting: Its row of `sorting`, as the evidence alone has it.
        track: operational, strategic, maintenance, or `withdrawn`: `by` takes back what they
            decided on the project.
        by: Who decides.
        why: The reason, in words; line breaks become blanks, and what a spreadsheet would run as
            a formula is guarded (`cells.guard_cell`) and read back as it was.
        at: When; now if left out.

    Raises:
        SortingError: The track is none, a name or reason is blank, or the file cannot be written.
    """
    if track not in LEDGER_TRACKS:
        raise SortingError(f"Track {track!r} is none of {list(LEDGER_TRACKS)}.")
    cells = _cells(project, sorting) | {
        "track": track,
        "by": one_line(by),
        "at": _in_utc(at or datetime.now(UTC)),
        "why": one_line(why),
    }
    blank = [name for name in ("project_id", "by", "why") if not cells[name]]
    if blank:
        raise SortingError(f"A decision needs {' and '.join(blank)}; found blank. Say it in words.")
    ledger = path.resolve()  # a link to a shared ledger stays a link
    with hold_lock(ledger):
        try:
            heading, separator = _prepare(ledger)
            _append(ledger, _line([cells.get(name, "") for name in heading], separator))
        except OSError as fault:
            raise SortingError(f"{path}: cannot be written. {tell_fault(fault)}") from fault


def _cells(project: pd.Series, sorting: pd.Series) -> dict[str, str]:
    """What the evidence said, and the content, as cells of a line."""
    texts = {
        name: "" if pd.isna(value := project.get(name)) else one_line(str(value))
        for name in ("project_id", "title", "unit_name", "description")
    }
    said = {"evidence_track": str(sorting["evidence_track"])}
    chances = {f"p_{name}": f"{float(sorting[f'p_{name}']):.4f}" for name in TRACKS[:3]}
    fingerprint = fingerprint_text(join_text(texts["title"], texts["description"]))
    shortened = {"description": texts["description"][:LONGEST_TEXT], "fingerprint": fingerprint}
    return texts | said | chances | shortened


def _in_utc(at: datetime) -> str:
    zoned = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return zoned.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _line(cells: list[str], separator: str) -> bytes:
    """A line with every cell quoted: one cut short shows by its open quote."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([guard_cell(cell) for cell in cells])
    return text.getvalue().encode()


def _prepare(path: Path) -> tuple[list[str], str]:
    """Make the file ready for a line at its end; its heading and separator."""
    _beside(path).unlink(missing_ok=True)  # of a writer that was cut off
    content = path.read_bytes() if path.is_file() else b""
    if not content.strip(b"\xef\xbb\xbf \r\n"):
        # With a byte order mark, so that spreadsheets read letters beyond ASCII.
        _replace(path, "\ufeff".encode() + ",".join(LEDGER_COLUMNS).encode() + b"\n")
        return list(LEDGER_COLUMNS), ","
    parts = split_ledger(content, path)
    lines = parts.lines
    if parts.torn:
        log.warning("%s: last line was cut short and is taken out: %r", path, parts.torn)
    missing = [name for name in LEDGER_COLUMNS if name not in parts.heading]
    if missing:
        log.info("%s: columns %s added", path, missing)
        lines = [parts.separator.join([lines[0], *missing]), *lines[1:]]
    whole = "\ufeff" + "".join(line + "\n" for line in lines)
    if missing or parts.torn or not content.endswith(b"\n"):
        _replace(path, whole.encode())
    return [*parts.heading, *missing], parts.separator


def _replace(path: Path, content: bytes) -> None:
    """Write the whole file anew, so that a crash leaves either the old one or the new one."""
    beside = _beside(path)
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, beside)
    beside.replace(path)
    if os.name == "posix":  # the folder holds the name; elsewhere it cannot be opened
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _append(path: Path, line: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    size = os.fstat(file).st_size
    try:
        written = 0
        while written < len(line):
            written += os.write(file, line[written:])
        os.fsync(file)
    except OSError:  # the disk is full, for one: who is told so must not find the line there
        os.ftruncate(file, size)
        raise
    finally:
        os.close(file)
