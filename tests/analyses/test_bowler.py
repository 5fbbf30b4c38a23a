"""The bowler: months made as the measure asks, blank is not red, noise is not a signal."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import measure_bowler, measure_bowler_measures, read_control_rules
from dualtrack.analyses.bowler import find_aggregations, find_year_start
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from tests.analyses.metric_frames import DAY, join, make_series
from tests.conftest import make_projects, make_sorting

RULES = read_control_rules("wheeler")
STRATEGIC = (make_projects({}), make_sorting({"track": "strategic"}))
UP = {"better_when": "higher", "unit_code": "%"}


def months(measures: pd.DataFrame, **options: object) -> pd.DataFrame:
    bowler = measure_bowler(measures, *STRATEGIC, RULES, as_of_date=DAY, **options)
    return bowler.set_index("month")


def line(measures: pd.DataFrame, **options: object) -> pd.Series:
    bowler = measure_bowler(measures, *STRATEGIC, RULES, as_of_date=DAY)
    rows = measure_bowler_measures(bowler, measures, STRATEGIC[0], as_of_date=DAY, **options)
    return rows.iloc[0]


@pytest.mark.parametrize(("how", "august"), [("sum", 6.0), ("mean", 2.0), ("last", 3.0)])
def test_a_month_is_made_of_its_readings_as_the_measure_asks(how: str, august: float) -> None:
    days = pd.to_datetime(["2026-08-03", "2026-08-10", "2026-08-17"])
    rows = make_series("Odd one", [1.0, 2.0, 3.0], **UP).assign(measured_date=days)
    found = months(rows, aggregations={"Odd one": how})
    assert found.loc["2026-08-01", "actual_value"] == august


@pytest.mark.parametrize(
    ("name", "unit", "how", "source"),
    [
        ("Subscription revenue", "kEUR", "sum", "lexicon"),
        ("Calls made per day", "calls", "mean", "lexicon"),
        ("Annual recurring revenue", "kEUR", "last", "lexicon"),
        ("Odd one", "%", "mean", "default"),
        ("Odd one", "t", "last", "default"),
        ("Market share", "%", "sum", "settings"),
    ],
)
def test_who_says_how_a_month_is_made(name: str, unit: str, how: str, source: str) -> None:
    rows = make_series(name, [1.0], unit_code=unit)
    stated = {"Market share": "sum"} if source == "settings" else None
    found = find_aggregations(rows["metric_id"], rows, stated).iloc[0]
    assert (found["aggregation"], found["aggregation_source"]) == (how, source)


@pytest.mark.parametrize(
    ("better", "actual", "is_miss"),
    [
        ("higher", 9.9, True),
        ("higher", 10.0, False),
        ("lower", 10.1, True),
        ("lower", 10.0, False),
        ("target", 10.5, False),
        ("target", 10.6, True),
        ("target", 9.4, True),
    ],
)
def test_a_miss_is_worse_than_plan_by_direction(better: str, actual: float, is_miss: bool) -> None:
    rows = make_series("Odd one", [actual], better_when=better, plan_value=10.0)
    assert months(rows).loc["2026-09-01", "is_miss"] == is_miss


def test_blank_is_not_red() -> None:
    rows = make_series("Odd one", [1.0, None, 1.0], plan_value=5.0, **UP)
    found = months(rows)
    assert found["is_miss"].isna().tolist() == [False, True, False, True, True, True]
    assert len(found) == 6 and found.index[-1] == pd.Timestamp("2026-12-01")
    no_plan = months(make_series("Odd one", [1.0] * 3, **UP))
    assert no_plan["is_miss"].isna().all()
    # Neither stated nor known to the lexicon: no direction, no miss.
    assert months(make_series("Odd one", [1.0], plan_value=5.0))["is_miss"].isna().all()
    assert months(make_series("Market share", [1.0], plan_value=5.0))["is_miss"].iloc[0]


def test_a_month_that_still_runs_is_blank_for_sums_only() -> None:
    day = pd.Timestamp("2026-09-15")
    for name, is_blank in (("Subscription revenue", True), ("Annual recurring revenue", False)):
        rows = make_series(name, [1.0, 1.0], plan_value=5.0, **UP)
        bowler = measure_bowler(rows, *STRATEGIC, RULES, as_of_date=day).set_index("month")
        assert pd.isna(bowler.loc["2026-09-01", "actual_value"]) == is_blank


def test_the_year_follows_the_fiscal_start() -> None:
    assert find_year_start(DAY, 1) == pd.Timestamp("2026-01-01")
    assert find_year_start(DAY, 10) == pd.Timestamp("2025-10-01")
    assert find_year_start(pd.Timestamp("2026-10-01"), 10) == pd.Timestamp("2026-10-01")
    found = months(make_series("Odd one", [1.0], **UP), fiscal_year_start=4)
    assert found.index[-1] == pd.Timestamp("2027-03-01")


def test_only_strategic_measures_stand_on_it() -> None:
    rows = join(
        make_series("Scrap rate", [1.0], project_id="list:2"),
        make_series("Market share", [1.0], project_id=None),
        make_series("Rework rate", [1.0], project_id=None),
        make_series("Odd one", [1.0]),
    )
    projects = make_projects({}, {})
    sorting = make_sorting({"track": "strategic"}, {})
    bowler = measure_bowler(rows, projects, sorting, RULES, as_of_date=DAY)
    assert set(bowler["metric_id"]) == {"Market share", "Odd one"}


def test_catch_up_of_a_level_is_the_change_a_month_that_is_left() -> None:
    # September 4, target 10, three months left: +2 a month.
    row = line(make_series("Odd one", [1.0, 4.0], target_value=10.0, plan_value=6.0, **UP))
    assert (row["catch_up_value"], row["months_left"], row["is_cumulative"]) == (2.0, 3, False)
    reached = line(make_series("Odd one", [1.0, 14.0], target_value=10.0, **UP))
    assert reached["catch_up_value"] == 0


def test_catch_up_of_a_sum_is_what_each_month_left_must_bring() -> None:
    # 9 months of 10 are 90 of 150: 20 in each of three months.
    rows = make_series("New customer acquisition", [10.0] * 9, target_value=150.0, plan_value=12.5)
    row = line(rows)
    assert row["is_cumulative"] and (row["actual_value"], row["catch_up_value"]) == (90.0, 20.0)
    # A target near the last plan is a month's level, not the year's sum: 13 from 10, three left.
    level = line(rows.assign(target_value=13.0))
    assert not level["is_cumulative"] and level["catch_up_value"] == 1.0


def test_a_red_month_that_is_noise_says_so() -> None:
    row = line(make_series("Odd one", [9.0, 11.0] * 6 + [9.0], plan_value=10.0, **UP))
    assert row["verdict"] == "common cause: do not react"
    assert (row["miss_count"], row["judged_count"], row["month_count"]) == (5, 9, 13)
    always = line(make_series("Odd one", [9.0, 9.5] * 6, plan_value=10.0, **UP))
    assert always["verdict"].startswith("common cause: do not react to the month; every month")


def test_a_red_month_that_is_a_signal_says_so_and_few_months_cannot_tell() -> None:
    row = line(make_series("Odd one", [9.0, 11.0] * 6 + [2.0], plan_value=10.0, **UP))
    assert row["verdict"] == "signal of concern: find what changed"
    few = line(make_series("Odd one", [9.0, 11.0, 9.0, 2.0], plan_value=10.0, **UP))
    assert few["verdict"] == "too few months to tell noise from signal"
    better = line(make_series("Odd one", [1.0, 1.2] * 6 + [8.0], plan_value=10.0, **UP))
    assert better["verdict"] == "signal of improvement, short of plan"


def test_start_is_the_last_month_before_the_year() -> None:
    row = line(make_series("Odd one", [7.0, 8.0], end="2026-01-01", plan_value=1.0, **UP))
    assert (row["start_value"], row["actual_value"]) == (7.0, 8.0)
    old = line(make_series("Odd one", [7.0, 8.0], end="2025-06-01", **UP))
    assert old["verdict"] == "no actual this year" and pd.isna(old["is_last_miss"])


def test_every_miss_asks_for_a_countermeasure_with_owner_and_date() -> None:
    rows = make_series("Odd one", [1.0, 1.0], plan_value=5.0, **UP)
    assert line(rows)["countermeasure"] == "countermeasure: none recorded"
    assert line(rows)["open_miss_count"] == 2
    given = {"metric_id": "odd-one", "countermeasure": "Second shift", "owner": "A"}
    dated = {**given, "due_date": pd.Timestamp("2026-11-01")}
    for one, told, left in (
        (given, "Second shift (owner named, no date)", 2),
        (dated, "Second shift (owner named, by 2026-11-01)", 0),
        ({**dated, "month": pd.Timestamp("2026-08-01")}, "countermeasure: none recorded", 1),
        ({**dated, "project_id": "list:9"}, "countermeasure: none recorded", 2),
    ):
        table = conform(pd.DataFrame([one]), TABLES["countermeasures"])
        row = line(rows, countermeasures=table)
        assert (row["countermeasure"], row["open_miss_count"]) == (told, left)


def test_nothing_in_nothing_out_and_input_unchanged() -> None:
    tables = [empty_frame(TABLES[name]) for name in ("measures", "projects", "sorting")]
    bowler = measure_bowler(*tables, RULES, as_of_date=DAY)
    assert bowler.empty
    assert measure_bowler_measures(bowler, tables[0], tables[1], as_of_date=DAY).empty
    rows = make_series("Odd one", [None, None], plan_value=5.0)
    before = rows.copy()
    assert line(rows)["verdict"] == "no actual this year"
    pd.testing.assert_frame_equal(rows, before)


def test_the_sample_has_five_lines_all_short_of_plan(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    day = sample_portfolio.as_of_date
    bowler = measure_bowler(
        sample_portfolio.measures, sample_portfolio.projects, sample_sort[0], RULES, as_of_date=day
    )
    rows = measure_bowler_measures(
        bowler, sample_portfolio.measures, sample_portfolio.projects, as_of_date=day
    )
    assert len(rows) == 5 and rows["is_last_miss"].all()
    assert (rows["months_left"] == 3).all() and rows["catch_up_value"].gt(0).all()
    assert set(rows["countermeasure"]) == {"countermeasure: none recorded"}
