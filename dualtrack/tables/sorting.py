"""Tables of the sort: the undecided, and the evidence of projects."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_evidence", "tabulate_undecided"]


def tabulate_undecided(
    projects: pd.DataFrame, sorting: pd.DataFrame, *, currency: str, most: int = 15
) -> DisplayTable:
    """Undecided projects, the dearest first, with the reason and the chances.

    Args:
        projects: The `projects` table.
        sorting: The `sorting` table.
        currency: Of the budgets.
        most: Rows shown; the note says how many more there are.
    """
    undecided = (
        sorting[sorting["track"] == "undecided"]
        .merge(
            projects[["project_id", "title", "unit_name", "budget_cost"]],
            on="project_id",
            how="left",
            validate="one_to_one",
        )
        .sort_values(["budget_cost", "title"], ascending=[False, True])
    )
    left = max(0, len(undecided) - most)
    return DisplayTable(
        undecided.head(most),
        (
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("undecided_reason", "Why"),
            DisplayColumn("p_operational", "Operational", "share"),
            DisplayColumn("p_strategic", "Strategic", "share"),
            DisplayColumn("p_maintenance", "Maintenance", "share"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
        ),
        f"{left} more in the snapshot." if left else "",
    )


def tabulate_evidence(evidence: pd.DataFrame, *, project_id: str) -> DisplayTable:
    """The evidence card of one project, all three readings, the strongest first.

    Args:
        evidence: The `evidence` table.
        project_id: The project.
    """
    own = evidence[evidence["project_id"] == project_id].sort_values(
        ["reading", "contribution"], ascending=[True, False]
    )
    return DisplayTable(
        own,
        (
            DisplayColumn("reading", "Reading"),
            DisplayColumn("toward_track", "Speaks for"),
            DisplayColumn("contribution", "Log-odds", "decimal"),
            DisplayColumn("says", "Criterion"),
            DisplayColumn("quote", "Quote"),
            DisplayColumn("value", "Value"),
            DisplayColumn("column_name", "Column"),
        ),
    )
