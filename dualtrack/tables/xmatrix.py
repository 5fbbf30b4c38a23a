"""Table of the checks of the X-matrix."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_xmatrix"]

_CHECKS = {
    "orphan_priority": "priority that serves no breakthrough",
    "objective_not_exported": "list without objectives",
    "unsupported_breakthrough": "breakthrough nothing serves",
    "unsupported_aim": "aim nothing serves",
    "aim_without_breakthrough": "aim below no breakthrough",
    "priority_without_measure": "priority without a measure",
    "measure_without_one_owner": "measure without exactly one owner",
    "overloaded_owner": "owner of more than three priorities",
    "dense_links": "ties so dense that one says little",
    "many_breakthroughs": "too many breakthroughs",
}


def tabulate_xmatrix(checks: pd.DataFrame, *, most: int = 10) -> DisplayTable:
    """A row per finding, at most ten of a kind.

    Args:
        checks: As `measure_xmatrix_checks` returns.
        most: Rows of one kind.
    """
    place = checks.groupby("check_type", sort=False).cumcount()
    shown = checks[place < most]
    frame = shown.assign(check=shown["check_type"].map(_CHECKS)).reset_index(drop=True)
    left = len(checks) - len(shown)
    note = "Checks are made on all open strategic priorities, drawn or not. Owners bear numbers."
    if left:
        note += f" {left} more rows of the same kinds are not listed."
    return DisplayTable(
        frame,
        (
            DisplayColumn("check", "Check"),
            DisplayColumn("item_name", "Item"),
            DisplayColumn("says", "Finding"),
        ),
        note,
    )
