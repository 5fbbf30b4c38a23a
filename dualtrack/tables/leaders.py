"""Tables of leaders' time."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_leader_months", "tabulate_leader_shares"]


def tabulate_leader_shares(shares: pd.DataFrame) -> DisplayTable:
    """A row per level and track: hours, person-hours, share with its interval.

    Args:
        shares: As `measure_leader_shares` returns; tracks without hours are left out.
    """
    return DisplayTable(
        shares[(shares["hours"] > 0) | (shares["level_name"] == "All")].reset_index(drop=True),
        (
            DisplayColumn("level_name", "Level of the forum"),
            DisplayColumn("track", "Track"),
            DisplayColumn("hours", "Hours", "decimal"),
            DisplayColumn("person_hours", "Person-hours", "decimal"),
            DisplayColumn("by_forum_hours", "Hours by forum's name", "decimal"),
            DisplayColumn("share", "Share of meeting time", "share"),
            DisplayColumn("share_low", "from", "share"),
            DisplayColumn("share_high", "to", "share"),
            DisplayColumn("meeting_count", "Meetings", "count"),
        ),
        "Hours count each meeting once, person-hours every person invited who did not decline. "
        "The minutes of a meeting are shared evenly by its agenda items. The interval holds the "
        "doubt of the sort on items' words; a forum's name is taken at its word.",
    )


def tabulate_leader_months(months: pd.DataFrame) -> DisplayTable:
    """A row per month: hours of meetings, strategic hours, and those to itself.

    Args:
        months: As `measure_leader_months` returns.
    """
    return DisplayTable(
        months,
        (
            DisplayColumn("month", "Month", "month"),
            DisplayColumn("meeting_count", "Meetings", "count"),
            DisplayColumn("meeting_hours", "Hours", "decimal"),
            DisplayColumn("strategic_hours", "Strategic hours", "decimal"),
            DisplayColumn("protected_hours", "to itself", "decimal"),
            DisplayColumn("protected_low", "from", "decimal"),
            DisplayColumn("protected_high", "to", "decimal"),
            DisplayColumn("left_out_count", "Entries left out", "count"),
        ),
        "To itself: in meetings without operations or upkeep. Left out: no length, or over 12 "
        "hours.",
    )
