"""Demand against capacity, and the people who stand on both paths. People are only counted."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.schema import TABLES, TRACKS, conform, empty_frame

__all__ = ["measure_load"]


def measure_load(
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
) -> pd.DataFrame:
    """Booked and available work by month, for the whole and by unit.

    Hours count for the unit of the project, capacity for the home unit of the person.

    Args:
        assignments: Project x person x month.
        capacity: Person x month; may be empty, then capacity and overload are missing.
        projects: For the unit of each project.
        sorting: For the track of each project.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: People counts of smaller groups are withheld.

    Returns:
        The `load` table, empty without assignments. FTE are hours over `hours_per_fte_month`;
        a person is overloaded when booked over the own capacity in that month.
    """
    if assignments.empty:
        return empty_frame(TABLES["load"])
    booked = assignments.merge(
        projects[["project_id", "unit_name"]], on="project_id", how="left", validate="many_to_one"
    ).merge(sorting[["project_id", "track"]], on="project_id", how="left", validate="many_to_one")
    per_person = _load_of_people(booked, capacity)
    whole = booked.assign(group_name=ALL_GROUPS)
    by_unit = booked.assign(group_name=booked["unit_name"]).dropna(subset=["group_name"])
    grouped = pd.concat([whole, by_unit])
    by = ["group_name", "month"]
    hours = grouped.pivot_table(index=by, columns="track", values="effort_hours", aggfunc="sum")
    fte = hours.reindex(columns=list(TRACKS)).fillna(0.0) / hours_per_fte_month
    load = fte.add_suffix("_fte").assign(demand_fte=fte.sum(axis=1))
    load = load.join(_count_people(grouped, per_person)).join(
        _capacity_fte(capacity, hours_per_fte_month)
    )
    load = load.assign(is_suppressed=load["people_count"] < smallest_group)
    counts = ["people_count", "both_tracks_count", "overloaded_count", "max_load_pct"]
    for name in counts:
        load[name] = load[name].mask(load["is_suppressed"])
    return conform(load.reset_index(), TABLES["load"])


def _load_of_people(booked: pd.DataFrame, capacity: pd.DataFrame) -> pd.DataFrame:
    """Load of each person in each month over all projects, percent of own capacity."""
    hours = booked.groupby(["person_id", "month"], as_index=False)["effort_hours"].sum()
    loads = hours.merge(
        capacity[["person_id", "month", "capacity_hours"]],
        on=["person_id", "month"],
        how="left",
        validate="one_to_one",
    )
    loads = loads.assign(load_pct=100 * loads["effort_hours"] / loads["capacity_hours"])
    return loads[["person_id", "month", "load_pct"]]


def _count_people(grouped: pd.DataFrame, per_person: pd.DataFrame) -> pd.DataFrame:
    of_tracks = grouped.assign(
        is_operational=grouped["track"] == "operational",
        is_strategic=grouped["track"] == "strategic",
    )
    people = (
        of_tracks.groupby(["group_name", "month", "person_id"], as_index=False)
        .agg(is_operational=("is_operational", "any"), is_strategic=("is_strategic", "any"))
        .merge(per_person, on=["person_id", "month"], how="left", validate="many_to_one")
    )
    people = people.assign(
        is_both=people["is_operational"] & people["is_strategic"],
        # A hundredth of slack: bookings are rounded to quarter hours.
        is_over=people["load_pct"] > 101,
    )
    counted = people.groupby(["group_name", "month"]).agg(
        people_count=("person_id", "nunique"),
        both_tracks_count=("is_both", "sum"),
        overloaded_count=("is_over", "sum"),
        max_load_pct=("load_pct", "max"),
    )
    has_capacity = counted["max_load_pct"].notna()
    return counted.assign(
        overloaded_count=counted["overloaded_count"].astype("Int64").where(has_capacity)
    )


def _capacity_fte(capacity: pd.DataFrame, hours_per_fte_month: float) -> pd.Series:
    grouped = pd.concat(
        [
            capacity.assign(group_name=ALL_GROUPS),
            capacity.assign(group_name=capacity["unit_name"]).dropna(subset=["group_name"]),
        ]
    )
    hours = grouped.groupby(["group_name", "month"])["capacity_hours"].sum()
    return (hours / hours_per_fte_month).rename("capacity_fte")
