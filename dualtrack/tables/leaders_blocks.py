"""Table of the free time between meetings."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_leader_days"]


def tabulate_leader_days(days: pd.DataFrame, *, block_minutes: int = 90) -> DisplayTable:
    """A row per day with a meeting: time in meetings and what is left between them.

    Args:
        days: As `measure_leader_days` returns.
        block_minutes: Shortest block that counts, as measured.
    """
    return DisplayTable(
        days.assign(day=[f"{day:%Y-%m-%d}" for day in days["work_date"]]),
        (
            DisplayColumn("day", "Day"),
            DisplayColumn("meeting_count", "Meetings", "count"),
            DisplayColumn("busy_minutes", "Minutes in meetings", "count"),
            DisplayColumn("overlap_minutes", "on top of another", "count"),
            DisplayColumn("free_minutes", "Minutes free", "count"),
            DisplayColumn("block_minutes", f"in blocks of {block_minutes}", "count"),
            DisplayColumn("longest_minutes", "Longest", "count"),
        ),
        "Within working hours, Monday to Friday, as if one person went to every meeting.",
    )
