"""Tables of called against is, and of the blur list."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayChart, DisplayColumn, DisplayTable

__all__ = ["tabulate_blur", "tabulate_clarity"]


def tabulate_clarity(clarity: pd.DataFrame, *, group_name: str = "All") -> DisplayTable:
    """A row per label, a column per track, in projects.

    Args:
        clarity: As `measure_clarity` returns.
        group_name: Group shown.
    """
    own = clarity[clarity["group_name"] == group_name]
    counts = own.pivot_table(
        index="declared_track", columns="track", values="project_count", aggfunc="sum"
    ).fillna(0)
    tracks = ["operational", "strategic", "maintenance", "undecided"]
    frame = counts.reindex(columns=tracks).fillna(0).reset_index()
    return DisplayTable(
        frame,
        (
            DisplayColumn("declared_track", "Called"),
            *(DisplayColumn(track, f"is {track}", "count") for track in tracks),
        ),
        chart=DisplayChart("declared_track", tuple(tracks), "Projects"),
    )


def tabulate_blur(blur: pd.DataFrame, *, currency: str, most: int = 15) -> DisplayTable:
    """The blur list with the evidence, the dearest first.

    Args:
        blur: As `measure_blur` returns.
        currency: Of the budgets.
        most: Rows shown; the note says how many more there are.
    """
    shown = blur.head(most)
    quotes = "“" + shown["quote"] + "”"
    because = (shown["says"] + ": " + quotes).where(shown["quote"].notna())
    left = len(blur) - len(shown)
    return DisplayTable(
        shown.assign(because=because),
        (
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("blur_type", "Blur"),
            DisplayColumn("declared_label", "Called"),
            DisplayColumn("track", "Is"),
            DisplayColumn("managed_track", "Run as"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("because", "Strongest evidence"),
        ),
        f"{left} more in the snapshot." if left else "",
    )
