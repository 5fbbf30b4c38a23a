"""Roles that both tracks wait for, and the projects that wait."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.bookings import NOT_BOOKED, join_bookings, share_capacity, sum_fte
from dualtrack.analyses.suppression import LEVELS, find_withheld
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["measure_key_roles", "measure_waiting_projects"]

NEAR = 0.85  # of capacity: house figure; direction from Thomke & Reinertsen (HBR, May 2012)
WANTED = 0.1  # of a role's hours on both tracks: below it the smaller track only looks in
_PATHS = ("operational", "strategic")
_FTE = ["operational_fte", "strategic_fte", "maintenance_fte", "undecided_fte", "demand_fte"]
_TOLD = [
    *_FTE,
    "capacity_fte",
    "load_share",
    "people_count",
    "peak_month",
    "peak_share",
    "tight_count",
    "minor_share",
    "state_type",
    "project_count",
    "budget_cost",
]


def measure_key_roles(
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
    near: float = NEAR,
) -> pd.DataFrame:
    """Roles booked near or over their capacity that both tracks want, overall and by unit.

    Args:
        assignments: Project x person x month, with `role_name`.
        capacity: Person x month, shared over roles as the hours are; without it the state of every
            role is `unknown`.
        projects: Unit and budget of each project.
        sorting: Track of each project.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Roles with fewer people are withheld: their load would be the load of
            persons; others with them where a difference would tell.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).
        near: Share of capacity from which a role counts as tight.

    Returns:
        The `key_roles` table: rows without `unit_name` are over all units. A role is `over` or
        `near` by its highest month, and key where besides the smaller track has a tenth or more of
        its hours on both. Empty where no booking names a role.

    Source: near capacity queues grow steeply (Kingman, 1961; Thomke & Reinertsen, 2012); 85 % is a
    house figure.
    """
    tight = _measure_months(assignments, capacity, projects, sorting, hours_per_fte_month, near)
    if tight is None:
        return empty_frame(TABLES["key_roles"])
    bookings, monthly = tight
    withheld = find_withheld(bookings, smallest_group=smallest_group, beside=beside)
    waiting = _list_waiting(bookings, monthly, projects)
    parts = []
    for level in ("role", "unit_role"):
        columns = list(LEVELS[level])
        own = withheld[withheld["group_type"] == level]
        own = own[[*columns, "people_count", "is_suppressed"]]
        months = monthly[monthly["group_type"] == level]
        roles = _sum_months(months, columns).merge(
            own, on=columns, how="left", validate="one_to_one"
        )
        endangered = waiting[waiting["group_type"] == level]
        cost = endangered.groupby(columns).agg(
            project_count=("project_id", "size"),
            budget_cost=("budget_cost", lambda known: known.sum(min_count=1)),
        )
        roles = roles.merge(cost, on=columns, how="left", validate="one_to_one")
        parts.append(roles.fillna({"project_count": 0}))
    found = pd.concat(parts, ignore_index=True)
    is_tight = found["state_type"].isin(["over", "near"])
    found = found.assign(
        is_key=is_tight & (found["minor_share"] >= WANTED) & ~found["is_suppressed"]
    )
    found[_TOLD] = found[_TOLD].mask(found["is_suppressed"])
    return conform(found, TABLES["key_roles"])


def measure_waiting_projects(
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
    near: float = NEAR,
) -> pd.DataFrame:
    """Projects of both tracks that wait for a key role in a month in which it is tight.

    Args:
        assignments: As for `measure_key_roles`.
        capacity: As for `measure_key_roles`.
        projects: As for `measure_key_roles`, with `title`.
        sorting: As for `measure_key_roles`.
        hours_per_fte_month: As for `measure_key_roles`.
        smallest_group: As for `measure_key_roles`; withheld roles have no rows.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).
        near: As for `measure_key_roles`.

    Returns:
        The `key_role_projects` table, most hours of the role first within each.
    """
    tight = _measure_months(assignments, capacity, projects, sorting, hours_per_fte_month, near)
    if tight is None:
        return empty_frame(TABLES["key_role_projects"])
    roles = measure_key_roles(
        assignments,
        capacity,
        projects,
        sorting,
        hours_per_fte_month=hours_per_fte_month,
        smallest_group=smallest_group,
        beside=beside,
        near=near,
    )
    keys = roles.loc[roles["is_key"], ["unit_name", "role_name"]]
    waiting = _list_waiting(*tight, projects).merge(keys, on=["unit_name", "role_name"])
    waiting = waiting.sort_values(
        ["unit_name", "role_name", "effort_hours", "project_id"],
        ascending=[True, True, False, True],
        na_position="first",
    )
    return conform(waiting.drop(columns="group_type"), TABLES["key_role_projects"])


def _measure_months(
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    hours_per_fte: float,
    near: float,
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Bookings, and the load of each role in each month; None where no role is named."""
    if assignments["role_name"].isna().all():
        return None
    bookings = join_bookings(assignments, projects, sorting)
    parts = []
    for level in ("role", "unit_role"):
        columns = list(LEVELS[level])
        by = [*columns, "month"]
        load = sum_fte(bookings, by, hours_per_fte=hours_per_fte).reset_index()
        if capacity.empty:
            load = load.assign(capacity_hours=float("nan"))
        else:
            hours = share_capacity(bookings, capacity, columns)
            hours = hours[hours["role_name"] != NOT_BOOKED]
            load = load.merge(hours, on=by, how="left", validate="one_to_one")
        parts.append(load.assign(group_type=level))
    months = pd.concat(parts, ignore_index=True)
    months = months.assign(capacity_fte=months["capacity_hours"] / hours_per_fte)
    share = months["demand_fte"] / months["capacity_fte"].where(months["capacity_fte"] > 0)
    if "unit_name" not in months:
        months = months.assign(unit_name=pd.NA)
    return bookings, months.assign(share=share, is_tight=share >= near - 1e-9)


