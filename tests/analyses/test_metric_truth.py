"""Recall and false alarms on what was planted into the sample's metrics."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses import (
    measure_coherence,
    measure_control,
    measure_limits,
    measure_metric_fit,
    measure_xmatrix_checks,
    read_control_rules,
)
from dualtrack.portfolio import Portfolio

# What was planted, and the finding that must name it.
FOUND_BY = {
    "metric with two definitions": ("two_units", "First pass yield"),
    "metric without readings": ("stale", "Supplier delivery reliability"),
    "daily metric on a strategic bet": ("misfit", "Calls made per day"),
    "strategic metric on a kaizen": ("misfit", "Market share"),
    "objective without projects": ("unsupported_breakthrough", "OBJ-4"),
}


def test_every_plant_is_found_and_nothing_else_is_said_of_metrics(
    sample_portfolio: Portfolio,
    sample_sort: tuple[pd.DataFrame, pd.DataFrame],
    findings: pd.DataFrame,
) -> None:
    one, sorting = sample_portfolio, sample_sort[0]
    fit = measure_metric_fit(one.measures, one.projects, sorting)
    coherence = measure_coherence(one.measures, one.projects, sorting, as_of_date=one.as_of_date)
    checks = measure_xmatrix_checks(one.projects, sorting, one.objectives, one.measures)
    said = {("misfit", name) for name in fit.loc[fit["finding"].notna(), "metric_id"]}
    of_metrics = coherence[coherence["finding_type"] != "no_metric"]
    said |= set(zip(of_metrics["finding_type"], of_metrics["metric_id"], strict=True))
    objectives = checks[checks["check_type"].str.startswith("unsupported")]
    said |= set(zip(objectives["check_type"], objectives["item_id"], strict=True))
    planted = {FOUND_BY[kind] for kind in findings["kind"] if kind in FOUND_BY}
    # Recall five of five, false alarms none.
    assert planted == said and len(planted) == 5


def test_planted_special_causes_are_signals_on_the_day_they_were_planted(
    sample_portfolio: Portfolio,
) -> None:
    rules = read_control_rules("wheeler")
    own = sample_portfolio.measures
    own = own[own["metric_id"].isin(["Truck waiting time", "Failed deployments"])]
    control = measure_control(own, rules, limits=measure_limits(own, rules))
    outside = control[control["rules"].fillna("").str.contains("outside_limit")]
    days = outside.groupby("metric_id")["measured_date"]
    assert days.get_group("Failed deployments").tolist() == [pd.Timestamp("2026-08-09")]
    shift = days.get_group("Truck waiting time")
    low = outside["value"] < outside["lower_limit"]
    assert shift[low].min() == pd.Timestamp("2026-07-12")
    assert shift[low].max() == pd.Timestamp("2026-09-27")
