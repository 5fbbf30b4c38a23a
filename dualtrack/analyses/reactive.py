"""Signs of reactive leadership: work stopped, moved and started otherwise than planned."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.control import measure_control
from dualtrack.analyses.control_limits import measure_limits
from dualtrack.analyses.control_rules import ControlRules
from dualtrack.analyses.open_work import is_unfinished
from dualtrack.schema import TABLES, conform

__all__ = ["FEWEST_READINGS", "measure_reactive"]

SLIP_DAYS = 7  # a finish moved by less is noise of scheduling: house default
LEAD_DAYS = 30  # a start is planned when it is listed so long before it: house default
FEWEST_BASE = 5  # projects in a month, below which its share says nothing
FEWEST_READINGS = 5  # readings, below which limits are not drawn (as the charts' claims say)
_MONTHS_BACK = 24


def measure_reactive(history: pd.DataFrame, rules: ControlRules) -> pd.DataFrame:
    """How often work was changed, slipped, or started otherwise than planned.

    By quarter, from each export and the one before it (projects matched by id): `priority
    changes` (paused, cancelled, resumed or moved to another objective), `re-baselines` (another
    baseline finish), `slipped dates` (a finish moved by a week or more), `unplanned starts` (of
    the starts within 30 days of the earlier export, those not in its list; of later ones it
    cannot be told), `starts without objective`. By month, from the dates in the exports: `starts
    without objective` by month of start, and `finishes past baseline` by month of the baseline
    finish, from the first quarter on.

    A project counts in a base only where its tool records what is asked: objectives, baselines,
    and work that has not started yet. Months with a base under five have no share.

    Args:
        history: As `stack_quarters` returns; one quarter is enough for the months.
        rules: Rule set of the process behaviour charts, as `read_control_rules` returns.

    Returns:
        The `reactive` table. Limits are of the shares, kept within 0 and 1, missing below five
        readings and called trial limits below thirteen. A single export lists few of the
        projects that ended long ago: early months rest on the long ones.

    Source: XmR limits: Wheeler, Making Sense of Data (2003). Signals: house definitions.
    """
    parts = [*_by_quarter(history), *_by_month(history)]
    table = TABLES["reactive"]
    counted = conform(pd.concat(parts) if parts else pd.DataFrame(), table)
    counted = counted.assign(share=_share(counted))
    if counted.empty:
        return counted
    return conform(_add_limits(counted, rules), table)


def _share(counted: pd.DataFrame) -> pd.Series:
    base = counted["base_count"].astype("float64")
    least = pd.Series(1, index=counted.index).mask(counted["period_type"] == "month", FEWEST_BASE)
    return counted["event_count"].astype("float64") / base.where(base >= least)


def _tools(rows: pd.DataFrame) -> pd.Series:
    return rows["project_id"].str.split(":", n=1).str[0]


def _by_quarter(history: pd.DataFrame) -> list[pd.DataFrame]:
    names = list(dict.fromkeys(history["quarter_name"]))
    parts = []
    for place, name in enumerate(names):
        after = history[history["quarter_name"] == name]
        day = after["as_of_date"].iloc[0]
        first = (day + pd.Timedelta(days=1) - pd.DateOffset(months=3)).normalize()
        started = after[(after["start_date"] >= first) & (after["start_date"] <= day)]
        counts = {"starts without objective": _without_objective(started, after)}
        if place:
            before = history[history["quarter_name"] == names[place - 1]]
            counts |= _changes(before, after) | {"unplanned starts": _unplanned(after, before)}
        parts.append(
            pd.DataFrame(
                {
                    "period_type": "quarter",
                    "signal_type": list(counts),
                    "period_date": first,
                    "period_name": name,
                    "event_count": [int(events.sum()) for events in counts.values()],
                    "base_count": [len(events) for events in counts.values()],
                }
            )
        )
    return parts


def _without_objective(started: pd.DataFrame, listed: pd.DataFrame) -> pd.Series:
    """Whether each start of a tool that records objectives has none."""
    recorded = set(_tools(listed[listed["objective_id"].notna()]))
    own = started[_tools(started).isin(recorded)]
    return own["objective_id"].isna()


def _unplanned(after: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Whether each early start of a tool that lists work ahead was not in its list before."""
    day = before["as_of_date"].iloc[0]
    is_ahead = (before["status_type"] == "proposed") | (before["start_date"] > day)
    is_early = (after["start_date"] > day) & (
        after["start_date"] <= day + pd.Timedelta(days=LEAD_DAYS)
    )
    own = after[is_early & _tools(after).isin(set(_tools(before[is_ahead])))]
    return ~own["project_id"].isin(before["project_id"])


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, pd.Series]:
    open_before = before[is_unfinished(before)]
    both = open_before.merge(
        after, on="project_id", how="inner", suffixes=("_before", ""), validate="one_to_one"
    )
    was, now = both["status_type_before"], both["status_type"]
    is_paused = was.isin(("active", "proposed")) & now.isin(("on_hold", "cancelled"))
    is_resumed = (was == "on_hold") & now.isin(("active", "cancelled"))
    aims = both["objective_id_before"].notna() & both["objective_id"].notna()
    is_moved = aims & (both["objective_id_before"] != both["objective_id"])
    baselines = both.dropna(subset=["baseline_finish_date_before", "baseline_finish_date"])
    finish = both["actual_finish_date"].fillna(both["forecast_finish_date"])
    slip = (finish - both["forecast_finish_date_before"]).dt.days.dropna()
    is_told = (was.notna() & now.notna()) | aims
    return {
        "priority changes": (is_paused | is_resumed | is_moved)[is_told],
        "re-baselines": baselines["baseline_finish_date_before"]
        != baselines["baseline_finish_date"],
        "slipped dates": slip >= SLIP_DAYS,
    }


