"""What the browser needs to tell load and targets of a what-if: bookings, capacity, bands."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dualtrack.analyses import measure_load
from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.analyses.targets import BUDGET_TARGETS
from dualtrack.portfolio import Portfolio

__all__ = ["list_bookings", "list_targets"]


def list_bookings(
    portfolio: Portfolio,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float,
    smallest_group: int,
) -> dict[str, Any]:
    """Bookings of each project, and load of the whole and the units as they are.

    Args:
        portfolio: Projects, assignments, capacity.
        sorting: For the tracks.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Capacity of smaller groups is withheld.

    Returns:
        `booked`: FTE in a mean month of each project, in their order; `groups`: of `All` and each
        unit `demand` (FTE in a mean month) and `capacity` (same; None where not known or
        withheld, then `withheld` says which).
    """
    projects, assignments = portfolio.projects, portfolio.assignments
    months = assignments["month"].nunique()
    if not months:
        return {"booked": [0.0] * len(projects), "groups": {}}
    hours = assignments.groupby("project_id")["effort_hours"].sum()
    booked = (
        projects["project_id"].map(hours).astype("float64").fillna(0.0)
        / hours_per_fte_month
        / months
    )
    load = measure_load(
        assignments,
        portfolio.capacity,
        projects,
        sorting,
        hours_per_fte_month=hours_per_fte_month,
        smallest_group=smallest_group,
    )
    groups = {}
    for name, own in load.groupby("group_name", sort=False):
        # A month without capacity, or with a group withheld, leaves no whole to tell a share of.
        capacity = own["capacity_fte"].sum(skipna=False) if len(own) == months else None
        groups[str(name)] = {
            "demand": float(own["demand_fte"].sum() / months),
            "capacity": None
            if capacity is None or pd.isna(capacity) or capacity <= 0
            else float(capacity / months),
            "withheld": bool(own["is_suppressed"].fillna(False).any()),
        }
    groups.setdefault(ALL_GROUPS, {"demand": 0.0, "capacity": None, "withheld": False})
    return {"booked": booked.tolist(), "groups": groups}


def list_targets(targets: pd.DataFrame) -> list[dict[str, Any]]:
    """The bands that budget shares are judged by.

    Args:
        targets: As `read_targets` returns.

    Returns:
        `id`, `track`, `whole` (tracks the share is of), `low` and `high` (0 to 1, None for no
        edge).
    """
    own = targets[targets["target_id"].isin(BUDGET_TARGETS)]
    listed = []
    for row in own.to_dict("records"):
        track, whole = BUDGET_TARGETS[row["target_id"]]
        edges = {
            edge: None if pd.isna(row[f"{edge}_value"]) else float(row[f"{edge}_value"]) / 100
            for edge in ("low", "high")
        }
        listed.append({"id": row["target_id"], "track": track, "whole": list(whole), **edges})
    return listed
