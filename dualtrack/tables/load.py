"""Table of the load."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayChart, DisplayColumn, DisplayTable

__all__ = ["tabulate_load"]


def tabulate_load(load: pd.DataFrame, *, group_names: list[str] | None = None) -> DisplayTable:
    """A row per group and month: FTE by track, capacity, people on both paths.

    Args:
        load: As `measure_load` returns.
        group_names: Groups shown; all if None.
    """
    own = load if group_names is None else load[load["group_name"].isin(group_names)]
    return DisplayTable(
        own,
        (
            DisplayColumn("group_name", "Unit"),
            DisplayColumn("month", "Month", "month"),
            DisplayColumn("operational_fte", "Operational FTE", "decimal"),
            DisplayColumn("strategic_fte", "Strategic FTE", "decimal"),
            DisplayColumn("maintenance_fte", "Maintenance FTE", "decimal"),
            DisplayColumn("undecided_fte", "Undecided FTE", "decimal"),
            DisplayColumn("capacity_fte", "Capacity FTE", "decimal"),
            DisplayColumn("people_count", "People", "count"),
            DisplayColumn("both_tracks_count", "on both paths", "count"),
            DisplayColumn("overloaded_count", "over capacity", "count"),
        ),
        "A dash under people or capacity: a group too small to be shown, or no capacity known.",
        DisplayChart(
            "month",
            ("operational_fte", "strategic_fte", "maintenance_fte", "undecided_fte"),
            "FTE booked",
            "columns",
            line="capacity_fte",
            only=("group_name", "All"),
        ),
    )
