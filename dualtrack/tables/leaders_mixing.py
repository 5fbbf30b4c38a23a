"""Table of forums that mix the two paths."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_mixing"]


def tabulate_mixing(mixing: pd.DataFrame) -> DisplayTable:
    """A row per forum: meetings mixed, strategic items and hours, and how many share a meeting.

    Args:
        mixing: As `measure_mixing` returns.
    """
    return DisplayTable(
        mixing,
        (
            DisplayColumn("forum_name", "Forum"),
            DisplayColumn("level_name", "Level"),
            DisplayColumn("meeting_count", "Meetings", "count"),
            DisplayColumn("mixed_count", "mixed", "count"),
            DisplayColumn("strategic_item_count", "Strategic items", "count"),
            DisplayColumn("shared_item_count", "beside operations", "count"),
            DisplayColumn("strategic_hours", "Strategic hours", "decimal"),
            DisplayColumn("shared_hours", "beside operations", "decimal"),
            DisplayColumn("p_mixed", "Probability of mixing", "share"),
        ),
        "Mixed: a strategic item and one of operations or upkeep on one agenda. The probability is "
        "that of the clearest meeting. Subjects are not shown unless the settings ask for them.",
    )
