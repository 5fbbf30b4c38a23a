"""Each analysis: one answer worked by hand, none, one row, all missing, input unchanged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_accounting,
    measure_blur,
    measure_clarity,
    measure_fragility,
    measure_load,
    measure_mix,
    measure_paths,
)
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from tests.conftest import make_projects, make_sorting

DAY = pd.Timestamp("2026-09-30")
NO_PROJECTS = empty_frame(TABLES["projects"])
NO_SORTING = empty_frame(TABLES["sorting"])


def one(mix: pd.DataFrame, quantity: str, track: str, group: str = "All") -> pd.Series:
    rows = mix[(mix["quantity_type"] == quantity) & (mix["track"] == track)]
    return rows[rows["group_name"] == group].iloc[0]


def test_mix_of_sure_projects_is_their_sum() -> None:
    projects = make_projects(
        {"budget_cost": 300.0}, {"budget_cost": 100.0, "unit_name": "Unit B"}, {}
    )
    sorting = make_sorting(
        {"track": "strategic"}, {"track": "operational"}, {"track": "maintenance"}
    )
    mix = measure_mix(projects, sorting, temperature_error=0.0)
    row = one(mix, "budget_cost", "strategic")
    assert (row["amount"], row["share"], row["unknown_count"]) == (300, 0.75, 1)
    assert (row["share_low"], row["share_high"]) == (0.75, 0.75)
    assert one(mix, "projects", "operational")["share"] == 0.5
    assert one(mix, "projects", "maintenance")["amount"] == 1
    assert list(dict.fromkeys(mix["group_name"])) == ["All", "Unit A", "Unit B"]


def test_doubt_widens_the_interval_and_undecided_take_part() -> None:
    projects = make_projects(*[{"budget_cost": 100.0}] * 20)
    doubt = {"p_strategic": 0.6, "p_operational": 0.4, "p_maintenance": 0.0}
    sure = measure_mix(projects, make_sorting(*[{"track": "strategic"}] * 20))
    open_ = measure_mix(projects, make_sorting(*[{"track": "undecided", **doubt}] * 20))
    assert one(sure, "projects", "strategic")["share_low"] == 1.0
    row = one(open_, "projects", "strategic")
    assert row["share"] == pytest.approx(0.6, abs=0.02)
    # Binomial of 20 at 0.6: the middle 90 % runs from 8 to 16 successes.
    assert row["share_low"] == pytest.approx(0.4, abs=0.051)
    assert row["share_high"] == pytest.approx(0.8, abs=0.051)


def test_interval_covers_the_truth_when_the_probabilities_are_right() -> None:
    rng = np.random.default_rng(5)
    covered = []
    for number in range(60):
        chance = rng.uniform(0.05, 0.95, 40)
        projects = make_projects(*[{"budget_cost": float(b)} for b in rng.uniform(1, 9, 40)])
        rows = [
            {"track": "undecided", "p_strategic": p, "p_operational": 1 - p, "p_maintenance": 0.0}
            for p in chance
        ]
        mix = measure_mix(projects, make_sorting(*rows), temperature_error=0.0, seed=number)
        truth = rng.random(40) < chance
        share = projects["budget_cost"][truth].sum() / projects["budget_cost"].sum()
        row = one(mix, "budget_cost", "strategic")
        covered.append(row["share_low"] <= share <= row["share_high"])
    # 90 % nominal over 60 portfolios: fewer than 47 would have a chance below one in a thousand.
    assert sum(covered) >= 47


def test_negative_amounts_have_no_share() -> None:
    projects = make_projects({"budget_cost": -50.0}, {"budget_cost": 100.0})
    mix = measure_mix(projects, make_sorting({"track": "strategic"}, {"track": "operational"}))
    row = one(mix, "budget_cost", "strategic")
    assert (row["amount"], row["unknown_count"], row["share"]) == (0, 1, 0)


@pytest.mark.parametrize("rows", [[], [{}], [{"unit_name": None}]])
def test_mix_of_none_one_and_all_missing(rows: list[dict[str, object]]) -> None:
    projects = make_projects(*rows) if rows else NO_PROJECTS
    sorting = make_sorting(*[{"track": "undecided"}] * len(rows)) if rows else NO_SORTING
    before = projects.copy()
    mix = measure_mix(projects, sorting)
    assert one(mix, "budget_cost", "strategic")["amount"] == 0
    assert np.isnan(one(mix, "budget_cost", "strategic")["share"])
    pd.testing.assert_frame_equal(projects, before)


def test_units_add_up_to_the_whole(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    mix = measure_mix(sample_portfolio.projects, sample_sort[0])
    sums = mix.assign(is_all=mix["group_name"] == "All").pivot_table(
        index=["quantity_type", "track"], columns="is_all", values="amount", aggfunc="sum"
    )
    np.testing.assert_allclose(sums[False], sums[True])


def test_fragility_is_the_fewest_that_turn_the_verdict() -> None:
    projects = make_projects(*[{"budget_cost": b} for b in (50.0, 40.0, 10.0, 60.0)])
    sorting = make_sorting(*[{"track": t} for t in ("strategic",) * 3 + ("operational",)])
    moved = measure_fragility(projects, sorting)
    by_budget = moved[moved["quantity_type"] == "budget_cost"]
    # 100 against 60: moving the 50 gives 50 against 110.
    assert by_budget["project_id"].tolist() == ["list:1"]
    # Three against one: one moved gives two each, which turns nothing; two do.
    assert len(moved[moved["quantity_type"] == "projects"]) == 2
    assert measure_fragility(NO_PROJECTS, NO_SORTING).empty


def test_clarity_counts_called_against_is() -> None:
    projects = make_projects({"budget_cost": 5.0}, {}, {"unit_name": None})
    sorting = make_sorting(
        {"track": "strategic", "declared_track": "operational"},
        {"track": "strategic"},
        {"track": "operational", "declared_track": "operational"},
    )
    clarity = measure_clarity(projects, sorting)
    whole = clarity[clarity["group_name"] == "All"].set_index(["declared_track", "track"])
    assert whole.loc[("operational", "strategic"), "project_count"] == 1
    assert whole.loc[("operational", "strategic"), "budget_cost"] == 5
    assert whole.loc[("undeclared", "strategic"), "project_count"] == 1
    assert clarity[clarity["group_name"] == "Unit A"]["project_count"].sum() == 2
    assert measure_clarity(NO_PROJECTS, NO_SORTING).empty


def test_blur_list_is_by_budget_with_the_strongest_quote() -> None:
    projects = make_projects({"budget_cost": 1.0}, {"budget_cost": 9.0}, {})
    sorting = make_sorting(
        {"track": "strategic", "blur_type": "hidden strategy"},
        {"track": "operational", "blur_type": "label inflation"},
        {},
    )
    evidence = conform(
        pd.DataFrame(
            {
                "project_id": ["list:1", "list:1", "list:1"],
                "reading": "evidence",
                "criterion_id": ["a", "b", "c"],
                "says": ["weak", "strong", "other way"],
                "toward_track": ["strategic", "strategic", "operational"],
                "quote": ["w", "s", "o"],
                "contribution": [0.5, 2.0, 3.0],
            }
        ),
        TABLES["evidence"],
    )
    blur = measure_blur(projects, sorting, evidence)
    assert blur["project_id"].tolist() == ["list:2", "list:1"]
    assert blur["quote"].tolist()[1] == "s"
    assert measure_blur(NO_PROJECTS, NO_SORTING, empty_frame(TABLES["evidence"])).empty


def load_tables(people: int) -> tuple[pd.DataFrame, ...]:
    names = [f"person-{number}" for number in range(people)]
    month = pd.Timestamp("2026-07-01")
    projects = make_projects({}, {})
    sorting = make_sorting({"track": "strategic"}, {"track": "operational"})
    booked = [("list:1", name, month, 70.0) for name in names] + [("list:2", names[0], month, 70.0)]
    assignments = conform(
        pd.DataFrame(booked, columns=["project_id", "person_id", "month", "effort_hours"]),
        TABLES["assignments"],
    )
    capacity = conform(
        pd.DataFrame(
            {"person_id": names, "month": month, "capacity_hours": 100.0, "unit_name": "Unit A"}
        ),
        TABLES["capacity"],
    )
    return assignments, capacity, projects, sorting


def test_load_counts_people_on_both_tracks_and_over_capacity() -> None:
    load = measure_load(*load_tables(6)).set_index("group_name").loc["All"]
    assert load["strategic_fte"] == pytest.approx(3.0)
    assert load["operational_fte"] == pytest.approx(0.5)
    assert load["demand_fte"] == pytest.approx(3.5)
    assert load["capacity_fte"] == pytest.approx(600 / 140)
    assert (load["people_count"], load["both_tracks_count"], load["overloaded_count"]) == (6, 1, 1)
    assert load["max_load_pct"] == pytest.approx(140.0)


def test_people_of_a_group_under_five_are_not_counted() -> None:
    load = measure_load(*load_tables(4))
    assert load["is_suppressed"].all()
    assert load[["people_count", "both_tracks_count", "overloaded_count"]].isna().all().all()
    assert load["strategic_fte"].notna().all()


def test_load_without_capacity_or_bookings_says_so() -> None:
    assignments, capacity, projects, sorting = load_tables(6)
    load = measure_load(assignments, capacity.iloc[:0], projects, sorting)
    assert load["capacity_fte"].isna().all() and load["overloaded_count"].isna().all()
    assert measure_load(assignments.iloc[:0], capacity, projects, sorting).empty


def test_paths_take_the_best_known_finish_and_draw_only_what_has_dates() -> None:
    projects = make_projects(
        {"start_date": "2026-01-01", "baseline_finish_date": "2026-12-01", "budget_cost": 1.0},
        {"start_date": "2026-01-01", "forecast_finish_date": "2025-12-01"},
        {"start_date": "2020-01-01", "actual_finish_date": "2021-01-01"},
        {
            "start_date": "2026-01-01",
            "forecast_finish_date": "2026-12-01",
            "status_type": "cancelled",
        },
        {"planned_effort_hours": 10.0},
    )
    paths = measure_paths(projects, make_sorting(*[{}] * 5), as_of_date=DAY).set_index("project_id")
    assert paths["is_drawn"].to_dict() == {
        "list:1": True,
        "list:2": False,
        "list:3": False,
        "list:4": False,
        "list:5": False,
    }
    assert paths.loc["list:1", "finish_date"] == pd.Timestamp("2026-12-01")
    assert paths.index[0] == "list:5"


def test_accounting_adds_up_to_the_rows_read(sample_portfolio: Portfolio) -> None:
    accounting = measure_accounting(sample_portfolio.row_outcomes, sample_portfolio.sources)
    assert accounting["row_count"].sum() == sample_portfolio.sources["row_count"].sum()
    assert measure_accounting(
        empty_frame(TABLES["row_outcomes"]), empty_frame(TABLES["sources"])
    ).empty
