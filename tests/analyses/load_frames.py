"""Small frames of people, bookings and capacity for the tests of load and what-if."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform

JULY, AUGUST = pd.Timestamp("2026-07-01"), pd.Timestamp("2026-08-01")


def book(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Assignments of (project number, person, hours[, role[, month]])."""
    whole = [
        {
            "project_id": f"list:{row[0]}",
            "person_id": row[1],
            "effort_hours": float(str(row[2])),
            "role_name": row[3] if len(row) > 3 else None,
            "month": row[4] if len(row) > 4 else JULY,
        }
        for row in rows
    ]
    return conform(pd.DataFrame(whole), TABLES["assignments"])


def hire(
    people: list[str], hours: float, *, unit: str = "Unit A", months: tuple[object, ...] = (JULY,)
) -> pd.DataFrame:
    """Capacity of people, the same hours each month."""
    rows = [
        {"person_id": one, "month": month, "capacity_hours": hours, "unit_name": unit}
        for one in people
        for month in months
    ]
    return conform(pd.DataFrame(rows), TABLES["capacity"])


def team(size: int, prefix: str = "p") -> list[str]:
    """Names of people."""
    return [f"{prefix}{number}" for number in range(size)]
