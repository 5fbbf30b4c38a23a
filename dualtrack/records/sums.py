"""Items added up into their project, where the project itself says nothing."""

from __future__ import annotations

import pandas as pd

__all__ = ["sum_items"]

_ADDED = (
    "budget_cost",
    "actual_cost",
    "forecast_cost",
    "planned_effort_hours",
    "actual_effort_hours",
)
_LATEST = ("baseline_finish_date", "forecast_finish_date")


def sum_items(rolled: pd.DataFrame, cleaned: pd.DataFrame) -> pd.DataFrame:
    """Fill a project's blank effort, cost, dates and progress from its items.

    Only leaves count: a summary task repeats what stands below it. Effort and cost are added, the
    start is the earliest, a finish the latest; the actual finish only when every leaf has one.
    Progress is the mean of the leaves, weighted by planned effort where all of them have it.

    Args:
        rolled: `is_project`, `is_leaf`, `project_id`.
        cleaned: Cleaned columns on the same index.

    Returns:
        `cleaned` with the blanks of projects filled; what a project says itself stands.
    """
    is_project = rolled["is_project"].astype(bool)
    is_leaf = ~is_project & rolled["project_id"].notna() & rolled["is_leaf"]
    leaves = cleaned[is_leaf]
    if leaves.empty:
        return cleaned
    groups = leaves.groupby("project_id")
    found = {name: groups[name].sum(min_count=1) for name in _ADDED if name in cleaned}
    if "start_date" in cleaned:
        found["start_date"] = groups["start_date"].min()
    found |= {name: groups[name].max() for name in _LATEST if name in cleaned}
    if "actual_finish_date" in cleaned:
        is_over = leaves["actual_finish_date"].notna().groupby(leaves["project_id"]).all()
        found["actual_finish_date"] = groups["actual_finish_date"].max().where(is_over)
    if "progress_pct" in cleaned:
        found["progress_pct"] = _mean_progress(leaves)
    filled = {
        name: cleaned[name].where(
            ~is_project | cleaned[name].notna(), cleaned["project_id"].map(values)
        )
        for name, values in found.items()
    }
    return cleaned.assign(**filled)


def _mean_progress(leaves: pd.DataFrame) -> pd.Series:
    """Mean percent done by project, weighted by planned effort where every leaf has it."""
    known = leaves.dropna(subset=["progress_pct"])
    plain = known.groupby("project_id")["progress_pct"].mean()
    if "planned_effort_hours" not in leaves:
        return plain
    weight = known["planned_effort_hours"]
    done = (known["progress_pct"] * weight).groupby(known["project_id"]).sum(min_count=1)
    total = weight.groupby(known["project_id"]).sum(min_count=1)
    is_whole = weight.notna().groupby(known["project_id"]).all() & (total > 0)
    return (done / total).where(is_whole, plain)
