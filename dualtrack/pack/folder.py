"""A quarter's folder appears whole or not at all; what an interrupted run finished stays for it."""

from __future__ import annotations

import contextlib
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dualtrack.pack.swap import exchange, sync_folder, sync_tree

__all__ = ["make_slugs", "mend_folder", "remove_folder", "whole_folder", "work_folder"]

_LONGEST = 60
_RESERVED = {
    "index",
    "once",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"com{n}" for n in range(1, 10)),
    *(f"lpt{n}" for n in range(1, 10)),
}


def work_folder(target: Path) -> Path:
    """The folder beside `target` in which it is made."""
    return target.parent / f".{target.name}.making"


@contextmanager
def whole_folder(
    target: Path, *, is_worth_keeping: Callable[[Path], bool] = lambda work: False
) -> Iterator[Path]:
    """Give a work folder beside `target`; it takes the target's place when all went well.

    What stood at `target` before is replaced then, and left as it was if anything failed. All
    files are on the disk before that, so that a power cut leaves the old folder or the new one. One
    process at a time may do this (`dualtrack.pack.lock`).

    Args:
        target: The folder to make.
        is_worth_keeping: Whether a work folder whose run failed stays for the next one, which is
            given it as it is; what a killed run left always does.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    work = work_folder(target)
    mend_folder(target)
    work.mkdir(exist_ok=True)
    is_done = False
    try:
        yield work
        sync_tree(work)
        _take_place(work, target)
        is_done = True
    finally:
        if not is_done:
            with contextlib.suppress(OSError):  # what went wrong first is what is told
                mend_folder(target)
            if work.exists() and not is_worth_keeping(work):
                remove_folder(work)


def mend_folder(target: Path) -> None:
    """Undo or clear up a change of folders that was cut off between its steps.

    Args:
        target: Its lock is held (`dualtrack.pack.lock`).
    """
    old = _old_folder(target)
    if old.exists() and not target.exists():
        old.rename(target)
    remove_folder(old)


def _take_place(work: Path, target: Path) -> None:
    old = _old_folder(target)
    if not target.exists():
        work.rename(target)
    elif exchange(work, target):
        # The new folder is in its place: what goes wrong from here on is for the next run to clear.
        with contextlib.suppress(OSError, MemoryError):
            work.rename(old)
    else:  # not at one stroke, but undone by whoever comes next
        target.rename(old)
        work.rename(target)
    with contextlib.suppress(OSError, MemoryError):
        sync_folder(target.parent)
    remove_folder(old)


def _old_folder(target: Path) -> Path:
    return target.parent / f".{target.name}.old"


def remove_folder(folder: Path) -> None:
    """Remove a folder, or a link to one, as far as that can be done: the next run tries again."""
    with contextlib.suppress(OSError, MemoryError):
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder, ignore_errors=True)


def make_slugs(names: Iterable[str]) -> dict[str, str]:
    """File names for units: plain letters and digits, unique, never a path or a reserved word."""
    slugs: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:_LONGEST] or "unit"
        base = f"unit-{base}" if base in _RESERVED else base
        slug, number = base, 2
        while slug in slugs.values():
            slug, number = f"{base}-{number}", number + 1
        slugs[name] = slug
    return slugs
