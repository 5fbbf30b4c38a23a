"""Two or more quarters of projects, each showing only what a test is about."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dualtrack.analyses import gather_states
from dualtrack.portfolio import Portfolio
from dualtrack.quarter import Quarter
from tests.conftest import make_projects, make_sorting

_SORT = {
    "declared_track",
    "evidence_track",
    "track",
    "blur_type",
    "p_strategic",
    "p_operational",
    "p_maintenance",
    "decided_by",
}


@dataclass(frozen=True)
class QuarterFrames:
    """What `gather_states` asks of an open quarter."""

    quarter: Quarter
    portfolio: Portfolio
    sorting: pd.DataFrame


def make_quarter(
    name: str,
    *rows: dict[str, object],
    hours: dict[str, float] | None = None,
) -> QuarterFrames:
    """A quarter of projects `list:1`, `list:2`, ...; columns of the sort go to the sort.

    `hours` books work on projects, in the quarter's first month.
    """
    quarter = Quarter.parse(name)
    projects = make_projects(*[{k: v for k, v in row.items() if k not in _SORT} for row in rows])
    sorting = make_sorting(
        *[{k: v for k, v in row.items() if k in _SORT or k == "project_id"} for row in rows]
    )
    booked = [
        {"project_id": key, "person_id": "p", "month": quarter.first_day, "effort_hours": value}
        for key, value in (hours or {}).items()
    ]
    tables = {"projects": projects}
    if booked:
        tables["assignments"] = pd.DataFrame(booked)
    portfolio = Portfolio.from_tables(tables, as_of_date=quarter.last_day, currency="EUR")
    return QuarterFrames(quarter, portfolio, sorting)


def make_states(*quarters: QuarterFrames) -> pd.DataFrame:
    """Their `states`."""
    return gather_states(quarters)


def make_pair(before: dict[str, object], after: dict[str, object]) -> pd.DataFrame:
    """`states` of one project in two quarters."""
    return make_states(make_quarter("2026-Q1", before), make_quarter("2026-Q2", after))
