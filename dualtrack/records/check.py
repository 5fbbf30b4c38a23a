"""Rules every portfolio is checked against; a breach is an issue, never a stop."""

from __future__ import annotations

import pandas as pd

from dualtrack.records.findings import make_issues

__all__ = ["check_portfolio"]


def _found(
    rows: pd.DataFrame, is_found: pd.Series, values: pd.Series | None = None
) -> pd.DataFrame:
    """Rows a rule found, with what it found in `value`."""
    is_found = is_found.fillna(False).astype(bool)
    found = rows.loc[is_found, ["project_id", "source_file", "source_row"]]
    return found if values is None else found.assign(value=values[is_found].astype("str"))


def check_portfolio(
    projects: pd.DataFrame,
    objectives: pd.DataFrame,
    assignments: pd.DataFrame,
    *,
    as_of_date: pd.Timestamp,
) -> pd.DataFrame:
    """Check projects and what hangs on them.

    Args:
        projects: Cleaned projects.
        objectives: Objectives, may be empty (then links are not checked).
        assignments: Bookings, may be empty.
        as_of_date: The day the exports show.

    Returns:
        Rows of `issues`.
    """
    findings = [
        *_check_dates(projects, as_of_date),
        *_check_gaps(projects),
        _check_keys(projects),
        _check_objectives(projects, objectives),
        _check_bookings(projects, assignments),
    ]
    found = [one for one in findings if not one.empty]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _check_dates(projects: pd.DataFrame, as_of_date: pd.Timestamp) -> list[pd.DataFrame]:
    finish = projects["forecast_finish_date"].fillna(projects["baseline_finish_date"])
    is_backward = finish < projects["start_date"]
    is_future = projects["actual_finish_date"] > as_of_date
    is_open = ~projects["status_type"].isin(["done", "cancelled"])
    is_stale = is_open & projects["actual_finish_date"].isna() & (finish < as_of_date)
    due = projects["last_review_date"] + pd.to_timedelta(
        projects["review_interval_days"] * 1.5, unit="D"
    )
    is_late = is_open & (due < as_of_date)
    return [
        make_issues(
            _found(projects, is_backward, finish.dt.strftime("%Y-%m-%d")),
            rule_name="finish before start",
            severity_type="severe",
            column_name="forecast_finish_date",
            message="One of the two dates is wrong. Mend it in the tool.",
        ),
        make_issues(
            _found(projects, is_future, projects["actual_finish_date"].dt.strftime("%Y-%m-%d")),
            rule_name="finished after the export",
            column_name="actual_finish_date",
            message="An actual date lies in the future.",
        ),
        make_issues(
            _found(projects, is_stale, finish.dt.strftime("%Y-%m-%d")),
            rule_name="open past its finish",
            column_name="forecast_finish_date",
            message="Still open, but the finish lies in the past. Forecast it anew.",
        ),
        make_issues(
            _found(projects, is_late, projects["last_review_date"].dt.strftime("%Y-%m-%d")),
            rule_name="review overdue",
            column_name="last_review_date",
            message="The last review is more than one and a half intervals ago.",
        ),
    ]


def _check_gaps(projects: pd.DataFrame) -> list[pd.DataFrame]:
    no_unit = _found(projects, projects["unit_name"].isna())
    no_date = _found(projects, projects["start_date"].isna())
    negative = _found(projects, projects["budget_cost"] < 0, projects["budget_cost"])
    return [
        make_issues(
            no_unit,
            rule_name="no unit",
            column_name="unit_name",
            message="It appears in the whole but in no unit's pack. "
            "State unit_name for the file in portfolio.toml.",
        ),
        make_issues(
            no_date,
            rule_name="no start date",
            severity_type="info",
            column_name="start_date",
            message="It cannot be drawn on the two paths.",
        ),
        make_issues(
            negative,
            rule_name="negative budget",
            column_name="budget_cost",
            message="Kept as it stands, left out of shares; check the sign.",
        ),
    ]


def _check_keys(projects: pd.DataFrame) -> pd.DataFrame:
    is_repeated = projects["project_id"].str.contains(r"#\d+$", regex=True, na=False)
    repeated = _found(projects, is_repeated, projects["project_id"])
    return make_issues(
        repeated,
        rule_name="repeated key",
        column_name="project_id",
        message="Two rows of one file carry this key; both are kept.",
    )


def _check_objectives(projects: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    if objectives.empty:
        return pd.DataFrame()
    is_odd = projects["objective_id"].notna() & ~projects["objective_id"].isin(
        objectives["objective_id"]
    )
    odd = _found(projects, is_odd, projects["objective_id"])
    return make_issues(
        odd,
        rule_name="unknown objective",
        column_name="objective_id",
        message="No such objective in the list.",
    )


def _check_bookings(projects: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    if assignments.empty:
        return pd.DataFrame()
    last = assignments.groupby("project_id")["month"].max()
    last_month = projects["project_id"].map(last).astype("datetime64[us]")
    month_end = last_month + pd.offsets.MonthBegin(0)
    is_after = projects["actual_finish_date"] < month_end
    after = _found(projects, is_after, last_month.dt.strftime("%Y-%m"))
    return make_issues(
        after,
        rule_name="booked after its finish",
        table_name="assignments",
        message="Hours were booked after the project was closed.",
    )
