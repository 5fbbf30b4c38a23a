"""The papermill engine `dualtrack`: each notebook in a clean process forked from a warm parent.

What papermill and nbclient promise is kept by using them: papermill puts the parameters in and
writes the notebook, nbclient's own code turns messages into outputs; only the kernel is another.
Where forking is not safe, kernels started ahead stand in (`dualtrack.pack.warm.kernels`).

papermill imports this module when it is imported itself, so nothing of it is imported here.
"""

from __future__ import annotations

import logging
from typing import Any

from dualtrack.errors import PackError
from dualtrack.pack.warm.parent import can_fork, fork_process

__all__ = ["DualtrackEngine"]

log = logging.getLogger(__name__)

PROCESSES = ("auto", "fork", "kernels")
# Kernels that are this Python; a notebook that asks for another gets it.
_OWN_KERNELS = {"python3", "python"}


class DualtrackEngine:
    """What papermill asks of an engine; its own base class does the rest."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook that papermill has prepared.

        Args:
            nb: The notebook.
            kernel_name: Kernel it asks for.
            options: Papermill's own, and those of `run_managed`.

        Returns:
            The notebook with its outputs.
        """
        from papermill.engines import Engine

        own = {"execute_managed_notebook": staticmethod(run_managed)}
        managed: Any = type("ManagedEngine", (Engine,), own)
        return managed.execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """The kernel a notebook asks for."""
        from papermill.engines import Engine

        return Engine.nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """The language a notebook is written in."""
        from papermill.engines import Engine

        return Engine.nb_language(nb, language)


def run_managed(
    nb_man: Any,
    kernel_name: str,
    *,
    folder: str | None = None,
    processes: str = "auto",
    execution_timeout: float | None = None,
    notebook_timeout: float | None = None,
    memory_mb: int = 0,
    start_timeout: int = 60,
    log_output: bool = False,
    stdout_file: Any = None,
    stderr_file: Any = None,
    **unused: Any,
) -> None:
    """Run a notebook into papermill's record of it.

    Args:
        nb_man: Papermill's record of the run.
        kernel_name: Kernel the notebook asks for.
        folder: Where it runs; the current folder if None.
        processes: `fork`, `kernels`, or `auto` for what is safe here.
        execution_timeout: Seconds a cell may take; None for no end.
        notebook_timeout: Seconds the notebook may take; None for no end.
        memory_mb: Memory the notebook may take; 0 for nine tenths of the machine's.
        start_timeout: Seconds a kernel may take to start.
        log_output: Log what cells show.
        stdout_file: Where to copy what they print.
        stderr_file: Where to copy what they write to standard error.
        unused: Options of other engines, without meaning here.
    """
    shared = {
        "folder": folder,
        "cell_timeout": execution_timeout,
        "notebook_timeout": notebook_timeout,
        "log": logging.getLogger("papermill"),
        "log_output": log_output,
        "stdout_file": stdout_file,
        "stderr_file": stderr_file,
    }
    process = None
    if _choose(processes, kernel_name) == "fork":
        try:
            process = fork_process()
        except OSError as fault:
            log.info("An ordinary kernel runs the notebook: no warm process (%s).", fault)
    if process:
        from dualtrack.pack.warm.forked import ForkedClient

        with process:
            ForkedClient(nb_man, process, memory_mb=memory_mb, **shared).execute()
    else:
        from dualtrack.pack.warm.kernels import KernelClient

        KernelClient(nb_man, kernel_name, startup_timeout=start_timeout, **shared).execute()


def _choose(processes: str, kernel_name: str) -> str:
    if processes not in PROCESSES:
        raise PackError(f"No processes {processes!r}; there are {list(PROCESSES)}.")
    if processes == "fork" and not can_fork():
        raise PackError("Processes 'fork' are not safe on this system. Use 'auto' or 'kernels'.")
    if processes == "kernels" or not can_fork() or kernel_name not in _OWN_KERNELS:
        return "kernels"
    return "fork"
