"""Run one notebook with parameters; an unknown or ill-typed one stops it, where papermill warns."""

from __future__ import annotations

import difflib
import importlib
import logging
import os
import re
import sys
import threading
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dualtrack.config import PackSettings
from dualtrack.errors import PackError, advise
from dualtrack.pack.paths import forget_paths, hide_paths

__all__ = ["ENGINES", "RunOptions", "check_parameters", "import_papermill", "run_notebook"]

log = logging.getLogger(__name__)

# auto: what is fast and safe here; fork, kernels: one of its two ways (`dualtrack.pack.engine`);
# plain: papermill's own engine, to compare with.
ENGINES = ("auto", "fork", "kernels", "plain")

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "list[str]": (list,),
}

# How Python writes what the system refused: "[Errno 28] No space left on device".
_SYSTEM_FAULT = re.compile(r"\[Errno (\d+)\]")

# Warning filters belong to the whole process, so threads must not change them together.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class RunOptions:
    """How notebooks are run; none of it changes what they show.

    Attributes:
        engine: One of `ENGINES`.
        cell_timeout_s: Seconds a cell may take before its notebook is stopped.
        notebook_timeout_s: Seconds a notebook may take before it is stopped.
        memory_mb: Memory a notebook may take; 0 for nine tenths of the machine's.
    """

    engine: str = "auto"
    cell_timeout_s: int = 600
    notebook_timeout_s: int = 1800
    memory_mb: int = 0

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise PackError(f"No engine {self.engine!r}; there are {list(ENGINES)}.")
        for name in ("cell_timeout_s", "notebook_timeout_s"):
            if getattr(self, name) < 1:
                raise PackError(f"{name} is {getattr(self, name)}; give at least one second.")

    @classmethod
    def from_settings(cls, settings: PackSettings, *, engine: str = "") -> RunOptions:
        """The options `[pack]` sets; `engine` overrides its own where given."""
        return cls(
            engine=engine or settings.engine,
            cell_timeout_s=settings.cell_timeout_s,
            notebook_timeout_s=settings.notebook_timeout_s,
            memory_mb=settings.memory_mb,
        )


def import_papermill() -> Any:
    """Import papermill without the second in which its schema checker builds an unused grammar.

    That grammar is of web addresses, for a check that the schema of notebooks does not ask for.
    """
    is_first = not {"jsonschema", "rfc3987_syntax"} & set(sys.modules)
    if is_first:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        return importlib.import_module("papermill")
    finally:
        if is_first:
            del sys.modules["rfc3987_syntax"]


def check_parameters(notebook: Path, parameters: dict[str, Any]) -> None:
    """Compare parameters with the notebook's `parameters` cell.

    Args:
        notebook: Source notebook.
        parameters: Name to value.

    Raises:
        PackError: The notebook is missing, has no parameters cell, or a parameter is unknown or of
            another type.
    """
    if not notebook.is_file():
        raise PackError(f"{notebook}: no such notebook.")
    known = _inspect(notebook.resolve(), notebook.stat().st_mtime_ns, notebook.stat().st_size)
    if not known:
        raise PackError(f"{notebook}: no cell tagged 'parameters'. Tag the cell that holds them.")
    for name, value in parameters.items():
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"it knows {sorted(known)}."
            raise PackError(f"{notebook.name}: no parameter {name!r}; {hint}")
        wanted = known[name]["inferred_type_name"]
        is_wrong = not isinstance(value, _TYPES.get(wanted, (object,)))
        if is_wrong or (isinstance(value, bool) and wanted in {"int", "float"}):
            raise PackError(
                f"{notebook.name}: parameter {name!r} is {value!r}, it must be of type {wanted}."
            )


@cache
def _inspect(notebook: Path, changed_at: int, size: int) -> dict[str, Any]:
    """The parameters a notebook knows; the same for all units, so it is read once as it is now."""
    papermill = import_papermill()
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dict(papermill.inspect_notebook(str(notebook)))


def run_notebook(
    notebook: Path,
    output: Path,
    parameters: dict[str, Any],
    *,
    folder: Path | None = None,
    options: RunOptions | None = None,
) -> Path:
    """Run a notebook and keep the executed one.

    Args:
        notebook: Source notebook, left as it is.
        output: Where the executed notebook goes.
        parameters: Values for names of its `parameters` cell.
        folder: Where it runs, so that it finds this workspace's settings; its own folder if None.
            The executed notebook then tells paths from there, and names no folder above it.
        options: How it is run; the defaults if None.

    Returns:
        `output`.

    Raises:
        PackError: A parameter does not fit, or a cell failed, hung or lost its process; the
            message names the cell and what happened, the output notebook holds the traceback.
    """
    check_parameters(notebook, parameters)
    papermill = import_papermill()
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    options = options or RunOptions()
    here = (folder or notebook.parent).resolve()
    if not here.is_dir():
        raise PackError(f"{here}: no such folder, so {notebook.name} cannot run there. Make it.")
    output.parent.mkdir(parents=True, exist_ok=True)
    # Kernels would start thread pools of their own and fight over two cores.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    try:
        papermill.execute_notebook(
            str(notebook.resolve()),
            str(output.resolve()),
            parameters,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution_timeout=options.cell_timeout_s,
            **_engine_options(options, str(here)),
        )
    except PapermillExecutionError as fault:
        raise PackError(hide_paths(_in_words(notebook.name, fault), here)) from fault
    except (CellTimeoutError, DeadKernelError) as fault:  # the plain engine's own
        raise PackError(f"{notebook.name}: {type(fault).__name__}: {fault}") from fault
    finally:
        if folder is not None:
            forget_paths(output, here, notebook.parent.resolve())
    log.info("%s run", notebook.name)
    return output


def _engine_options(options: RunOptions, folder: str) -> dict[str, Any]:
    """The folder is the notebook's own: papermill would change it for all that run beside it."""
    if options.engine == "plain":
        return {
            "engine_name": None,
            "resources": {"metadata": {"path": folder}},
            "extra_arguments": ["--IPKernelApp.log_level=50"],
        }
    from papermill.engines import papermill_engines

    from dualtrack.pack.engine import DualtrackEngine

    papermill_engines.register("dualtrack", DualtrackEngine)
    return {
        "engine_name": "dualtrack",
        "processes": options.engine,
        "folder": folder,
        "notebook_timeout": options.notebook_timeout_s,
        "memory_mb": options.memory_mb,
    }


def _in_words(name: str, fault: Any) -> str:
    if fault.ename.endswith("MemoryError"):
        return (
            f"{name}, cell {fault.exec_count}: out of memory ({fault.ename}: {fault.evalue}). "
            f"Use fewer workers, or raise memory_mb under [pack] if the machine has more."
        )
    words = f"{name}, cell {fault.exec_count}: {fault.ename}: {fault.evalue}"
    number = _SYSTEM_FAULT.match(fault.evalue)
    advice = advise(int(number[1])) if number else ""
    return f"{words}. {advice}." if advice else words
