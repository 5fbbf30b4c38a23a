"""Tables of the targets, their origin, and the projects that would turn a verdict."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_target_fragility", "tabulate_targets"]


def tabulate_targets(verdicts: pd.DataFrame, *, noun: str = "Unit") -> DisplayTable:
    """A row per group and target: value, interval, band, verdict, and where the band is from.

    Args:
        verdicts: As `measure_target_verdicts` returns.
        noun: Heading of the groups.
    """
    frame = verdicts.assign(
        origin=verdicts["source"].str.cat(", grade " + verdicts["grade"].fillna("unknown"))
    )
    return DisplayTable(
        frame,
        (
            DisplayColumn("group_name", noun),
            DisplayColumn("says", "Target"),
            DisplayColumn("value", "Measured", "decimal"),
            DisplayColumn("value_low", "from", "decimal"),
            DisplayColumn("value_high", "to", "decimal"),
            DisplayColumn("low_value", "Band from", "decimal"),
            DisplayColumn("high_value", "Band to", "decimal"),
            DisplayColumn("floor_value", "Floor", "decimal"),
            DisplayColumn("value_unit", "Unit"),
            DisplayColumn("verdict_type", "Verdict"),
            DisplayColumn("warning", "Warns of"),
            DisplayColumn("missing_column", "Column missing"),
            DisplayColumn("basis", "How the band is read"),
            DisplayColumn("origin", "Source"),
            DisplayColumn("transfer_warning", "Transfer warning"),
            DisplayColumn("because", "Changed because"),
        ),
        "Open: the 90 % interval straddles an edge of the band. A band is for balance: above is as "
        "much a finding as below.",
    )


def tabulate_target_fragility(fragility: pd.DataFrame, *, currency: str) -> DisplayTable:
    """The projects whose relabelling would change a target's verdict, in the order of moving.

    Args:
        fragility: As `measure_target_fragility` returns.
        currency: Of the budgets.
    """
    return DisplayTable(
        fragility,
        (
            DisplayColumn("target_id", "Target"),
            DisplayColumn("rank", "Order", "count"),
            DisplayColumn("title", "Project"),
            DisplayColumn("track", "Track"),
            DisplayColumn("to_track", "If it were"),
            DisplayColumn("amount", f"Budget, {currency}", "money"),
            DisplayColumn("value", "Share after, %", "decimal"),
            DisplayColumn("to_verdict_type", "Verdict after all"),
        ),
        "On the tracks as decided, undecided projects left out. No smaller number of moves "
        "between these tracks would do.",
    )
