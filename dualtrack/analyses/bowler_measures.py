"""A line of the bowler: start, target, catch-up, what the last month says, what is done."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dualtrack.analyses.bowler import SERIES, find_aggregations, find_year_start
from dualtrack.reference.metric_lexicon import normalise_metric
from dualtrack.schema import TABLES, conform

__all__ = ["measure_bowler_measures"]

NO_COUNTERMEASURE = "countermeasure: none recorded"
_CONSTANT = 3  # months missed in a row of all judged; fewer may be chance
_KEPT = ["unit_code", "better_when", "target_value"]


def measure_bowler_measures(
    bowler: pd.DataFrame,
    measures: pd.DataFrame,
    projects: pd.DataFrame,
    *,
    as_of_date: pd.Timestamp,
    fiscal_year_start: int = 1,
    countermeasures: pd.DataFrame | None = None,
    aggregations: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """What stands beside the months of each measure.

    Catch-up is what each month left must bring: for a target met by the sum of the months, target
    less actual to date over months left; for a level, target less last actual over months left.
    A summed measure has a level as target where its last plan lies nearer to the target than the
    year's plans together.

    Args:
        bowler: As `measure_bowler` returns.
        measures: The `measures` table.
        projects: `project_id`, `title`.
        as_of_date: The day the exports show.
        fiscal_year_start: First month of the year, 1 to 12.
        countermeasures: The `countermeasures` table; none recorded if None.
        aggregations: As for `measure_bowler`.

    Returns:
        The `bowler_measures` table: last months missed with a signal first, then other last months
        missed, then the rest, by name.
    """
    table = TABLES["bowler_measures"]
    if bowler.empty:
        return conform(pd.DataFrame(), table)
    start = find_year_start(as_of_date, fiscal_year_start)
    year = bowler[(bowler["month"] >= start) & (bowler["month"] < start + pd.DateOffset(years=1))]
    rows = _list_series(bowler, measures, projects, aggregations)
    rows = _add(rows, _start_values(bowler, start))
    rows = _add(rows, _count_year(year, start))
    rows = rows.assign(is_cumulative=_is_cumulative(rows), month_count=_count_months(bowler, rows))
    rows = rows.assign(actual_value=rows["sum_value"].where(rows["is_cumulative"], rows["last"]))
    rows = rows.assign(catch_up_value=_catch_up(rows), verdict=_word_verdict(rows))
    rows = _add(rows, _find_countermeasures(year, countermeasures))
    is_signal = rows["signal_type"].fillna("").str.startswith("special")
    is_miss = rows["is_last_miss"].fillna(False).astype(bool)
    rows = rows.assign(rank=np.select([is_miss & is_signal, is_miss], [0, 1], default=2))
    ordered = rows.sort_values(["rank", *SERIES])
    return conform(ordered[table.column_names], table)


def _add(rows: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    return rows.merge(more, on=SERIES, how="left", validate="one_to_one")


def _list_series(
    bowler: pd.DataFrame,
    measures: pd.DataFrame,
    projects: pd.DataFrame,
    aggregations: Mapping[str, str] | None,
) -> pd.DataFrame:
    series = bowler[SERIES].drop_duplicates()
    last = measures.sort_values("measured_date").groupby(SERIES, dropna=False)[_KEPT].last()
    rows = _add(series, last.reset_index())
    how = find_aggregations(rows["metric_id"], measures, aggregations)
    rows = rows.merge(how, on="metric_id", how="left", validate="many_to_one")
    titles = projects[["project_id", "title"]]
    return rows.merge(titles, on="project_id", how="left", validate="many_to_one")


def _start_values(bowler: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    earlier = bowler[(bowler["month"] < start) & bowler["actual_value"].notna()]
    found = earlier.groupby(SERIES, dropna=False)["actual_value"].last()
    return found.rename("start_value").reset_index()


def _count_year(year: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    groups = year.groupby(SERIES, dropna=False)
    known = year[year["actual_value"].notna()]
    last = (
        known.groupby(SERIES, dropna=False)
        .tail(1)
        .rename(columns={"month": "last_month", "actual_value": "last", "is_miss": "is_last_miss"})
    )
    counted = groups.agg(
        miss_count=("is_miss", "sum"),
        judged_count=("is_miss", "count"),
        sum_value=("actual_value", lambda values: values.sum(min_count=1)),
        plan_sum=("plan_value", lambda values: values.sum(min_count=1)),
        last_plan=("plan_value", "last"),
    ).reset_index()
    joined = _add(counted, last[[*SERIES, "last_month", "last", "is_last_miss", "signal_type"]])
    gone = (joined["last_month"].dt.year - start.year) * 12 + joined["last_month"].dt.month
    left = 12 - (gone - start.month + 1)
    return joined.assign(months_left=left.astype("Int64"))


def _is_cumulative(rows: pd.DataFrame) -> pd.Series:
    by_sum = (rows["target_value"] - rows["plan_sum"]).abs()
    by_last = (rows["target_value"] - rows["last_plan"]).abs()
    is_level = (by_last < by_sum).fillna(False)
    return ((rows["aggregation"] == "sum") & ~is_level).astype("boolean")


def _count_months(bowler: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    counts = bowler.groupby(SERIES, dropna=False)["actual_value"].count().rename("count")
    joined = rows[SERIES].merge(counts.reset_index(), on=SERIES, how="left", validate="one_to_one")
    return pd.Series(joined["count"].to_numpy(), index=rows.index, dtype="Int64")


def _catch_up(rows: pd.DataFrame) -> pd.Series:
    """What is left to the target, by month left; nothing where the target is reached."""
    gap = rows["target_value"] - rows["actual_value"]
    sign = rows["better_when"].map({"higher": 1.0, "lower": -1.0})
    gap = gap.mask((gap * sign) <= 0, 0.0)
    left = rows["months_left"].astype("float64")
    return (gap / left).where(left > 0)


def _word_verdict(rows: pd.DataFrame) -> pd.Series:
    """What to do about the last month; a miss that is noise asks for no reaction."""
    signal = rows["signal_type"].fillna("")
    is_miss = rows["is_last_miss"].fillna(False).astype(bool)
    is_blank = rows["last_month"].isna()
    is_constant = (rows["miss_count"] == rows["judged_count"]) & (rows["miss_count"] >= _CONSTANT)
    cases = (
        (is_blank, "no actual this year"),
        (rows["is_last_miss"].isna() & (signal == "special_cause_concern"), "signal of concern"),
        (rows["is_last_miss"].isna(), "no plan or direction to judge by"),
        (is_miss & (signal == ""), "too few months to tell noise from signal"),
        (
            is_miss & (signal == "common_cause") & is_constant,
            "common cause: do not react to the month; every month missed: change process or plan",
        ),
        (is_miss & (signal == "common_cause"), "common cause: do not react"),
        (is_miss & (signal == "special_cause_concern"), "signal of concern: find what changed"),
        (is_miss & (signal == "special_cause_improvement"), "signal of improvement, short of plan"),
        (is_miss, "signal: find what changed"),
        (signal == "special_cause_concern", "on plan, yet a signal of concern: find what changed"),
        (
            signal == "special_cause_improvement",
            "on plan, signal of improvement: keep what changed",
        ),
        (signal.str.startswith("special"), "on plan, yet a signal: find what changed"),
    )
    words = np.select([one for one, _ in cases], [text for _, text in cases], default="on plan")
    return pd.Series(words, index=rows.index)


def _find_countermeasures(year: pd.DataFrame, countermeasures: pd.DataFrame | None) -> pd.DataFrame:
    """The countermeasure to the last miss of each measure, and misses that have none in full."""
    missed = year[year["is_miss"].fillna(False).astype(bool)]
    known = conform(
        countermeasures if countermeasures is not None else pd.DataFrame(),
        TABLES["countermeasures"],
    )
    known = known.assign(key=known["metric_id"].map(normalise_metric, na_action="ignore"))
    rows = []
    for (metric_id, project_id), own in missed.groupby(SERIES, dropna=False):
        mine = known[
            (known["key"] == normalise_metric(str(metric_id)))
            & (known["project_id"].isna() | (known["project_id"] == project_id))
        ]
        last = own["month"].max()
        whole = mine[mine["owner"].notna() & mine["due_date"].notna()]
        covered = own["month"].isin(whole["month"]) | whole["month"].isna().any()
        to_last = mine[mine["month"].isna() | (mine["month"] == last)]
        rows.append(
            {
                "metric_id": metric_id,
                "project_id": project_id,
                "countermeasure": _word_countermeasure(to_last),
                "open_miss_count": int((~covered).sum()),
            }
        )
    columns = [*SERIES, "countermeasure", "open_miss_count"]
    found = pd.DataFrame(rows, columns=columns)
    return found.astype({"metric_id": "str", "project_id": "str"})


def _word_countermeasure(found: pd.DataFrame) -> str:
    """The last one written, with its date; of the owner only whether there is one."""
    if found.empty:
        return NO_COUNTERMEASURE
    row = found.iloc[-1]
    due = "no date" if pd.isna(row["due_date"]) else f"by {row['due_date']:%Y-%m-%d}"
    owner = "no owner" if pd.isna(row["owner"]) else "owner named"
    return f"{row['countermeasure']} ({owner}, {due})"
