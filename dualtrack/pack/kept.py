"""What earlier runs made and a new one may keep: a finished quarter, or an interrupted one's part.

While a quarter is made, its work folder tells after each pack what is done (`progress.json`); when
it is whole, its manifest tells. Both say what the packs were made from.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dualtrack.pack.batch import PackJob, PackResult
from dualtrack.pack.inputs import INGEST_PARTS, changed_parts
from dualtrack.pack.manifest import hash_file, hash_folder, hash_ingest

__all__ = [
    "INGEST_FOLDER",
    "MANIFEST_FILE",
    "PROGRESS_FILE",
    "KeptPack",
    "KeptQuarter",
    "read_kept",
    "write_progress",
]

INGEST_FOLDER = "notebooks/once"
PROGRESS_FILE = "progress.json"
MANIFEST_FILE = "manifest.json"
_PACK_KEYS = ("name", "made_at", "seconds", "sha256", "run_sha256", "files")


@dataclass(frozen=True)
class KeptPack:
    """A pack that is there: when it was made, how long it took, its checksums."""

    name: str
    made_at: str
    seconds: float
    sha256: str
    run_sha256: str
    files: dict[str, str]


@dataclass(frozen=True)
class KeptQuarter:
    """What a folder holds of a quarter.

    Attributes:
        folder: Where.
        inputs: What it was made from; empty if there is nothing.
        packs: Slug to finished pack; its file is what it was when it was made.
    """

    folder: Path
    inputs: dict[str, str] = field(default_factory=dict)
    packs: dict[str, KeptPack] = field(default_factory=dict)

    def has_snapshot_for(self, inputs: dict[str, str]) -> bool:
        """True if its snapshot is made from these inputs."""
        is_same = all(self.inputs.get(part) == inputs[part] for part in INGEST_PARTS)
        return is_same and (self.folder / INGEST_FOLDER).is_dir()

    def has_packs_for(self, inputs: dict[str, str]) -> bool:
        """True if its packs are made from these inputs."""
        return bool(self.inputs) and not changed_parts(self.inputs, inputs)

    def find_packs(self, jobs: Iterable[PackJob]) -> dict[str, PackResult]:
        """The jobs whose packs are here, slug to result, with where and when they were made."""
        return {
            job.slug: PackResult(
                job,
                pack.seconds,
                is_kept=True,
                made_at=pack.made_at,
                sha256=pack.sha256,
                run_sha256=pack.run_sha256,
                files=dict(pack.files),
            )
            for job in jobs
            if (pack := self.packs.get(job.slug)) and pack.name == job.name
        }

    def hand_over(self, target: Path, *parts: str) -> None:
        """Link parts of the folder into another, or copy them where links cannot be made."""
        for part in parts:
            source, copy = self.folder / part, target / part
            if source == copy:
                continue
            if source.is_dir():
                shutil.copytree(source, copy, copy_function=_link, dirs_exist_ok=True)
            else:
                _link(str(source), str(copy))


def read_kept(folder: Path) -> KeptQuarter:
    """What a folder holds; nothing if it is not there, or was damaged."""
    for name in (PROGRESS_FILE, MANIFEST_FILE):
        try:
            told = json.loads((folder / name).read_text(encoding="utf-8"))
            packs = {
                Path(one["file"]).stem: KeptPack(**{key: one[key] for key in _PACK_KEYS})
                for one in told["packs"]
                if one["file"] and _is_whole(folder, one)
            }
            if hash_ingest(folder) == told["ingest_sha256"]:
                return KeptQuarter(folder, dict(told["inputs"]), packs)
        except (OSError, ValueError, KeyError, TypeError):
            continue  # not there, or written by another version: made anew then
    return KeptQuarter(folder)


def _is_whole(folder: Path, told: dict[str, Any]) -> bool:
    run = folder / "notebooks" / Path(told["file"]).stem
    files = {told["file"]: told["sha256"], **told["files"]}
    return hash_folder(run) == told["run_sha256"] and all(
        (folder / name).is_file() and hash_file(folder / name) == str(sha256)
        for name, sha256 in files.items()
    )


def write_progress(
    folder: Path, inputs: dict[str, str], results: list[PackResult], *, ingest_sha256: str
) -> None:
    """Tell what is done so far; the file is replaced at once, so it is never half written.

    Nothing it tells of need be on the disk yet: who reads it compares the checksums.

    Args:
        folder: Work folder of the quarter; its snapshot is complete.
        inputs: What it is made from.
        results: Packs that were run or kept.
        ingest_sha256: As `hash_ingest` returns.
    """
    packs = [
        {
            "name": one.job.name,
            "file": f"{one.job.slug}.html",
            "sha256": one.sha256,
            "run_sha256": one.run_sha256,
            "made_at": one.made_at,
            "seconds": one.seconds,
            "files": one.files,
        }
        for one in results
        if not one.error
    ]
    new = folder / f".{PROGRESS_FILE}.new"
    told = {"inputs": inputs, "ingest_sha256": ingest_sha256, "packs": packs}
    new.write_text(json.dumps(told), encoding="utf-8")
    new.replace(folder / PROGRESS_FILE)


def _link(source: str, target: str) -> None:
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
