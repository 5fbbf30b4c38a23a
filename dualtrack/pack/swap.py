"""Steps of the file system that a power cut cannot leave half done: swap two folders, sync a tree.

`os` knows neither the swap of Linux (`renameat2`, 3.15) nor that of macOS (`renamex_np`, 10.12).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

__all__ = ["exchange", "sync_folder", "sync_tree"]

_HERE = -100  # AT_FDCWD of linux/fcntl.h: paths are from the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h, RENAME_SWAP of sys/stdio.h on macOS
# What a system or a file system without the swap says (rename(2), section ERRORS).
_UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

# Windows syncs no file that is open for reading only; elsewhere a read-only file can be synced.
_SYNC_MODE = "rb" if os.name == "posix" else "r+b"


def exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders at one stroke.

    Returns:
        False where this system or file system cannot; nothing is changed then.

    Raises:
        OSError: It can, and was refused.
    """
    name = {"linux": "renameat2", "darwin": "renamex_np"}.get(sys.platform, "")
    swap = getattr(ctypes.CDLL(None, use_errno=True), name, None) if name else None
    if swap is None:
        return False
    first, second = os.fsencode(one), os.fsencode(other)
    if name == "renameat2":
        failed = swap(_HERE, first, _HERE, second, ctypes.c_uint(_EXCHANGE))
    else:
        failed = swap(first, second, ctypes.c_uint(_EXCHANGE))
    number = ctypes.get_errno()
    if failed and number not in _UNKNOWN:
        raise OSError(number, os.strerror(number), str(other))
    return not failed


def sync_tree(folder: Path) -> None:
    """Have every file below a folder, and its name, on the disk when this returns."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open(_SYNC_MODE) as file:
                os.fsync(file.fileno())
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; nothing where folders cannot be opened."""
    if os.name != "posix":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
