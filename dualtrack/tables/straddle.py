"""Table of people and teams on both tracks."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_straddle"]


def tabulate_straddle(straddle: pd.DataFrame) -> DisplayTable:
    """A row for the whole, each unit and each team that may be shown.

    Args:
        straddle: As `measure_straddle` returns.
    """
    shown = straddle[~straddle["is_suppressed"]].reset_index(drop=True)
    is_team = shown["group_type"] == "team"
    frame = shown.assign(
        unit=shown["unit_name"].fillna("All"), team=shown["group_name"].where(is_team)
    )
    return DisplayTable(
        frame,
        (
            DisplayColumn("unit", "Unit"),
            DisplayColumn("team", "Team"),
            DisplayColumn("people_count", "People", "count"),
            DisplayColumn("both_tracks_count", "on both paths", "count"),
            DisplayColumn("always_both_count", "every month", "count"),
            DisplayColumn("both_share", "Share", "share"),
            DisplayColumn("both_low", "from", "share"),
            DisplayColumn("both_high", "to", "share"),
            DisplayColumn("operational_fte", "Operational FTE", "decimal"),
            DisplayColumn("strategic_fte", "Strategic FTE", "decimal"),
        ),
        f"{len(straddle) - len(shown)} groups are withheld. On both paths: hours on an operational "
        f"and a strategic project in the same month, over all a person books. The interval holds "
        f"the doubt of the sort.",
    )
