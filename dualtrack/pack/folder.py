"""A quarter's folder appears whole or not at all; what an interrupted run finished stays for it."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["make_slugs", "whole_folder", "work_folder"]

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

    What stood at `target` before is replaced then, and left as it was if anything failed. One
    process at a time may do this (`dualtrack.pack.lock`).

    Args:
        target: The folder to make.
        is_worth_keeping: Whether a work folder whose run failed stays for the next one, which is
            given it as it is; what a killed run left always does.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    work = work_folder(target)
    old = target.parent / f".{target.name}.old"
    _mend(target, old)
    work.mkdir(exist_ok=True)
    try:
        yield work
        if target.exists():
            target.rename(old)
        work.rename(target)
    except BaseException:
        _mend(target, old)
        if work.exists() and not is_worth_keeping(work):
            shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _mend(target: Path, old: Path) -> None:
    """Undo a change of folders that was cut off between its two steps."""
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


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
