"""Tables of labels over time."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_label_inflation", "tabulate_relabelling"]


def tabulate_relabelling(relabelling: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row per quarter: projects relabelled only, and whether a budget date was near.

    Args:
        relabelling: As `measure_relabelling` returns.
        currency: Of the budgets.
    """
    near = [f"{day:%Y-%m-%d}" if pd.notna(day) else None for day in relabelling["budget_date"]]
    return DisplayTable(
        relabelling.assign(near=pd.Series(near, index=relabelling.index, dtype="str")),
        (
            DisplayColumn("quarter_name", "Quarter"),
            DisplayColumn("near", "Budget date near"),
            DisplayColumn("labelled_count", "Labelled in both", "count"),
            DisplayColumn("relabelled_count", "Relabelled only", "count"),
            DisplayColumn("away_count", "away from what they are", "count"),
            DisplayColumn("toward_count", "toward it", "count"),
            DisplayColumn("budget_cost", f"Their budget, {currency}", "money"),
        ),
        "Against the quarter before. A budget date is near when at least half of the quarter, or "
        "as many days as are set on one side of the date, lie around it.",
    )


def tabulate_label_inflation(inflation: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row per group of the last quarter: called strategic, and operational by their own words.

    Args:
        inflation: As `measure_label_inflation` returns.
        currency: Of the budgets.
    """
    quarters = inflation["quarter_name"]
    last = inflation[quarters == quarters.iloc[-1]] if len(inflation) else inflation
    return DisplayTable(
        last.reset_index(drop=True),
        (
            DisplayColumn("group_type", "Group"),
            DisplayColumn("group_name", "Name"),
            DisplayColumn("called_count", "Called strategic", "count"),
            DisplayColumn("inflated_count", "operational", "count"),
            DisplayColumn("share", "Share", "share"),
            DisplayColumn("share_low", "from", "share"),
            DisplayColumn("share_high", "to", "share"),
            DisplayColumn("budget_cost", f"Their budget, {currency}", "money"),
        ),
        "Open projects. The share is the median of the draws, undecided projects included.",
    )
