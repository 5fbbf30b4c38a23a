"""Packs of many units side by side on all cores; one that fails does not stop the others."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from dualtrack.errors import DualtrackError, is_storage_fault, tell_fault
from dualtrack.pack.run import RunOptions, run_notebook

__all__ = ["PackJob", "PackResult", "run_batch"]

log = logging.getLogger(__name__)

_AGAIN_S = 0.5  # between two looks whether an interrupted batch has ended


class RunOne(Protocol):
    """What runs one notebook, as `run_notebook` does."""

    def __call__(
        self,
        notebook: Path,
        output: Path,
        parameters: dict[str, Any],
        *,
        folder: Path | None = None,
        options: RunOptions | None = None,
    ) -> Path:
        """Run a notebook."""


@dataclass(frozen=True)
class PackJob:
    """The notebooks of one pack.

    Attributes:
        name: Unit, or the portfolio's name for the whole.
        slug: File name of the pack without ending.
        runs: Source notebook and executed notebook, in the order of the pack.
        parameters: For all of its notebooks.
        folder: Where they run; their own folder if None.
    """

    name: str
    slug: str
    runs: tuple[tuple[Path, Path], ...]
    parameters: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None


@dataclass(frozen=True)
class PackResult:
    """What came of a job.

    Attributes:
        error: What went wrong; blank when it went well.
        is_kept: True if an earlier run had made it and nothing it rests on has changed.
        made_at: When it was made, ISO 8601; blank until its file is written.
        sha256: Checksum of that file.
        run_sha256: Checksum of its executed notebooks.
        files: All its files, from the quarter's folder, with their checksums.
    """

    job: PackJob
    seconds: float
    error: str = ""
    is_kept: bool = False
    made_at: str = ""
    sha256: str = ""
    run_sha256: str = ""
    files: dict[str, str] = field(default_factory=dict)


@dataclass
class _Progress:
    """A job while its notebooks run."""

    job: PackJob
    left: int
    began: float = 0.0
    error: str = ""

    def result(self) -> PackResult:
        return PackResult(self.job, time.perf_counter() - self.began, self.error)


def run_batch(
    jobs: list[PackJob],
    *,
    workers: int | None = None,
    options: RunOptions | None = None,
    on_change: Callable[[str, str], None] | None = None,
    on_done: Callable[[PackResult], PackResult] | None = None,
    run: RunOne = run_notebook,
) -> list[PackResult]:
    """Run the notebooks of all jobs side by side.

    They run in processes of their own; here there is a thread for each that runs, which waits for
    it most of the time. When one fails, those of its job that have not begun are left out.

    Args:
        jobs: What to run, in this order.
        workers: Notebooks at the same time; as many as cores if None. More would only be slower.
        options: How notebooks are run.
        on_change: Called with a job's name and `running`, `done` or `failed`.
        on_done: Called with each result as it comes, one at a time; what it returns counts.
        run: What runs one notebook: here, or on a cluster (`dualtrack.pack.cluster`).

    Returns:
        A result per job, in the order of `jobs`.
    """
    tell = on_change or (lambda name, state: None)
    finish = on_done or (lambda result: result)
    results: dict[str, PackResult] = {}
    waiting = deque(
        (progress, pair)
        for job in jobs
        for progress in [_Progress(job, len(job.runs))]
        for pair in job.runs
    )
    running: dict[Future[str], _Progress] = {}
    count = max(1, min(workers or os.cpu_count() or 1, len(waiting) or 1))
    pool = ThreadPoolExecutor(count, thread_name_prefix="pack")
    stop = threading.Event()
    try:
        while waiting or running:
            while waiting and len(running) < count:
                progress, pair = waiting.popleft()
                if not progress.began:
                    progress.began = time.perf_counter()
                    tell(progress.job.name, "running")
                task = pool.submit(_run_one, run, progress.job, pair, options, stop)
                running[task] = progress
            for one in wait(running, return_when=FIRST_COMPLETED)[0]:
                progress = running.pop(one)
                progress.error = progress.error or one.result()
                progress.left -= 1
                if progress.error:
                    _leave_out(progress, waiting)
                if not progress.left:
                    results[progress.job.slug] = result = finish(progress.result())
                    tell(progress.job.name, "failed" if result.error else "done")
    except BaseException:
        # Interrupted: what still runs has nobody to report to, and its thread waits for it.
        # One that was just beginning starts a process of its own after all: that is ended too.
        stop.set()
        _end_processes()
        while wait(running, timeout=_AGAIN_S).not_done:
            _end_processes()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return [results[job.slug] for job in jobs]


def _leave_out(progress: _Progress, waiting: deque[tuple[_Progress, tuple[Path, Path]]]) -> None:
    """Take the notebooks of a job that has failed out of those that wait."""
    for pair in [pair for pair in waiting if pair[0] is progress]:
        waiting.remove(pair)
        progress.left -= 1


def _end_processes() -> None:
    from dualtrack.pack.warm.kernels import stop_kernels
    from dualtrack.pack.warm.parent import stop_warm_parent

    stop_warm_parent()
    stop_kernels()


def _run_one(
    run: RunOne,
    job: PackJob,
    pair: tuple[Path, Path],
    options: RunOptions | None,
    stop: threading.Event,
) -> str:
    """In a thread: one notebook of a job; returns its error, blank if it went well."""
    notebook, output = pair
    if stop.is_set():
        return "stopped before it was done; run the batch again to go on."
    try:
        run(notebook, output, job.parameters, folder=job.folder, options=options)
    except DualtrackError as fault:
        return str(fault)
    except OSError as fault:
        if is_storage_fault(fault):
            raise  # no other notebook could be kept either
        return tell_fault(fault)
    except MemoryError as fault:
        return tell_fault(fault)
    except Exception as fault:  # whatever a notebook's machinery raises fails this unit only
        log.exception("%s failed", job.name)
        return f"{type(fault).__name__}: {fault}"
    return ""
