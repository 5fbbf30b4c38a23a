"""A quarter's folder appears whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["make_slugs", "whole_folder"]

_LONGEST = 60
_RESERVED = {
    "index",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"com{n}" for n in range(1, 10)),
    *(f"lpt{n}" for n in range(1, 10)),
}


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a work folder beside `target`; it takes the target's place when all went well.

    What stood at `target` before is replaced then, and left as it was if anything failed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    work = target.parent / f".{target.name}.making-{os.getpid()}"
    old = target.parent / f".{target.name}.old-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        yield work
        if target.exists():
            target.rename(old)
        work.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
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
