"""A lock on a quarter's folder: two batches never write into one folder at the same time.

The system holds it for the process, so that the lock of a process that died is free at once; what
the lock file says is for the message.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dualtrack.errors import PackError

__all__ = ["folder_lock"]

# What a lock that another process holds is refused with; EDEADLK on Windows (_locking).
_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


@contextlib.contextmanager
def folder_lock(target: Path) -> Iterator[None]:
    """Hold the lock of a folder, in a file beside it.

    Args:
        target: The folder; it need not exist.

    Raises:
        PackError: Another batch holds it; the message says which.
    """
    path = target.parent / f".{target.name}.lock"
    target.parent.mkdir(parents=True, exist_ok=True)
    file = _open_locked(path)
    try:
        now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {now}\n".encode())
        file.flush()
        yield
    finally:
        # Removed while it is held: whoever opened it meanwhile sees that it is gone.
        with contextlib.suppress(OSError, MemoryError):
            path.unlink()
        file.close()


def _open_locked(path: Path) -> IO[bytes]:
    while True:
        file = path.open("a+b")
        try:
            _lock(file)
        except OSError as fault:
            if fault.errno not in _HELD:
                file.close()
                raise
            file.seek(0)
            holder = file.read().decode(errors="replace").strip() or "another process"
            file.close()
            raise PackError(
                f"{path.parent / path.name[1:-5]}: another batch is writing this folder "
                f"({holder}). Wait for it, or end it and run this again: what it has finished "
                f"will be taken over."
            ) from None
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()


if sys.platform == "win32":
    import msvcrt

    # Beyond the text, which must stay readable: Windows keeps others from a locked place.
    _PLACE = 4096

    def _lock(file: IO[bytes]) -> None:
        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
