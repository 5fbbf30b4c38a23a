"""The shell of a forked process: an ordinary kernel's, without its sockets and threads.

What it would publish (streams, displays, results, errors, comms) goes over one link to the process
that records the notebook, as Jupyter's own messages.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import comm
from comm.base_comm import BaseComm
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session

__all__ = ["LinkSession", "dress_shell"]

# Text may wait for more: a message for each printed line would cost more than the line.
_FLUSH_AFTER = 0.05  # seconds
_FLUSH_SIZE = 65_536  # characters
_FLUSHED_LINES = 200  # of a cell, before that


class LinkSession(Session):
    """What the shell takes for its Jupyter session; its messages go over the link."""

    owner, cell_id = 0, ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.lock = threading.RLock()

    def connect(self, link: Connection) -> None:
        """Send over this link from now on, and from this process only."""
        self.link, self.owner = link, os.getpid()

    def send(
        self,
        stream: object,
        msg_or_type: Any,
        content: dict[str, Any] | None = None,
        parent: object = None,
        ident: object = None,
        buffers: Any = None,
        track: bool = False,
        header: object = None,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any] | None:
        """Post a message as Jupyter's shell does; only its type and content matter here."""
        if isinstance(msg_or_type, str):
            self.post(msg_or_type, content or {}, metadata=metadata, buffers=buffers)
        else:
            kind, rest = msg_or_type["header"]["msg_type"], msg_or_type.get("metadata")
            self.post(kind, msg_or_type["content"], metadata=rest, buffers=buffers)
        return None

    def post(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        metadata: dict[str, Any] | None = None,
        buffers: Any = None,
    ) -> None:
        """Write one message to the link.

        Args:
            kind: Jupyter's message type.
            content: Jupyter's content for it.
            metadata: Jupyter's metadata.
            buffers: Bytes that go with it.
        """
        if os.getpid() != self.owner:
            return  # not connected; or a process the notebook forked, which would break into ours
        message = {
            "msg_type": kind,
            "content": content,
            "metadata": metadata or {},
            "cell_id": self.cell_id,
            "buffers": [bytes(one).hex() for one in buffers or ()],
        }
        packed = self.pack(message)
        with self.lock:
            try:
                # Ctrl-C in the middle of a message would leave half of it on the link.
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
                self.link.send_bytes(packed)
            finally:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


class LinkStream(io.TextIOBase):
    """Standard output or error of the cells, in order with everything else they show."""

    def __init__(self, session: LinkSession, name: str, number: int) -> None:
        self.session, self.name, self.number = session, name, number
        self.lock = session.lock
        self.other: LinkStream | None = None
        self._waiting: list[str] = []
        self._size, self._lines, self._cell_id = 0, 0, ""
        self._flushed_at = 0.0

    encoding = "UTF-8"
    errors = "strict"

    def fileno(self) -> int:
        """The file number behind it, which is captured too."""
        return self.number

    def writable(self) -> bool:
        """True: text can be written."""
        return True

    def write(self, text: str) -> int:
        """Take text; it is sent when the cell shows something else, ends, or a moment passed.

        The first lines of a cell are sent at once: they may be its last, if its process dies.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() != self.session.owner:
            return os.write(self.number, text.encode()) and len(text)
        with self.lock:
            if self.other is not None:
                self.other.flush()
            if self._cell_id != self.session.cell_id:
                self._cell_id, self._lines = self.session.cell_id, 0
            self._waiting.append(text)
            self._size += len(text)
            self._lines += text.endswith("\n")
            is_early = text.endswith("\n") and self._lines <= _FLUSHED_LINES
            is_late = time.monotonic() - self._flushed_at > _FLUSH_AFTER
            if is_early or is_late or self._size > _FLUSH_SIZE:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what waits."""
        if os.getpid() != self.session.owner:
            return
        with self.lock:
            text, self._waiting, self._size = "".join(self._waiting), [], 0
            self._flushed_at = time.monotonic()
            if text:
                self.session.post("stream", {"name": self.name, "text": text})


def dress_shell(shell: ZMQInteractiveShell) -> None:
    """Give a bare shell streams, displays and comms that go over a link, once one is connected.

    Args:
        shell: Made before any other import; libraries look for it when they are imported.
    """
    # `%matplotlib inline` comes by here; no window has a place in a batch.
    shell.enable_gui = lambda gui=None: setattr(  # type: ignore[method-assign]
        shell, "active_eventloop", gui
    )
    session = LinkSession(key=b"")
    for publisher in (shell.displayhook, shell.display_pub):
        publisher.set_trait("session", session)
    sys.stdout = out = LinkStream(session, "stdout", 1)
    sys.stderr = err = LinkStream(session, "stderr", 2)
    out.other, err.other = err, out
    comm.create_comm = _comm_maker(session)


def _comm_maker(session: LinkSession) -> Callable[..., BaseComm]:
    class LinkComm(BaseComm):
        def publish_msg(
            self,
            msg_type: str,
            data: Any = None,
            metadata: Any = None,
            buffers: Any = None,
            **keys: Any,
        ) -> None:
            content = json_clean({"data": data or {}, "comm_id": self.comm_id, **keys})
            session.post(msg_type, content, metadata=json_clean(metadata or {}), buffers=buffers)

    return LinkComm
