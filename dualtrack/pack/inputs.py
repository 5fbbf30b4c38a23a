"""What a quarter's packs are made from, each part as a checksum: same parts, same packs."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from dualtrack.config import Settings

__all__ = ["INGEST_PARTS", "changed_parts", "measure_inputs"]

# What the snapshot rests on; the packs rest on the others too.
INGEST_PARTS = ("exports", "earlier exports", "settings", "decisions", "code", "ingest notebooks")
# How notebooks are run, and in which formats they are written, changes nothing of what they show.
_RUN_SETTINGS = {"engine", "cell_timeout_s", "notebook_timeout_s", "memory_mb", "formats"}
# Answers of a second reader (`dualtrack.sorting.second_reader.cache`): they can settle projects.
_ANSWERS_FILE = ".dualtrack/second_reader.jsonl"
_LONGEST_NAME = 255
_CODE = {".py", ".toml", ".csv", ".json", ".html", ".css", ".js", ".typ"}


def measure_inputs(
    settings: Settings,
    quarter: str,
    *,
    ingest_notebooks: Iterable[Path],
    pack_notebooks: Iterable[Path],
    parameters: dict[str, Any],
    issued: dict[str, Any] | None = None,
) -> dict[str, str]:
    """Checksum of everything a pack rests on, by part.

    Args:
        settings: `portfolio.toml`.
        quarter: Such as `2026-Q3`.
        ingest_notebooks: Those that leave the snapshot.
        pack_notebooks: Those each pack is made of.
        parameters: Given to the pack notebooks on the command line.
        issued: What is compared with of the quarter before; empty if it was not issued.
    """
    export_dir = settings.export_dir(quarter)
    exports = sorted(path for path in export_dir.rglob("*") if path.is_file())
    if export_dir.is_file():
        exports, export_dir = [export_dir], export_dir.parent
    earlier = settings.earlier_export_dirs(quarter).values()
    before = sorted(path for one in earlier for path in one.rglob("*") if path.is_file())
    shown = settings.model_dump(mode="json", exclude={"root": True, "pack": _RUN_SETTINGS})
    return {
        "exports": _hash_files(exports, export_dir),
        "earlier exports": _hash_files(before),
        "settings": _hash_text(json.dumps([quarter, shown], sort_keys=True)),
        "decisions": _hash_files(_named_files(settings)),
        "code": _hash_code(),
        "ingest notebooks": _hash_files(ingest_notebooks),
        "pack notebooks": _hash_files(pack_notebooks),
        "parameters": _hash_text(json.dumps(parameters, sort_keys=True)),
        "earlier pack": _hash_text(json.dumps(_compared(issued or {}), sort_keys=True)),
    }


def _compared(issued: dict[str, Any]) -> list[Any]:
    """Of an issued quarter, what a pack shows."""
    packs = {
        name: [one.get("facts"), one.get("sums")] for name, one in issued.get("packs", {}).items()
    }
    return [issued.get("quarter"), issued.get("definitions"), packs]


def changed_parts(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Names of the parts that are not what they were, in their order."""
    return [name for name in now if before.get(name) != now[name]]


def _named_files(settings: Settings) -> list[Path]:
    """Files the settings name (decisions, matches, criteria, column maps), and kept answers."""
    named = {*_texts(settings.model_dump(mode="json", exclude={"root"})), _ANSWERS_FILE}
    return [path for name in sorted(named) if (path := settings.path(name)).is_file()]


def _texts(value: Any) -> Iterator[str]:
    """Every text in settings, however deep, that could be a file's name."""
    if isinstance(value, str) and value and "\n" not in value and len(value) < _LONGEST_NAME:
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _hash_code() -> str:
    """The package, Python, and the versions of all it depends on."""
    package = Path(str(resources.files("dualtrack")))
    files = sorted(path for path in package.rglob("*") if path.suffix in _CODE)
    names = [
        re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in metadata.requires("dualtrack") or ()
    ]
    versions = {}
    for name in names:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # an extra that is not installed
            versions[name] = ""
    return _hash_text(json.dumps([sys.version, versions, _hash_files(files, package)]))


def _hash_files(paths: Iterable[Path], root: Path | None = None) -> str:
    digest = hashlib.sha256()
    for path in paths:
        name = path.relative_to(root).as_posix() if root else path.name
        with path.open("rb") as file:
            digest.update(f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return digest.hexdigest()


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
