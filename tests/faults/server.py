"""Runs commands of dualtrack in processes forked from one that has imported all it needs.

Started as `python -m tests.faults.server`; reads one JSON request a line, answers each with one.
A real start would take ten times as long, for each of hundreds of faults.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.faults.injector import Fault, Injector, install, tell_notebooks

_MODULES = (
    "dualtrack.cli",
    "dualtrack.pack.engine",
    "dualtrack.pack.formats.data_files",
    "dualtrack.pack.formats.pdf",
    "dualtrack.pack.formats.pptx",
    "dualtrack.pack.formats.slides",
    "dualtrack.pack.formats.xlsx",
    "dualtrack.pack.warm.forked",
    "nbclient",
    "nbformat",
    "papermill.engines",
    "pyarrow.parquet",
)


_LONGEST = 90.0  # seconds of one command; a few at most where the machine is free


def serve() -> None:
    """Until the input ends."""
    from dualtrack.pack.run import import_papermill
    from dualtrack.pack.warm import parent

    import_papermill()
    for name in _MODULES:
        importlib.import_module(name)
    _make_smaller()
    parent.start_warm_parent()
    with parent.fork_process():
        pass  # it is warm now
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(request)
        # As the system's own killer would: without memory a library may wait for ever.
        killer = threading.Timer(_LONGEST, os.killpg, (pid, signal.SIGKILL))
        killer.start()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        killer.cancel()
        killer.join()
        sys.stdout.write(json.dumps({"code": status}) + "\n")
        sys.stdout.flush()


def _make_smaller() -> None:
    """One notebook of each kind instead of all: they are written by the same lines."""
    from dualtrack.pack import plan

    contents = plan.tomllib.loads
    plan.tomllib = SimpleNamespace(
        loads=lambda text: {name: held[:1] for name, held in contents(text).items()}
    )


def _run(request: dict[str, Any]) -> None:
    """In the forked process: the command as a person would give it; never returns."""
    code = 1
    try:
        os.setpgid(0, 0)
        folder = Path(request["folder"])
        for number, name in ((1, "out"), (2, "err")):
            file = os.open(folder / f"{name}.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            os.dup2(file, number)
            os.close(file)
        os.chdir(folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = _command(request, folder)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _command(request: dict[str, Any], folder: Path) -> int:
    from dualtrack.cli import main
    from dualtrack.pack.warm import parent

    # The warm parent serves whoever was forked last, whose child it is not.
    parent._parent.owner = os.getpid()
    parent._parent.process.poll = lambda: None
    warm = parent._parent
    fault = Fault(**request["fault"])
    root = Path(request["root"])
    injector = Injector(root, fault if fault.where == "batch" else Fault())
    install(injector)
    tell_notebooks(fault, root, folder / "notebook-calls.json")
    for line in request.get("before", []):
        exec(line, {})
    sys.argv = ["dualtrack", *request["arguments"]]
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        traceback.print_exc()
        code = 130
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        if parent._parent not in {None, warm}:
            parent.stop_warm_parent()
        with contextlib.suppress(OSError):
            (folder / "calls.json").write_text(json.dumps(injector.calls))
    return code


if __name__ == "__main__":
    serve()