def _by_month(history: pd.DataFrame) -> list[pd.DataFrame]:
    if history.empty:
        return []
    latest = history.sort_values("as_of_date").drop_duplicates("project_id", keep="last")
    day = history["as_of_date"].max()
    first_quarter = history["as_of_date"].min() - pd.DateOffset(months=3)
    started = latest[latest["start_date"] <= day]
    counts = [
        ("starts without objective", _months(started, _without_objective(started, history))),
        ("finishes past baseline", _late_months(latest, first_quarter, day)),
    ]
    parts = []
    for signal, events in counts:
        own = events[events["month"] > day - pd.DateOffset(months=_MONTHS_BACK)]
        by_month = own.groupby("month")["is_event"].agg(["sum", "size"])
        if len(by_month):  # a month without a project stays: no moving range leads across it
            months = pd.date_range(by_month.index[0], by_month.index[-1], freq="MS")
            by_month = by_month.reindex(months, fill_value=0)
        parts.append(
            pd.DataFrame(
                {
                    "period_type": "month",
                    "signal_type": signal,
                    "period_date": by_month.index,
                    "period_name": by_month.index.strftime("%b %Y"),
                    "event_count": by_month["sum"].to_numpy(),
                    "base_count": by_month["size"].to_numpy(),
                }
            )
        )
    return parts


def _months(rows: pd.DataFrame, is_event: pd.Series) -> pd.DataFrame:
    dates = rows.loc[is_event.index, "start_date"]
    return pd.DataFrame({"month": _first_of_month(dates), "is_event": is_event.astype(bool)})


def _first_of_month(dates: pd.Series) -> pd.Series:
    return dates.dt.to_period("M").dt.to_timestamp()


def _late_months(latest: pd.DataFrame, first: pd.Timestamp, day: pd.Timestamp) -> pd.DataFrame:
    """Whether each project past its baseline finish ended, or will end, after it."""
    baseline = latest["baseline_finish_date"]
    own = latest[(baseline > first) & (baseline <= day) & (latest["status_type"] != "cancelled")]
    finish = own["actual_finish_date"].fillna(day + pd.Timedelta(days=1))
    return pd.DataFrame(
        {
            "month": _first_of_month(own["baseline_finish_date"]),
            "is_event": finish > own["baseline_finish_date"],
        }
    )


def _add_limits(counted: pd.DataFrame, rules: ControlRules) -> pd.DataFrame:
    measures = pd.DataFrame(
        {
            "metric_id": counted["period_type"] + ": " + counted["signal_type"],
            "measured_date": counted["period_date"],
            "value": counted["share"],
            "better_when": "lower",
        }
    )
    limits = measure_limits(measures, rules)
    control = measure_control(measures, rules, limits=limits)
    sizes = limits.set_index("metric_id")[["reading_count", "is_trial"]]
    found = control.merge(sizes, on="metric_id", how="left", validate="many_to_one").assign(
        period_type=lambda rows: rows["metric_id"].str.split(": ").str[0],
        signal_type=lambda rows: rows["metric_id"].str.split(": ").str[1],
        period_date=lambda rows: rows["measured_date"],
    )
    has_limits = found["reading_count"] >= FEWEST_READINGS
    found = found.assign(
        centre_value=found["centre_value"].where(has_limits),
        lower_limit=found["lower_limit"].clip(lower=0).where(has_limits),
        upper_limit=found["upper_limit"].clip(upper=1).where(has_limits),
        signal_words=found["signal_words"].where(has_limits),
        limit_type=pd.Series("limits", index=found.index)
        .mask(found["is_trial"].astype(bool), "trial limits")
        .where(has_limits, "no limits"),
    )
    by = ["period_type", "signal_type", "period_date"]
    taken = ["centre_value", "lower_limit", "upper_limit", "limit_type", "signal_words"]
    joined = counted.drop(columns=taken).merge(
        found[[*by, *taken]], on=by, how="left", validate="one_to_one"
    )
    return joined.assign(limit_type=joined["limit_type"].fillna("no limits"))
