"""The few facts of a pack that the quarter's index shows beside each other."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import word_share, word_span

__all__ = ["state_headline"]


def state_headline(
    mix: pd.DataFrame, blur: pd.DataFrame, sorting: pd.DataFrame, *, group_name: str = "All"
) -> dict[str, str]:
    """Facts for the index: projects by track, strategic share of the budget, blurred projects.

    Args:
        mix: As `measure_mix` returns.
        blur: As `measure_blur` returns.
        sorting: The `sorting` table.
        group_name: The group spoken of.
    """
    counts = sorting["track"].value_counts()
    own = mix[
        (mix["group_name"] == group_name)
        & (mix["quantity_type"] == "budget_cost")
        & (mix["track"] == "strategic")
    ]
    share = "no budget known"
    if len(own) and pd.notna(own["share"].iloc[0]):
        row = own.iloc[0]
        share = f"{word_share(row['share'])} ({word_span(row['share_low'], row['share_high'])})"
    return {
        "Projects": str(len(sorting)),
        "Operational": str(int(counts.get("operational", 0))),
        "Strategic": str(int(counts.get("strategic", 0))),
        "Maintenance": str(int(counts.get("maintenance", 0))),
        "Undecided": str(int(counts.get("undecided", 0))),
        "Strategic share of budget": share,
        "Blurred": str(len(blur)),
    }
