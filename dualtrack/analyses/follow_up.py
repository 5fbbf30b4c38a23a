"""What became of earlier reviews' decisions, and whether their metric shows a signal since."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["measure_follow_up"]


def measure_follow_up(
    decisions: pd.DataFrame, control: pd.DataFrame, *, as_of_date: pd.Timestamp
) -> pd.DataFrame:
    """How far each decision is, and what its metric says since it was carried out.

    A metric speaks only through a signal of its process behaviour chart: a better month that the
    limits explain is no effect. Readings count from the day it was done, or decided if it is not
    done. Of several series of a metric a signal in any counts; a worse one before a better one.

    Args:
        decisions: The `review_decisions` table; those taken after `as_of_date` are left out.
        control: As `measure_control` returns, with the metrics' directions.
        as_of_date: The day the exports show.

    Returns:
        The `follow_up` table, the overdue first, then by due date.

    Source: signals as in `measure_control`.
    """
    taken = decisions[decisions["decided_at"] <= as_of_date].reset_index(drop=True)
    is_done = taken["done_at"] <= as_of_date
    is_dropped = ~is_done & (taken["dropped_at"] <= as_of_date)
    is_late = ~is_done & ~is_dropped & (taken["due_date"] < as_of_date)
    state = (
        pd.Series("due", index=taken.index)
        .mask(is_late, "overdue")
        .mask(is_dropped, "dropped")
        .mask(is_done, "done")
    )
    since = [
        _read_since(metric, start, control, as_of_date)
        for metric, start in zip(
            taken["metric_id"],
            taken["done_at"].where(is_done, taken["decided_at"]),
            strict=True,
        )
    ]
    found = taken.drop(columns="dropped_at").assign(
        state_type=state,
        since_type=[kind for kind, _ in since],
        since_count=[count for _, count in since],
        order=state.map({"overdue": 0, "due": 1, "done": 2, "dropped": 3}),
    )
    ordered = found.sort_values(["order", "due_date", "decided_at", "decision_id"], kind="stable")
    return conform(ordered.drop(columns="order"), TABLES["follow_up"])


def _read_since(
    metric_id: object, start: pd.Timestamp, control: pd.DataFrame, as_of_date: pd.Timestamp
) -> tuple[str, int]:
    if pd.isna(metric_id):
        return "no metric", 0
    name = str(metric_id).casefold()
    own = control[control["metric_id"].str.casefold() == name]
    own = own[(own["measured_date"] > start) & (own["measured_date"] <= as_of_date)]
    own = own.dropna(subset=["value"])
    if own.empty:
        return "no readings", 0
    signals = set(own["signal_type"].dropna())
    if "special_cause_concern" in signals:
        return "worse", len(own)
    return ("better" if "special_cause_improvement" in signals else "no signal"), len(own)
