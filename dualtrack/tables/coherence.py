"""Table of the coherence of metrics."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["COHERENCE_WORDS", "tabulate_coherence"]

COHERENCE_WORDS = {
    "two_units": "two units",
    "two_levels": "two levels",
    "two_directions": "two directions",
    "opposed": "pulled apart",
    "against_usual": "against the usual direction",
    "stale": "no recent reading",
    "no_owner": "no owner",
    "no_baseline": "no baseline",
    "no_target": "no target",
    "no_metric": "no metric",
}


def tabulate_coherence(coherence: pd.DataFrame, *, most_bare: int = 12) -> DisplayTable:
    """A row per finding; of the projects without a metric the first, the strategic ones before.

    Args:
        coherence: As `measure_coherence` returns.
        most_bare: Projects without a metric that are listed.
    """
    bare = coherence[coherence["finding_type"] == "no_metric"]
    ordered = bare.sort_values(["track", "project_id"], ascending=[False, True])
    shown = pd.concat(
        [coherence[coherence["finding_type"] != "no_metric"], ordered.head(most_bare)]
    )
    frame = shown.assign(finding=shown["finding_type"].map(COHERENCE_WORDS)).reset_index(drop=True)
    left = len(bare) - most_bare
    note = "A name is compared without case, accents and signs."
    if left > 0:
        note += f" Of the projects without a metric {left} more are not listed."
    return DisplayTable(
        frame,
        (
            DisplayColumn("finding", "Finding"),
            DisplayColumn("metric_id", "Metric"),
            DisplayColumn("title", "Project"),
            DisplayColumn("track", "Track"),
            DisplayColumn("says", "In words"),
        ),
        note,
    )
