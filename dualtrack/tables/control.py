"""Table of process behaviour charts."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_control"]

_VARIATIONS = {
    "common_cause": "common cause: do not react",
    "special_cause_improvement": "signal: improvement",
    "special_cause_concern": "signal: concern",
    "special_cause_neutral_high": "signal: high",
    "special_cause_neutral_low": "signal: low",
}
_ASSURANCES = {
    "consistent_pass": "will be met",
    "consistent_fail": "out of reach",
    "inconsistent": "hit or miss",
}


def tabulate_control(verdicts: pd.DataFrame) -> DisplayTable:
    """A row per metric: its last reading, its limits, and what they say of it and of its target.

    Args:
        verdicts: As `measure_verdicts` returns.
    """
    frame = verdicts.assign(
        variation=verdicts["variation_type"].map(_VARIATIONS).fillna("too few readings"),
        assurance=verdicts["assurance_type"].map(_ASSURANCES),
        kind=verdicts["is_trial"].map({True: "trial", False: "full"}),
    )
    sets = ". ".join(dict.fromkeys(verdicts["rule_set"].dropna()))
    methods = "; ".join(dict.fromkeys(verdicts["limit_method"].dropna()))
    return DisplayTable(
        frame,
        (
            DisplayColumn("metric_id", "Metric"),
            DisplayColumn("last_date", "Last", "month"),
            DisplayColumn("last_value", "Reading", "decimal"),
            DisplayColumn("lower_limit", "Lower limit", "decimal"),
            DisplayColumn("centre_value", "Centre", "decimal"),
            DisplayColumn("upper_limit", "Upper limit", "decimal"),
            DisplayColumn("variation", "Last reading"),
            DisplayColumn("target_value", "Target", "decimal"),
            DisplayColumn("assurance", "Target as things are"),
            DisplayColumn("signal_count", "Signals", "count"),
            DisplayColumn("reading_count", "Readings", "count"),
            DisplayColumn("kind", "Limits"),
        ),
        f"Rules of {sets}. Limits: {methods}. Trial limits rest on fewer than 13 readings."
        if len(verdicts)
        else "No readings.",
    )
