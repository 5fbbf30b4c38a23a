"""Table of the load by team or role."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_load_groups"]

_HEADINGS = {"team": "Team", "role": "Role", "unit_role": "Role"}


def tabulate_load_groups(load_groups: pd.DataFrame, *, group_type: str = "team") -> DisplayTable:
    """A row per group and month; withheld groups are counted in the note, not listed.

    Args:
        load_groups: As `measure_load_groups` returns.
        group_type: `team`, `role` or `unit_role`.
    """
    own = load_groups[load_groups["group_type"] == group_type]
    shown = own[~own["is_suppressed"]].reset_index(drop=True)
    hidden = len(own) - len(shown)
    return DisplayTable(
        shown,
        (
            *([DisplayColumn("unit_name", "Unit")] if group_type != "role" else []),
            DisplayColumn("group_name", _HEADINGS[group_type]),
            DisplayColumn("month", "Month", "month"),
            DisplayColumn("operational_fte", "Operational FTE", "decimal"),
            DisplayColumn("strategic_fte", "Strategic FTE", "decimal"),
            DisplayColumn("demand_fte", "Booked FTE", "decimal"),
            DisplayColumn("capacity_fte", "Capacity FTE", "decimal"),
            DisplayColumn("load_share", "Load", "share"),
            DisplayColumn("people_count", "People", "count"),
        ),
        f"{hidden} lines are withheld: too few people, or they would tell of too few. Booked holds "
        f"maintenance and undecided projects too. A person's capacity is shared as the hours are.",
    )
