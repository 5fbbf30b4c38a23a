"""Table of metric fit."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_metric_fit"]


def tabulate_metric_fit(fit: pd.DataFrame) -> DisplayTable:
    """A row per metric and project, those that do not fit first.

    Args:
        fit: As `measure_metric_fit` returns.
    """
    verdict = fit["finding"].fillna(
        fit["kind_verdict"].map(
            {"unknown": "kind unknown", "not_judged": "not judged", "fits": "fits"}
        )
    )
    known = fit["lexicon_name"].fillna("unknown; nearest " + fit["nearest_name"])
    frame = fit.assign(verdict=verdict, known=known, rank=fit["finding"].isna().astype(int))
    return DisplayTable(
        frame.sort_values(["rank", "metric_id", "project_id"], ignore_index=True),
        (
            DisplayColumn("metric_id", "Metric"),
            DisplayColumn("title", "On"),
            DisplayColumn("track", "Track"),
            DisplayColumn("known", "In the lexicon"),
            DisplayColumn("path_fit", "Kind"),
            DisplayColumn("cadence", "Read"),
            DisplayColumn("usual_cadence", "Usually"),
            DisplayColumn("verdict", "Verdict"),
        ),
        "Kind and usual cadence from the lexicon; how often it is read from the readings' own "
        "spacing, from three readings on.",
    )
