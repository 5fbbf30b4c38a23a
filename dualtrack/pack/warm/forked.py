"""Records a notebook whose cells run in a forked process, with nbclient's own code for outputs."""

from __future__ import annotations

import os
import signal
import sys
import time
import uuid
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from dualtrack.pack.warm.process import NotebookProcess
from dualtrack.pack.warm.recorder import DIED, TIMED_OUT, Recorder, record_fault

__all__ = ["ForkedClient"]

# What ends a hanging cell, and the seconds each gets: Ctrl-C, which leaves its traceback; the
# signal at which Python writes where it is, even inside a C library; the one nothing withstands.
_LAST_STEPS = ((signal.SIGINT, 5.0), (signal.SIGABRT, 2.0), (signal.SIGKILL, 5.0))

# A cell that prints without end would fill our own memory, and end the batch.
_MOST_SHOWN_MB = 256

# As ipykernel tells it of itself.
_LANGUAGE = {
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class ForkedClient(Recorder):
    """Papermill's client with a forked process for a kernel."""

    def __init__(
        self, nb_man: Any, process: NotebookProcess, *, memory_mb: int, **options: Any
    ) -> None:
        super().__init__(nb_man, **options)
        self._process = process
        self._setup = {
            "folder": self.folder,
            "environ": dict(os.environ),
            "memory_mb": memory_mb,
        }

    def execute(self, **unused: object) -> Any:
        """Run all cells up to the first that fails."""
        self.reset_execution_trackers()
        self._process.send(self._setup)
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(_LANGUAGE)
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int, **unused: object) -> NotebookNode:
        """Run one cell and record what it shows.

        Raises:
            CellExecutionError: It failed, hung, or its process died.
        """
        tags = cell.metadata.get("tags", [])
        is_code = cell.cell_type == "code" and cell.source.strip()
        if not is_code or self.skip_cells_with_tag in tags:
            return cell
        cell.outputs = []
        cell["metadata"]["execution"] = {"iopub.status.busy": timestamp()}
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        self.deadline.start_cell()
        self._cell_id = uuid.uuid4().hex
        self._process.send({"code": cell.source, "cell_id": self._cell_id})
        reply = self._record(cell, cell_index)
        times = cell["metadata"]["execution"]
        times["iopub.status.idle"] = times["shell.execute_reply"] = timestamp()
        is_allowed = not self.force_raise_errors and (
            self.allow_errors
            or reply.get("ename") in self.allow_error_names
            or "raises-exception" in tags
        )
        if reply["status"] == "error" and not any(o.output_type == "error" for o in cell.outputs):
            # There was no memory left to show it.
            record_fault(cell, reply["ename"], reply["evalue"], reply["traceback"])
        if reply["status"] == "error" and not is_allowed:
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _record(self, cell: NotebookNode, cell_index: int) -> dict[str, Any]:
        """Take messages until the reply; past the deadline, make the cell end."""
        steps, until = list(_LAST_STEPS), 0.0
        while True:
            is_late = len(steps) < len(_LAST_STEPS)
            left = max(0.0, until - time.monotonic()) if is_late else self.deadline.left
            message = self._process.read(left)
            if message is None:
                if self._process.ending or not steps:
                    raise self._fault(cell, is_late=is_late)
                step, seconds = steps.pop(0)
                until = time.monotonic() + seconds
                self._process.signal(step)
            elif message["msg_type"] != "execute_reply":
                self.process_message(_as_jupyter(message, self._cell_id), cell, cell_index)
                self._check_size(cell)
            elif is_late:
                raise self._fault(cell, is_late=True)
            else:
                return dict(message["content"])

    def _fault(self, cell: NotebookNode, *, is_late: bool) -> CellExecutionError:
        ending = self._process.ending
        if not is_late and ending:
            return record_fault(cell, DIED, ending.words)
        # The traceback Ctrl-C left says where the cell hung; the error is that it did.
        stopped = [one for one in cell.outputs if one.output_type == "error"]
        cell.outputs = [one for one in cell.outputs if one.output_type != "error"]
        text = self.deadline.words + ("; it was killed" if ending else "")
        return record_fault(cell, TIMED_OUT, text, stopped[-1].traceback if stopped else None)

    def _check_size(self, cell: NotebookNode) -> None:
        if self._process.received > _MOST_SHOWN_MB * 1_000_000:
            self._process.signal(signal.SIGKILL)
            cell.outputs = []
            raise record_fault(
                cell, DIED, f"stopped: the notebook showed more than {_MOST_SHOWN_MB} MB"
            )


def _as_jupyter(message: dict[str, Any], cell_id: str) -> dict[str, Any]:
    """A message from the link with the envelope nbclient looks at."""
    return {
        "msg_type": message["msg_type"],
        "header": {"msg_type": message["msg_type"]},
        "parent_header": {"msg_id": message.get("cell_id") or cell_id},
        "content": message["content"],
        "metadata": message.get("metadata", {}),
        "buffers": [bytes.fromhex(one) for one in message.get("buffers", [])],
    }
