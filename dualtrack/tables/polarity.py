"""Tables of the polarity map's signs and of what followed closed initiatives."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_follow_on", "tabulate_polarity"]


def tabulate_polarity(polarity: pd.DataFrame) -> DisplayTable:
    """A row per sign: the latest value with its thresholds, the state of each quarter.

    Args:
        polarity: As `measure_polarity` returns.
    """
    quarters = sorted(polarity["quarter_name"].unique())
    last = polarity[polarity["quarter_name"] == quarters[-1]] if quarters else polarity
    states = {
        f"state_{place}": last["sign_id"].map(
            polarity[polarity["quarter_name"] == quarter].set_index("sign_id")["sign_type"]
        )
        for place, quarter in enumerate(quarters)
    }
    is_share = last["unit_code"] == "share"
    printed = {
        name: (100 * last[name]).where(is_share, last[name])
        for name in ("value", "watch_value", "warning_value")
    }
    return DisplayTable(
        last.assign(**states, **printed, unit_code=is_share.map({True: "%", False: "days"})),
        (
            DisplayColumn("quadrant_type", "Where"),
            DisplayColumn("says", "Sign"),
            DisplayColumn("value", "Value", "count"),
            DisplayColumn("unit_code", "in"),
            DisplayColumn("base_count", "Base", "count"),
            DisplayColumn("better_when", "Better"),
            DisplayColumn("watch_value", "Watched from", "count"),
            DisplayColumn("warning_value", "Warning from", "count"),
            *(DisplayColumn(f"state_{n}", one) for n, one in enumerate(quarters)),
        ),
        "Thresholds are house defaults; their sources are in the file of the map.",
    )


def tabulate_follow_on(follow_on: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row per closed initiative and the improvement that followed it.

    Args:
        follow_on: As `measure_follow_on` returns.
        currency: Of the budgets.
    """
    return DisplayTable(
        follow_on,
        (
            DisplayColumn("title", "Closed initiative"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("actual_finish_date", "Closed", "month"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("follow_type", "Followed by"),
            DisplayColumn("follow_title", "Improvement"),
            DisplayColumn("waited_days", "Days", "count"),
        ),
    )
