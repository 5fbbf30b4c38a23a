"""An issued quarter rendered again from its snapshot, with the dates it was issued with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dualtrack.errors import PackError
from dualtrack.pack.manifest import hash_folder

__all__ = ["FrozenQuarter", "compare_files", "read_frozen"]


@dataclass(frozen=True)
class FrozenQuarter:
    """What is taken over from an issued quarter.

    Attributes:
        folder: Of the quarter.
        quarter: Its name; blank where no manifest says.
        inputs: What it was made from.
        made_at: Name of a pack to when it was made; the quarter's own under a blank name.
        files: File to checksum, of all its packs.
        formats: Those it was written in.
    """

    folder: Path
    quarter: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    made_at: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()


def read_frozen(folder: Path) -> FrozenQuarter:
    """Read an issued quarter.

    Args:
        folder: `reports/2026-Q3`, or the snapshot in it.

    Raises:
        PackError: It holds no snapshot, or one that is not what it was when it was issued.
    """
    own = folder.parent if folder.name == "snapshot" else folder
    if not (own / "snapshot").is_dir():
        raise PackError(
            f"{folder}: no snapshot here. Give the folder of an issued quarter, such as "
            f"reports/2026-Q3."
        )
    try:
        told: dict[str, Any] = json.loads((own / "manifest.json").read_text(encoding="utf-8"))
        done = [one for one in told["packs"] if one["status"] == "done"]
        frozen = FrozenQuarter(
            own,
            str(told["quarter"]),
            dict(told["inputs"]),
            {"": str(told["made_at"])} | {one["name"]: str(one["made_at"]) for one in done},
            {name: sha for one in done for name, sha in one["files"].items()},
            tuple(done[0]["formats"]) if done else (),
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise PackError(
            f"{own / 'manifest.json'}: missing, or of another version ({fault!r}). A snapshot "
            f"without its manifest cannot be shown to be the one that was issued."
        ) from fault
    if hash_folder(own / "snapshot") != told["snapshot_sha256"]:
        raise PackError(
            f"{own / 'snapshot'}: not what was issued, its checksum differs from the manifest's. "
            f"Take it from a copy of the quarter; `dualtrack verify {own}` says more."
        )
    return frozen


def compare_files(frozen: FrozenQuarter, made: dict[str, str]) -> tuple[list[str], list[str]]:
    """Files rendered again against those issued.

    Args:
        frozen: The issued quarter.
        made: File to checksum.

    Returns:
        Files of the same bytes, and files that differ; those only one of them has are left out.
    """
    both = sorted(set(frozen.files) & set(made))
    same = [name for name in both if frozen.files[name] == made[name]]
    return same, [name for name in both if frozen.files[name] != made[name]]
