"""Tables of the demotion list and of missing links between work and objectives."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_demotions", "tabulate_links"]


def tabulate_demotions(demotions: pd.DataFrame, *, currency: str) -> DisplayTable:
    """The strategic list of each unit, weakest evidence first.

    Args:
        demotions: As `measure_demotions` returns.
        currency: Of the budgets.
    """
    beyond = demotions["is_surplus"].fillna(False).map({True: "yes", False: "no"})
    frame = demotions.assign(is_beyond=beyond).sort_values(["unit_name", "rank"])
    return DisplayTable(
        frame.reset_index(drop=True),
        (
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("rank", "Weakest first", "count"),
            DisplayColumn("title", "Project"),
            DisplayColumn("declared_track", "Called"),
            DisplayColumn("track", "Is"),
            DisplayColumn("p_strategic", "Probability of strategic", "share"),
            DisplayColumn("support", "Evidence, log-odds", "decimal"),
            DisplayColumn("says", "What it says"),
            DisplayColumn("quote", "In its words"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("is_beyond", "Beyond the room"),
        ),
        "Projects begun and not ended that are strategic or called so. What is called strategic "
        "and is not comes first, then the weakest evidence for strategic less that against.",
    )


def tabulate_links(links: pd.DataFrame, *, currency: str) -> DisplayTable:
    """Work without an objective, then objectives without work.

    Args:
        links: As `measure_links` returns.
        currency: Of the budgets.
    """
    return DisplayTable(
        links,
        (
            DisplayColumn("gap_type", "What is missing"),
            DisplayColumn("objective_id", "Objective"),
            DisplayColumn("title", "Name"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("track", "Track"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
        ),
        "Projects done or cancelled are no work any more. Where no project of a tool names an "
        "objective, the tool does not record it.",
    )
