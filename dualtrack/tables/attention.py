"""Tables of projects at once and of the split-attention bill."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_attention", "tabulate_concurrency"]


def tabulate_concurrency(concurrency: pd.DataFrame) -> DisplayTable:
    """A row per group: share of people with one to five and more projects.

    Args:
        concurrency: As `measure_concurrency` returns.
    """
    shown = concurrency[~concurrency["is_suppressed"]]
    wide = shown.assign(
        column="share_" + shown["project_count"].astype("str"),
    ).pivot_table(index="group_name", columns="column", values="people_share", sort=False)
    wide = wide.reindex(columns=[f"share_{count}" for count in range(1, 6)])
    hidden = concurrency.loc[concurrency["is_suppressed"], "group_name"].nunique()
    return DisplayTable(
        wide.reset_index(),
        (
            DisplayColumn("group_name", "Unit"),
            DisplayColumn("share_1", "1 project", "share"),
            DisplayColumn("share_2", "2", "share"),
            DisplayColumn("share_3", "3", "share"),
            DisplayColumn("share_4", "4", "share"),
            DisplayColumn("share_5", "5 and more", "share"),
        ),
        f"People, mean month; {hidden} groups withheld. Two or three are optimal, four an alert "
        f"(Steyn & Schnetler, 2015).",
    )


def tabulate_attention(attention: pd.DataFrame) -> DisplayTable:
    """A row per group: FTE lost under each curve, and of how many.

    Args:
        attention: As `measure_attention` returns.
    """
    shown = attention[~attention["is_suppressed"]]
    wide = shown.pivot_table(
        index="group_name", columns="curve_type", values="lost_fte", sort=False
    ).reindex(columns=["none", "ten_percent", "weinberg"])
    booked = shown.drop_duplicates("group_name").set_index("group_name")["booked_fte"]
    hidden = attention.loc[attention["is_suppressed"], "group_name"].nunique()
    return DisplayTable(
        wide.assign(booked_fte=booked).reset_index(),
        (
            DisplayColumn("group_name", "Unit"),
            DisplayColumn("booked_fte", "Booked FTE", "decimal"),
            DisplayColumn("none", "Lost: none", "decimal"),
            DisplayColumn("ten_percent", "Lost: a tenth each", "decimal"),
            DisplayColumn("weinberg", "Lost: Weinberg", "decimal"),
        ),
        f"FTE, mean month; {hidden} groups withheld. A tenth of the hours for each project beyond "
        f"the first; Weinberg (1992): 0, 20, 40, 60, 75 % at one to five projects, a rule of thumb "
        f"without data. None of the three is an estimate.",
    )
