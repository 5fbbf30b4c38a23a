"""What a workbook would unpack to, looked at before anything unpacks it.

A few kilobytes of ZIP may hold gigabytes, and two cells at the corners of a sheet make the program
that reads it lay out seventeen billion. Both end a process without a word, so both are refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from dualtrack.errors import ExportError
from dualtrack.exports.limits import MOST_CELLS
from dualtrack.exports.sheet_extent import count_ods, count_xlsx
from dualtrack.exports.xlsb_extent import find_xlsb_sheets, measure_xlsb

__all__ = ["MOST_SHEETS", "check_workbook"]

MOST_SHEETS = 250  # a sheet a project is the most that people keep
_MOST_UNPACKED = 512 * 2**20  # bytes; ten million cells take about so many
_MOST_PARTS = 10_000  # pictures and comments have parts of their own
_LONGEST_RUN = 8 * 2**20  # bytes without a tag; a cell of Excel holds 32,767 letters
_PIECE = 2**20
_ADVICE = "Save only the list itself in a workbook of its own, or as CSV."


def check_workbook(path: Path) -> None:
    """Refuse a workbook that would unpack to more than a list holds.

    Args:
        path: XLSX, XLSB or ODS; other files pass.

    Raises:
        ExportError: It is no whole ZIP container, or one of its limits is passed.
    """
    if not zipfile.is_zipfile(path):
        return  # XLS: no sheet of it can hold more than 17 million cells
    try:
        with zipfile.ZipFile(path) as container:
            _check_sizes(path, container)
            cells = sum(_count_cells(path, container))
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        LookupError,
        RuntimeError,
    ) as fault:
        raise ExportError(
            f"{path}: cannot be read as a workbook ({str(fault)[:200]}). Open it in the tool it "
            f"came from and save it again as XLSX, without a password."
        ) from fault
    if cells > MOST_CELLS:
        raise ExportError(
            f"{path}: its sheets span {cells:,} cells from the first to the last filled one; at "
            f"most {MOST_CELLS:,} are read. Look for a stray cell far below or beside the list. "
            f"{_ADVICE}"
        )


def _check_sizes(path: Path, container: zipfile.ZipFile) -> None:
    """By what the directory says; the reader itself stops where a part is larger than that."""
    parts = container.infolist()
    if len(parts) > _MOST_PARTS:
        raise ExportError(
            f"{path}: a container of {len(parts):,} parts; at most {_MOST_PARTS:,} are read. "
            f"{_ADVICE}"
        )
    size = sum(one.file_size for one in parts)
    if size > _MOST_UNPACKED:
        raise ExportError(
            f"{path}: unpacks to {size / 2**20:,.0f} MB; at most {_MOST_UNPACKED // 2**20} MB are "
            f"read. {_ADVICE}"
        )


def _count_cells(path: Path, container: zipfile.ZipFile) -> Iterator[int]:
    """Cells of each part from the first to the last filled one.

    Every part is looked at: which are sheets, the file itself says, and may say anything.
    """
    sheets = find_xlsb_sheets(container)
    for name in container.namelist():
        pieces = _read_pieces(container, name)
        if name in sheets:
            yield measure_xlsb(pieces)
        elif name == "content.xml":
            yield count_ods(_whole_tags(path, _well_formed(pieces)))
        else:
            yield count_xlsx(_whole_tags(path, pieces))


def _read_pieces(container: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with container.open(name) as part:
        while piece := part.read(_PIECE):
            yield piece


def _well_formed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces; ValueError where they are no XML, on which the reader of ODS never ends."""
    parser = expat.ParserCreate("utf-8")  # as the reader of ODS takes it, whatever is declared
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield piece
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise ValueError(f"broken XML: {fault}") from fault


def _whole_tags(path: Path, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same text in pieces that end before a tag."""
    left, run = b"", 0
    for piece in pieces:
        run = 0 if b"<" in piece else run + len(piece)
        if run > _LONGEST_RUN:
            raise ExportError(
                f"{path}: holds {_LONGEST_RUN // 2**20} MB and more without a cell. {_ADVICE}"
            )
        whole = left + piece
        start = whole.rfind(b"<")
        if start < 0 or whole.find(b">", start) > 0:
            start = len(whole)
        if len(whole) - start > _LONGEST_RUN:
            raise ExportError(f"{path}: holds a tag of over {_LONGEST_RUN // 2**20} MB. {_ADVICE}")
        left = whole[start:]
        yield whole[:start]
    yield left
