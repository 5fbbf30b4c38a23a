"""What is left between meetings: free blocks of a working day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["measure_leader_days"]

_WORK_DAYS = 5  # Monday to Friday


def measure_leader_days(
    items: pd.DataFrame,
    *,
    day_start: float = 8.0,
    day_end: float = 18.0,
    block_minutes: int = 90,
) -> pd.DataFrame:
    """Working time between meetings, and how much of it comes in blocks long enough to work in.

    As if one person went to every meeting of the calendar. Meetings that overlap count once; what
    lies on top is told apart, since a calendar with much of it is that of several people.

    Args:
        items: As `measure_leader_items` returns.
        day_start: Hour the working day starts.
        day_end: Hour it ends.
        block_minutes: Shortest block that counts as one to work in.

    Returns:
        The `leader_days` table: Monday to Friday, days with a meeting in working hours only, since
        a day without any may be a holiday.
    """
    held = items[~items["is_left_out"].fillna(True)]
    meetings = held.groupby("meeting_number", as_index=False).agg(
        held_at=("held_at", "first"), minutes=("minutes", "sum")
    )
    day = meetings["held_at"].dt.normalize()
    start = (meetings["held_at"] - day) / pd.Timedelta(minutes=1)
    clipped = meetings.assign(
        work_date=day,
        start=start.clip(60 * day_start, 60 * day_end),
        end=(start + meetings["minutes"]).clip(60 * day_start, 60 * day_end),
    )
    inside = clipped[(clipped["end"] > clipped["start"]) & (day.dt.day_of_week < _WORK_DAYS)]
    if inside.empty:
        return empty_frame(TABLES["leader_days"])
    ordered = inside.sort_values(["work_date", "start", "end"])
    # How far the meetings before have reached on that day: a gap is what starts beyond it.
    reached = ordered.groupby("work_date")["end"].cummax().groupby(ordered["work_date"]).shift()
    before = reached.fillna(60 * day_start)
    gap = (ordered["start"] - before).clip(lower=0.0)
    last = 60 * day_end - ordered.groupby("work_date")["end"].max()
    gaps = pd.concat(
        [
            pd.DataFrame({"work_date": ordered["work_date"], "gap": gap}),
            last.rename("gap").reset_index(),
        ]
    )
    found = gaps.assign(long=gaps["gap"].where(gaps["gap"] >= block_minutes, 0.0)).groupby(
        "work_date"
    )
    length = ordered["end"] - ordered["start"]
    days = found.agg(
        free_minutes=("gap", "sum"),
        block_minutes=("long", "sum"),
        block_count=("long", np.count_nonzero),
        longest_minutes=("gap", "max"),
    )
    days = days.assign(
        meeting_count=ordered.groupby("work_date").size(),
        busy_minutes=60 * (day_end - day_start) - days["free_minutes"],
    )
    days = days.assign(
        overlap_minutes=length.groupby(ordered["work_date"]).sum() - days["busy_minutes"]
    )
    return conform(days.reset_index(), TABLES["leader_days"])
