"""The manifest of a quarter: what went in, what came out, with checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from dualtrack.pack.batch import PackResult

__all__ = ["hash_file", "hash_folder", "make_manifest", "write_manifest"]


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hash_folder(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files, in alphabetical order."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(hash_file(path).encode())
    return digest.hexdigest()


def make_manifest(
    folder: Path,
    results: Sequence[PackResult],
    sources: pd.DataFrame,
    row_outcomes: pd.DataFrame,
    *,
    quarter: str,
    as_of_date: pd.Timestamp,
    made_at: str,
    settings_sha256: str,
    notebooks: Sequence[Path],
    inputs: dict[str, str],
) -> dict[str, Any]:
    """What a quarter's folder holds and what it was made from.

    Args:
        folder: The quarter's folder with packs and snapshot in place.
        results: A result per pack.
        sources: The `sources` table.
        row_outcomes: The `row_outcomes` table.
        quarter: Such as `2026-Q3`.
        as_of_date: The day the exports show.
        made_at: ISO 8601.
        settings_sha256: Checksum of the settings in force.
        notebooks: Source notebooks.
        inputs: Checksums of all the packs rest on, by part: while they stay, the packs do.
    """
    counts = row_outcomes["outcome_type"].value_counts()
    return {
        "dualtrack": version("dualtrack"),
        "quarter": quarter,
        "as_of_date": f"{as_of_date:%Y-%m-%d}",
        "made_at": made_at,
        "settings_sha256": settings_sha256,
        "inputs": inputs,
        "snapshot_sha256": hash_folder(folder / "snapshot"),
        "notebooks": {path.name: hash_file(path) for path in notebooks},
        "sources": [
            {
                "source_file": one.source_file,
                "source_tool": one.source_tool,
                "row_count": int(one.row_count),
                "sha256": one.sha256,
            }
            for one in sources.itertuples()
        ],
        "row_accounting": {
            "read": int(sources["row_count"].sum()),
            **{str(name): int(count) for name, count in counts.items()},
        },
        "packs": [_describe(one) for one in results],
    }


def _describe(result: PackResult) -> dict[str, Any]:
    return {
        "name": result.job.name,
        "file": None if result.error else f"{result.job.slug}.html",
        "sha256": result.sha256 or None,
        "made_at": result.made_at or None,
        "status": "failed" if result.error else "done",
        "error": result.error or None,
        "seconds": round(result.seconds, 1),
    }


def write_manifest(manifest: dict[str, Any], path: Path) -> None:
    """Write the manifest as JSON."""
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
