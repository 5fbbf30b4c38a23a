"""Packs that would come out the same are kept, an interrupted batch goes on, two never mix."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from dualtrack.config import read_settings
from dualtrack.errors import PackError
from dualtrack.pack.inputs import measure_inputs
from dualtrack.pack.lock import folder_lock
from dualtrack.pack.quarterly import QuarterlyRun, write_quarter_packs
from tests.conftest import ROOT
from tests.pack.notebooks import write_notebook

QUARTER = "2026-Q3"
HEADING = "project_id,track,by,at,why\n"  # of an empty decisions.csv
PARAMETERS = "\n".join(
    f'{name}: str = ""  # given'
    for name in ("quarter", "settings_file", "export_dir", "snapshot_dir", "unit_name", "note")
)
LIST = (
    "Title,Unit,Start,Due,Budget\n"
    "Cut waiting time at the desk by half,North,2026-02-01,2026-11-01,12000\n"
    "Enter the Peruvian market with a joint venture,South,2026-03-01,2028-11-01,900000\n"
    "Replace the pumps like for like,West,2026-03-01,2026-12-01,50000\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Three units; each pack notebook only leaves a line in `runs.txt`."""
    contents = tomllib.loads((ROOT / "dualtrack/pack/contents.toml").read_text("utf-8"))
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    for name in contents["once"]:
        shutil.copy(ROOT / "notebooks" / name, notebooks)
    for name in contents["pack"]:
        cell = "with open('runs.txt', 'a') as file:\n    print(unit_name or 'whole', file=file)"
        write_notebook(notebooks / name, cell, parameters=PARAMETERS)
    exports = tmp_path / "exports" / QUARTER
    exports.mkdir(parents=True)
    (exports / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "portfolio.toml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def pack(workspace: Path) -> Callable[..., QuarterlyRun]:
    file = workspace / "portfolio.toml"
    return lambda **options: write_quarter_packs(
        read_settings(file), QUARTER, settings_file=file, **options
    )


def ran(workspace: Path) -> list[str]:
    """Units whose notebooks ran since the last look, each once."""
    path = workspace / "runs.txt"
    names = sorted(set(path.read_text().split())) if path.exists() else []
    path.unlink(missing_ok=True)
    return names


ALL = ["North", "South", "West", "whole"]


def snapshot_time(workspace: Path) -> int:
    return (workspace / "reports" / QUARTER / "snapshot/projects.parquet").stat().st_mtime_ns


@pytest.mark.slow
def test_a_pack_is_run_again_only_when_what_it_rests_on_has_changed(
    workspace: Path, pack: Callable[..., QuarterlyRun]
) -> None:
    first = pack()
    assert ran(workspace) == ALL and not first.kept and not first.changed
    taken = snapshot_time(workspace)
    made = (workspace / "reports" / QUARTER / "manifest.json").read_text()

    again = pack()
    assert ran(workspace) == [] and len(again.kept) == 4
    assert (workspace / "reports" / QUARTER / "manifest.json").read_text() == made

    # How notebooks are run is nothing they rest on.
    (workspace / "portfolio.toml").write_text("[pack]\ncell_timeout_s = 60\n")
    assert len(pack().kept) == 4

    path = next((workspace / "notebooks").glob("3_*.ipynb"))
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("print('more')"))
    nbformat.write(notebook, path)
    changed = pack()
    assert changed.changed == ["pack notebooks"] and ran(workspace) == ALL
    assert snapshot_time(workspace) == taken

    for change, part in (
        (lambda: (workspace / "decisions.csv").write_text(HEADING), "decisions"),
        (lambda: (workspace / "portfolio.toml").write_text("[sort]\ndecide_at=0.8\n"), "settings"),
        (
            lambda: (workspace / f"exports/{QUARTER}/list.csv").write_text(LIST * 1 + "\n"),
            "exports",
        ),
    ):
        change()
        assert pack().changed == [part] and ran(workspace) == ALL, part
    assert snapshot_time(workspace) != taken
    assert pack(parameters={"note": "x"}).changed == ["parameters"]

    ran(workspace)
    assert not pack(force=True, parameters={"note": "x"}).kept and ran(workspace) == ALL


def test_every_file_the_settings_name_and_kept_answers_count_as_decisions(workspace: Path) -> None:
    from dualtrack.sorting.second_reader.cache import CACHE_FILE

    def decisions() -> str:
        settings = read_settings(workspace / "portfolio.toml")
        found = measure_inputs(
            settings, QUARTER, ingest_notebooks=[], pack_notebooks=[], parameters={}
        )
        return found["decisions"]

    lines = '[sort]\ncriteria_file = "own.toml"\n[[export]]\nmatch = "*"\ncolumn_map = "map.toml"\n'
    (workspace / "portfolio.toml").write_text(lines)
    seen = {decisions()}
    (workspace / ".dualtrack").mkdir()
    for name in ("own.toml", "map.toml", "decisions.csv", "matches.csv", CACHE_FILE):
        (workspace / name).write_text("x")
        seen.add(decisions())
    assert len(seen) == 6


