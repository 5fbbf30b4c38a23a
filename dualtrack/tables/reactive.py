"""Table of the signs of reactive leadership."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_reactive"]


def tabulate_reactive(reactive: pd.DataFrame, *, period_type: str = "quarter") -> DisplayTable:
    """A row for each sign and period.

    Args:
        reactive: As `measure_reactive` returns.
        period_type: quarter or month.
    """
    rows = reactive[reactive["period_type"] == period_type]
    return DisplayTable(
        rows.sort_values(["signal_type", "period_date"]),
        (
            DisplayColumn("signal_type", "Sign"),
            DisplayColumn("period_name", "Period"),
            DisplayColumn("event_count", "Projects", "count"),
            DisplayColumn("base_count", "of", "count"),
            DisplayColumn("share", "Share", "share"),
            DisplayColumn("lower_limit", "Lower limit", "share"),
            DisplayColumn("upper_limit", "Upper limit", "share"),
            DisplayColumn("limit_type", "Limits"),
            DisplayColumn("signal_words", "Signal"),
        ),
        "Limits: mean plus and minus 2.66 mean moving ranges (Wheeler), kept within 0 and 100 %.",
    )
