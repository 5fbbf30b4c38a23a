"""The sort of a quarter, kept beside its portfolio snapshot."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["read_sorting_snapshot", "write_sorting_snapshot"]


def write_sorting_snapshot(sorting: pd.DataFrame, evidence: pd.DataFrame, folder: Path) -> None:
    """Write the sort beside the portfolio snapshot.

    Args:
        sorting: The `sorting` table.
        evidence: The `evidence` table.
        folder: Folder of the snapshot.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sorting.to_parquet(folder / "sorting.parquet", index=False)
    evidence.to_parquet(folder / "evidence.parquet", index=False)
    counts = {str(track): int(count) for track, count in sorting["track"].value_counts().items()}
    (folder / "sorting.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


def read_sorting_snapshot(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The `sorting` and `evidence` tables that `write_sorting_snapshot` wrote."""
    sorting = conform(
        pd.read_parquet(folder / "sorting.parquet", use_threads=False), TABLES["sorting"]
    )
    evidence = conform(
        pd.read_parquet(folder / "evidence.parquet", use_threads=False), TABLES["evidence"]
    )
    return sorting, evidence
