"""Table of money and work that moved."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_reallocation"]

_NAMES = {"budget_cost": "Budget", "effort_fte": "Booked FTE"}


def tabulate_reallocation(reallocation: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row per pair of quarters and quantity: what moved, and how far the shares shifted.

    Args:
        reallocation: As `measure_reallocation` returns.
        currency: Of the budgets.
    """
    return DisplayTable(
        reallocation.assign(name=reallocation["quantity_type"].map(_NAMES)),
        (
            DisplayColumn("previous_name", "From"),
            DisplayColumn("quarter_name", "To"),
            DisplayColumn("name", "Of"),
            DisplayColumn("known_amount", f"Known before, {currency} or FTE", "money"),
            DisplayColumn("track_amount", "changed track in fact", "money"),
            DisplayColumn("sorted_amount", "only sorted anew", "money"),
            DisplayColumn("unit_amount", "changed unit", "money"),
            DisplayColumn("moved_share", "Moved", "share"),
            DisplayColumn("unit_shift_share", "Shift of units", "share"),
            DisplayColumn("track_shift_share", "Shift of tracks", "share"),
            DisplayColumn("shift_low", "from", "share"),
            DisplayColumn("shift_high", "to", "share"),
            DisplayColumn("unknown_count", "Not known", "count"),
        ),
        "Moved: of projects in both quarters, at what they had before. Shift: share of the open "
        "budget, or of all booked work, that is elsewhere than before, starts and ends included.",
    )
