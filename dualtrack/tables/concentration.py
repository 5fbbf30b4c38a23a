"""Tables of breakthroughs and of concentrated money."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_breakthroughs", "tabulate_concentration"]


def tabulate_breakthroughs(breakthroughs: pd.DataFrame, *, noun: str = "Unit") -> DisplayTable:
    """A row per unit: strategic initiatives under way, interval, band, verdict.

    Args:
        breakthroughs: As `measure_breakthroughs` returns.
        noun: Heading of the groups.
    """
    origin = breakthroughs["source"].str.cat(", grade " + breakthroughs["grade"].fillna("unknown"))
    return DisplayTable(
        breakthroughs.assign(origin=origin),
        (
            DisplayColumn("group_name", noun),
            DisplayColumn("strategic_count", "Strategic under way", "count"),
            DisplayColumn("value_low", "from", "count"),
            DisplayColumn("value_high", "to", "count"),
            DisplayColumn("low_value", "Band from", "count"),
            DisplayColumn("high_value", "Band to", "count"),
            DisplayColumn("verdict_type", "Verdict"),
            DisplayColumn("origin", "Band"),
            DisplayColumn("because", "Changed because"),
        ),
        "Begun and not ended, or without status and actual finish; on the tracks as decided. From "
        "and to are the 90 % interval.",
    )


def tabulate_concentration(
    concentration: pd.DataFrame, *, currency: str, noun: str = "Unit"
) -> DisplayTable:
    """A row per group and path: money, share of the three largest, the smallest together.

    Args:
        concentration: As `measure_concentration` returns.
        currency: Of the budgets.
        noun: Heading of the groups.
    """
    return DisplayTable(
        concentration,
        (
            DisplayColumn("group_name", noun),
            DisplayColumn("track", "Track"),
            DisplayColumn("project_count", "Under way", "count"),
            DisplayColumn("known_count", "With a budget", "count"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("top_share", "Three largest", "share"),
            DisplayColumn("top_low", "from", "share"),
            DisplayColumn("top_high", "to", "share"),
            DisplayColumn("top_titles", "Which"),
            DisplayColumn("tail_count", "Too small to matter", "count"),
            DisplayColumn("tail_share", "They hold", "share"),
            DisplayColumn("effective_count", "As many equal ones", "decimal"),
        ),
        "Too small to matter: the smallest that together hold at most 5 % of the path's money, a "
        "house default. As many equal ones: the inverse of the Hirschman-Herfindahl index.",
    )
