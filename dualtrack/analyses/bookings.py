"""Bookings with what they are booked on, and capacity where the hours went."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.schema import TRACKS

__all__ = ["NOT_BOOKED", "NO_NAME", "join_bookings", "share_capacity", "sum_fte"]

NO_NAME = "(none)"
NOT_BOOKED = "(no bookings)"


def join_bookings(
    assignments: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame
) -> pd.DataFrame:
    """Each booking with its project's unit, team and track, none of them missing.

    Args:
        assignments: Project x person x month.
        projects: `project_id`, `unit_name`, `team_name`.
        sorting: `project_id`, `track`.

    Returns:
        `project_id`, `person_id`, `month`, `role_name`, `effort_hours`, `unit_name`, `team_name`,
        `track`. A missing role is the one the person books most hours in; a booking without a
        project or track counts as undecided, without hours as none.
    """
    named = projects[["project_id", "unit_name", "team_name"]]
    booked = assignments.merge(named, on="project_id", how="left", validate="many_to_one").merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="many_to_one"
    )
    role = booked["role_name"]
    if role.isna().any() and role.notna().any():
        role = role.fillna(booked["person_id"].map(_main(booked, "role_name")))
    return booked.assign(
        effort_hours=booked["effort_hours"].fillna(0.0),
        role_name=role.fillna(NO_NAME),
        unit_name=booked["unit_name"].fillna(NO_NAME),
        team_name=booked["team_name"].fillna(NO_NAME),
        track=booked["track"].fillna("undecided"),
    )


def _main(booked: pd.DataFrame, column: str) -> pd.Series:
    """Per person, where most hours are booked; of equals the first by name."""
    known = booked.dropna(subset=[column])
    hours = known.groupby(["person_id", column], as_index=False)["effort_hours"].sum()
    first = hours.sort_values(["effort_hours", column], ascending=[False, True])
    return first.drop_duplicates("person_id").set_index("person_id")[column]


def share_capacity(
    bookings: pd.DataFrame, capacity: pd.DataFrame, columns: list[str]
) -> pd.DataFrame:
    """People's hours available, laid where they book: half the hours in a role, half the capacity.

    Exports list capacity by person, not by role or team. So a person's capacity of a month is
    shared over groups as the booked hours are; of a person without bookings in that month, over the
    groups as in the other months; of one without any, it goes to `(no bookings)`.

    Args:
        bookings: As `join_bookings` returns.
        capacity: Person x month. Where it has one of `columns` besides, what stands there holds.
        columns: What makes a group, such as `["role_name"]`.

    Returns:
        `columns`, `month`, `capacity_hours`.
    """
    by = [*columns, "month"]
    own = [one for one in columns if one in capacity and one != "unit_name"]
    is_placed = capacity[own].notna().any(axis=1) if own else np.zeros(len(capacity), dtype=bool)
    placed = capacity[is_placed].reindex(columns=[*by, "capacity_hours"])
    free = capacity.loc[~is_placed, ["person_id", "month", "capacity_hours"]]
    monthly = _shares(bookings, ["person_id", "month"], columns)
    overall = _shares(bookings, ["person_id"], columns)
    spread = free.merge(monthly, on=["person_id", "month"], how="left")
    is_open = spread["share"].isna()
    later = spread.loc[is_open, ["person_id", "month", "capacity_hours"]].merge(
        overall, on="person_id", how="left"
    )
    whole = pd.concat([spread[~is_open], later.fillna({"share": 1.0})])
    whole = whole.assign(capacity_hours=whole["capacity_hours"] * whole["share"])
    filled = pd.concat([whole[[*by, "capacity_hours"]], placed])
    filled = filled.fillna(dict.fromkeys(columns, NOT_BOOKED))
    return filled.groupby(by, as_index=False)["capacity_hours"].sum(min_count=1)


def _shares(bookings: pd.DataFrame, who: list[str], columns: list[str]) -> pd.DataFrame:
    positive = bookings[bookings["effort_hours"] > 0]
    hours = positive.groupby([*who, *columns], as_index=False)["effort_hours"].sum()
    total = hours.groupby(who)["effort_hours"].transform("sum")
    return hours.assign(share=hours["effort_hours"] / total).drop(columns="effort_hours")


def sum_fte(bookings: pd.DataFrame, by: list[str], *, hours_per_fte: float) -> pd.DataFrame:
    """Booked FTE by track and in all.

    Args:
        bookings: As `join_bookings` returns.
        by: What makes a row.
        hours_per_fte: Hours of one full-time person in the time summed over.

    Returns:
        A row per group, indexed by it: `operational_fte` ... `undecided_fte`, `demand_fte`.
    """
    hours = bookings.pivot_table(
        index=by, columns="track", values="effort_hours", aggfunc="sum", observed=True
    )
    fte = hours.reindex(columns=list(TRACKS)).fillna(0.0) / hours_per_fte
    return fte.add_suffix("_fte").assign(demand_fte=fte.sum(axis=1))
