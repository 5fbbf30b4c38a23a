"""Read one export file, or a folder of them: choose the reader, recognise the tool."""

from __future__ import annotations

import datetime as dt
import fnmatch
import gc
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from dualtrack.config import ExportSettings, Settings
from dualtrack.errors import ExportError
from dualtrack.exports.column_map import ColumnMap, read_column_map, read_column_maps
from dualtrack.exports.date_ranges import part_date_ranges
from dualtrack.exports.export import Export, RawSheet
from dualtrack.exports.folder import is_export, list_exports
from dualtrack.exports.formats import read_sheets
from dualtrack.exports.label_lines import take_label_lines
from dualtrack.exports.limits import check_file_size
from dualtrack.exports.recognize import Recognition, recognize
from dualtrack.exports.reshape import reshape_rows
from dualtrack.exports.suggest import suggest_fields

__all__ = ["is_export", "list_exports", "read_export", "read_exports"]

log = logging.getLogger(__name__)


def read_exports(export_dir: Path, settings: Settings, *, until: dt.date) -> list[Export]:
    """Read every export of a folder, in alphabetical order of the file names, or one file.

    Hidden files, notes (`.md`) and settings (`.toml`) are no exports.

    Args:
        export_dir: Folder of files, or a file.
        settings: For column maps, units and date orders stated per file.
        until: Last day of interest for calendars.

    Raises:
        ExportError: The folder is missing, empty or holds links, or a file cannot be read.
    """
    if export_dir.is_file():
        return read_export(export_dir, settings, until=until)
    if not export_dir.is_dir():
        raise ExportError(f"{export_dir}: no such folder. Put the quarter's exports there.")
    files = list_exports(export_dir)
    if not files:
        raise ExportError(f"{export_dir}: no export in it. Put the quarter's files there.")
    return [export for path in files for export in read_export(path, settings, until=until)]


def read_export(path: Path, settings: Settings, *, until: dt.date) -> list[Export]:
    """Read one file: one export per sheet that holds a list.

    Args:
        path: The file.
        settings: For column maps, units and date orders stated per file.
        until: Last day of interest for calendars.

    Raises:
        ExportError: The file is empty, unreadable, or no sheet of it is recognised.
    """
    try:
        with _without_collector():
            return _read_file(path, settings, until)
    except (MemoryError, RecursionError) as fault:
        raise ExportError(
            f"{path}: too large or too deeply nested for this machine ({type(fault).__name__}). "
            f"Export a shorter period or fewer fields, or split the file."
        ) from fault


