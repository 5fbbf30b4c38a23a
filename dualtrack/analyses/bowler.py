"""The bowler: plan and actual of strategic measures by month, and whether a miss is a signal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dualtrack.analyses.control import measure_control
from dualtrack.analyses.control_limits import measure_limits
from dualtrack.analyses.control_rules import ControlRules
from dualtrack.analyses.metric_names import match_metrics
from dualtrack.schema import TABLES, conform

__all__ = ["LEAST_MONTHS", "NEAR_TARGET", "find_aggregations", "measure_bowler"]

LEAST_MONTHS = 5  # fewer make no useful limits (Wheeler: five or six)
NEAR_TARGET = 0.05  # of the plan: a measure that is best on its plan misses beyond this; ours
SERIES = ["metric_id", "project_id"]
_AVERAGED = r"\b(?:per|je|pro|par|por)\s+(?:hour|day|week|stunde|tag|woche|jour|d[ií]a)\b"
_LEVELS = ("%", "ratio", "score", "level", "index", "rate")


def measure_bowler(
    measures: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    rules: ControlRules,
    *,
    as_of_date: pd.Timestamp,
    fiscal_year_start: int = 1,
    aggregations: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Plan and actual of each strategic measure, month by month, to the end of the fiscal year.

    Strategic are the metrics of projects on the strategic track, and those of no project that the
    lexicon calls strategic. A month's readings are summed, averaged or the last one taken, as
    `find_aggregations` tells; a month without a reading is blank and never a miss. A month that
    still runs is blank for sums. Signals come from a process behaviour chart of the months, all
    months known, not only those of the year; with fewer than five there is none.

    Args:
        measures: The `measures` table.
        projects: `project_id`.
        sorting: `project_id`, `track`.
        rules: Rule set of the chart.
        as_of_date: The day the exports show; the year is the one it lies in.
        fiscal_year_start: First month of the year, 1 to 12.
        aggregations: Metric to `sum`, `mean` or `last`, where the settings say so.

    Returns:
        The `bowler` table, every month from the first reading to the end of the year. A miss is an
        actual worse than its plan by the measure's direction, or more than 5 % off it where the
        plan itself is best; missing without plan, actual or direction.

    Source: bowling chart as in Jackson, Hoshin Kanri for the Lean Enterprise (2006); process
        limits beside it: Wheeler, Understanding Variation (1993).
    """
    own = _choose(measures, projects, sorting)
    how = find_aggregations(own["metric_id"], own, aggregations)
    months = _by_month(own, how, as_of_date)
    if months.empty:
        return conform(pd.DataFrame(), TABLES["bowler"])
    year_end = find_year_start(as_of_date, fiscal_year_start) + pd.DateOffset(months=11)
    months = _fill_months(months, year_end)
    better = own.groupby(SERIES, dropna=False)["better_when"].last()
    months = months.merge(
        better.reset_index(), on=SERIES, how="left", validate="many_to_one"
    ).sort_values([*SERIES, "month"], ignore_index=True)
    months = months.assign(better_when=_usual_direction(months))
    months = months.assign(is_miss=_find_misses(months), signal_type=_find_signals(months, rules))
    table = TABLES["bowler"]
    return conform(months[table.column_names], table)


