"""Where forking is not safe: ordinary kernels, the next one started while a notebook runs.

A kernel serves one notebook and ends with it, as papermill's own do; what is saved is the wait for
its start and its imports.
"""

from __future__ import annotations

import atexit
import contextlib
import math
import threading
from typing import Any

from jupyter_client.manager import KernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from dualtrack.pack.warm.process import Ending
from dualtrack.pack.warm.recorder import DIED, TIMED_OUT, Recorder, record_fault

__all__ = ["KernelClient", "stop_kernels"]

# Imported by a kernel while it waits; an expression, so that the notebook finds no name of it.
_WARM_LINE = "__import__('dualtrack.figures'); __import__('dualtrack.tables');"

_started: list[KernelManager] = []
_spares: dict[tuple[str, str], list[KernelManager]] = {}
_lock = threading.Lock()


class KernelClient(Recorder):
    """Papermill's client with a kernel that was started ahead."""

    def __init__(self, nb_man: Any, kernel_name: str, **options: Any) -> None:
        super().__init__(nb_man, timeout_func=self._seconds_left, **options)
        self._key = (kernel_name, self.folder)
        self._is_lost = False

    def execute(self, **unused: object) -> Any:
        """Run all cells up to the first that fails."""
        try:
            return self._execute_once()
        except RuntimeError:
            # Two kernels started at the same moment may be given the same port; once is chance.
            if self.code_cells_executed:
                raise
            return self._execute_once()

    def _execute_once(self) -> Any:
        self.kc, self.km = None, _take_kernel(*self._key)
        super().execute(cleanup_kc=True)
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int, **unused: object) -> NotebookNode:
        """Run one cell and record what it shows.

        Raises:
            CellExecutionError: It failed, hung, or its kernel died.
        """
        self.deadline.start_cell()
        try:
            super().execute_cell(cell, cell_index)
        except CellTimeoutError:
            self._give_up()
            raise record_fault(cell, TIMED_OUT, self.deadline.words) from None
        except DeadKernelError:
            self._give_up()
            process = getattr(self.km.provisioner, "process", None)
            code = process.poll() if process else None
            words = "the kernel died" if code is None else Ending(code).words
            raise record_fault(cell, DIED, words) from None
        return cell

    def _give_up(self) -> None:
        """Ask nothing more of a kernel that hangs or is dead."""
        self._is_lost, self.shutdown_kernel = True, "immediate"

    def wait_for_reply(self, msg_id: str, cell: NotebookNode | None = None) -> Any:
        """Wait for an answer; at the end papermill asks for the kernel's language."""
        if self._is_lost:
            return {"content": {"language_info": self.nb.metadata.get("language_info", {})}}
        return super().wait_for_reply(msg_id, cell)

    def _seconds_left(self, cell: NotebookNode) -> int | None:
        left = self.deadline.left
        return None if left is None else max(1, math.ceil(left))


def _take_kernel(kernel_name: str, folder: str) -> KernelManager:
    """A started kernel; the next one of its kind is started at once."""
    with _lock:
        waiting = _spares.setdefault((kernel_name, folder), [])
        kernel = waiting.pop() if waiting else None
    kernel = kernel or _start_kernel(kernel_name, folder)
    spare = _start_kernel(kernel_name, folder)
    with _lock:
        waiting.append(spare)
    return kernel


def _start_kernel(kernel_name: str, folder: str) -> KernelManager:
    kernel = KernelManager(
        kernel_name=kernel_name, client_class="jupyter_client.asynchronous.AsyncKernelClient"
    )
    arguments = []
    if kernel.ipykernel:
        arguments = [
            "--HistoryManager.hist_file=:memory:",
            "--IPKernelApp.log_level=50",
            f"--IPKernelApp.exec_lines={_WARM_LINE}",
        ]
    kernel.start_kernel(cwd=folder, extra_arguments=arguments)
    with _lock:
        _started[:] = [one for one in _started if one.has_kernel]
        _started.append(kernel)
    return kernel


def stop_kernels() -> None:
    """End all kernels: those that wait for a notebook, and those that run one."""
    with _lock:
        kernels = list(_started)
        _started.clear()
        _spares.clear()
    for kernel in kernels:
        with contextlib.suppress(Exception):  # one already gone is what is wanted
            kernel.shutdown_kernel(now=True)


atexit.register(stop_kernels)
