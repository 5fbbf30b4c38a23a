"""Table of earlier decisions."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_follow_up"]

_SINCE = {
    "better": "signal for the better",
    "worse": "signal for the worse",
    "no signal": "no signal: within its noise",
    "no readings": "no reading since",
    "no metric": "no metric named",
}


def tabulate_follow_up(follow_up: pd.DataFrame) -> DisplayTable:
    """A row a decision: state, days, what its metric says since.

    Args:
        follow_up: As `measure_follow_up` returns.
    """
    days = {
        name: follow_up[name].dt.strftime("%Y-%m-%d")
        for name in ("decided_at", "due_date", "done_at")
    }
    frame = follow_up.assign(**days, since=follow_up["since_type"].map(_SINCE))
    return DisplayTable(
        frame,
        (
            DisplayColumn("decision", "Decision"),
            DisplayColumn("state_type", "State"),
            DisplayColumn("decided_at", "Decided"),
            DisplayColumn("due_date", "Due"),
            DisplayColumn("done_at", "Done"),
            DisplayColumn("metric_id", "Metric"),
            DisplayColumn("since", "Metric since"),
        ),
        "Readings since the decision was done, or taken if it is not done.",
    )
