"""Tables of forums that see both paths, and of how far governance tells the paths apart."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_forums", "tabulate_separation"]


def tabulate_forums(forums: pd.DataFrame, *, currency: str, most: int = 20) -> DisplayTable:
    """A row per forum of a unit, mixed ones first.

    Args:
        forums: As `measure_forums` returns.
        currency: Of the budgets.
        most: Rows shown; the note says how many more there are.
    """
    left = len(forums) - most
    note = "Sees both: probability that an open project of each path is there."
    return DisplayTable(
        forums.head(most),
        (
            DisplayColumn("review_forum", "Forum"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("strategic_count", "Strategic", "count"),
            DisplayColumn("operational_count", "Operational", "count"),
            DisplayColumn("maintenance_count", "Maintenance", "count"),
            DisplayColumn("undecided_count", "Undecided", "count"),
            DisplayColumn("p_mixed", "Sees both", "share"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
        ),
        note + (f" {left} more in the snapshot." if left > 0 else ""),
    )


def tabulate_separation(separation: pd.DataFrame) -> DisplayTable:
    """A row per feature of governance: V in hundredths, so that no digit is lost in print.

    Args:
        separation: As `measure_separation` returns.
    """
    hundredths = {
        f"{name}_pct": 100 * separation[name] for name in ("cramers_v", "v_low", "v_high")
    }
    return DisplayTable(
        separation.assign(**hundredths),
        (
            DisplayColumn("feature_type", "Feature"),
            DisplayColumn("project_count", "Projects", "count"),
            DisplayColumn("category_count", "Values", "count"),
            DisplayColumn("cramers_v_pct", "Cramér's V x 100", "count"),
            DisplayColumn("v_low_pct", "from", "count"),
            DisplayColumn("v_high_pct", "to", "count"),
            DisplayColumn("separation_type", "Paths"),
        ),
        "Bias-corrected Cramér's V (Bergsma 2013) with its 90 % interval; 0 says nothing of the "
        "path, 100 that each value belongs to one path.",
    )