@contextmanager
def _without_collector() -> Iterator[None]:
    """No garbage collection inside: cells hold no cycles, and walking millions doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_file(path: Path, settings: Settings, until: dt.date) -> list[Export]:
    content = _read_bytes(path)
    stated = _stated(path, settings)
    column_maps = _column_maps(stated, settings)
    sheets = read_sheets(path, content, until=until, time_zone=settings.leaders.time_zone)
    recognized = [_recognize(sheet, column_maps) for sheet in sheets]
    if all(found is None for _, found in recognized):
        raise ExportError(_unknown(path, sheets))
    sha256 = hashlib.sha256(content).hexdigest()
    lead = next(found for _, found in recognized if found is not None)
    exports = [
        _build(path, sheet, found, stated, sha256)
        if found is not None
        else _build_unread(path, sheet, lead.column_map, sha256)
        for sheet, found in recognized
        if sheet.rows
    ]
    for export in exports:
        log.info(
            "%s %s: %d rows in, %d records, %d set aside (%s)",
            path.name,
            export.sheet_name,
            export.row_count,
            len(export.frame),
            len(export.set_aside),
            export.source_tool,
        )
    return exports


def _read_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise ExportError(f"{path}: {'is no plain file' if path.exists() else 'no such file'}.")
    check_file_size(path)
    content = path.read_bytes()
    if not content.strip():
        raise ExportError(f"{path}: the file is empty. Export it again.")
    return content


def _stated(path: Path, settings: Settings) -> ExportSettings:
    for one in settings.export:
        if fnmatch.fnmatch(path.name, one.match):
            return one
    return ExportSettings(match=path.name)


def _column_maps(stated: ExportSettings, settings: Settings) -> tuple[ColumnMap, ...]:
    packaged = read_column_maps()
    if not stated.column_map:
        return packaged
    # A tool may have a map a format (Trello's CSV and JSON).
    stated_maps = tuple(one for one in packaged if one.tool == stated.column_map)
    if stated_maps:
        return stated_maps
    own = settings.path(stated.column_map)
    if own.is_file():
        return (read_column_map(own),)
    raise ExportError(
        f"Column map {stated.column_map!r} (for files {stated.match!r}) is neither a file nor a "
        f"tool; tools are {[column_map.tool for column_map in packaged]}."
    )


def _unknown(path: Path, sheets: list[RawSheet]) -> str:
    rows = next((sheet.rows for sheet in sheets if sheet.rows), [])
    found = [str(cell) for cell in (rows[0] if rows else []) if cell is not None][:12]
    suggested = suggest_fields(found).head(3)
    hints = "; ".join(
        f"{row.heading!r} may be {row.field} ({row.confidence} %)" for row in suggested.itertuples()
    )
    return (
        f"{path}: no tool or list recognised; the first row holds {found}. A list needs a heading "
        f"row with a title column (such as Title, Name or Project) and two more that are known. "
        f"{f'Perhaps: {hints}. ' if hints else ''}Name its headings in a column "
        f"map and point to it in portfolio.toml: [[export]] match = {path.name!r}, "
        f'column_map = "my_list.toml" (docs/own-list.md shows one).'
    )


def _with_stated_level(column_map: ColumnMap, stated: ExportSettings) -> ColumnMap:
    """The map with the project level of the settings, where they state one for the file."""
    if not stated.project_types:
        return column_map
    rows = column_map.rows
    level = {"project_types": stated.project_types}
    if rows.hierarchy == "none":
        level["hierarchy"] = "parent_key"  # type: ignore[assignment]
    return column_map.model_copy(update={"rows": rows.model_copy(update=level)})


def _recognize(
    sheet: RawSheet, column_maps: tuple[ColumnMap, ...]
) -> tuple[RawSheet, Recognition | None]:
    """The sheet and what it is; ranges of dates are parted where that gives columns it lacks."""
    found = recognize(sheet, column_maps)
    if found is None or not found.is_generic:
        return sheet, found
    return part_date_ranges(sheet, found.column_map, found.heading_position), found


def _build(
    path: Path, sheet: RawSheet, found: Recognition, stated: ExportSettings, sha256: str
) -> Export:
    column_map = _with_stated_level(found.column_map, stated)
    frame, aside = reshape_rows(sheet, column_map, found.heading_position)
    if stated.label_lines:
        frame = take_label_lines(frame, column_map)
    headings = [
        str(cell if cell is not None else "") for cell in sheet.rows[found.heading_position]
    ]
    positions = found.column_map.find(headings)
    used = {position for where in positions.values() for position in where}
    return Export(
        source_file=path.name,
        sheet_name=sheet.sheet_name,
        column_map=column_map,
        recognized_by=found.reason,
        headings=tuple(headings),
        unmapped_headings=tuple(
            name for position, name in enumerate(headings) if position not in used and name
        ),
        frame=frame,
        set_aside=aside,
        row_count=len(frame) + len(aside),
        sha256=sha256,
        note=sheet.note,
        unit_name=stated.unit_name,
        day_first=stated.day_first
        if stated.day_first is not None
        else found.column_map.cell_rules.day_first,
        exported_at=pd.Timestamp(stated.as_of_date) if stated.as_of_date else None,
        mapped_headings={
            field: [headings[position] for position in where] for field, where in positions.items()
        },
    )


def _build_unread(path: Path, sheet: RawSheet, lead: ColumnMap, sha256: str) -> Export:
    """A sheet beside the list (notes, plan name): each row set aside, so the sum stays whole."""
    texts = [" | ".join(str(cell) for cell in row if cell is not None)[:200] for row in sheet.rows]
    aside = pd.DataFrame(
        {"source_row": sheet.row_numbers, "reason": "sheet holds no list", "text": texts}
    )
    return Export(
        source_file=path.name,
        sheet_name=sheet.sheet_name,
        column_map=lead,
        recognized_by="no list on this sheet",
        headings=(),
        unmapped_headings=(),
        frame=pd.DataFrame(
            columns=["source_row", "item_key", "parent_key", "is_project", "milestones", "title"],
            dtype=object,
        ),
        set_aside=aside,
        row_count=len(aside),
        sha256=sha256,
        note=sheet.note,
    )
