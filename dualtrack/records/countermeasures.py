"""Countermeasures to missed months, as people write them beside the settings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dualtrack.errors import RecordError
from dualtrack.records.dates import clean_dates, find_date_order
from dualtrack.records.small_table import name_lines, read_small_table
from dualtrack.schema import TABLES, conform

__all__ = ["read_countermeasures"]

_DATES = ("month", "due_date")


def read_countermeasures(path: Path) -> pd.DataFrame:
    """Read what is done about missed months.

    Args:
        path: `countermeasures.csv`, headings `metric_id, project_id, month, countermeasure, owner,
            due_date`; only the first and the fourth are needed. A missing file holds none.

    Returns:
        The `countermeasures` table; months are first days. Rows without a metric or a
        countermeasure say nothing and are left out.

    Raises:
        RecordError: A needed column is missing, or a date is none.
    """
    table = TABLES["countermeasures"]
    if not path.is_file():
        return conform(pd.DataFrame(), table)
    headings = ",".join(table.column_names)
    raw = read_small_table(path, needed=("metric_id", "countermeasure"), headings=headings)
    known = raw[[name for name in table.column_names if name in raw]].dropna(
        subset=["metric_id", "countermeasure"]
    )
    dates = [name for name in _DATES if name in known]
    order = find_date_order([known[name] for name in dates])
    cleaned = {name: clean_dates(known[name], order).series for name in dates}
    wrong = {name: known[known[name].notna() & cleaned[name].isna()] for name in dates}
    faults = [
        f"line {name_lines(odd)}: {name} is no date, such as {odd[name].iloc[0]!r}"
        for name, odd in wrong.items()
        if len(odd)
    ]
    if faults:
        raise RecordError(f"{path}: {'; '.join(faults)}. Write 2026-10-15.")
    frame = conform(known.assign(**cleaned).reset_index(drop=True), table)
    return frame.assign(
        month=frame["month"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
    )
