"""No bytes make anything but a result or an error of ours: garbled files of every format.

Small valid files are cut, flipped, filled, repeated and spliced with each other. Workbooks are
garbled inside their parts, since a flipped byte of the container is found by its checksum.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualtrack.config import Settings
from dualtrack.errors import ExportError, RecordError
from dualtrack.exports import read_export
from dualtrack.records import build_portfolio
from tests.exports import small_files, writers

UNTIL = dt.date(2026, 9, 30)
AS_OF = pd.Timestamp("2026-09-30")
LIST: writers.Table = [
    ["Title", "Owner", "Start date", "Due date", "Budget", "Effort (h)", "% complete", "Status"],
    ["Hub", "Ada", "2026-01-05", "31/12/2026", 1200, "2w 3d", "40 %", "Open"],
    ["Part", None, dt.date(2026, 2, 5), "17/Jul/25 10:44 AM", "€ 1.234,56", 30.5, 0.5, "Done"],
]
ISSUES = {
    "issues": [
        {"key": "K-1", "fields": {"summary": "Hub", "issuetype": {"name": "Epic"}}},
        {"key": "K-2", "fields": {"summary": "Part", "parent": {"key": "K-1"}, "labels": ["a"]}},
    ]
}


def make_files(folder: Path) -> dict[str, bytes]:
    """One small valid file of each format, by a name with its ending."""
    return {
        "list.csv": writers.write_delimited(folder / "list.csv", LIST).read_bytes(),
        "list.xlsx": writers.write_xlsx(folder / "list.xlsx", LIST).read_bytes(),
        "list.ods": writers.write_ods(folder / "list.ods", LIST).read_bytes(),
        "list.xls": writers.write_html(folder / "list.xls", LIST).read_bytes(),
        "issues.json": json.dumps(ISSUES).encode(),
        "plan.xml": small_files.PLAN.encode(),
        "plan.xer": small_files.XER.encode(),
        "p6.xml": small_files.PMXML.encode(),
        "plan.gan": small_files.GAN.encode(),
        "plan.planner": small_files.PLANNER.encode(),
        "calendar.ics": small_files.CALENDAR.encode(),
        "jira.xml": small_files.RSS.encode(),
    }


NAMES = ["list.csv", "list.xlsx", "list.ods", "list.xls", "issues.json", "plan.xml", "plan.xer"]
NAMES += ["p6.xml", "plan.gan", "plan.planner", "calendar.ics", "jira.xml"]
# Bytes that mean something to one reader or another.
BITS = [
    b"",
    b"\x00",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<",
    b">",
    b"&",
    b"-",
]
BITS += [b"%R", b"9" * 20, b"-1", b"1e999", b"NaN", b"null", b"\t", b"99991231", b"00010101", b"[]"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes")


@pytest.fixture(scope="module")
def files(folder: Path) -> dict[str, bytes]:
    return make_files(folder)


def garble(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    """Content with up to four faults; `other` is where foreign pieces come from."""
    garbled = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(len(garbled) - 1, 0)))
        end = start + draw(st.integers(1, 60))
        fault = draw(st.sampled_from(["cut", "drop", "flip", "fill", "repeat", "splice"]))
        if fault == "cut":
            del garbled[start:]
        elif fault == "drop":
            del garbled[start:end]
        elif fault == "flip" and garbled:
            garbled[start] ^= 1 << draw(st.integers(0, 7))
        elif fault == "fill":
            garbled[start:start] = draw(st.sampled_from(BITS))
        elif fault == "repeat":
            garbled[start:start] = garbled[start:end] * draw(st.integers(1, 3))
        else:
            place = draw(st.integers(0, len(other)))
            garbled[start:start] = other[place : place + 120]
    return bytes(garbled)


def garble_parts(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    """A ZIP container with one part garbled."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        whole = {name: parts.read(name) for name in parts.namelist()}
    name = draw(st.sampled_from(sorted(whole)))
    whole[name] = garble(draw, whole[name], other)
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w") as parts:
        for part, text in whole.items():
            parts.writestr(part, text)
    return container.getvalue()


def read_whole(path: Path) -> None:
    """Read and clean a file; every row of what comes out is accounted for."""
    try:
        exports = read_export(path, Settings(root=path.parent), until=UNTIL)
        for export in exports:
            assert export.row_count == len(export.frame) + len(export.set_aside)
            assert export.set_aside["reason"].astype(bool).all()
        portfolio = build_portfolio(exports, Settings(root=path.parent), as_of_date=AS_OF)
    except (ExportError, RecordError) as fault:
        assert path.name in str(fault)
        assert "fault of dualtrack" not in str(fault)
        return
    assert len(portfolio.row_outcomes) == portfolio.sources["row_count"].sum()


@pytest.mark.parametrize("name", NAMES)
def test_the_small_files_are_valid(folder: Path, files: dict[str, bytes], name: str) -> None:
    path = folder / name
    path.write_bytes(files[name])
    exports = read_export(path, Settings(root=folder), until=UNTIL)
    assert sum(len(export.frame) for export in exports) >= 2


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_garbled_files_give_rows_or_an_error_of_ours(
    folder: Path, files: dict[str, bytes], name: str, data: st.DataObject
) -> None:
    other = files[data.draw(st.sampled_from(NAMES))]
    is_container = files[name].startswith(b"PK")
    path = folder / f"garbled_{name}"
    path.write_bytes((garble_parts if is_container else garble)(data.draw, files[name], other))
    read_whole(path)


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(
    start=st.sampled_from([*BITS, b"PK\x03\x04", b"BEGIN:VCALENDAR\r\n", b"ERMHDR\t", b"<rss"]),
    content=st.binary(max_size=200) | st.text(max_size=100).map(str.encode),
    suffix=st.sampled_from([".csv", ".xlsx", ".xls", ".json", ".xml", ".xer", ".ics", ".mpp", ""]),
)
def test_random_bytes_give_rows_or_an_error_of_ours(
    folder: Path, start: bytes, content: bytes, suffix: str
) -> None:
    path = folder / f"random{suffix}"
    path.write_bytes(start + content)
    read_whole(path)
