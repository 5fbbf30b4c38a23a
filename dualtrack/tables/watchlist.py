"""Table of the watchlist."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_watchlist"]


def tabulate_watchlist(watchlist: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row per project to talk about, with its rule and the question to ask.

    Args:
        watchlist: As `measure_watchlist` returns.
        currency: Of the budgets.
    """
    because = watchlist["rule_words"].astype("str") + ": " + watchlist["because"].astype("str")
    return DisplayTable(
        watchlist.assign(why=because),
        (
            DisplayColumn("rank", "No.", "count"),
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("why", "Rule that put it here"),
            DisplayColumn("other_rules", "Also"),
            DisplayColumn("ask", "To ask"),
        ),
        "Rules and their weights: reference/watch_rules.toml, house defaults.",
    )
