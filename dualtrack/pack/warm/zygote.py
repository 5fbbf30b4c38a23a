"""The warm parent: imports once what notebooks use, then forks a process for each notebook.

It is a script run by a process of its own, in which no thread or socket library gets in the way of
a fork. Over its control socket it is handed, for each notebook, the files its process is to use;
when that process ends, it reports how. When whoever started it is gone, it ends, and so do all.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

# Nothing of dualtrack here: it imports pandas, which asks at once whether a notebook imports it,
# and so must come after the shell.
from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.shellapp import InteractiveShellApp
from traitlets.config import Config

__all__ = ["main"]

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux: a hang must not outlive a parent that is killed
_HARMLESS_THREADS = {"jemalloc_bg_thd"}  # jemalloc halts it for a fork and starts it again after
_REQUEST_SIZE = 64  # bytes; what counts are the files that come with a request

# What our notebooks import, and what IPython and matplotlib import when first used (tracebacks,
# drawing, output formats), each half a second or more in a process that has not.
_MODULES = (
    "numpy",
    "pandas",
    "pandas.core.arrays.arrow.extension_types",
    "pandas.core.reshape.reshape",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "importlib.readers",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "matplotlib_inline.config",
    "dualtrack.analyses",
    "dualtrack.claims",
    "dualtrack.figures",
    "dualtrack.pack",
    "dualtrack.tables",
    "dualtrack.pack.warm.cells",
    "stack_data",
    "executing",
    "pure_eval",
    "asttokens",
    "pygments.lexers.python",
    "pygments.formatters.terminal256",
)


def main(control_number: int, also: Sequence[str] = ()) -> None:
    """Serve until the other end of the control socket is closed.

    Args:
        control_number: File number of the control socket.
        also: Further modules to import, those of them that are installed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # nearly all that is made until the fork stays; looking through it takes time
    control = socket.socket(fileno=control_number)
    shell = _make_shell()
    with shell.builtin_trap:
        for name in _MODULES:
            importlib.import_module(name)
            if _is_closed(control):  # a caller that was killed is noticed now, not when all is warm
                return
        for name in also:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _rehearse()
    importlib.import_module("dualtrack.pack.warm.shell").dress_shell(shell)
    # Objects made so far leave the collector's sight: it would write to the memory all share. To
    # look for what of them is garbage would take an eighth of a second and free little.
    gc.freeze()
    gc.enable()
    control.send(json.dumps({"threads": _other_threads()}).encode())
    _Server(control, shell).serve()


def _is_closed(control: socket.socket) -> bool:
    """True once nobody holds the other end."""
    return bool(select.select([control], [], [], 0)[0]) and not control.recv(1, socket.MSG_PEEK)


def _other_threads() -> list[str]:
    """Names of threads a fork would lose, and whose locks it might keep for ever."""
    own = str(os.getpid())
    tasks = [path for path in Path("/proc/self/task").iterdir() if path.name != own]
    names = [(path / "comm").read_text().strip() for path in tasks]
    return [name for name in names if name not in _HARMLESS_THREADS]


def _make_shell() -> ZMQInteractiveShell:
    """The shell every forked process starts with, and the paths and names a kernel starts with."""
    config = Config()
    # History would start a thread and a database; a notebook in a batch has no use for either.
    config.HistoryManager.enabled = False
    shell = ZMQInteractiveShell.instance(
        config=config, compiler_class=XCachingCompiler, kernel=SimpleNamespace(eventloop=None)
    )
    paths: Any = SimpleNamespace(ignore_cwd=False)
    InteractiveShellApp.init_path(paths)
    sys.argv = ["ipykernel_launcher.py"]
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="UTF-8")  # as a kernel's, which pandas notes
    return shell


def _rehearse() -> None:
    """Do once what every notebook does first: patterns, fonts and converters stay at hand.

    Nothing here may start a thread (reading Parquet would): it would not live through the fork.
    """
    import pandas as pd
    import pyarrow as pa
    from matplotlib.figure import Figure

    importlib.import_module("dualtrack.sorting").read_criteria()
    frame = pd.DataFrame({"text": ["a", None], "number": [1.5, None]}).convert_dtypes()
    frame["day"] = pd.Timestamp("2026-01-01")
    pa.Table.from_pandas(frame, nthreads=1).to_pandas(use_threads=False)
    frame.groupby("text").sum(numeric_only=True).merge(frame, on="text").to_html()
    figure = Figure()
    figure.subplots().barh(["a"], [1], label="a")
    figure.legend()
    figure.savefig(io.BytesIO(), format="svg")


class _Server:
    """Forks when asked over the control socket, and reports how each process ended."""

    def __init__(self, control: socket.socket, shell: Any) -> None:
        self.control, self.shell = control, shell
        self.reports: dict[int, int] = {}  # process to the file that is told of its end
        self.ended, self.wake = os.pipe()
        os.set_blocking(self.ended, False)
        os.set_blocking(self.wake, False)
        signal.signal(signal.SIGCHLD, lambda *unused: None)
        signal.set_wakeup_fd(self.wake)

    def serve(self) -> None:
        """Until the other end is closed; then what still runs is killed."""
        control = self.control.fileno()
        is_open = True
        while is_open:
            ready = select.select([control, self.ended], [], [])[0]
            if self.ended in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self.ended, 4096)
                self.report_ended()
            if control in ready:
                numbers = socket.recv_fds(self.control, _REQUEST_SIZE, 4)[1]
                is_open = bool(numbers)
                if numbers:
                    self.fork(*numbers)
        for pid in self.reports:
            _kill_group(pid)

    def fork(self, link: int, out: int, err: int, report: int) -> None:
        """Fork a notebook's process; it is given these files, and nothing else of ours."""
        try:
            pid = os.fork()
        except OSError as fault:  # no memory, or too many processes: that notebook's affair
            _tell(report, {"fault": str(fault)})
            os.close(report)
        else:
            if pid == 0:
                for one in (self.control.detach(), self.ended, self.wake, report):
                    os.close(one)
                for one in self.reports.values():
                    os.close(one)
                _be_notebook(self.shell, link, out, err)
            with contextlib.suppress(OSError):
                os.setpgid(pid, pid)
            self.reports[pid] = report
            _tell(report, {"pid": pid})
        for one in (link, out, err):
            os.close(one)

    def report_ended(self) -> None:
        """Tell of each process that has ended; processes it started end with it."""
        for pid in list(self.reports):
            ended, status, usage = os.wait4(pid, os.WNOHANG)
            if ended:
                _kill_group(pid)
                report = self.reports.pop(pid)
                code = os.waitstatus_to_exitcode(status)
                _tell(report, {"exit_code": code, "peak_mb": usage.ru_maxrss // 1024})
                os.close(report)


def _be_notebook(shell: Any, link: int, out: int, err: int) -> None:
    """In the forked process: run the notebook's cells, and never return."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (out, 1), (err, 2)):
            os.dup2(source, target)
            os.close(source)
        from dualtrack.pack.warm.cells import run_cells

        run_cells(shell, Connection(link))
        status = 0
    except (EOFError, ConnectionError):
        pass  # the caller is gone, or wants no more of it
    except SystemExit:
        status = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(status)


def _tell(report: int, said: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        os.write(report, json.dumps(said).encode() + b"\n")


def _kill_group(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.path.pop(0)  # the folder of this script, where no notebook looks for modules
    main(int(sys.argv[1]), sys.argv[2:])
