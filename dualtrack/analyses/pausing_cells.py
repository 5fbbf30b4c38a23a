"""What projects ask of each group in each month, and what a band counts of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.bookings import NO_NAME, join_bookings, share_capacity
from dualtrack.analyses.suppression import find_withheld

__all__ = ["SMALL_GROUPS", "amounts_of_band", "list_cells"]

SMALL_GROUPS = "(small groups together)"


def list_cells(
    project_ids: pd.Series,
    projects: pd.DataFrame,
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    column: str,
    hours_per_fte_month: float,
    smallest_group: int,
    beside: pd.DataFrame | None,
) -> tuple[pd.DataFrame, np.ndarray]:
    """FTE there and FTE asked for, by group and month.

    Args:
        project_ids: Projects in the order wanted.
        projects: For units and teams.
        assignments: Project x person x month.
        capacity: Person x month; a unit has that of its own people, a role as the hours are shared.
        sorting: For the join of the bookings.
        column: `unit_name` or `role_name`.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Groups with fewer people, and those that would give them away, are taken
            together as one.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).

    Returns:
        `group_name`, `month`, `limit_high` (FTE; missing where no capacity is known), and the FTE
        of each project in each of these rows.
    """
    if assignments.empty:
        columns = {"group_name": "str", "month": "datetime64[us]", "limit_high": "float64"}
        return (
            pd.DataFrame(columns=list(columns)).astype(columns),
            np.zeros((0, len(project_ids))),
        )
    bookings = join_bookings(assignments, projects, sorting)
    withheld = find_withheld(bookings, smallest_group=smallest_group, beside=beside)
    level = {"unit_name": "unit", "role_name": "role"}[column]
    small = withheld[(withheld["group_type"] == level) & withheld["is_suppressed"]][column]
    booked = bookings.assign(group_name=_together(bookings[column], small))
    hours = booked.groupby(["group_name", "month", "project_id"], as_index=False)[
        "effort_hours"
    ].sum()
    cell = hours.groupby(["group_name", "month"], sort=True).ngroup()
    cells = (
        hours.assign(cell=cell)
        .drop_duplicates("cell")
        .sort_values("cell")[["group_name", "month"]]
        .reset_index(drop=True)
    )
    place = pd.Series(range(len(project_ids)), index=project_ids.to_numpy())
    at = hours["project_id"].map(place)
    is_known = at.notna().to_numpy()
    demand = np.zeros((len(cells), len(project_ids)))
    demand[cell[is_known], at[is_known].astype(int)] = (
        hours.loc[is_known, "effort_hours"] / hours_per_fte_month
    )
    there = _capacity(bookings, capacity, column)
    there = there.assign(group_name=_together(there[column], small))
    sums = there.groupby(["group_name", "month"], as_index=False)["capacity_hours"].sum(min_count=1)
    found = cells.merge(sums, on=["group_name", "month"], how="left", validate="one_to_one")
    return cells.assign(limit_high=found["capacity_hours"] / hours_per_fte_month), demand


def _together(names: pd.Series, small: pd.Series) -> pd.Series:
    return names.mask(names.isin(small), SMALL_GROUPS)


def _capacity(bookings: pd.DataFrame, capacity: pd.DataFrame, column: str) -> pd.DataFrame:
    if capacity.empty:
        return pd.DataFrame(
            {
                column: pd.Series(dtype="str"),
                "month": bookings["month"].iloc[:0],
                "capacity_hours": pd.Series(dtype="float64"),
            }
        )
    if column == "unit_name":
        return capacity.assign(unit_name=capacity["unit_name"].fillna(NO_NAME))
    return share_capacity(bookings, capacity, [column])


def amounts_of_band(projects: pd.DataFrame, quantity: str) -> tuple[np.ndarray, np.ndarray]:
    """What each project holds of a quantity: on the strategic path, and on either.

    Args:
        projects: `track` and the columns of the quantity; a negative or missing amount is none, as
            in the mix.
        quantity: `projects`, `budget_cost` or `effort_hours` (planned, else worked).
    """
    if quantity == "projects":
        amount = pd.Series(1.0, index=projects.index)
    elif quantity == "budget_cost":
        amount = projects["budget_cost"]
    else:
        amount = projects["planned_effort_hours"].fillna(projects["actual_effort_hours"])
    amount = amount.where(amount >= 0).fillna(0.0)
    strategic = amount.where(projects["track"] == "strategic", 0.0)
    both = amount.where(projects["track"].isin(["strategic", "operational"]), 0.0)
    return strategic.to_numpy(float), both.to_numpy(float)
