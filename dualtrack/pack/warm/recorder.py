"""What all our ways to run a notebook share: its time limits, and faults told in its own output."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

__all__ = ["DIED", "TIMED_OUT", "Deadline", "Recorder", "record_fault"]

DIED = "DeadKernelError"
TIMED_OUT = "CellTimeoutError"
_JOINED_SIZE = 1_000_000  # characters; joining on and on would copy the whole each time


class Deadline:
    """The seconds a notebook and each of its cells may take."""

    def __init__(self, cell_seconds: float | None, notebook_seconds: float | None) -> None:
        self.cell_seconds, self.notebook_seconds = cell_seconds, notebook_seconds
        self._notebook_began = self._cell_began = time.monotonic()

    def start_cell(self) -> None:
        """A cell begins now."""
        self._cell_began = time.monotonic()

    @property
    def left(self) -> float | None:
        """Seconds the running cell has; None for no end."""
        lefts = [
            began + seconds - time.monotonic()
            for began, seconds in (
                (self._cell_began, self.cell_seconds),
                (self._notebook_began, self.notebook_seconds),
            )
            if seconds
        ]
        return max(0.0, min(lefts)) if lefts else None

    @property
    def words(self) -> str:
        """Which of the two is over, and what to do."""
        if self.cell_seconds and time.monotonic() >= self._cell_began + self.cell_seconds:
            return f"timed out: the cell took longer than {self.cell_seconds:g} s"
        return f"timed out: the notebook took longer than {self.notebook_seconds:g} s"


def record_fault(
    cell: NotebookNode, ename: str, evalue: str, traceback: list[str] | None = None
) -> CellExecutionError:
    """Add an error to a cell's output.

    Args:
        cell: The cell that was running.
        ename: `DIED`, `TIMED_OUT`, or an error the cell could not show itself.
        evalue: What happened.
        traceback: Where, if that is known.

    Returns:
        The error to raise.
    """
    lines = [*(traceback or []), f"{ename}: {evalue}"]
    cell.outputs.append(new_output("error", ename=ename, evalue=evalue, traceback=lines))
    return CellExecutionError("\n".join(lines), ename, evalue)


class Recorder(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client with time limits; output is joined where a kernel splits it by chance."""

    def __init__(
        self,
        nb_man: Any,
        *,
        folder: str | None,
        cell_timeout: float | None,
        notebook_timeout: float | None,
        **options: Any,
    ) -> None:
        super().__init__(nb_man, **options)
        self.folder = folder or str(Path.cwd())
        self.deadline = Deadline(cell_timeout, notebook_timeout)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: Any, cell_index: int
    ) -> Any:
        """Add an output; text that follows text of the same stream joins it."""
        out = super().output(outs, msg, display_id, cell_index)
        if out is not None and len(outs) > 1 and out.output_type == "stream":
            before = outs[-2]
            is_same = before.output_type == "stream" and before.name == out.name
            if is_same and len(before.text) < _JOINED_SIZE:
                before.text += out.text
                outs.pop()
        return out
