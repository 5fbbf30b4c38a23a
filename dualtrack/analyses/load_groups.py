"""Demand against capacity by team, by role, and by role within a unit."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.bookings import join_bookings, share_capacity, sum_fte
from dualtrack.analyses.suppression import LEVELS, find_withheld_by_month
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["measure_load_groups"]

_SHOWN = ("team", "role", "unit_role")
_WITHHELD = [
    "operational_fte",
    "strategic_fte",
    "maintenance_fte",
    "undecided_fte",
    "demand_fte",
    "capacity_fte",
    "load_share",
    "people_count",
]


def measure_load_groups(
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Booked and available work by team, role, and role within a unit, month by month.

    Hours count for the unit and team of their project and for the role they are booked in; the
    capacity of a person is shared over teams and roles as the hours are (`share_capacity`).

    Args:
        assignments: Project x person x month.
        capacity: Person x month; may be empty, then capacity and load are missing.
        projects: For unit and team of each project.
        sorting: For the track of each project.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Groups with fewer people in a month are withheld whole, and others with
            them where a difference would tell.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).

    Returns:
        The `load_groups` table, empty without bookings. The load of a small group is the load of
        its people, so that of a withheld one nothing is told but its name.
    """
    if assignments.empty:
        return empty_frame(TABLES["load_groups"])
    bookings = join_bookings(assignments, projects, sorting)
    withheld = find_withheld_by_month(bookings, smallest_group=smallest_group, beside=beside)
    parts = [
        _measure_level(level, bookings, capacity, withheld, hours_per_fte_month) for level in _SHOWN
    ]
    return conform(pd.concat(parts, ignore_index=True), TABLES["load_groups"])


def _measure_level(
    level: str,
    bookings: pd.DataFrame,
    capacity: pd.DataFrame,
    withheld: pd.DataFrame,
    hours_per_fte: float,
) -> pd.DataFrame:
    columns = list(LEVELS[level])
    by = [*columns, "month"]
    own = withheld[withheld["group_type"] == level]
    load = sum_fte(bookings, by, hours_per_fte=hours_per_fte).reset_index()
    load = load.merge(
        own[[*by, "people_count", "is_suppressed"]], on=by, how="left", validate="one_to_one"
    )
    if capacity.empty:
        load = load.assign(capacity_fte=float("nan"))
    else:
        hours = share_capacity(bookings, capacity, columns)
        load = load.merge(hours, on=by, how="left", validate="one_to_one")
        load = load.assign(capacity_fte=load["capacity_hours"] / hours_per_fte)
    load = load.assign(
        group_type=level,
        group_name=load[columns[-1]],
        load_share=(load["demand_fte"] / load["capacity_fte"]).where(load["capacity_fte"] > 0),
        unit_name=load.get("unit_name", pd.NA),
    )
    load[_WITHHELD] = load[_WITHHELD].mask(load["is_suppressed"])
    return load.drop(columns=["team_name", "role_name", "capacity_hours"], errors="ignore")