def find_aggregations(
    names: pd.Series, measures: pd.DataFrame, stated: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """How a month of each metric is made of its readings, and who says so.

    Args:
        names: Names of metrics.
        measures: `metric_id`, `unit_code`.
        stated: Metric to aggregation, where the settings say so.

    Returns:
        `metric_id`, `aggregation`, `aggregation_source`: as stated; a name `per day` or the like
        is averaged; else as the lexicon says; else the mean of rates and scores and the last of
        all others, since a wrong sum misleads more.
    """
    matched = match_metrics(names)[["metric_id", "aggregation"]]
    units = measures.groupby("metric_id")["unit_code"].first().fillna("").str.lower()
    is_rate = matched["metric_id"].map(units).isin(_LEVELS)
    usual = pd.Series(np.where(is_rate, "mean", "last"), index=matched.index)
    is_averaged = matched["metric_id"].str.lower().str.contains(_AVERAGED, regex=True)
    told = matched["metric_id"].map(dict(stated or {})).astype("str")
    lexicon = matched["aggregation"].mask(is_averaged, "mean")
    source = pd.Series("default", index=matched.index).mask(lexicon.notna(), "lexicon")
    return matched.assign(
        aggregation=told.fillna(lexicon).fillna(usual),
        aggregation_source=source.mask(told.notna(), "settings"),
    )


def find_year_start(as_of_date: pd.Timestamp, fiscal_year_start: int) -> pd.Timestamp:
    """First day of the fiscal year a day lies in.

    Args:
        as_of_date: The day.
        fiscal_year_start: First month of the year, 1 to 12.
    """
    year = as_of_date.year - (as_of_date.month < fiscal_year_start)
    return pd.Timestamp(year=year, month=fiscal_year_start, day=1)


def _choose(measures: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    """Readings of strategic measures, the earliest first."""
    tracks = projects[["project_id"]].merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    track = measures["project_id"].map(tracks.set_index("project_id")["track"])
    names = match_metrics(measures["metric_id"]).set_index("metric_id")["path_fit"]
    is_free = measures["project_id"].isna() & (measures["metric_id"].map(names) == "strategic")
    return measures[(track == "strategic") | is_free].sort_values("measured_date")


def _by_month(own: pd.DataFrame, how: pd.DataFrame, as_of_date: pd.Timestamp) -> pd.DataFrame:
    start = own["measured_date"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
    kinds = own["metric_id"].map(how.set_index("metric_id")["aggregation"])
    rows = own.assign(month=start, kind=kinds)
    # The month that still runs has not earned its sum yet.
    is_running = (rows["month"] + pd.offsets.MonthEnd(1)) > as_of_date
    rows = rows.assign(value=rows["value"].mask(is_running & (rows["kind"] == "sum")))
    groups = rows.groupby([*SERIES, "month", "kind"], dropna=False)
    parts = {}
    for column, name in (("value", "actual_value"), ("plan_value", "plan_value")):
        sums, means = groups[column].sum(min_count=1), groups[column].mean()
        lasts = groups[column].last()
        kind = sums.index.get_level_values("kind")
        parts[name] = pd.Series(
            np.select([kind == "sum", kind == "mean"], [sums, means], default=lasts),
            index=sums.index,
        )
    return pd.DataFrame(parts).reset_index().drop(columns="kind")


def _fill_months(months: pd.DataFrame, year_end: pd.Timestamp) -> pd.DataFrame:
    """Every month of each series from its first to the end of the year; gaps are blank."""
    first = months.groupby(SERIES, dropna=False)["month"].min().reset_index(name="first")
    span = pd.date_range(months["month"].min(), max(year_end, months["month"].max()), freq="MS")
    grid = first.merge(pd.DataFrame({"month": span.astype("datetime64[us]")}), how="cross")
    grid = grid[grid["month"] >= grid["first"]].drop(columns="first")
    return grid.merge(months, on=[*SERIES, "month"], how="left", validate="one_to_one")


def _usual_direction(months: pd.DataFrame) -> pd.Series:
    """The stated direction, else the lexicon's."""
    usual = match_metrics(months["metric_id"]).set_index("metric_id")["usual_direction"]
    known = months["metric_id"].map(usual).replace({"neutral": None})
    return months["better_when"].fillna(known)


def _find_misses(months: pd.DataFrame) -> pd.Series:
    actual, plan, better = months["actual_value"], months["plan_value"], months["better_when"]
    # Rounding must not make a miss of a hit.
    slack = 1e-9 * plan.abs()
    is_miss = pd.Series(
        np.select(
            [better == "higher", better == "lower"],
            [actual < plan - slack, actual > plan + slack],
            default=(actual - plan).abs() > NEAR_TARGET * plan.abs() + slack,
        ).astype(bool),
        index=months.index,
        dtype="boolean",
    )
    return is_miss.mask(actual.isna() | plan.isna() | better.isna())


def _find_signals(months: pd.DataFrame, rules: ControlRules) -> pd.Series:
    readings = months.rename(columns={"month": "measured_date", "actual_value": "value"})
    readings = readings[[*SERIES, "measured_date", "value", "better_when"]]
    control = measure_control(readings, rules)
    limits = measure_limits(readings, rules)
    counts = limits[[*SERIES, "reading_count"]]
    told = months[[*SERIES, "month"]].merge(
        control[[*SERIES, "measured_date", "signal_type"]],
        left_on=[*SERIES, "month"],
        right_on=[*SERIES, "measured_date"],
        how="left",
        validate="one_to_one",
    )
    told = told.merge(counts, on=SERIES, how="left", validate="many_to_one")
    told.index = months.index
    return told["signal_type"].where(told["reading_count"] >= LEAST_MONTHS)
