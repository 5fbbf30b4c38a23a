"""The caller's end of one forked process: ask it to run cells, read what they show, how it ended.

Messages are Jupyter's. What the process writes past Python (a C library, a command it starts, its
last words in a crash) is read from its standard output and error and comes as streams too.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

__all__ = ["Ending", "NotebookProcess"]

_CHUNK = 65_536
_END = 10.0  # seconds a process may take to end when asked: its own exit handlers run then


@dataclass(frozen=True)
class Ending:
    """How a process ended.

    Attributes:
        exit_code: Its own, or the negative number of the signal that killed it; None if the warm
            parent is gone and nobody saw.
        peak_mb: Most memory it held.
        is_memory: True if the system killed something for want of memory while it ran.
        fault: Why it never began; blank if it did.
    """

    exit_code: int | None
    peak_mb: int = 0
    is_memory: bool = False
    fault: str = ""

    @property
    def words(self) -> str:
        """What to tell of it."""
        if self.fault:
            return f"no process for the notebook: {self.fault}. Use fewer workers."
        if self.exit_code is None:
            return "the process that starts notebooks was killed; run the batch again"
        if self.exit_code >= 0:
            return f"the notebook ended its own process with exit code {self.exit_code}"
        name = signal.Signals(-self.exit_code).name
        text = f"the notebook's process was killed by {name}"
        text += f" at {self.peak_mb} MB" if self.peak_mb else ""
        if self.is_memory:
            text += "; the system ran out of memory: use fewer workers, or set [pack] memory_mb"
        return text


class NotebookProcess:
    """One forked process; it ends with the `with` block."""

    def __init__(self, link: Connection, out: int, err: int, report: int) -> None:
        self._link, self._report = link, report
        decoder = codecs.getincrementaldecoder("utf-8")
        self._texts = {out: ("stdout", decoder("replace")), err: ("stderr", decoder("replace"))}
        # In the order they are read: text first, since it was written before the message that
        # says the cell is done; the report last, since nothing comes after it.
        self._open: list[Any] = [out, err, link, report]
        self._reported = b""
        self._memory_kills = _count_memory_kills()
        self._pid = 0
        self.received = 0  # bytes of all it showed
        self.ending: Ending | None = None

    def __enter__(self) -> NotebookProcess:
        return self

    def __exit__(self, *unused: object) -> None:
        """Let it end, make it if it will not, and close what is open."""
        self.send({})
        until = time.monotonic() + _END
        while self.ending is None and time.monotonic() < until:
            self.read(until - time.monotonic())
        self.signal(signal.SIGKILL)
        self._link.close()
        for one in (*self._texts, self._report):
            os.close(one)

    def send(self, asked: dict[str, Any]) -> None:
        """Send a request; that a process has ended is noticed when its messages are read."""
        with contextlib.suppress(OSError):
            self._link.send_bytes(json.dumps(asked).encode())

    def read(self, timeout: float | None = None) -> dict[str, Any] | None:
        """The next message; None if `timeout` seconds passed, or the process ended.

        Args:
            timeout: Seconds to wait; None waits until there is one.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while self.ending is None:
            left = None if until is None else max(0.0, until - time.monotonic())
            ready = wait(self._open, left)
            if not ready:
                return None
            message = self._read_one(min(ready, key=self._open.index))
            if message is not None:
                return message
        return None

    def signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.ending is None and self._pid:
            with contextlib.suppress(OSError):
                os.kill(self._pid, number)

    def _read_one(self, source: Any) -> dict[str, Any] | None:
        if source in self._texts:
            return self._read_text(source)
        if source is self._link:
            return self._read_link()
        self._read_report()
        return None

    def _read_text(self, number: int) -> dict[str, Any] | None:
        name, decoder = self._texts[number]
        raw = os.read(number, _CHUNK)
        self.received += len(raw)
        if not raw:
            self._open.remove(number)
        text = decoder.decode(raw, final=not raw)
        return {"msg_type": "stream", "content": {"name": name, "text": text}} if text else None

    def _read_link(self) -> dict[str, Any] | None:
        try:
            raw = self._link.recv_bytes()
        except (EOFError, OSError):  # the process is gone, perhaps in the middle of a message
            self._open.remove(self._link)
            return None
        self.received += len(raw)
        try:
            message: dict[str, Any] = json.loads(raw)
        except ValueError:  # the notebook wrote into the link itself: nothing on it can be trusted
            self.signal(signal.SIGKILL)
            self._open.remove(self._link)
            return None
        return message

    def _read_report(self) -> None:
        raw = os.read(self._report, _CHUNK)
        self._reported += raw
        for line in self._reported.splitlines(keepends=True):
            if line.endswith(b"\n"):
                self._take_report(json.loads(line))
                self._reported = self._reported[len(line) :]
        if not raw and self.ending is None:
            self.ending = Ending(None)

    def _take_report(self, said: dict[str, Any]) -> None:
        if "pid" in said:
            self._pid = said["pid"]
        elif "fault" in said:
            self.ending = Ending(None, fault=said["fault"])
        else:
            is_memory = said["exit_code"] == -signal.SIGKILL and (
                _count_memory_kills() > self._memory_kills
            )
            self.ending = Ending(said["exit_code"], said["peak_mb"], is_memory)


def _count_memory_kills() -> int:
    """Processes the system has killed for want of memory since it started."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/vmstat").read_text().splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0
