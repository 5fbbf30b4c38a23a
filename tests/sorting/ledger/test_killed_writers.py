"""Writers of the ledger that are killed: no line is lost that was said to be written."""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import signal
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.sorting import append_decision, read_ledger
from tests.conftest import make_projects, make_sorting

PROJECT = make_projects({"title": "Tech debt", "description": "Old scripts " * 200}).iloc[0]
SORTING = make_sorting({"track": "undecided"}).iloc[0]


def write_until_killed(path: Path, writer: int) -> None:
    """Write decisions, and note each one beside the ledger once it is said to be written."""
    with (path.parent / f"{writer}.noted").open("w", encoding="utf-8") as noted:
        for number in range(10_000):
            why = f"{writer}-{number}"
            append_decision(path, PROJECT, SORTING, track="strategic", by="Anna", why=why)
            noted.write(f"{why}\n")
            noted.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_eight_writers_killed_at_any_moment_lose_nothing_they_wrote(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("project_id,track,by,at,why\n", encoding="utf-8")
    context = multiprocessing.get_context("fork")
    chance = random.Random(5)
    writers = [context.Process(target=write_until_killed, args=(path, one)) for one in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        time.sleep(chance.uniform(0.05, 0.2))
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
    noted = [one for file in tmp_path.glob("*.noted") for one in file.read_text("utf-8").split()]
    found = read_ledger(path)["why"].tolist()
    assert len(noted) > 20
    # What is noted is there once; of what is not noted each writer had at most one under way.
    assert set(noted) <= set(found) and len(set(found)) == len(found)
    assert len(found) <= len(noted) + 8
    append_decision(path, PROJECT, SORTING, track="strategic", by="Ben", why="after")
    assert read_ledger(path)["why"].tolist() == [*found, "after"]


def test_reading_tells_of_a_line_that_was_cut_short(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "decisions.csv"
    append_decision(path, PROJECT, SORTING, track="strategic", by="Anna", why="new market")
    whole = path.read_bytes()
    path.write_bytes(whole + whole.split(b"\n")[1][:40])
    with caplog.at_level(logging.WARNING, "dualtrack"):
        ledger = read_ledger(path)
    pd.testing.assert_series_equal(
        ledger["why"], pd.Series(["new market"], name="why", dtype="str")
    )
    assert "last line was cut short and is left out" in caplog.text
