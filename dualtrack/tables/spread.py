"""Table of planned against actual."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_spread"]


def tabulate_spread(
    spread: pd.DataFrame, *, currency: str, resource_type: str = "money", noun: str = "Unit"
) -> DisplayTable:
    """A row per group and track: whole plan, due by now, used, and the ratio with its interval.

    Args:
        spread: As `measure_spread` returns.
        currency: Of the costs.
        resource_type: money or effort.
        noun: Heading of the groups.
    """
    unit = currency if resource_type == "money" else "hours"
    own = spread[spread["resource_type"] == resource_type].reset_index(drop=True)
    return DisplayTable(
        own,
        (
            DisplayColumn("group_name", noun),
            DisplayColumn("track", "Track"),
            DisplayColumn("planned_amount", f"Whole plan, {unit}", "money"),
            DisplayColumn("due_amount", f"Due by now, {unit}", "money"),
            DisplayColumn("actual_amount", f"Used, {unit}", "money"),
            DisplayColumn("used_ratio", "Used of due", "share"),
            DisplayColumn("used_low", "from", "share"),
            DisplayColumn("used_high", "to", "share"),
            DisplayColumn("project_count", "Projects compared", "count"),
            DisplayColumn("left_out_count", "Left out", "count"),
        ),
        "Due by now: the plan spread evenly from start to finish. Compared are projects with plan, "
        "actual and dates; cancelled ones are left out. The interval of used of due is the middle "
        "90 % of drawn portfolios, undecided projects included; sums are on the tracks as decided.",
    )
