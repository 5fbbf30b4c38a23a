"""Reader of Microsoft Project's own files (MPP, MPX) through MPXJ, where that is installed.

MPXJ (LGPL, Java) turns the file into Microsoft Project XML, which `mspdi` reads; so the headings
and `column_maps/msproject_xml.toml` are those of a plan saved as XML. Without the extra
`dualtrack[mpxj]` the file is refused with the way out.
"""

from __future__ import annotations

import importlib
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet
from dualtrack.exports.mspdi import read_mspdi

__all__ = ["is_mpx", "is_project_binary", "read_mpxj"]

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# OLE2 names its streams in UTF-16; these are Project's, and no workbook's.
_STREAMS = tuple(name.encode("utf-16-le") for name in ("TBkndTask", "   114", "   112", "   19"))
# MPXJ's log has no place to go, and would say so.
_QUIET = "-Dlog4j2.StatusLogger.level=OFF"
_ADVICE = (
    "Install `dualtrack[mpxj]` and a Java runtime (17 or later), "
    "or save the plan as XML in Microsoft Project (File, Save As, XML Format)."
)


def is_mpx(head: bytes) -> bool:
    """Whether the start of a file is a Microsoft Project MPX."""
    text = head.removeprefix(b"\xef\xbb\xbf")
    return text.startswith(b"MPX") and text[3:4] in (b",", b";", b"\t", b"|", b":")


def is_project_binary(head: bytes) -> bool:
    """Whether the start of a file is an OLE2 file with the streams of a Microsoft Project plan."""
    return head.startswith(_OLE2) and any(name in head for name in _STREAMS)


def read_mpxj(path: Path) -> list[RawSheet]:
    """Read the tasks of an MPP or MPX file.

    Args:
        path: The file.

    Returns:
        The raw sheet `read_mspdi` gives for the same plan saved as XML.

    Raises:
        ExportError: MPXJ or Java is missing, or MPXJ cannot read the file.
    """
    read_plan, write_xml = _start_mpxj(path)
    with tempfile.TemporaryDirectory() as folder:
        plan_file = Path(folder) / "plan.xml"
        try:
            write_xml(read_plan(str(path.resolve())), str(plan_file))
        except Exception as fault:  # Java's exceptions share no narrower base
            raise ExportError(
                f"{path}: MPXJ cannot read this plan ({str(fault)[:200]}). "
                f"Save it as XML in Microsoft Project (File, Save As, XML Format)."
            ) from fault
        try:
            sheets = read_mspdi(plan_file)
        except ExportError as fault:
            told = str(fault).replace(str(plan_file), str(path))
            raise ExportError(told) from fault
    return [replace(sheet, note="read by MPXJ") for sheet in sheets]


def _start_mpxj(path: Path) -> tuple[Any, Any]:
    """Functions that read a plan and write it as XML; Java starts once a process."""
    try:
        jpype = importlib.import_module("jpype")
        importlib.import_module("mpxj")  # puts its jars on the class path
    except ImportError as fault:
        raise ExportError(
            f"{path}: a Microsoft Project file (MPP or MPX) needs MPXJ ({fault}). {_ADVICE}"
        ) from fault
    try:
        if not jpype.isJVMStarted():
            jpype.startJVM("-Djava.awt.headless=true", _QUIET)
        reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")
        mpx_reader = jpype.JClass("org.mpxj.mpx.MPXReader")
        writer = jpype.JClass("org.mpxj.mspdi.MSPDIWriter")
    except Exception as fault:  # no JVM found, an old Java, a class MPXJ has moved
        raise ExportError(
            f"{path}: Java for MPXJ does not start ({str(fault)[:200]}). {_ADVICE}"
        ) from fault

    def read_plan(file: str) -> object:
        with path.open("rb") as opened:
            if is_mpx(opened.read(16)):  # in any language, and however small
                return _read_mpx(mpx_reader, file)
        plan = reader().read(file)
        if plan is None:
            raise ValueError("no kind of plan that it knows")
        return plan

    def write_xml(plan: Any, file: str) -> None:
        properties = plan.getProjectProperties()
        if not properties.getProjectTitle():  # else MPXJ makes one up
            properties.setProjectTitle(path.stem)
        writer().write(plan, file)

    return read_plan, write_xml


def _read_mpx(mpx_reader: Any, file: str) -> object:
    """MPX follows the language of the user's Windows: the first that reads the file is taken."""
    fault: Exception | None = None
    for locale in mpx_reader.getSupportedLocales():
        reader = mpx_reader()
        reader.setLocale(locale)
        try:
            return reader.read(file)
        except Exception as found:
            fault = found
    raise fault if fault is not None else ValueError("MPX in no known language")
