"""The warm parent of this process: started when first needed, or ahead of that, and kept."""

from __future__ import annotations

import atexit
import json
import logging
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path

from dualtrack.pack.warm.process import NotebookProcess

__all__ = ["can_fork", "fork_process", "start_warm_parent", "stop_warm_parent"]

log = logging.getLogger(__name__)

# Native libraries must not start threads before the fork; MPLBACKEND is what kernels have too.
_ENVIRON = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
# A second and more to import, and nothing the notebooks of most packs need: word and module.
_HEAVY = {"seaborn": "seaborn", "scipy": "scipy.stats"}
_START = 120.0  # seconds a warm parent may take to import on a busy machine
_STOP = 10.0  # seconds it may take to end the processes it forked
_MESSAGE_SIZE = 4096


class _WarmParent:
    def __init__(self, also: Iterable[str] = ()) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        number = theirs.fileno()
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("zygote.py")), str(number), *also],
            pass_fds=(number,),
            env={**os.environ, **_ENVIRON},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us; we end it
        )
        theirs.close()
        self.owner = os.getpid()
        self._is_ready, self._fault = False, ""
        self._lock = threading.Lock()

    @property
    def is_usable(self) -> bool:
        """False once it is gone, or in a process forked from ours; a faulty one is not retried."""
        is_there = self.process.poll() is None or bool(self._fault)
        return is_there and self.owner == os.getpid()

    def fork(self) -> NotebookProcess:
        with self._lock:
            if not self._is_ready:
                self._await_ready()
            ours, theirs = socket.socketpair()
            pipes = [os.pipe() for _ in ("stdout", "stderr", "report")]
            written = [theirs.fileno(), *(pipe[1] for pipe in pipes)]
            try:
                socket.send_fds(self._control, [b"fork"], written)
            except OSError:
                ours.close()
                for pipe in pipes:
                    os.close(pipe[0])
                raise
            finally:
                theirs.close()
                for pipe in pipes:
                    os.close(pipe[1])
        return NotebookProcess(Connection(ours.detach()), *(pipe[0] for pipe in pipes))

    def _await_ready(self) -> None:
        if self._fault:
            raise OSError(self._fault)
        self._control.settimeout(_START)
        try:
            raw = self._control.recv(_MESSAGE_SIZE)
        except TimeoutError:
            raw = b""
        threads = json.loads(raw)["threads"] if raw else []
        if not raw or threads:
            self._fault = f"it has threads of its own: {threads}" if raw else "it did not start"
            log.warning("No warm process (%s); ordinary kernels run the notebooks.", self._fault)
            raise OSError(self._fault)
        self._control.settimeout(None)
        self._is_ready = True

    def stop(self) -> None:
        self._control.close()
        if self.owner == os.getpid():
            if not self._is_ready:
                self.process.kill()  # still importing, it would notice late
            try:
                self.process.wait(_STOP)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


_parent: _WarmParent | None = None
_parent_lock = threading.Lock()


def can_fork() -> bool:
    """True where a warm process can be forked safely.

    Windows has no fork; on macOS system libraries may crash in the forked process.
    """
    return sys.platform == "linux"


def start_warm_parent(notebooks: Iterable[Path] = ()) -> None:
    """Start the warm parent if there is none, without waiting until it is warm.

    Args:
        notebooks: Those it will run; what heavy packages they import, it imports once for all.
    """
    global _parent
    with _parent_lock:
        if _parent is None or not _parent.is_usable:
            _parent = _WarmParent(_heavy_imports(notebooks))


def _heavy_imports(notebooks: Iterable[Path]) -> list[str]:
    """Heavy modules that a line of the notebooks imports; JSON writes its ends as letters."""
    texts = [path.read_text(encoding="utf-8") for path in notebooks if path.is_file()]
    texts = [text for text in texts if any(word in text for word in _HEAVY)]  # few do; megabytes
    lines = [line for text in texts for line in text.replace("\\n", "\n").splitlines()]
    wanted = {word: re.compile(rf'\s*"?(?:import|from)\b.*\b{word}\b') for word in _HEAVY}
    return [_HEAVY[word] for word, sign in wanted.items() if any(map(sign.match, lines))]


def fork_process() -> NotebookProcess:
    """Fork a process for a notebook.

    Raises:
        OSError: The warm parent cannot be started, or is not safe to fork; the message says why.
    """
    try:
        return _fork_once()
    except ConnectionError:  # it was killed since the last notebook
        return _fork_once()


def _fork_once() -> NotebookProcess:
    start_warm_parent()
    assert _parent is not None
    return _parent.fork()


def stop_warm_parent() -> None:
    """End the warm parent and every process it forked."""
    global _parent
    with _parent_lock:
        if _parent is not None:
            _parent.stop()
        _parent = None


atexit.register(stop_warm_parent)
