"""Money moved between quarters, relabelling near budget dates, label inflation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import (
    gather_states,
    measure_label_inflation,
    measure_moves,
    measure_reallocation,
    measure_relabelling,
)
from tests.analyses.move_frames import make_pair, make_quarter, make_states

CALLED = {"declared_track": "strategic", "sponsor_level": "manager"}


def one(frame: pd.DataFrame, **keys: object) -> pd.Series:
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_money_that_changed_track_or_unit_at_what_it_was_before() -> None:
    before = make_quarter(
        "2026-Q1",
        {"budget_cost": 60.0},
        {"budget_cost": 30.0, "title": "Old words"},
        {"budget_cost": 10.0},
        {},
    )
    after = make_quarter(
        "2026-Q2",
        {"budget_cost": 60.0},
        {"budget_cost": 99.0, "title": "New words", "track": "strategic"},
        {"budget_cost": 10.0, "unit_name": "Unit B"},
        {},
    )
    row = one(measure_reallocation(make_states(before, after)), quantity_type="budget_cost")
    assert row[["known_amount", "track_amount", "unit_amount", "sorted_amount"]].tolist() == [
        100.0,
        30.0,
        10.0,
        0.0,
    ]
    assert (row["moved_share"], row["project_count"], row["unknown_count"]) == (0.4, 3, 1)
    # Units: 100 in A, then 159 in A and 10 in B. Tracks: nothing, then 99 of 169 strategic.
    assert row["unit_shift_share"] == pytest.approx(10 / 169)
    assert row["track_shift_share"] == pytest.approx(99 / 169)


def test_only_sorted_anew_is_told_apart_from_a_change_in_fact() -> None:
    pair = make_pair({"budget_cost": 5.0}, {"budget_cost": 5.0, "track": "strategic"})
    row = one(measure_reallocation(pair), quantity_type="budget_cost")
    assert (row["track_amount"], row["sorted_amount"], row["moved_share"]) == (0.0, 5.0, 0.0)


def test_doubt_alone_is_no_shift() -> None:
    rows = [
        {
            "track": "undecided",
            "budget_cost": float(n),
            "title": f"T {n}",
            "p_strategic": 0.5,
            "p_operational": 0.5,
            "p_maintenance": 0.0,
        }
        for n in range(1, 9)
    ]
    states = make_states(make_quarter("2026-Q1", *rows), make_quarter("2026-Q2", *rows))
    row = one(measure_reallocation(states), quantity_type="budget_cost")
    assert row[["track_shift_share", "shift_low", "shift_high"]].tolist() == [0.0, 0.0, 0.0]


def test_closed_projects_are_no_open_budget_and_booked_work_counts_anyway() -> None:
    first = make_quarter(
        "2026-Q1",
        {"project_id": "a", "budget_cost": 5.0},
        {"project_id": "b", "budget_cost": 5.0, "unit_name": "Unit B"},
        hours={"a": 210.0, "b": 210.0},
    )
    second = make_quarter(
        "2026-Q2",
        {"project_id": "a", "budget_cost": 5.0},
        {"project_id": "b", "budget_cost": 5.0, "unit_name": "Unit B", "status_type": "done"},
        hours={"a": 315.0, "b": 105.0},
    )
    found = measure_reallocation(make_states(first, second))
    assert one(found, quantity_type="budget_cost")["unit_shift_share"] == 0.5
    work = one(found, quantity_type="effort_fte")
    assert work["unit_shift_share"] == 0.25
    assert work["known_amount"] == pytest.approx(1.0)


def test_three_quarters_have_a_span_and_nothing_known_is_missing() -> None:
    quarters = [make_quarter(f"2026-Q{n}", {}) for n in (1, 2, 3)]
    found = measure_reallocation(make_states(*quarters))
    assert found["is_span"].tolist() == [False] * 4 + [True] * 2
    assert found["quarter_count"].tolist() == [1, 1, 1, 1, 2, 2]
    shares = ["moved_share", "unit_shift_share", "track_shift_share", "shift_low"]
    assert found[shares].isna().all().all()
    assert measure_reallocation(make_states(quarters[0])).empty


@pytest.mark.parametrize(
    ("name", "dates", "fiscal", "near"),
    [
        # 46 and 45 days of the quarter lie within 45 days of the date.
        ("2026-Q1", (), 1, "2026-01-01"),
        ("2025-Q4", (), 1, "2026-01-01"),
        ("2026-Q2", (), 1, None),
        ("2026-Q2", (), 4, "2026-04-01"),
        ("2026-Q3", ("08-15", "01-01"), 1, "2026-08-15"),
    ],
)
def test_a_quarter_is_near_a_budget_date_when_enough_of_it_is(
    name: str, dates: tuple[str, ...], fiscal: int, near: str | None
) -> None:
    quarter = make_quarter(name, {"declared_track": "strategic", "budget_cost": 3.0})
    before = make_quarter(str(quarter.quarter.previous()), {"declared_track": "operational"})
    states = make_states(before, quarter)
    row = measure_relabelling(
        measure_moves(states), states, budget_dates=dates, fiscal_year_start=fiscal
    ).iloc[0]
    assert (None if pd.isna(row["budget_date"]) else f"{row['budget_date']:%Y-%m-%d}") == near
    assert row[["labelled_count", "relabelled_count", "away_count"]].tolist() == [1, 1, 1]
    assert row["budget_cost"] == 3.0


def test_label_inflation_counts_open_projects_called_strategic() -> None:
    doubt = {"track": "undecided", "p_strategic": 0.5, "p_operational": 0.5, "p_maintenance": 0.0}
    rows = [
        {**CALLED, "track": "operational", "budget_cost": 4.0},
        {**CALLED, "track": "strategic"},
        {**CALLED, **doubt, "unit_name": "Unit B"},
        {**CALLED, "track": "operational", "status_type": "done"},
        {"declared_track": "operational", "track": "operational"},
    ]
    found = measure_label_inflation(make_states(make_quarter("2026-Q1", *rows)))
    whole = one(found, group_type="whole")
    assert whole[["called_count", "inflated_count"]].tolist() == [3, 1]
    assert (whole["share_low"], whole["share_high"]) == pytest.approx((1 / 3, 2 / 3))
    assert whole["budget_cost"] == 4.0
    sure = one(found, group_type="unit", group_name="Unit A")
    assert sure[["share", "share_low", "share_high"]].tolist() == [0.5, 0.5, 0.5]
    assert np.isnan(one(found, group_name="Unit B")["budget_cost"])
    assert one(found, group_type="sponsor level")["group_name"] == "manager"
    assert measure_label_inflation(gather_states([])).empty


def test_fte_is_missing_without_bookings_and_nought_where_others_are_booked() -> None:
    rows = ({"project_id": "a"}, {"project_id": "b"})
    states = make_states(make_quarter("2026-Q1", *rows, hours={"a": 420.0}))
    assert states["effort_fte"].tolist() == [1.0, 0.0]
    assert make_states(make_quarter("2026-Q1", *rows))["effort_fte"].isna().all()
