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
from dualtrack.exports.ganttproject import is_ganttproject, read_ganttproject
from dualtrack.exports.gnome_planner import is_gnome_planner, read_gnome_planner
from dualtrack.exports.html_table import is_html_table, read_html_table
from dualtrack.exports.jira_rss import is_jira_rss, read_jira_rss
from dualtrack.exports.json_file import is_json, read_json
from dualtrack.exports.mpxj import is_mpx, is_project_binary, read_mpxj
from dualtrack.exports.mspdi import is_mspdi, read_mspdi
from dualtrack.exports.pmxml import is_pmxml, read_pmxml
from dualtrack.exports.workbook import is_workbook, read_workbook
from dualtrack.exports.xer import is_xer, read_xer

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
    FileFormat("Primavera XER", is_xer, read_xer, (".xer",)),
    FileFormat("Primavera P6 XML", is_pmxml, read_pmxml),
    FileFormat("GanttProject", is_ganttproject, read_ganttproject, (".gan",)),
    FileFormat("GNOME Planner", is_gnome_planner, read_gnome_planner, (".planner",)),
    FileFormat("Jira XML view", is_jira_rss, read_jira_rss),
    FileFormat("Microsoft Project MPX", is_mpx, read_mpxj, (".mpx",)),
    FileFormat("Microsoft Project MPP", is_project_binary, read_mpxj, (".mpp",)),
    FileFormat("HTML table", is_html_table, read_html_table, (".html", ".htm")),
    FileFormat("JSON", is_json, read_json, (".json", ".jsonl", ".ndjson")),
    FileFormat("delimited text", lambda head: False, read_delimited, (".csv", ".tsv", ".txt")),
)
_HEAD = 8192
_ADVICE = {
    ".pdf": "Export the list as CSV or XLSX instead.",
    ".zip": "Unpack it first.",
}


def read_sheets(
    path: Path, content: bytes, *, until: dt.date, time_zone: str = ""
) -> list[RawSheet]:
    """Read a file with the reader of its format.

    Args:
        path: The file.
        content: Its bytes, for telling the format.
        until: Last day of interest for calendars.
        time_zone: Zone calendars are told in; blank for their own.

    Raises:
        ExportError: No reader takes the file; the message says how to export it instead.
    """
    head = content[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"BEGIN:VCALENDAR"):
        return read_calendar(path, until=until, time_zone=time_zone)
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
