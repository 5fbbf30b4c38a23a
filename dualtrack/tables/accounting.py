"""Tables of the row accounting and of the issues."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_accounting", "tabulate_issues"]

_OUTCOMES = ("project", "rolled_up", "merged", "kept", "set_aside")


def tabulate_accounting(accounting: pd.DataFrame) -> DisplayTable:
    """A row per tool: files, rows read and what they became; the last row is the sum.

    Args:
        accounting: As `measure_accounting` returns.
    """
    counts = (
        accounting.pivot_table(
            index="source_tool", columns="outcome_type", values="row_count", aggfunc="sum"
        )
        .reindex(columns=list(_OUTCOMES))
        .fillna(0)
    )
    files = accounting.groupby("source_tool")["source_file"].nunique()
    whole = counts.assign(file_count=files, row_count=counts.sum(axis=1)).reset_index()
    total = whole.drop(columns="source_tool").sum().to_frame().T.assign(source_tool="All")
    return DisplayTable(
        pd.concat([whole, total], ignore_index=True),
        (
            DisplayColumn("source_tool", "Tool"),
            DisplayColumn("file_count", "Files", "count"),
            DisplayColumn("row_count", "Rows read", "count"),
            DisplayColumn("project", "Projects", "count"),
            DisplayColumn("rolled_up", "Rolled up", "count"),
            DisplayColumn("merged", "Merged", "count"),
            DisplayColumn("kept", "Other tables", "count"),
            DisplayColumn("set_aside", "Set aside", "count"),
        ),
        "Rows read are all rows but the heading; each has one fate.",
    )


def tabulate_issues(issues: pd.DataFrame) -> DisplayTable:
    """Issues counted by rule, with an example of each.

    Args:
        issues: The `issues` table.
    """
    grouped = (
        issues.assign(value=issues["value"].fillna(""))
        .groupby(["severity_type", "rule_name"], as_index=False)
        .agg(
            issue_count=("rule_name", "size"),
            example=("value", "first"),
            message=("message", "first"),
        )
    )
    return DisplayTable(
        grouped.sort_values("issue_count", ascending=False),
        (
            DisplayColumn("rule_name", "Issue"),
            DisplayColumn("severity_type", "Weight"),
            DisplayColumn("issue_count", "Times", "count"),
            DisplayColumn("example", "First cell"),
            DisplayColumn("message", "What it means"),
        ),
    )
