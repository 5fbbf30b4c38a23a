"""Packs of many units side by side on all cores; one that fails does not stop the others."""

from __future__ import annotations

import logging
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dualtrack.errors import DualtrackError
from dualtrack.pack.run import run_notebook

__all__ = ["PackJob", "PackResult", "run_batch"]

log = logging.getLogger(__name__)


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
    """What came of a job: `error` is blank when it went well."""

    job: PackJob
    seconds: float
    error: str = ""


def run_batch(
    jobs: list[PackJob],
    *,
    workers: int | None = None,
    on_change: Callable[[str, str], None] | None = None,
) -> list[PackResult]:
    """Run the jobs side by side.

    Args:
        jobs: What to run; a job's own notebooks run one after the other.
        workers: Processes; all cores if None.
        on_change: Called with a job's name and `running`, `done` or `failed`.

    Returns:
        A result per job, in the order of `jobs`.
    """
    tell = on_change or (lambda name, state: None)
    count = max(1, min(workers or os.cpu_count() or 1, len(jobs) or 1))
    results: dict[str, PackResult] = {}
    waiting = list(jobs)
    # A slot is a pool of one process: when it dies, only its own job is lost.
    idle = [_new_slot() for _ in range(count)]
    running: dict[Future[PackResult], tuple[PackJob, ProcessPoolExecutor]] = {}
    try:
        while waiting or running:
            while waiting and idle:
                job, slot = waiting.pop(0), idle.pop()
                tell(job.name, "running")
                running[slot.submit(_run_job, job)] = (job, slot)
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in finished:
                job, slot = running.pop(one)
                try:
                    result = one.result()
                except BrokenProcessPool:
                    error = "the worker process died (killed, or out of memory)"
                    result, slot = PackResult(job, 0.0, error), _new_slot()
                idle.append(slot)
                results[job.slug] = result
                tell(job.name, "failed" if result.error else "done")
    finally:
        for slot in [*idle, *(slot for _, slot in running.values())]:
            slot.shutdown(wait=False, cancel_futures=True)
    return [results[job.slug] for job in jobs]


def _new_slot() -> ProcessPoolExecutor:
    # Spawned, not forked: kernels and their sockets must not be inherited.
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _run_job(job: PackJob) -> PackResult:
    """In a worker: the job's notebooks, one after the other, up to the first that fails."""
    began = time.perf_counter()
    try:
        for notebook, output in job.runs:
            run_notebook(notebook, output, job.parameters, folder=job.folder)
    except DualtrackError as fault:
        return PackResult(job, time.perf_counter() - began, str(fault))
    except Exception as fault:  # whatever a notebook's machinery raises fails this unit only
        log.exception("%s failed", job.name)
        return PackResult(job, time.perf_counter() - began, f"{type(fault).__name__}: {fault}")
    return PackResult(job, time.perf_counter() - began)
