"""Microsoft Project's own files: told from their start, read through MPXJ where it is installed."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path

import pytest

from dualtrack.config import Settings
from dualtrack.errors import ExportError
from dualtrack.exports import mpxj as mpxj_reader
from dualtrack.exports import read_export
from dualtrack.exports.mpxj import is_mpx, is_project_binary, read_mpxj

MPX = "MPX,Microsoft Project for Windows,4.0,ANSI\r\n60,ID,Name\r\n61,90,1\r\n70,1,Roof\r\n"
HAS_MPXJ = all(importlib.util.find_spec(name) for name in ("mpxj", "jpype"))


def test_mpx_and_mpp_are_told_from_their_start() -> None:
    ole2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert is_mpx(MPX.encode())
    assert not is_mpx(b"MPXname,Title\n")
    assert is_project_binary(ole2 + "TBkndTask".encode("utf-16-le"))
    assert not is_project_binary(ole2 + "Workbook".encode("utf-16-le"))


def test_without_mpxj_a_plan_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}")

    monkeypatch.setattr(mpxj_reader.importlib, "import_module", refuse)
    path = tmp_path / "plan.mpp"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(ExportError, match=r"plan\.mpp.*dualtrack\[mpxj\].*save the plan as XML"):
        read_mpxj(path)


@pytest.mark.skipif(not HAS_MPXJ, reason="the extra dualtrack[mpxj] is not installed")
def test_mpxj_gives_a_project_row_and_refuses_garbage(tmp_path: Path) -> None:
    path = tmp_path / "plan.mpx"
    path.write_text(MPX, encoding="utf-8")
    export = read_export(path, Settings(root=tmp_path), until=dt.date(2026, 9, 30))[0]
    assert export.source_tool == "msproject"
    assert export.frame["title"].tolist() == ["plan", "Roof"]
    assert export.frame["type"].tolist() == ["Project", None]  # the row made is no record
    path.write_bytes(b"MPX,\x00\xff\xfe")
    with pytest.raises(ExportError, match=r"plan\.mpx"):
        read_mpxj(path)
