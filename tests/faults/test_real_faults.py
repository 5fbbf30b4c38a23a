"""Real faults: a disk full or read-only, no memory, signals, a clock that jumps, lost files."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from tests.faults.injector import Fault
from tests.faults.workshop import (
    CHANGED,
    QUARTER,
    Outcome,
    Server,
    Workspace,
    copy_of,
    failed_packs,
    quarter_state,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked"),
]

FORMATS = ("--format", "html,data")


@pytest.fixture
def workspace(issued: Workspace, tmp_path: Path) -> Workspace:
    return copy_of(issued, tmp_path / "work")


@pytest.fixture
def disk(workspace: Workspace) -> Iterator[Workspace]:
    """The workspace with its reports on a file system of their own, of 8 MB, in memory."""
    place = workspace.folder / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a file system cannot be mounted here: it takes a superuser")
    try:
        shutil.copytree(workspace.reports, place / "reports")
        (workspace.folder / "portfolio.toml").write_text(
            '[portfolio]\nreports_dir = "disk/reports"'
        )
        (workspace.folder / "reports.txt").write_text(str(place / "reports"))
        yield workspace
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def check_rerun(server: Server, workspace: Workspace, *arguments: str) -> Outcome:
    """The same command without the fault: whole, and nothing lies about."""
    again = server.pack(workspace, *FORMATS, *(arguments or CHANGED))
    assert again.code == 0, again
    assert not failed_packs(workspace.quarter)
    assert [one.name for one in workspace.reports.iterdir()] == [QUARTER]
    return again


@pytest.mark.parametrize("free_kb", [0, 60, 120])
def test_a_full_disk_is_told_and_leaves_the_old_pack(
    free_kb: int, disk: Workspace, server: Server
) -> None:
    before = quarter_state(disk.quarter)
    free = os.statvfs(disk.reports)
    with (disk.folder / "disk/filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, free.f_bavail * free.f_frsize - free_kb * 1024)
    full = server.pack(disk, *FORMATS, "--force", *CHANGED)
    assert full.code == 2, full
    told = " ".join(full.err.split())
    assert "No space left on device" in told and "Make room" in told and "Traceback" not in told
    assert quarter_state(disk.quarter) == before
    (disk.folder / "disk/filler").unlink()
    check_rerun(server, disk)


def test_a_read_only_disk_is_told_and_leaves_the_old_pack(disk: Workspace, server: Server) -> None:
    before = quarter_state(disk.quarter)
    place = str(disk.folder / "disk")
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    refused = server.pack(disk, *FORMATS, *CHANGED)
    subprocess.run(["mount", "-o", "remount,rw", place], check=True)
    told = " ".join(refused.err.split())
    assert refused.code == 2 and "read-only file system: write elsewhere" in told, refused
    assert "Traceback" not in told and quarter_state(disk.quarter) == before
    check_rerun(server, disk)


@pytest.mark.parametrize("spare_mb", [2, 20, 60])
def test_a_process_without_memory_leaves_the_old_pack_or_the_new_one(
    spare_mb: int, workspace: Workspace, server: Server
) -> None:
    before = quarter_state(workspace.quarter)
    limit = (
        "import os, resource\n"
        "size = int(open('/proc/self/statm').read().split()[0]) * os.sysconf('SC_PAGE_SIZE')\n"
        f"most = size + {spare_mb} * 2**20\n"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most))"
    )
    short = server.pack(workspace, *FORMATS, *CHANGED, before=[limit])
    if quarter_state(workspace.quarter) == before:
        assert short.code != 0, short
    else:
        assert short.code != 2 and bool(failed_packs(workspace.quarter)) == (short.code == 1), short
    check_rerun(server, workspace)


CLOCK = """
import datetime, time
shift = datetime.timedelta(days={days})
class Shifted(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + shift
datetime.datetime = Shifted
plain = time.time
time.time = lambda: plain() + shift.total_seconds()
"""


@pytest.mark.parametrize("days", [-400, 400], ids=["back", "forward"])
def test_a_clock_that_jumps_changes_nothing_but_the_time_told(
    days: int, workspace: Workspace, server: Server
) -> None:
    jumped = [CLOCK.format(days=days)]
    kept = server.pack(workspace, *FORMATS, before=jumped)
    assert kept.code == 0 and "none made, 2 kept" in kept.out, kept
    new = server.pack(workspace, *FORMATS, *CHANGED, before=jumped)
    assert new.code == 0 and not failed_packs(workspace.quarter), new
    year = (dt.datetime.now(dt.UTC) + dt.timedelta(days=days)).year
    assert f'"made_at": "{year}' in (workspace.quarter / "manifest.json").read_text()
    for path in [*workspace.folder.rglob("*.csv"), *workspace.quarter.rglob("*")]:
        os.utime(path, (2**31, 2**31) if days < 0 else (0, 0))
    again = check_rerun(server, workspace)
    assert "none made, 2 kept" in again.out


@pytest.mark.parametrize("signals", ["twice", "term"])
def test_a_batch_ends_at_once_when_it_is_told_to(
    signals: str, workspace: Workspace, server: Server
) -> None:
    """A notebook would run on for an hour; `tests/pack/test_kept.py` has Ctrl-C once, and kill."""
    path = workspace.folder / "notebooks/1_ingest.ipynb"
    plain = path.read_text()
    notebook = nbformat.reads(plain, 4)
    hang = "from pathlib import Path\nPath('hangs').touch()\nimport time\ntime.sleep(3600)"
    notebook.cells.append(nbformat.v4.new_code_cell(hang))
    nbformat.write(notebook, path)
    before = quarter_state(workspace.quarter)
    batch = subprocess.Popen(
        [sys.executable, "-c", "from dualtrack.cli import main; main()"]
        + ["pack", "--quarter", QUARTER, *FORMATS],
        cwd=workspace.folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 120
    while not (workspace.folder / "hangs").exists():
        assert batch.poll() is None and time.monotonic() < until, batch.communicate()
        time.sleep(0.1)
    started = find_started(batch.pid)
    assert started
    os.killpg(batch.pid, signal.SIGINT if signals == "twice" else signal.SIGTERM)
    if signals == "twice":
        time.sleep(0.2)
        if batch.poll() is None:
            os.killpg(batch.pid, signal.SIGINT)
    err = batch.communicate(timeout=90)[1]
    assert batch.returncode == (130 if signals == "twice" else -signal.SIGTERM), err
    assert "Traceback" not in err
    until = time.monotonic() + 20
    while any(Path(f"/proc/{one}").exists() for one in started):
        assert time.monotonic() < until, "a process of the batch lives on"
        time.sleep(0.1)
    assert quarter_state(workspace.quarter) == before
    path.write_text(plain)
    check_rerun(server, workspace)


def find_started(pid: int) -> list[int]:
    """Processes a process started, and those they started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [found for one in map(int, listed) for found in [one, *find_started(one)]]


DELETE = """
import shutil
from dualtrack.pack import quarterly
plain = quarterly.run_batch
def run(*arguments, **options):
    shutil.rmtree({folder!r})
    return plain(*arguments, **options)
quarterly.run_batch = run
"""


@pytest.mark.parametrize("name", [QUARTER, f".{QUARTER}.making", "."])
def test_a_folder_deleted_in_mid_run(name: str, workspace: Workspace, server: Server) -> None:
    before = quarter_state(workspace.quarter)
    code = DELETE.format(folder=str(workspace.reports / name))
    broken = server.pack(workspace, *FORMATS, *CHANGED, before=[code])
    assert "Traceback" not in broken.err, broken
    if name == QUARTER:
        assert broken.code == 0 and not failed_packs(workspace.quarter)
    elif name == ".":
        assert broken.code == 2 and not workspace.quarter.exists(), broken
    else:
        assert broken.code == 2 and quarter_state(workspace.quarter) == before, broken
        assert "deleted meanwhile" in " ".join(broken.err.split())
    check_rerun(server, workspace)


def test_a_reader_keeps_what_was_opened(workspace: Workspace, server: Server) -> None:
    paths = [path for path in workspace.quarter.rglob("*") if path.is_file()]
    contents = [path.read_bytes() for path in paths]
    held = [path.open("rb") for path in paths]
    assert server.pack(workspace, *FORMATS, "--force", *CHANGED).code == 0
    assert [file.read() for file in held] == contents
    for file in held:
        file.close()


NO_SWAP = "from dualtrack.pack import folder\nfolder.exchange = lambda one, other: False"


@pytest.mark.parametrize("kind", ["cut", "torn", "io", "denied"])
def test_where_folders_cannot_be_swapped_the_next_run_mends_it(
    kind: str, workspace: Workspace, issued: Workspace, server: Server, tmp_path: Path
) -> None:
    """Two renames then: a power cut between them leaves the quarter to the next run, whole."""
    counted = copy_of(issued, tmp_path / "counted")
    calls = server.pack(counted, *FORMATS, *CHANGED, before=[NO_SWAP]).calls
    second = calls.index(("rename", QUARTER)) + 1
    assert calls[second - 2] == ("rename", f".{QUARTER}.old")
    before = quarter_state(workspace.quarter)
    broken = server.pack(workspace, *FORMATS, *CHANGED, fault=Fault(kind, second), before=[NO_SWAP])
    if kind == "cut":
        assert quarter_state(workspace.reports / f".{QUARTER}.old") == before
    elif kind == "torn":
        assert not failed_packs(workspace.quarter)
    else:
        assert broken.code == 2 and quarter_state(workspace.quarter) == before, broken
    again = check_rerun(server, workspace)
    assert "2 kept" in again.out, "what was finished is not made again"
