"""Tables of key roles and the projects that wait for them."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_key_roles", "tabulate_waiting_projects"]


def tabulate_key_roles(key_roles: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row per role that may be shown, key ones first, then by their fullest month.

    Args:
        key_roles: As `measure_key_roles` returns.
        currency: Of the budgets.
    """
    shown = key_roles[~key_roles["is_suppressed"]]
    shown = shown.sort_values(
        ["is_key", "peak_share", "role_name"], ascending=[False, False, True], na_position="last"
    )
    frame = shown.assign(
        unit=shown["unit_name"].fillna("All"),
        key=shown["is_key"].map({True: "both wait", False: ""}),
    ).reset_index(drop=True)
    return DisplayTable(
        frame,
        (
            DisplayColumn("role_name", "Role"),
            DisplayColumn("unit", "Unit"),
            DisplayColumn("people_count", "People", "count"),
            DisplayColumn("operational_fte", "Operational FTE", "decimal"),
            DisplayColumn("strategic_fte", "Strategic FTE", "decimal"),
            DisplayColumn("demand_fte", "Booked FTE", "decimal"),
            DisplayColumn("capacity_fte", "Capacity FTE", "decimal"),
            DisplayColumn("peak_share", "Fullest month", "share"),
            DisplayColumn("peak_month", "in", "month"),
            DisplayColumn("key", "Key"),
            DisplayColumn("project_count", "Projects waiting", "count"),
            DisplayColumn("budget_cost", f"Their budget, {currency}", "money"),
        ),
        f"{len(key_roles) - len(shown)} lines are withheld. FTE are of a mean month. Both wait: "
        f"booked at 85 % of capacity or more in some month, with a tenth or more of the hours of "
        f"both paths on each.",
    )


def tabulate_waiting_projects(waiting: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row per key role and project that waits for it.

    Args:
        waiting: As `measure_waiting_projects` returns.
        currency: Of the budgets.
    """
    return DisplayTable(
        waiting.assign(unit=waiting["unit_name"].fillna("All")),
        (
            DisplayColumn("role_name", "Role"),
            DisplayColumn("unit", "Unit"),
            DisplayColumn("title", "Project"),
            DisplayColumn("track", "Track"),
            DisplayColumn("effort_hours", "Hours of the role", "count"),
            DisplayColumn("effort_share", "of the project's", "share"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
        ),
        "Hours in the months in which the role is near or over its capacity.",
    )
