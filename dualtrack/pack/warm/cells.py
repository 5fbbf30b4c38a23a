"""In a forked process: run the cells that are asked for, one after the other, then end."""

from __future__ import annotations

import asyncio
import atexit
import builtins
import contextlib
import faulthandler
import functools
import getpass
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.kernelbase import Kernel

from dualtrack.pack.warm.shell import LinkSession

__all__ = ["run_cells"]

_MB = 1024 * 1024


def run_cells(shell: Any, link: Connection) -> None:
    """Set the process up as the first message says, then run cells until there are no more.

    Args:
        shell: The shell made before the fork.
        link: To the process that records the notebook. It sends the set-up (`folder`, `environ`,
            `memory_mb`), then `{"code": ..., "cell_id": ...}` for each cell, then `{}`.
    """
    _set_up(shell, json.loads(link.recv_bytes()))
    session: LinkSession = shell.display_pub.session
    session.connect(link)
    # Not asyncio.run: it would take Ctrl-C, by which a hanging cell is stopped, for itself.
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_serve(shell, session, link))
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()


def _set_up(shell: Any, asked: dict[str, Any]) -> None:
    """Make the process the notebook's own: nothing of the warm parent or the caller shows."""
    # Handlers the parent's imports left are the parent's; the notebook's own are run at its end.
    atexit._clear()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # When a hang is killed, or a C library crashes, the last words name the line.
    faulthandler.enable(file=2, all_threads=False)
    os.environ.clear()
    os.environ.update(asked["environ"])
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    shell.init_environment()
    time.tzset()
    os.chdir(asked["folder"])
    _limit_memory(asked["memory_mb"] or _machine_mb() * 9 // 10)
    # The system's own choice when memory runs out should be the notebook, not who records it.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")
    # `random` reseeds itself after a fork; numpy's old generator does not.
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    # As a kernel does whose front end takes no input.
    deaf: Any = SimpleNamespace(_allow_stdin=False)
    builtins.input = functools.partial(Kernel.raw_input, deaf)
    getpass.getpass = functools.partial(Kernel.getpass, deaf)


def _limit_memory(memory_mb: int) -> None:
    """Let the process take so much more memory, within what it was itself allowed.

    A batch may run under a limit of the shell's, or in a notebook of another batch; only a
    privileged user may raise that.
    """
    limit = _held_bytes() + memory_mb * _MB
    allowed = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if allowed != resource.RLIM_INFINITY:
        limit = min(limit, allowed)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _held_bytes() -> int:
    """What the process holds from the start, most of it shared with the warm parent."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))


def _machine_mb() -> int:
    """Memory of the machine, or of the container if that is less."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(OSError, ValueError):
        whole = min(whole, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return whole // _MB


async def _serve(shell: Any, session: LinkSession, link: Connection) -> None:
    loop = asyncio.get_running_loop()
    while True:
        # Tasks that a cell left running go on while the next cell is awaited.
        await _until_readable(loop, link.fileno())
        asked = json.loads(link.recv_bytes())
        if "code" not in asked:
            return
        session.cell_id = asked["cell_id"]
        shell.set_parent({"header": {"msg_id": asked["cell_id"]}})
        session.post("execute_input", {"execution_count": shell.execution_count})
        reply = await _run_cell(shell, asked["code"])
        sys.stdout.flush()
        sys.stderr.flush()
        session.post("execute_reply", reply)
        if shell.exit_now:
            return


async def _until_readable(loop: asyncio.AbstractEventLoop, number: int) -> None:
    readable = asyncio.Event()
    loop.add_reader(number, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(number)


async def _run_cell(shell: Any, code: str) -> dict[str, Any]:
    """Run a cell as ipykernel does: with `await` as a task, else straight."""
    how = _if_async(shell, code)
    if how is not None:
        shell._last_traceback, shell._last_traceback_during_displayhook = None, False
        task = asyncio.ensure_future(shell.run_cell_async(code, store_history=True, **how))
        with _interrupt_cancels(task):
            try:
                result = await task
            finally:
                shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    else:
        result = shell.run_cell(code, store_history=True)
    shell.payload_manager.clear_payload()
    reply = {"status": "ok", "execution_count": shell.execution_count - 1}
    shown_badly = getattr(shell, "_last_traceback_during_displayhook", False)
    if not result.success or shown_badly:
        fault = result.error_before_exec or result.error_in_exec
        reply |= {"status": "error", "ename": type(fault).__name__, "evalue": str(fault)}
        reply["traceback"] = shell._last_traceback or []
    return reply


def _if_async(shell: Any, code: str) -> dict[str, Any] | None:
    """The cell as it is to be run if it waits for something itself, else None."""
    if "await" not in code and "async" not in code:
        return None  # looked at once is enough
    transformed, fault = code, None
    try:
        transformed = shell.transform_cell(code)
    except Exception:
        fault = sys.exc_info()
    how = {"transformed_cell": transformed, "preprocessing_exc_tuple": fault}
    return how if shell.should_run_async(code, **how) else None


@contextlib.contextmanager
def _interrupt_cancels(task: asyncio.Future[Any]) -> Iterator[None]:
    loop = task.get_loop()

    def cancel(number: int, frame: object) -> None:
        loop.call_soon_threadsafe(task.cancel)

    before = signal.signal(signal.SIGINT, cancel)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
