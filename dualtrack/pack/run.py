"""Run one notebook with parameters; an unknown or ill-typed one stops it, where papermill warns."""

from __future__ import annotations

import difflib
import logging
import os
import warnings
from pathlib import Path
from typing import Any

from dualtrack.errors import PackError

__all__ = ["check_parameters", "run_notebook"]

log = logging.getLogger(__name__)

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "list[str]": (list,),
}
# Seconds a cell may take before its notebook is stopped; the slowest of ours takes under ten.
CELL_TIMEOUT = 600


def check_parameters(notebook: Path, parameters: dict[str, Any]) -> None:
    """Compare parameters with the notebook's `parameters` cell.

    Raises:
        PackError: The notebook is missing, has no parameters cell, or a parameter is unknown or of
            another type.
    """
    import papermill

    if not notebook.is_file():
        raise PackError(f"{notebook}: no such notebook.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = papermill.inspect_notebook(str(notebook))
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


def run_notebook(
    notebook: Path, output: Path, parameters: dict[str, Any], *, folder: Path | None = None
) -> Path:
    """Run a notebook and keep the executed one.

    Args:
        notebook: Source notebook, left as it is.
        output: Where the executed notebook goes.
        parameters: Values for names of its `parameters` cell.
        folder: Where it runs, so that it finds this workspace's settings; its own folder if None.

    Returns:
        `output`.

    Raises:
        PackError: A parameter does not fit, or a cell failed; the message names the cell's error,
            the output notebook holds its traceback.
    """
    check_parameters(notebook, parameters)
    import papermill
    from papermill.exceptions import PapermillExecutionError

    output.parent.mkdir(parents=True, exist_ok=True)
    # Kernels would start thread pools of their own and fight over two cores.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    try:
        papermill.execute_notebook(
            str(notebook),
            str(output),
            parameters,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution_timeout=CELL_TIMEOUT,
            cwd=str(folder or notebook.parent),
            extra_arguments=["--IPKernelApp.log_level=50"],
        )
    except PapermillExecutionError as fault:
        raise PackError(
            f"{notebook.name}, cell {fault.exec_count}: {fault.ename}: {fault.evalue}"
        ) from fault
    log.info("%s run", notebook.name)
    return output
