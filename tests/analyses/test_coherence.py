"""Contradictions and gaps of metrics, each on the smallest frame that shows it."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import measure_coherence
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.metric_frames import DAY, join, make_series
from tests.conftest import make_projects, make_sorting

OWNED = {"owner": "A", "start_date": "2026-04-01"}
PLAN = {"plan_value": 1.0, "better_when": "higher"}


def kinds(measures: pd.DataFrame, *projects: dict[str, object]) -> list[str]:
    rows = projects or ({**OWNED},)
    found = measure_coherence(
        measures, make_projects(*rows), make_sorting(*[{}] * len(rows)), as_of_date=DAY
    )
    return found["finding_type"].tolist()


def test_a_whole_metric_has_no_finding() -> None:
    assert kinds(make_series("Yield", [1.0] * 6, unit_code="%", **PLAN)) == []


def test_one_name_with_two_units_is_found_whatever_its_spelling() -> None:
    one = make_series("First pass yield", [95.0] * 6, unit_code="%", **PLAN)
    two = make_series(
        "first-pass yield", [0.95] * 6, project_id="list:2", unit_code="ratio", **PLAN
    )
    assert kinds(join(one, two), OWNED, OWNED) == ["two_units", "two_units"]
    same = make_series("first-pass yield", [95.0] * 6, project_id="list:2", unit_code="pct", **PLAN)
    assert kinds(join(one, same), OWNED, OWNED) == []


@pytest.mark.parametrize(("other", "found"), [(1.9, 2), (2.1, 0)])
def test_levels_fifty_times_apart_are_two_definitions(other: float, found: int) -> None:
    one = make_series("Yield", [100.0] * 6, **PLAN)
    two = make_series("Yield", [other] * 6, project_id="list:2", **PLAN)
    assert kinds(join(one, two), OWNED, OWNED) == ["two_levels"] * found


def test_two_directions_in_one_series_and_one_against_the_usual() -> None:
    rows = make_series("Scrap rate", [1.0] * 4, plan_value=1.0, better_when="lower")
    turned = rows.assign(better_when=["lower", "lower", "higher", "higher"])
    assert kinds(turned) == ["two_directions", "against_usual"]


def test_one_measure_pulled_apart_by_two_projects_also_under_two_names() -> None:
    up = make_series("Days payable outstanding", [40.0] * 6, plan_value=1.0, better_when="higher")
    down = make_series("DPO", [40.0] * 6, project_id="list:2", plan_value=1.0, better_when="lower")
    found = kinds(join(up, down), OWNED, OWNED)
    assert found == ["opposed", "opposed"]
    aims = {"plan_value": 1.0, "better_when": "target"}
    above = make_series("DPO", [40.0] * 6, target_value=50.0, **aims)
    below = make_series("DPO", [40.0] * 6, project_id="list:2", target_value=30.0, **aims)
    assert kinds(join(above, below), OWNED, OWNED) == ["opposed", "opposed"]


@pytest.mark.parametrize(("end", "found"), [("2026-08-01", []), ("2026-07-01", ["stale"])])
def test_silence_of_more_than_two_of_its_own_intervals_is_stale(end: str, found: list[str]) -> None:
    # Months: two intervals are 62 days; 1 August lies 60 days back, 1 July 91.
    assert kinds(make_series("Yield", [1.0] * 6, end=end, **PLAN)) == found


def test_a_closed_project_may_fall_silent_and_no_reading_at_all_is_stale() -> None:
    old = make_series("Yield", [1.0] * 6, end="2025-12-01", **PLAN)
    assert kinds(old, {**OWNED, "status_type": "done"}) == []
    assert kinds(make_series("Yield", [None] * 3, **PLAN)) == ["stale"]


def test_owner_baseline_and_target_are_asked_for() -> None:
    late = {"owner": "A", "start_date": "2025-01-01"}
    bare = make_series("Yield", [1.0] * 6)
    assert kinds(bare, late) == ["no_baseline", "no_target"]
    assert kinds(
        make_series("Yield", [1.0] * 6, target_value=2.0), {"start_date": "2026-09-01"}
    ) == ["no_owner"]
    free = make_series("Yield", [1.0] * 6, project_id=None, **PLAN)
    assert kinds(free, {"status_type": "done"}) == ["no_owner"]


def test_open_projects_of_both_paths_without_a_metric_are_listed() -> None:
    projects = make_projects({"title": "OEE of line 4"}, {"status_type": "done"}, {}, {})
    sorting = make_sorting({}, {}, {"track": "maintenance"}, {"track": "strategic"})
    nothing = empty_frame(TABLES["measures"])
    found = measure_coherence(nothing, projects, sorting, as_of_date=DAY)
    assert found["project_id"].tolist() == ["list:1", "list:4"]
    assert found["says"].tolist() == [
        "no metric; its title names Overall equipment effectiveness",
        "no metric",
    ]


def test_nothing_in_nothing_out_and_input_unchanged() -> None:
    tables = [empty_frame(TABLES[name]) for name in ("measures", "projects", "sorting")]
    assert measure_coherence(*tables, as_of_date=DAY).empty
    measures = make_series("Yield", [1.0] * 3)
    before = measures.copy()
    kinds(measures)
    pd.testing.assert_frame_equal(measures, before)


def test_planted_incoherence_is_found_and_no_other(
    sample_portfolio: Portfolio,
    sample_sort: tuple[pd.DataFrame, pd.DataFrame],
    findings: pd.DataFrame,
) -> None:
    planted = findings[findings["kind"].isin(["metric with two definitions"])]
    assert len(planted) == 1
    found = measure_coherence(
        sample_portfolio.measures,
        sample_portfolio.projects,
        sample_sort[0],
        as_of_date=sample_portfolio.as_of_date,
    )
    of_metrics = found[found["finding_type"] != "no_metric"]
    pairs = set(zip(of_metrics["finding_type"], of_metrics["metric_id"], strict=True))
    assert pairs == {
        ("two_units", "First pass yield"),
        ("stale", "Supplier delivery reliability"),
    }
