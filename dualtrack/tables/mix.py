"""Table of the mix."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayChart, DisplayColumn, DisplayTable

__all__ = ["tabulate_mix"]


def tabulate_mix(mix: pd.DataFrame, *, currency: str, noun: str = "unit") -> DisplayTable:
    """A row per group: projects by track, budget of both paths, strategic share of the budget.

    Args:
        mix: As `measure_mix` returns.
        currency: Of the budgets.
        noun: What a group is: unit, team.
    """
    counts = mix[mix["quantity_type"] == "projects"].pivot_table(
        index="group_name", columns="track", values="amount", sort=False
    )
    money = mix[mix["quantity_type"] == "budget_cost"]
    budgets = money.pivot_table(index="group_name", columns="track", values="amount", sort=False)
    strategic = money[money["track"] == "strategic"].set_index("group_name")
    frame = counts.assign(
        budget_operational=budgets["operational"],
        budget_strategic=budgets["strategic"],
        share=strategic["share"],
        share_low=strategic["share_low"],
        share_high=strategic["share_high"],
        unknown_count=strategic["unknown_count"],
    ).reset_index()
    return DisplayTable(
        frame,
        (
            DisplayColumn("group_name", noun.capitalize()),
            DisplayColumn("operational", "Operational", "count"),
            DisplayColumn("strategic", "Strategic", "count"),
            DisplayColumn("maintenance", "Maintenance", "count"),
            DisplayColumn("undecided", "Undecided", "count"),
            DisplayColumn("budget_operational", f"Operational budget, {currency}", "money"),
            DisplayColumn("budget_strategic", f"Strategic budget, {currency}", "money"),
            DisplayColumn("share", "Strategic share", "share"),
            DisplayColumn("share_low", "from", "share"),
            DisplayColumn("share_high", "to", "share"),
            DisplayColumn("unknown_count", "No budget known", "count"),
        ),
        "Shares are of the budget of both paths, with their 90 % interval: doubt of the sort and "
        "of its calibration, undecided projects included.",
        DisplayChart(
            "group_name",
            ("operational", "strategic", "maintenance", "undecided"),
            "Projects",
            leave_out="All",
        ),
    )
