"""Every stop of dualtrack: one family, so a caller can catch it whole.

An error says which file, what was found and what to do. It is raised when no answer is
possible; a wrong row is not an error but a row in the `issues` table. What the system refuses (a
full disk, a file another program holds) is told the same way: `tell_fault`.
"""

from __future__ import annotations

import errno
import os

__all__ = [
    "ConfigError",
    "DualtrackError",
    "ExportError",
    "PackError",
    "RecordError",
    "SortingError",
    "advise",
    "is_storage_fault",
    "tell_fault",
]

_HELD = "Close it where it is open, such as in a spreadsheet, and check your rights to it"
_ADVICE = {
    errno.ENOSPC: "Make room there",
    errno.EDQUOT: "Make room there, or have your quota raised",
    errno.EROFS: "It is on a read-only file system: write elsewhere, or have it made writable",
    errno.EIO: "Check the disk, or the network it is reached by",
    errno.EACCES: _HELD,
    errno.EPERM: _HELD,
    errno.EBUSY: _HELD,
    errno.ENOENT: "It was moved or deleted meanwhile; put it back",
    errno.EMFILE: "Close programs, or raise the limit of open files (ulimit -n)",
    errno.ENAMETOOLONG: "Work in a folder with a shorter path",
}
_CLASSES: dict[type[OSError], int] = {
    FileNotFoundError: errno.ENOENT,
    PermissionError: errno.EACCES,
}
# With these nothing else can be written either.
_STORAGE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


class DualtrackError(Exception):
    """Something the reader of the message can mend; shown without a traceback."""


class ConfigError(DualtrackError):
    """`portfolio.toml` or another settings file cannot be used."""


class ExportError(DualtrackError):
    """An export file cannot be read or recognised."""


class RecordError(DualtrackError):
    """Tidy tables break their declared shape."""


class SortingError(DualtrackError):
    """Criteria, labels or decisions cannot be used for the sort."""


class PackError(DualtrackError):
    """A notebook or pack cannot be run or written."""


def is_storage_fault(fault: OSError) -> bool:
    """True for a disk that is full, read-only or failing: the next file would fare the same."""
    return fault.errno in _STORAGE


def advise(number: int) -> str:
    """What to do about what the system refused; blank where there is nothing to say.

    Args:
        number: Its number, one of `errno`.
    """
    return _ADVICE.get(number, "")


def tell_fault(fault: OSError | MemoryError) -> str:
    """What the system refused, in words: which file, what was found, what to do; one sentence each.

    Args:
        fault: As Python raised it.
    """
    if isinstance(fault, MemoryError):
        return "out of memory. Close programs, use fewer workers, or a machine with more memory."
    by_class = (
        number for kind, number in _CLASSES.items() if isinstance(fault, kind) and not fault.errno
    )
    number = fault.errno or next(by_class, 0)  # libraries raise it with no more than a text
    advice = advise(number)
    where = fault.filename or ("" if fault.errno else str(fault))
    found = fault.strerror or (os.strerror(number) if number else "")
    told = ": ".join(str(one) for one in (where, found) if one)
    return f"{told}." + (f" {advice}." if advice else "")
