"""The two-path picture's bars: when each project runs, on which track."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["measure_paths"]

WINDOW_BACK = pd.DateOffset(months=12)
_MINOR_HOUR_COST = 50.0  # only to order projects without a budget among those with one


def measure_paths(
    projects: pd.DataFrame, sorting: pd.DataFrame, *, as_of_date: pd.Timestamp
) -> pd.DataFrame:
    """Start and end of each project's bar.

    The end is the actual finish, else the forecast, else the baseline. A project is drawn when it
    has both ends in order, is not cancelled, and did not end over a year before `as_of_date`.

    Args:
        projects: Dates, status, budget, effort.
        sorting: Track per project.
        as_of_date: The day the exports show.

    Returns:
        The `paths` table, heaviest first: `weight` is the budget, else planned hours at 50 each.
    """
    rows = projects.merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    finish = (
        rows["actual_finish_date"]
        .fillna(rows["forecast_finish_date"])
        .fillna(rows["baseline_finish_date"])
    )
    is_drawn = (
        rows["start_date"].notna()
        & finish.notna()
        & (finish >= rows["start_date"])
        & (finish >= as_of_date - WINDOW_BACK)
        & (rows["status_type"] != "cancelled")
    )
    weight = rows["budget_cost"].fillna(rows["planned_effort_hours"] * _MINOR_HOUR_COST)
    bars = rows.assign(
        finish_date=finish,
        is_done=(rows["status_type"] == "done") | rows["actual_finish_date"].notna(),
        is_drawn=is_drawn,
        weight=weight.fillna(0.0),
    ).sort_values(["weight", "project_id"], ascending=[False, True])
    table = TABLES["paths"]
    return conform(bars[table.column_names], table)
