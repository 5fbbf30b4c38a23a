"""The manifest of a quarter: what went in, what came out, with checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from dualtrack.pack.batch import PackResult
from dualtrack.pack.file_names import find_formats

__all__ = ["hash_file", "hash_folder", "hash_ingest", "make_manifest", "write_manifest"]

_INGEST = ("snapshot", "notebooks/once")


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hash_folder(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files, in alphabetical order."""
    digest = hashlib.sha256()
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    for name in sorted(names):
        digest.update(name.encode())
        digest.update(hash_file(folder / name).encode())
    return digest.hexdigest()


def hash_ingest(folder: Path) -> str:
    """SHA-256 of what a quarter's ingest left: its snapshot, and the executed notebooks.

    Args:
        folder: Of the quarter, or the work folder in which it is made.
    """
    parts = "".join(hash_folder(folder / name) for name in _INGEST)
    return hashlib.sha256(parts.encode()).hexdigest()


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
    definitions: dict[str, str],
    told: Mapping[str, tuple[dict[str, Any], Sequence[tuple[str, str, float]]]],
    certificate: dict[str, Any],
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
        definitions: What the headline numbers mean, by name.
        told: Slug to the facts of a pack and its amounts by quantity and track.
        certificate: Whether the packs hold together.
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
        "ingest_sha256": hash_ingest(folder),
        "notebooks_sha256": hash_folder(folder / "notebooks"),
        "index_sha256": hash_file(folder / "index.html"),
        "definitions": definitions,
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
        "certificate": certificate,
        "packs": [_describe(one, *told.get(one.job.slug, ({}, ()))) for one in results],
    }


def _describe(
    result: PackResult, facts: dict[str, Any], sums: Sequence[tuple[str, str, float]]
) -> dict[str, Any]:
    return {
        "name": result.job.name,
        "unit_name": str(result.job.parameters.get("unit_name", "")),
        "file": None if result.error else f"{result.job.slug}.html",
        "sha256": result.sha256 or None,
        "run_sha256": result.run_sha256 or None,
        "made_at": result.made_at or None,
        "status": "failed" if result.error else "done",
        "error": result.error or None,
        "seconds": round(result.seconds, 1),
        "formats": sorted(find_formats(result.job.slug, result.files)),
        "files": result.files,
        "facts": facts,
        "sums": [list(one) for one in sums],
    }


def write_manifest(manifest: dict[str, Any], path: Path) -> None:
    """Write the manifest as JSON."""
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
