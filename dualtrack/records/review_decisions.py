"""What earlier reviews decided: `review_decisions.csv`, kept by hand beside the settings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dualtrack.errors import RecordError
from dualtrack.records.small_table import read_small_table
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["read_review_decisions"]

_HEADINGS = "decision_id,decision,decided_at,due_date,done_at,dropped_at,metric"
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
        RecordError: A column is missing, a line lacks its decision or its day, or a cell is no day;
            every fault is named with its line.
    """
    table = TABLES["review_decisions"]
    if not path.is_file():
        return empty_frame(table)
    raw = read_small_table(path, needed=(), headings=_HEADINGS)
    raw = raw.rename(columns=lambda name: name.replace(" ", "_")).rename(
        columns={"metric": "metric_id"}
    )
    if missing := [name for name in _NEEDED if name not in raw]:
        raise RecordError(
            f"{path}: no column {missing}; it has {list(raw.columns)}. The heading row is "
            f"{_HEADINGS}."
        )
    rows = raw.reindex(columns=table.column_names)
    faults = []
    for name in _DAYS:
        days = pd.to_datetime(rows[name], format="%Y-%m-%d", errors="coerce")
        odd = rows.loc[rows[name].notna() & days.isna(), name]
        faults += [f"line {line}: {name} is {cell!r}" for line, cell in odd.items()]
        rows[name] = days
    faults += [
        f"line {line}: no {name}" for name in _NEEDED for line in rows.index[raw[name].isna()]
    ]
    if faults:
        raise RecordError(f"{path}: {'; '.join(faults)}. Write days as 2026-07-14.")
    numbered = pd.Series([f"line {line}" for line in rows.index], index=rows.index)
    rows["decision_id"] = rows["decision_id"].fillna(numbered)
    if doubled := sorted(set(rows.loc[rows["decision_id"].duplicated(), "decision_id"])):
        raise RecordError(f"{path}: decision_id {doubled} stands twice. Give each its own.")
    return conform(rows.reset_index(drop=True), table)
