"""A batch on a real Dask scheduler with two worker processes, one of which is killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from dualtrack.errors import PackError
from dualtrack.pack.batch import PackJob, run_batch
from dualtrack.pack.cluster import ClusterRunner
from dualtrack.pack.run import RunOptions
from tests.pack.notebooks import write_notebook

pytest.importorskip("distributed", reason="the extra dualtrack[dask] is not installed")
pytestmark = pytest.mark.slow
OPTIONS = RunOptions(engine="auto", cell_timeout_s=60)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def started_cluster(folder: Path) -> Iterator[str]:
    """Address of a scheduler with two workers of one thread each, in processes of their own."""
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1"]
    worker += ["--no-dashboard", "--local-directory", str(folder), "--no-nanny"]
    silent = subprocess.DEVNULL
    started = [
        subprocess.Popen(command, stdout=silent, stderr=silent, start_new_session=True)
        for command in ([*scheduler, "--host", address], worker, worker)
    ]
    try:
        _wait_for_workers(address, 2)
        yield address
    finally:
        for one in started:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster for the tests that leave it whole."""
    with started_cluster(tmp_path_factory.mktemp("dask")) as address:
        yield address


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=30, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def jobs_of(folder: Path, *cells: str, count: int) -> list[PackJob]:
    source = write_notebook(folder / "source.ipynb", *cells, parameters="number: int = 0  # which")
    return [
        PackJob(f"Unit {n}", f"unit-{n}", ((source, folder / f"out/{n}.ipynb"),), {"number": n})
        for n in range(count)
    ]


def text_of(path: Path) -> str:
    notebook = nbformat.read(path, as_version=4)
    return "".join(
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])
    )


@pytest.mark.parametrize("shared", [False, True])
def test_notebooks_run_on_the_workers_and_come_back(
    cluster: str, tmp_path: Path, shared: bool
) -> None:
    results_url = str(tmp_path / "shared") if shared else ""
    (tmp_path / "shared").mkdir()
    runner = ClusterRunner(cluster, results_url=results_url)
    jobs = jobs_of(tmp_path, "import os\nprint(number * 7, 'ran in', os.getpid())", count=4)
    results = run_batch(jobs, workers=runner.workers, options=OPTIONS, run=runner)
    runner.close()
    assert [one.error for one in results] == [""] * 4
    for number in range(4):
        text = text_of(tmp_path / f"out/{number}.ipynb")
        assert text.startswith(f"{number * 7} ran in")
        assert int(re.findall(r"\d+", text)[1]) != os.getpid()
    assert not list((tmp_path / "shared").iterdir())


def test_a_fault_comes_back_with_its_notebook_and_the_others_go_on(
    cluster: str, tmp_path: Path
) -> None:
    runner = ClusterRunner(cluster)
    jobs = jobs_of(tmp_path, "print('before')", "print(6 / (number - 1))", count=3)
    results = run_batch(jobs, workers=2, options=OPTIONS, run=runner)
    runner.close()
    assert [bool(one.error) for one in results] == [False, True, False]
    assert "ZeroDivisionError" in results[1].error
    failed = nbformat.read(tmp_path / "out/1.ipynb", as_version=4)
    assert any(output.get("ename") for cell in failed.cells for output in cell.get("outputs", []))


def test_a_worker_killed_in_mid_batch_loses_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    # The first notebook to come here kills the worker it runs on: the parent of its own parent.
    kill = (
        "import os, signal, time\nfrom pathlib import Path\n"
        "import psutil\n"
        f"mark = Path({str(mark)!r})\n"
        "if not mark.exists():\n"
        "    mark.touch()\n"
        "    above = psutil.Process().parents()\n"
        "    worker = next(one for one in above if 'dask_worker' in ' '.join(one.cmdline()))\n"
        "    os.kill(worker.pid, signal.SIGKILL)\n"
        "    time.sleep(30)\n"
        "print('done', number)"
    )
    with started_cluster(tmp_path / "dask") as address:
        runner = ClusterRunner(address)
        jobs = jobs_of(tmp_path, kill, count=6)
        results = run_batch(jobs, workers=2, options=OPTIONS, run=runner)
        runner.close()
    assert mark.exists()
    assert [one.error for one in results] == [""] * 6
    assert [text_of(tmp_path / f"out/{n}.ipynb").strip() for n in range(6)] == [
        f"done {n}" for n in range(6)
    ]


def test_nobody_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="No Dask scheduler answers"):
        ClusterRunner(f"tcp://127.0.0.1:{free_port()}")
