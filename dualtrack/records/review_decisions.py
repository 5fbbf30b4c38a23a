"""What earlier reviews decided: `review_decisions.csv`, kept by hand beside the settings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dualtrack.errors import RecordError
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["read_review_decisions"]

_NEEDED = ("decision", "decided_at")
_DAYS = ("decided_at", "due_date", "done_at", "dropped_at")


def read_review_decisions(path: Path) -> pd.DataFrame:
    """Read the decisions of earlier reviews.

    Args:
        path: A CSV with `decision` and `decided_at` (2026-07-14), and, where known, `decision_id`,
            `due_date`, `done_at`, `dropped_at`, `metric`. A missing file holds no decision.

    Returns:
        The `review_decisions` table; a missing id is the number of the line.

    Raises:
        RecordError: A column is missing or a cell is no day; every fault is named with its line.
    """
    table = TABLES["review_decisions"]
    if not path.is_file():
        return empty_frame(table)
    try:
        raw = pd.read_csv(path, dtype=str, encoding="utf-8-sig", sep=None, engine="python")
    except (OSError, UnicodeDecodeError, ValueError) as fault:
        raise RecordError(f"{path}: not a readable CSV ({fault}). Save it as UTF-8 CSV.") from fault
    raw = raw.rename(columns=lambda name: str(name).strip().lower().replace(" ", "_"))
    raw = raw.rename(columns={"metric": "metric_id"})
    if missing := [name for name in _NEEDED if name not in raw]:
        raise RecordError(f"{path}: no column {missing}; it has {list(raw.columns)}. Add it.")
    raw = raw.dropna(how="all")
    rows = raw.reindex(columns=[column.name for column in table.columns])
    faults = []
    for name in _DAYS:
        days = pd.to_datetime(rows[name], format="%Y-%m-%d", errors="coerce")
        odd = rows[name].notna() & days.isna()
        faults += [
            f"line {line + 2}: {name} is {cell!r}" for line, cell in rows.loc[odd, name].items()
        ]
        rows[name] = days
    blank = rows[["decision", "decided_at"]].isna().any(axis=1) & ~raw["decided_at"].isna()
    faults += [
        f"line {line + 2}: no decision" for line in rows.index[blank & rows["decision"].isna()]
    ]
    if faults:
        raise RecordError(f"{path}: {'; '.join(faults)}. Write days as 2026-07-14.")
    numbered = pd.Series([f"line {line + 2}" for line in rows.index], index=rows.index)
    rows["decision_id"] = rows["decision_id"].fillna(numbered)
    if doubled := sorted(set(rows.loc[rows["decision_id"].duplicated(), "decision_id"])):
        raise RecordError(f"{path}: decision_id {doubled} stands twice. Give each its own.")
    return conform(rows.dropna(subset=["decided_at"]), table)
