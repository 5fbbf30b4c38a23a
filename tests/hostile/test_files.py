"""A hostile file gives rows or an error of ours, in little memory and time, and does nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.hostile import lists, trees, workbooks
from tests.hostile.case import Case
from tests.hostile.lists import HUB, rows

if sys.platform != "linux":
    pytest.skip("memory is bounded by what Linux alone does", allow_module_level=True)

CASES = {
    f"{kind}: {case.name}": case
    for kind, module in (("list", lists), ("tree", trees), ("workbook", workbooks))
    for case in module.CASES
}
Read = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Reads a file in a process of its own."""
    command = [sys.executable, "-m", "tests.hostile.worker"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, **pipes) as worker:
        assert worker.stdin is not None and worker.stdout is not None
        asked, answers = worker.stdin, worker.stdout

        def ask(path: Path) -> dict[str, Any]:
            asked.write(json.dumps({"path": str(path)}) + "\n")
            asked.flush()
            told: dict[str, Any] = json.loads(answers.readline())
            return told

        yield ask
        asked.close()


def check(told: dict[str, Any], file_name: str, words: str, count: int) -> None:
    """No crash, nothing written or run, and what had to come of it."""
    assert "crash" not in told, told
    assert not told["done"], told
    assert "root:" not in told.get("text", ""), "a file of the machine was read"
    if words:
        assert words in told.get("error", ""), told
        assert told["kind"] == "ExportError" and file_name in told["error"]
        assert "fault of dualtrack" not in told["error"]
    else:
        assert "error" not in told, told
    if count >= 0:
        assert told["rows"] == count, told


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=name, marks=[pytest.mark.slow] if case.is_slow else [])
        for name, case in CASES.items()
    ],
)
def test_a_hostile_file_is_read_or_refused(tmp_path: Path, read: Read, case: Case) -> None:
    path = tmp_path / case.file_name
    case.write(path)
    told = read(path)
    path.unlink()  # some are large, and temporary folders are kept for a while
    check(told, case.file_name, case.told, case.rows)
    assert not list(tmp_path.iterdir())


def test_the_corpus_is_large() -> None:
    assert len(CASES) >= 60


def test_three_gigabytes_that_take_no_room_are_refused(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(rows(HUB).encode())
        file.truncate(3 * 2**30)
    check(read(path), "list.csv", "3,072 MB; at most 512 MB", -1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "list.csv").write_text(rows(HUB), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "target", ["outside.csv", "list.csv", "linked.csv", "none.csv", "/dev/zero"]
)
def test_links_in_the_folder_are_refused(
    tmp_path: Path, folder: Path, read: Read, target: str
) -> None:
    (tmp_path / "outside.csv").write_text(rows("Secret,A,,,,"), encoding="utf-8")
    place = folder if target in {"list.csv", "linked.csv"} else tmp_path
    (folder / "linked.csv").symlink_to(place / target)
    check(read(folder), "linked.csv", "is no plain file", -1)


def test_a_pipe_in_the_folder_is_refused_and_never_waited_for(folder: Path, read: Read) -> None:
    os.mkfifo(folder / "pipe.csv")
    check(read(folder), "pipe.csv", "is no plain file", -1)
    check(read(folder / "pipe.csv"), "pipe.csv", "is no plain file", -1)


def test_a_folder_named_like_a_list_is_left_out(folder: Path, read: Read) -> None:
    (folder / "other.csv").mkdir()
    (folder / "loop").mkdir()
    (folder / "loop/again").symlink_to(folder)
    told = read(folder)
    check(told, "", "", 1)
    assert told["files"] == ["list.csv"]


def test_hidden_files_and_notes_are_left_out_even_as_links(folder: Path, read: Read) -> None:
    (folder / ".hidden.csv").symlink_to("/dev/zero")
    (folder / "~$list.xlsx").write_bytes(b"\0" * 100)
    (folder / "notes.md").write_text("# notes", encoding="utf-8")
    check(read(folder), "", "", 1)


def test_names_of_files_may_be_odd(folder: Path, read: Read) -> None:
    for name in ("-rf.csv", "a b;c.csv", "\u202ecsv.exe.csv", "x" * 200 + ".csv", "{x}%s.csv"):
        (folder / name).write_text(rows(f"T {name[:5]},A,,,,"), encoding="utf-8")
    told = read(folder)
    check(told, "", "", 6)
    assert told["projects"] == 6