@pytest.mark.slow
def test_failed_and_damaged_packs_are_made_again_the_others_kept(
    workspace: Path, pack: Callable[..., QuarterlyRun]
) -> None:
    path = next((workspace / "notebooks").glob("3_*.ipynb"))
    notebook = nbformat.read(path, 4)
    text = "import pathlib\nassert unit_name != 'South' or pathlib.Path('fixed').exists()"
    notebook.cells.append(nbformat.v4.new_code_cell(text))
    nbformat.write(notebook, path)
    assert [one.job.name for one in pack().failed] == ["South"]
    assert [one.job.name for one in pack().failed] == ["South"]
    (workspace / "fixed").touch()
    ran(workspace)
    mended = pack()
    assert not mended.failed and len(mended.kept) == 3 and ran(workspace) == ["South"]

    damaged = workspace / "reports" / QUARTER / "north.html"
    damaged.write_text(damaged.read_text() + "<!-- by hand -->")
    assert len(pack().kept) == 3 and ran(workspace) == ["North"]
    assert "by hand" not in damaged.read_text()
    index = (workspace / "reports" / QUARTER / "index.html").read_text()
    assert all(f'href="{name}.html"' in index for name in ("portfolio", "north", "south", "west"))


@pytest.mark.slow
def test_packs_of_other_units_stay_while_they_are_up_to_date(
    workspace: Path, pack: Callable[..., QuarterlyRun]
) -> None:
    pack()
    ran(workspace)
    assert len(pack(units=["North"], force=True).results) == 2
    assert ran(workspace) == ["North", "whole"]
    assert [one.job.name for one in pack(units=["South"]).results] == [
        *("Portfolio", "South", "North"),
    ]
    assert ran(workspace) == ["South"]
    assert not pack().failed and ran(workspace) == ["West"]
    (workspace / "decisions.csv").write_text(HEADING)
    assert len(pack(units=["North"]).results) == 2
    with pytest.raises(PackError, match="No unit"):
        pack(units=["Nowhere"])


def start(workspace: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from dualtrack.cli import main; main()"]
    return subprocess.Popen(
        [*command, "pack", "--quarter", QUARTER, *arguments],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hold_up(workspace: Path, unit: str) -> None:
    """Make a unit's pack wait until the file `go` is there."""
    path = next((workspace / "notebooks").glob("6_*.ipynb"))
    notebook = nbformat.read(path, 4)
    text = f"import time, os\nwhile unit_name == '{unit}' and not os.path.exists('go'):\n"
    notebook.cells.insert(1, nbformat.v4.new_code_cell(text + "    time.sleep(0.05)"))
    nbformat.write(notebook, path)


def wait_for(
    condition: Callable[[], bool], batch: subprocess.Popen[str], seconds: float = 90
) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert batch.poll() is None, batch.communicate()
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_an_interrupted_batch_goes_on_where_it_was(workspace: Path, number: int) -> None:
    hold_up(workspace, "West")
    making = workspace / "reports" / f".{QUARTER}.making"
    batch = start(workspace, "--workers", "1")
    wait_for(lambda: len(list(making.glob("*.html"))) == 3, batch)
    os.kill(batch.pid, number)
    batch.wait(timeout=90)
    assert not (workspace / "reports" / QUARTER).exists()
    assert ran(workspace) == ["North", "South", "whole"]

    (workspace / "go").touch()
    batch = start(workspace)
    out, err = batch.communicate(timeout=120)
    assert batch.returncode == 0, err
    assert "1 made, 3 kept" in out.replace("\n", " ")
    assert ran(workspace) == ["West"]
    assert [path.name for path in (workspace / "reports").iterdir()] == [QUARTER]
    manifest = json.loads((workspace / "reports" / QUARTER / "manifest.json").read_text())
    assert {one["status"] for one in manifest["packs"]} == {"done"}
    assert not (workspace / "reports" / QUARTER / "progress.json").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_second_batch_on_one_folder_is_refused_until_the_first_is_gone(
    workspace: Path, pack: Callable[..., QuarterlyRun]
) -> None:
    hold_up(workspace, "West")
    batch = start(workspace)
    lock = workspace / "reports" / f".{QUARTER}.lock"
    wait_for(lambda: (workspace / "runs.txt").exists(), batch)
    with pytest.raises(
        PackError, match=f"another batch is writing this folder .process {batch.pid}"
    ):
        pack()
    batch.kill()
    batch.wait(timeout=60)
    assert lock.exists()  # it had no time to clear up
    (workspace / "go").touch()
    assert not pack().failed
    assert not lock.exists()


def test_the_lock_says_who_holds_it_and_is_free_after_an_error(tmp_path: Path) -> None:
    target = tmp_path / "2026-Q3"
    said = rf"2026-Q3: another .*process {os.getpid()} on"
    with folder_lock(target), pytest.raises(PackError, match=said), folder_lock(target):
        pass
    with folder_lock(target), folder_lock(tmp_path / "2026-Q2"):
        pass
    with pytest.raises(RuntimeError), folder_lock(target):
        raise RuntimeError("stop")
    with folder_lock(target):
        pass
    assert not list(tmp_path.iterdir())
