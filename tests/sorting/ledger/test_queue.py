"""The queue: doubt times money, and what each stake is taken from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.portfolio import Portfolio
from dualtrack.sorting import rank_queue
from dualtrack.sorting.ledger.queue import measure_doubt, measure_stakes
from tests.conftest import QUARTER, ROOT, make_projects, make_sorting


def chances(operational: float, strategic: float, maintenance: float) -> dict[str, object]:
    known = {"p_operational": operational, "p_strategic": strategic, "p_maintenance": maintenance}
    best = max(known.values())
    track = max(known, key=lambda name: known[name]).removeprefix("p_")
    return {**known, "track": track if best >= 0.7 else "undecided", "decided_by": "evidence"}


TIE, TORN, SURE = chances(0.5, 0.5, 0.0), chances(0.6, 0.3, 0.1), chances(0.96, 0.02, 0.02)


def test_doubt_is_one_minus_the_gap_of_the_best_two() -> None:
    doubt = measure_doubt(make_sorting(TIE, TORN, SURE, chances(1 / 3, 1 / 3, 1 / 3)))
    np.testing.assert_allclose(doubt, [1.0, 0.7, 0.06, 1.0])


def test_order_is_doubt_times_money_and_shares_add_up() -> None:
    projects = make_projects({"budget_cost": 100}, {"budget_cost": 300}, {"budget_cost": 9000})
    queue = rank_queue(make_sorting(TIE, TORN, SURE), projects)
    assert queue["project_id"].tolist() == ["list:2", "list:1"]  # the third is sure
    np.testing.assert_allclose(queue["priority"], [210, 100])
    np.testing.assert_allclose(queue["settled_share"], [210 / 310, 1])
    assert list(queue) == [
        "project_id",
        "doubt",
        "stake_cost",
        "stake_from",
        "priority",
        "settled_share",
    ]


def test_a_stake_is_the_budget_else_priced_effort_else_the_median() -> None:
    projects = make_projects(
        {"budget_cost": 1000, "planned_effort_hours": 10},  # 100 an hour
        {"budget_cost": 3000, "planned_effort_hours": 10},  # 300 an hour; the median is 200
        {"planned_effort_hours": 7},
        {"budget_cost": 0, "planned_effort_hours": -1},  # neither is an amount
        {"budget_cost": -1, "planned_effort_hours": 0},
    )
    stakes = measure_stakes(projects)
    assert stakes["stake_from"].tolist() == ["budget", "budget", "effort", "median", "median"]
    assert stakes["stake_cost"].tolist() == [1000, 3000, 1400, 1400, 1400]


def test_without_any_budget_hours_stand_for_money_and_without_hours_all_count_alike() -> None:
    hours = measure_stakes(make_projects({"planned_effort_hours": 5}, {}))
    assert hours["stake_cost"].tolist() == [5, 5]
    assert hours["stake_from"].tolist() == ["effort", "median"]
    nothing = measure_stakes(make_projects({}, {}))
    assert nothing["stake_cost"].tolist() == [1, 1]
    assert nothing["stake_from"].tolist() == ["none", "none"]


def test_budgets_without_a_project_that_has_hours_too_leave_hours_unpriced() -> None:
    stakes = measure_stakes(make_projects({"budget_cost": 800}, {"planned_effort_hours": 5}))
    assert stakes["stake_from"].tolist() == ["budget", "median"]
    assert stakes["stake_cost"].tolist() == [800, 800]


def test_what_a_person_decided_is_not_asked_again_and_the_undecided_always_are() -> None:
    decided = {**TIE, "track": "strategic", "decided_by": "person"}
    thin = {**SURE, "track": "undecided", "undecided_reason": "thin"}
    queue = rank_queue(make_sorting(decided, thin), make_projects({}, {}))
    assert queue["project_id"].tolist() == ["list:2"]


def test_nothing_to_decide_is_an_empty_queue() -> None:
    assert rank_queue(make_sorting(SURE), make_projects({})).empty
    assert rank_queue(make_sorting(SURE).head(0), make_projects({}).head(0)).empty


def test_input_is_unchanged() -> None:
    sorting, projects = make_sorting(TIE, TORN), make_projects({"budget_cost": 1}, {})
    before = sorting.copy(), projects.copy()
    rank_queue(sorting, projects)
    pd.testing.assert_frame_equal(sorting, before[0])
    pd.testing.assert_frame_equal(projects, before[1])


@given(st.lists(st.tuples(*[st.floats(0.01, 1)] * 3, st.floats(0, 1e9)), min_size=1, max_size=30))
def test_going_down_the_list_settles_ever_less_each_and_in_the_end_all(
    rows: list[tuple[float, float, float, float]],
) -> None:
    sorting = make_sorting(*(chances(*(one / sum(row[:3]) for one in row[:3])) for row in rows))
    queue = rank_queue(sorting, make_projects(*({"budget_cost": row[3]} for row in rows)))
    steps = queue["settled_share"].diff().dropna()
    assert (steps.diff().dropna() <= 1e-9).all() and (steps >= 0).all()
    assert queue.empty or queue["settled_share"].iloc[-1] == pytest.approx(1)


def test_the_first_ten_of_the_sample_settle_more_than_ten_drawn_at_random(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    """By doubtful money, and by the truth: money of projects now wrong or undecided."""
    sorting, projects = sample_sort[0], sample_portfolio.projects
    queue = rank_queue(sorting, projects)
    truth = pd.read_csv(ROOT / "data/sample/truth/projects.csv").query("quarter == @QUARTER")
    nature = sorting["project_id"].map(truth.set_index("project_id")["nature"])
    stake = measure_stakes(projects).set_index("project_id")["stake_cost"]
    is_wrong = (nature.notna() & (nature != sorting["track"])).to_numpy()
    wrong_money = stake[sorting["project_id"]] * is_wrong
    rng = np.random.default_rng(1)
    drawn = [rng.choice(queue["project_id"], 10, replace=False) for _ in range(500)]
    by_chance = [queue.set_index("project_id")["priority"][ten].sum() for ten in drawn]
    truly = [wrong_money[ten].sum() / wrong_money.sum() for ten in drawn]
    first = queue["project_id"].head(10)
    assert queue["priority"].head(10).sum() > max(by_chance)
    assert wrong_money[first].sum() / wrong_money.sum() > np.percentile(truly, 95)
    assert QUARTER == "2026-Q3"
