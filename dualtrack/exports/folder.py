"""Which files of a folder are exports."""

from __future__ import annotations

import logging
from pathlib import Path

from dualtrack.errors import ExportError

__all__ = ["is_export", "list_exports"]

log = logging.getLogger(__name__)

_NOT_EXPORTS = {".md", ".toml", ".json5"}


def list_exports(folder: Path) -> list[Path]:
    """Files of a folder that count as exports: no hidden files, no notes, no settings.

    Folders in it are not looked into.

    Raises:
        ExportError: The folder holds a link, which could lead anywhere, or what is no file at all.
    """
    found = [path for path in sorted(folder.iterdir()) if is_export(path)]
    odd = [path for path in found if path.is_symlink() or not (path.is_file() or path.is_dir())]
    if odd:
        names = ", ".join(repr(path.name) for path in odd)
        raise ExportError(
            f"{folder}: {names} {'are no plain files' if len(odd) > 1 else 'is no plain file'} "
            f"(a link, a pipe or a device). Copy the file itself into the folder."
        )
    for path in found:
        if path.is_dir() and path.suffix:
            log.warning("%s: a folder, not read, though its name is a file's", path)
    return [path for path in found if path.is_file()]


def is_export(path: Path) -> bool:
    """Whether a file may be an export, by its name alone."""
    is_hidden = path.name.startswith((".", "~$"))
    return not is_hidden and path.suffix.lower() not in _NOT_EXPORTS
