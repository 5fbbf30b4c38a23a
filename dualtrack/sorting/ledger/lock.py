"""One writer at a time: a lock on a file beside the one that is written."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dualtrack.errors import SortingError

__all__ = ["hold_lock"]

WAIT_SECONDS = 30.0  # a line takes milliseconds; who waits this long waits for a hung program
_RETRY_SECONDS = 0.01

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def hold_lock(path: Path, *, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of a file while the block runs.

    The lock is the system's, on an empty file `.NAME.lock` beside it: it ends with the process that
    holds it, so none is ever left behind. The file stays; removing it would let two writers in.

    Args:
        path: The file that is written.
        wait_seconds: How long to wait for another writer.

    Raises:
        SortingError: Another program held it all that time, or the folder cannot be written.
    """
    beside = path.with_name(f".{path.name}.lock")
    try:
        file = os.open(beside, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as fault:
        raise SortingError(
            f"{beside}: cannot be written ({fault.strerror}). Check the folder and your rights."
        ) from fault
    try:
        _wait_for(file, path, time.monotonic() + wait_seconds)
        try:
            yield
        finally:
            _unlock(file)
    finally:
        os.close(file)


def _wait_for(file: int, path: Path, until: float) -> None:
    while True:
        try:
            return _try_lock(file)
        except OSError as fault:
            if time.monotonic() >= until:
                raise SortingError(
                    f"{path}: another program is writing it ({fault.strerror}). Try again; if it "
                    f"stays so, close the program."
                ) from fault
            time.sleep(_RETRY_SECONDS)
