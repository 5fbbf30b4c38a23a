"""Moves hours of capacity between groups of people, in rows of their own."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.bookings import join_bookings, share_capacity
from dualtrack.analyses.whatif_actions import GroupOfPeople, MoveCapacity
from dualtrack.analyses.whatif_projects import Finder

__all__ = ["move_capacity"]

_COLUMNS = {"unit": "unit_name", "team": "team_name", "role": "role_name"}


def move_capacity(
    projects: pd.DataFrame,
    assignments: pd.DataFrame,
    capacity: pd.DataFrame,
    sorting: pd.DataFrame,
    action: MoveCapacity,
    finder: Finder,
    *,
    number: int,
    hours_per_fte_month: float,
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """Capacity with the hours moved, and what was done.

    Nobody's own hours change: who goes is not for a scenario to say. The hours leave and join as
    rows without a person's bookings, so that people's own loads stay as they are.

    Args:
        projects: For units and teams.
        assignments: For roles and teams people book in.
        capacity: Person x month.
        sorting: For the join of the bookings only.
        action: Whose hours, where to, how many a month.
        finder: Collects the faults: unknown names and months, more hours than there are.
        number: Place of the action in its scenario.
        hours_per_fte_month: Hours of one full-time person in a month.
    """
    before = len(finder.faults)
    if capacity.empty:
        finder.fault("no capacity is known; a list of people's available hours would let it")
        return capacity, []
    bookings = join_bookings(assignments, projects, sorting)
    for group in (action.source, action.to):
        units = [*capacity["unit_name"].dropna(), *projects["unit_name"].dropna()]
        finder.check_name(group.unit, units, "unit")
        finder.check_name(group.team, projects["team_name"].dropna(), "team")
        finder.check_name(group.role, bookings["role_name"], "role")
    known = sorted(capacity["month"].dropna().unique())
    months = [pd.Timestamp(f"{month}-01") for month in action.months] or known
    odd = [f"{month:%Y-%m}" for month in months if month not in known]
    if odd:
        finder.fault(f"no capacity is known of {', '.join(odd)}")
    if len(finder.faults) > before:
        return capacity, []
    hours = action.hours or action.fte * hours_per_fte_month
    there = _hours_of(action.source, bookings, capacity)
    short = [month for month in months if there.get(month, 0.0) < hours - 1e-6]
    if short:
        least = min(there.get(month, 0.0) for month in short) / hours_per_fte_month
        finder.fault(
            f"{hours / hours_per_fte_month:.1f} FTE asked of {action.source.words}, "
            f"{least:.1f} there in {min(short):%Y-%m}"
            + (f" or another of {len(short)} months" if len(short) > 1 else "")
        )
        return capacity, []
    moved = pd.concat(
        [
            _rows(action.source, months, -hours, f"(what-if {number} from)"),
            _rows(action.to, months, hours, f"(what-if {number} to)"),
        ]
    ).astype({"month": capacity["month"].dtype})
    words = (
        f"{hours / hours_per_fte_month:.1f} FTE a month of {action.source.words} to "
        f"{action.to.words}"
    )
    done: list[dict[str, object]] = [{"effort_hours": hours * len(months), "words": words}]
    return pd.concat([capacity, moved], ignore_index=True), done


def _hours_of(
    group: GroupOfPeople, bookings: pd.DataFrame, capacity: pd.DataFrame
) -> dict[pd.Timestamp, float]:
    """Hours the group has in each month; a unit's own people, a role's or team's by bookings."""
    named = {_COLUMNS[key]: name for key, name in group.model_dump().items() if name}
    hours = (
        capacity if set(named) == {"unit_name"} else share_capacity(bookings, capacity, list(named))
    )
    for column, name in named.items():
        hours = hours[hours[column] == name]
    return {
        pd.Timestamp(str(month)): float(sum_)
        for month, sum_ in hours.groupby("month")["capacity_hours"].sum().items()
    }


def _rows(
    group: GroupOfPeople, months: list[pd.Timestamp], hours: float, person_id: str
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person_id": person_id,
            "month": months,
            "capacity_hours": hours,
            "unit_name": group.unit or None,
            "team_name": group.team or None,
            "role_name": group.role or None,
        }
    )
