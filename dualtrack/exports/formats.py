"""Which reader a file needs, told from its content first and its ending second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dualtrack.errors import ExportError
from dualtrack.exports.calendar import read_calendar
from dualtrack.exports.delimited import read_delimited
from dualtrack.exports.export import RawSheet
from dualtrack.exports.mspdi import is_mspdi, read_mspdi
from dualtrack.exports.workbook import is_workbook, read_workbook

__all__ = ["FORMATS", "FileFormat", "read_sheets"]


@dataclass(frozen=True)
class FileFormat:
    """A file format: how it is told from the start of a file, and what reads it.

    Attributes:
        is_this: Whether the first bytes of a file are of this format.
        suffixes: Endings that name it where the content does not.
    """

    name: str
    is_this: Callable[[bytes], bool]
    read: Callable[[Path], list[RawSheet]]
    suffixes: tuple[str, ...] = ()


# The first whose content fits is taken; plain text comes last, since anything might be text.
FORMATS: tuple[FileFormat, ...] = (
    FileFormat("workbook", is_workbook, read_workbook, (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")),
    FileFormat("Microsoft Project XML", is_mspdi, read_mspdi),
    FileFormat("delimited text", lambda head: False, read_delimited, (".csv", ".tsv", ".txt")),
)
_HEAD = 8192
_ADVICE = {
    ".mpp": "Save the plan as XML in Microsoft Project (File, Save As, XML Format).",
    ".pdf": "Export the list as CSV or XLSX instead.",
    ".zip": "Unpack it first.",
}


def read_sheets(path: Path, content: bytes, *, until: dt.date) -> list[RawSheet]:
    """Read a file with the reader of its format.

    Args:
        path: The file.
        content: Its bytes, for telling the format.
        until: Last day of interest for calendars.

    Raises:
        ExportError: No reader takes the file; the message says how to export it instead.
    """
    head = content[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"BEGIN:VCALENDAR"):
        return read_calendar(path, until=until)
    for one in FORMATS:
        if one.is_this(head):
            return one.read(path)
    suffix = path.suffix.lower()
    for one in FORMATS:
        if suffix in one.suffixes:
            return one.read(path)
    advice = _ADVICE.get(suffix, "Export it as CSV, XLSX, Project XML or ICS.")
    raise ExportError(
        f"{path}: files of kind {suffix or 'without ending'!r} are not read. {advice}"
    )
