"""Demand against capacity, and the people who stand on both paths. People are only counted."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.bookings import NO_NAME, join_bookings, sum_fte
from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.analyses.suppression import find_withheld_by_month
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["measure_load", "sum_capacity_fte"]


def measure_load(
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Booked and available work by month, for the whole and by unit.

    Hours count for the unit of the project, capacity for the home unit of the person.

    Args:
        assignments: Project x person x month.
        capacity: Person x month; may be empty, then capacity and overload are missing.
        projects: For the unit of each project.
        sorting: For the track of each project.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: People counts and capacity of smaller groups are withheld, and of others
            with them where a difference would tell (`analyses/suppression.py`).
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).

    Returns:
        The `load` table, empty without assignments. FTE are hours over `hours_per_fte_month`;
        a person is overloaded when booked over the own capacity in that month.
    """
    if assignments.empty:
        return empty_frame(TABLES["load"])
    booked = join_bookings(assignments, projects, sorting)
    per_person = _load_of_people(booked, capacity)
    whole = booked.assign(group_name=ALL_GROUPS)
    by_unit = booked.assign(group_name=booked["unit_name"])
    grouped = pd.concat([whole, by_unit[by_unit["group_name"] != NO_NAME]])
    by = ["group_name", "month"]
    load = sum_fte(grouped, by, hours_per_fte=hours_per_fte_month)
    load = load.join(_count_people(grouped, per_person)).join(
        sum_capacity_fte(capacity, hours_per_fte_month)
    )
    load = load.join(_withheld(booked, smallest_group, beside))
    told = [
        "people_count",
        "both_tracks_count",
        "overloaded_count",
        "max_load_pct",
        "capacity_fte",
    ]
    for name in told:
        load[name] = load[name].mask(load["is_suppressed"])
    return conform(load.reset_index(), TABLES["load"])


def _withheld(booked: pd.DataFrame, smallest_group: int, beside: pd.DataFrame | None) -> pd.Series:
    found = find_withheld_by_month(booked, smallest_group=smallest_group, beside=beside)
    found = found[found["group_type"].isin(["whole", "unit"])]
    return found.assign(group_name=found["unit_name"].fillna(ALL_GROUPS)).set_index(
        ["group_name", "month"]
    )["is_suppressed"]


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


def sum_capacity_fte(capacity: pd.DataFrame, hours_per_fte_month: float) -> pd.Series:
    """FTE available by `group_name` (the whole, home units) and `month`."""
    grouped = pd.concat(
        [
            capacity.assign(group_name=ALL_GROUPS),
            capacity.assign(group_name=capacity["unit_name"]).dropna(subset=["group_name"]),
        ]
    )
    hours = grouped.groupby(["group_name", "month"])["capacity_hours"].sum()
    return (hours / hours_per_fte_month).rename("capacity_fte")
