"""Decisions, kept readings, answers and the key of pseudonyms under the faults of `injector`.

What was there is there, what was said to be written is there, and the next writer gets on.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dualtrack.config import read_settings
from dualtrack.errors import SortingError
from dualtrack.records.people import pseudonyms
from dualtrack.sorting import append_decision, read_ledger, reading_cache
from dualtrack.sorting.second_reader.cache import append_answer, read_answers
from dualtrack.sorting.text_model import PassageReading
from tests.conftest import make_projects, make_sorting
from tests.faults.injector import POWER_CUTS, Fault, Injector, install

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")

DONE, TOLD, OTHER = 0, 3, 4
ERRORS = ("cut", "torn", "lost", "full", "readonly", "io", "denied")
PROJECT = make_projects({"title": "Tech debt", "description": "Old scripts"}).iloc[0]
SORTING = make_sorting({"track": "undecided"}).iloc[0]
OLD_LEDGER = "project_id,track,by,at,why\nlist:9,strategic,Anna,2026-09-01,as agreed\n"


def count_calls(folder: Path, write: Callable[[], object]) -> int:
    """Writes below the folder that it takes when nothing goes wrong."""
    assert run_with(folder, write, Fault()) == DONE
    return len(json.loads((folder.parent / "calls.json").read_text()))


def run_with(folder: Path, write: Callable[[], object], fault: Fault) -> int:
    """In a process of its own; how it ended."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    code = OTHER
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        injector = Injector(folder, fault)
        install(injector)
        write()
        (folder.parent / "calls.json").write_text(json.dumps(injector.calls))
        code = DONE
    except SortingError:
        code = TOLD
    except BaseException:
        code = OTHER
    finally:
        os._exit(code)


def decide(path: Path, why: str) -> None:
    append_decision(path, PROJECT, SORTING, track="strategic", by="Ben", why=why)


@pytest.mark.parametrize("begin", ["", OLD_LEDGER, "whole"], ids=["none", "old columns", "whole"])
def test_a_decision_is_in_the_ledger_or_not_whatever_goes_wrong(
    begin: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def prepare(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        if begin:
            (folder / "decisions.csv").write_text(begin if begin != "whole" else OLD_LEDGER)
        if begin == "whole":
            decide(folder / "decisions.csv", "before")
        return folder / "decisions.csv"

    first = prepare("count")
    calls = count_calls(first.parent, lambda: decide(first, "new"))
    assert calls >= 3
    for kind, at in itertools.product(ERRORS, range(1, calls + 1)):
        path = prepare(f"{kind}-{at}")
        before = read_ledger(path)["why"].tolist()
        code = run_with(path.parent, lambda path=path: decide(path, "new"), Fault(kind, at))
        found = read_ledger(path)["why"].tolist()
        assert found in (before, [*before, "new"]), (kind, at)
        if kind not in POWER_CUTS:
            assert code in {DONE, TOLD}, (kind, at, code)
        if code == DONE:
            assert found == [*before, "new"], (kind, at)
        if code == TOLD:
            assert found == before, (kind, at)
        decide(path, "after")
        assert read_ledger(path)["why"].tolist() == [*found, "after"], (kind, at)
        names = {one.name for one in path.parent.iterdir()}
        assert names == {"decisions.csv", ".decisions.csv.lock"}, (kind, at)


def test_a_full_disk_is_told_with_what_to_do(tmp_path: Path) -> None:
    """The line must not be there once a person was told that it is not."""
    path = tmp_path / "decisions.csv"
    decide(path, "before")
    pid = os.fork()
    if pid == 0:
        install(Injector(tmp_path, Fault("full", 2)))  # the first call opens the lock
        try:
            decide(path, "new")
        except SortingError as fault:
            os._exit(0 if "No space left" in str(fault) and "Make room" in str(fault) else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert read_ledger(path)["why"].tolist() == ["before"]


def test_the_key_of_pseudonyms_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    def prepare(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "portfolio.toml").write_text("")
        return folder

    def name_one(folder: Path) -> str:
        return pseudonyms(read_settings(folder / "portfolio.toml"))("Anna Berg")

    counted = prepare("count")
    calls = count_calls(counted, lambda: name_one(counted))
    for kind, at in itertools.product(ERRORS, range(1, calls + 1)):
        folder = prepare(f"{kind}-{at}")
        run_with(folder, lambda folder=folder: name_one(folder), Fault(kind, at))
        first = name_one(folder)
        key = (folder / ".dualtrack/people.key").read_text()
        assert len(key) == 32 and name_one(folder) == first, (kind, at)
        assert (folder / ".dualtrack/people.key").stat().st_mode & 0o077 == 0


def test_a_blank_key_is_none(tmp_path: Path) -> None:
    (tmp_path / "portfolio.toml").write_text("")
    (tmp_path / ".dualtrack").mkdir()
    (tmp_path / ".dualtrack/people.key").write_text("")
    pseudonym = pseudonyms(read_settings(tmp_path / "portfolio.toml"))
    assert len((tmp_path / ".dualtrack/people.key").read_text()) == 32
    assert pseudonym("Anna") == pseudonyms(read_settings(tmp_path / "portfolio.toml"))("Anna")


def test_answers_of_a_second_reader_lose_one_line_at_most(tmp_path: Path) -> None:
    def keep(path: Path, key: str) -> None:
        append_answer(path, key, "refusal", model="m")

    folder = tmp_path / "count"
    folder.mkdir()
    keep(folder / "a.jsonl", "old")
    calls = count_calls(folder, lambda: keep(folder / "a.jsonl", "new"))
    for kind, at in itertools.product(POWER_CUTS[:2], range(1, calls + 1)):
        one = tmp_path / f"{kind}-{at}"
        one.mkdir()
        path = one / "a.jsonl"
        keep(path, "old")
        run_with(one, lambda path=path: keep(path, "new"), Fault(kind, at))
        keep(path, "after")
        assert {"old", "after"} <= set(read_answers(path)), (kind, at)


def test_kept_readings_are_whole_or_made_again(tmp_path: Path) -> None:
    keys = np.array([b"0123456789abcdef"])
    one = np.ones((1, 3))
    kept = PassageReading(one, one.astype(int), 2 * one.astype(int), one.astype(bool))

    def keep(folder: Path) -> None:
        reading_cache._write_cache(folder / "kept/readings.npz", keys, kept)

    counted = tmp_path / "count"
    counted.mkdir()
    calls = count_calls(counted, lambda: keep(counted))
    for kind, at in itertools.product(ERRORS, range(1, calls + 1)):
        folder = tmp_path / f"{kind}-{at}"
        folder.mkdir()
        run_with(folder, lambda folder=folder: keep(folder), Fault(kind, at))
        path = folder / "kept/readings.npz"
        assert len(reading_cache._read_cache(path, 3)[0]) in {0, 1}, (kind, at)
        for beside in folder.glob("kept/readings.npz.*"):
            os.utime(beside, (0, 0))  # days later
        keep(folder)
        assert reading_cache._read_cache(path, 3)[0].tolist() == keys.tolist(), (kind, at)
        assert [one.name for one in folder.glob("kept/*")] == [path.name], (kind, at)
