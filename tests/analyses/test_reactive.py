"""What changed between quarters, and limits so that noise is not called a trend."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import measure_reactive, read_control_rules, stack_quarters
from dualtrack.schema import TABLES, empty_frame
from tests.conftest import make_projects, make_sorting

RULES = read_control_rules("wheeler")


def quarter(name: str, *rows: dict[str, object]) -> SimpleNamespace:
    projects = make_projects(*rows)
    ids = [{"project_id": one} for one in projects["project_id"]]
    day = pd.Period(name.replace("-", ""), freq="Q").end_time.normalize()
    portfolio = SimpleNamespace(projects=projects, as_of_date=day)
    return SimpleNamespace(quarter=name, portfolio=portfolio, sorting=make_sorting(*ids))


def one(reactive: pd.DataFrame, signal: str, period: str = "2026-Q3") -> tuple[int, int]:
    rows = reactive[(reactive["signal_type"] == signal) & (reactive["period_name"] == period)]
    return int(rows["event_count"].iloc[0]), int(rows["base_count"].iloc[0])


def test_changes_are_counted_between_two_exports() -> None:
    base = {"start_date": "2026-01-01", "objective_id": "O-1"}
    before = [
        {**base, "baseline_finish_date": "2026-12-01", "forecast_finish_date": "2026-12-01"},
        {**base, "baseline_finish_date": "2026-12-01", "forecast_finish_date": "2026-12-01"},
        base,
        {**base, "status_type": "on_hold"},
        {**base, "status_type": "done"},
    ]
    after = [
        {**before[0], "baseline_finish_date": "2027-02-01", "forecast_finish_date": "2026-12-08"},
        {**before[1], "forecast_finish_date": "2026-12-07", "objective_id": "O-2"},
        {**base, "status_type": "cancelled"},
        {**base, "status_type": "active"},
        {**base, "status_type": "active", "objective_id": "O-9"},
    ]
    history = stack_quarters([quarter("2026-Q3", *after), quarter("2026-Q2", *before)])
    reactive = measure_reactive(history, RULES)
    assert one(reactive, "re-baselines") == (1, 2)
    assert one(reactive, "slipped dates") == (1, 2)
    # Moved to another objective, cancelled, resumed; what was done before is not looked at.
    assert one(reactive, "priority changes") == (3, 4)


def test_a_start_is_unplanned_only_where_it_could_have_been_listed() -> None:
    ahead = {"project_id": "a:1", "start_date": "2026-07-10", "status_type": "proposed"}
    rows = [
        {**ahead, "status_type": "active"},
        {"project_id": "a:2", "start_date": "2026-07-20"},
        {"project_id": "a:3", "start_date": "2026-08-20"},
        {"project_id": "b:1", "start_date": "2026-07-20"},
    ]
    history = stack_quarters([quarter("2026-Q2", ahead), quarter("2026-Q3", *rows)])
    # a:2 began within 30 days and was not listed; of a:3 it cannot be told; b lists nothing ahead.
    assert one(measure_reactive(history, RULES), "unplanned starts") == (1, 2)


def test_starts_without_objective_count_in_tools_that_record_objectives() -> None:
    rows = [
        {"project_id": "a:1", "start_date": "2026-07-10", "objective_id": "O-1"},
        {"project_id": "a:2", "start_date": "2026-09-30"},
        {"project_id": "a:3", "start_date": "2026-06-30"},
        {"project_id": "b:1", "start_date": "2026-07-20"},
    ]
    reactive = measure_reactive(stack_quarters([quarter("2026-Q3", *rows)]), RULES)
    assert one(reactive, "starts without objective") == (1, 2)
    by_month = reactive[reactive["period_type"] == "month"]
    assert by_month.set_index("period_name")["base_count"].to_dict() == {
        "Jun 2026": 1,
        "Jul 2026": 1,
        "Aug 2026": 0,
        "Sep 2026": 1,
    }
    assert by_month["share"].isna().all()
    assert "re-baselines" not in set(reactive["signal_type"])


def months(*counts: tuple[int, int]) -> pd.DataFrame:
    rows = [
        {
            "project_id": f"a:{month}-{number}",
            "start_date": f"{2025 + month // 12}-{1 + month % 12:02d}-05",
            "objective_id": None if number < without else "O-1",
        }
        for month, (without, base) in enumerate(counts)
        for number in range(base)
    ]
    return measure_reactive(stack_quarters([quarter("2026-Q3", *rows)]), RULES)


def test_limits_are_those_of_the_chart_and_kept_within_a_share() -> None:
    reactive = months(*[(1, 10), (2, 10)] * 10, (9, 10))
    by_month = reactive[reactive["period_type"] == "month"]
    shares = np.array([0.1, 0.2] * 10 + [0.9])
    moves = np.abs(np.diff(shares)).mean()
    assert by_month["centre_value"].iloc[0] == pytest.approx(shares.mean())
    assert by_month["upper_limit"].iloc[0] == pytest.approx(shares.mean() + 2.66 * moves)
    assert by_month["lower_limit"].iloc[0] == 0
    assert by_month["limit_type"].unique().tolist() == ["limits"]
    told = by_month.dropna(subset=["signal_words"])
    assert told["period_name"].tolist() == ["Sep 2026"]


def test_few_readings_have_trial_limits_and_fewer_have_none() -> None:
    def kinds(count: int) -> set[str]:
        reactive = months(*[(1, 6), (2, 6)] * (count // 2), *[(1, 6)] * (count % 2))
        return set(reactive.loc[reactive["period_type"] == "month", "limit_type"])

    assert kinds(13) == {"limits"} and kinds(12) == {"trial limits"}
    assert kinds(4) == {"no limits"}


def test_an_empty_or_thin_history_gives_no_share() -> None:
    assert measure_reactive(empty_frame(TABLES["history"]), RULES).empty
    assert stack_quarters([]).empty
    reactive = measure_reactive(stack_quarters([quarter("2026-Q3", {})]), RULES)
    assert reactive["share"].isna().all()


def test_a_late_finish_is_counted_in_the_month_of_its_baseline() -> None:
    rows = [
        {"baseline_finish_date": "2026-08-10", "actual_finish_date": one, "status_type": state}
        for one, state in (
            ("2026-08-10", "done"),
            ("2026-08-11", "done"),
            (None, "active"),
            (None, "cancelled"),
        )
    ]
    reactive = measure_reactive(stack_quarters([quarter("2026-Q3", *rows)]), RULES)
    assert one(reactive, "finishes past baseline", "Aug 2026") == (2, 3)
