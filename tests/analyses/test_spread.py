"""Planned against actual, and hours by month: worked by hand, none, missing, large."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import measure_effort, measure_spread
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from tests.conftest import make_projects, make_sorting

DAY = pd.Timestamp("2026-01-10")
TEN_DAYS = {"start_date": "2026-01-06", "baseline_finish_date": "2026-01-15"}
BOTH = ({"track": "strategic"}, {"track": "operational"})


def one(spread: pd.DataFrame, track: str, resource: str = "money") -> pd.Series:
    rows = spread[(spread["track"] == track) & (spread["resource_type"] == resource)]
    return rows[rows["group_name"] == "All"].iloc[0]


def test_half_of_the_days_make_half_of_the_plan_due() -> None:
    projects = make_projects(
        {**TEN_DAYS, "budget_cost": 800.0, "actual_cost": 100.0},
        {**TEN_DAYS, "budget_cost": 200.0, "actual_cost": 100.0},
    )
    spread = measure_spread(projects, make_sorting(*BOTH), as_of_date=DAY)
    row = one(spread, "strategic")
    # Day 5 of 10: 400 due, 100 used; the other path 100 due, 100 used.
    assert (row["planned_amount"], row["due_amount"], row["actual_amount"]) == (800, 400, 100)
    assert (row["due_share"], row["actual_share"]) == (0.8, 0.5)
    assert (row["gap_share"], row["gap_low"], row["gap_high"]) == pytest.approx((-0.3, -0.3, -0.3))
    assert (row["used_ratio"], one(spread, "operational")["used_ratio"]) == (0.25, 1.0)


def test_finish_is_baseline_else_forecast_and_a_plan_is_due_once() -> None:
    projects = make_projects(
        {**TEN_DAYS, "forecast_finish_date": "2030-01-01", "budget_cost": 100.0},
        {"start_date": "2026-01-06", "forecast_finish_date": "2026-01-25", "budget_cost": 100.0},
        {"start_date": "2025-01-01", "actual_finish_date": "2025-02-01", "budget_cost": 100.0},
        {"start_date": "2026-03-01", "forecast_finish_date": "2026-04-01", "budget_cost": 100.0},
    ).assign(actual_cost=1.0)
    spread = measure_spread(projects, make_sorting(*[{}] * 4), as_of_date=DAY)
    # 5 of 10 days, 5 of 20, over, not begun.
    assert one(spread, "operational")["due_amount"] == 50 + 25 + 100 + 0


def test_projects_that_lack_a_part_are_left_out_and_counted() -> None:
    whole = {**TEN_DAYS, "budget_cost": 100.0, "actual_cost": 10.0}
    projects = make_projects(
        whole,
        {**whole, "actual_cost": None},
        {**whole, "start_date": None},
        {**whole, "status_type": "cancelled"},
        {**whole, "budget_cost": -5.0},
        {**whole, "baseline_finish_date": "2025-01-01"},
    )
    row = one(measure_spread(projects, make_sorting(*[{}] * 6), as_of_date=DAY), "operational")
    assert (row["project_count"], row["left_out_count"], row["due_amount"]) == (1, 5, 50)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_nothing_known_gives_rows_without_shares_and_the_input_stays(count: int) -> None:
    projects = make_projects(*[{}] * count) if count else empty_frame(TABLES["projects"])
    sorting = make_sorting(*[{}] * count) if count else empty_frame(TABLES["sorting"])
    before = projects.copy()
    spread = measure_spread(projects, sorting, as_of_date=DAY)
    assert spread["used_ratio"].isna().all() and (spread["project_count"] == 0).all()
    pd.testing.assert_frame_equal(projects, before)


def test_doubt_widens_the_ratio() -> None:
    doubt = {"track": "undecided", "p_strategic": 0.5, "p_operational": 0.5, "p_maintenance": 0.0}
    rows = [{**TEN_DAYS, "budget_cost": 100.0, "actual_cost": float(10 * n)} for n in range(1, 9)]
    row = one(
        measure_spread(make_projects(*rows), make_sorting(*[doubt] * 8), as_of_date=DAY),
        "strategic",
    )
    assert row["used_low"] < row["used_ratio"] < row["used_high"]
    assert row["actual_amount"] == 0  # decided are none


def test_groups_of_the_sample_add_up(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    spread = measure_spread(
        sample_portfolio.projects, sample_sort[0], as_of_date=sample_portfolio.as_of_date
    )
    sums = spread.assign(is_all=spread["group_name"] == "All").pivot_table(
        index=["resource_type", "track"],
        columns="is_all",
        values=["planned_amount", "due_amount", "actual_amount", "left_out_count"],
        aggfunc="sum",
    )
    np.testing.assert_allclose(
        sums.xs(False, axis=1, level=1).to_numpy(float),
        sums.xs(True, axis=1, level=1).to_numpy(float),
    )
    # The sample spends as planned, within a tenth.
    whole = spread[(spread["group_name"] == "All") & spread["used_ratio"].notna()]
    assert whole["used_ratio"].between(0.9, 1.1).all()


def bookings(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "month", "effort_hours"])
    return conform(
        frame.assign(
            person_id=[f"p{number}" for number in range(len(frame))],
            month=pd.to_datetime(frame["month"]),
        ),
        TABLES["assignments"],
    )


def test_hours_by_track_unit_and_month_or_quarter() -> None:
    projects = make_projects({}, {"unit_name": "Unit B"})
    booked = bookings(
        ("list:1", "2026-01-01", 10),
        ("list:1", "2026-02-01", 5),
        ("list:2", "2026-01-01", 7),
        ("gone:9", "2026-01-01", 2),
        ("list:2", "2026-01-01", None),
    )
    effort = measure_effort(booked, projects, make_sorting(*BOTH))
    by = effort.set_index(["group_name", "month", "track"])["effort_hours"]
    january = pd.Timestamp("2026-01-01")
    assert by["All", january, "strategic"] == 10
    assert by["Unit B", january, "operational"] == 7
    assert by["(none)", january, "undecided"] == 2
    assert by["All"].sum() == 24
    quarter = measure_effort(booked, projects, make_sorting(*BOTH), is_quarterly=True)
    whole = quarter[(quarter["group_name"] == "All") & (quarter["track"] == "strategic")]
    assert whole["effort_hours"].tolist() == [15]
    assert measure_effort(booked.head(0), projects, make_sorting(*BOTH)).empty


def test_hours_are_those_of_a_plain_groupby(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    projects, booked = sample_portfolio.projects, sample_portfolio.assignments
    joined = booked.merge(projects[["project_id", "unit_name"]], on="project_id").merge(
        sample_sort[0][["project_id", "track"]], on="project_id"
    )
    plain = joined.groupby(["unit_name", "month", "track"])["effort_hours"].sum()
    effort = measure_effort(booked, projects, sample_sort[0])
    own = effort[~effort["group_name"].isin(["All", "(none)"])]
    found = own.set_index(["group_name", "month", "track"])["effort_hours"]
    np.testing.assert_allclose(found.sort_index(), plain.sort_index())
    assert effort.loc[effort["group_name"] == "All", "effort_hours"].sum() == pytest.approx(
        booked["effort_hours"].sum()
    )