def _sum_months(months: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    grouped = months.groupby(columns)
    roles = grouped[_FTE].mean()
    roles = roles.assign(
        capacity_fte=grouped["capacity_fte"].mean(),
        tight_count=grouped["is_tight"].sum(),
        month_count=grouped.size(),
    )
    known = months.dropna(subset=["share"]).sort_values(["share", "month"], ascending=[False, True])
    peak = known.drop_duplicates(columns).set_index(columns)
    paths = roles[["operational_fte", "strategic_fte"]]
    both = paths.sum(axis=1)
    roles = roles.assign(
        load_share=roles["demand_fte"] / roles["capacity_fte"].where(roles["capacity_fte"] > 0),
        peak_month=peak["month"],
        peak_share=peak["share"],
        minor_share=paths.min(axis=1) / both.where(both > 0),
    )
    # A hundredth of slack: bookings are rounded to quarter hours.
    state = pd.Series("within", index=roles.index).mask(roles["tight_count"] > 0, "near")
    state = state.mask(roles["peak_share"] > 1.01, "over").mask(
        roles["peak_share"].isna(), "unknown"
    )
    return roles.assign(state_type=state).reset_index()


def _list_waiting(
    bookings: pd.DataFrame, monthly: pd.DataFrame, projects: pd.DataFrame
) -> pd.DataFrame:
    """Hours of each role on each project of both tracks, in the months in which it is tight."""
    of_paths = bookings[bookings["track"].isin(_PATHS)]
    total = bookings.groupby(["project_id", "month"])["effort_hours"].sum().rename("all_hours")
    parts = []
    for level in ("role", "unit_role"):
        columns = list(LEVELS[level])
        months = monthly[(monthly["group_type"] == level) & monthly["is_tight"]]
        own = of_paths.merge(months[[*columns, "month"]], on=[*columns, "month"])
        hours = own.groupby([*columns, "project_id", "month", "track"], as_index=False)[
            "effort_hours"
        ].sum()
        hours = hours.merge(total, on=["project_id", "month"], how="left", validate="many_to_one")
        sums = hours.groupby([*columns, "project_id", "track"], as_index=False)[
            ["effort_hours", "all_hours"]
        ].sum()
        parts.append(sums[sums["effort_hours"] > 0].assign(group_type=level))
    waiting = pd.concat(parts, ignore_index=True)
    if "unit_name" not in waiting:
        waiting = waiting.assign(unit_name=pd.NA)
    waiting = waiting.assign(effort_share=waiting["effort_hours"] / waiting["all_hours"])
    return waiting.drop(columns="all_hours").merge(
        projects[["project_id", "title", "budget_cost"]],
        on="project_id",
        how="left",
        validate="many_to_one",
    )
