"""Tables of a plan of pauses: the projects, and the limits."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable, format_cell

__all__ = ["tabulate_limits", "tabulate_pausing"]


def tabulate_pausing(pauses: pd.DataFrame, *, currency: str) -> DisplayTable:
    """The projects proposed to rest, the most valued first, each with its reason.

    Args:
        pauses: As `measure_pausing` returns, first of the two.
        currency: Of the budgets.
    """
    basis = str(pauses["value_basis"].iloc[0]) if len(pauses) else "each counts one"
    heading = {"budget": f"Budget, {currency}", "stated priority": "Stated priority"}
    rests = pauses[pauses["is_paused"]].reset_index(drop=True)
    kept = int((~pauses["is_pausable"].astype(bool)).sum())
    return DisplayTable(
        rests,
        (
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("track", "Track"),
            DisplayColumn("value_amount", heading.get(basis, "Worth"), "money"),
            DisplayColumn("demand_fte", "FTE it frees", "decimal"),
            DisplayColumn("because", "The limit it would break"),
        ),
        f"{kept} projects may not rest: maintenance, not running, or kept by decision. Where a "
        f"budget or priority is not known the middle of the others stands for it.",
    )


def tabulate_limits(limits: pd.DataFrame, *, binding_only: bool = True) -> DisplayTable:
    """The limits: what is asked, what is there, and what is left to ask with the pauses.

    Args:
        limits: As `measure_pausing` returns, second of the two.
        binding_only: Only limits that bind or cannot be met.
    """
    rows = limits[limits["is_binding"] | limits["is_unmet"]] if binding_only else limits
    frame = rows.assign(
        **{name: [_number(row, name) for row in rows.to_dict("records")] for name in _NUMBERS},
        state=rows["is_unmet"].map({True: "cannot be met", False: ""}),
    ).reset_index(drop=True)
    return DisplayTable(
        frame,
        (
            DisplayColumn("words", "Limit"),
            DisplayColumn("before_value", "As it is"),
            DisplayColumn("after_value", "With the pauses"),
            DisplayColumn("limit_high", "At most"),
            DisplayColumn("state", ""),
        ),
        "FTE of a month; of a band the strategic share of both paths.",
    )


_NUMBERS = ("before_value", "after_value", "limit_high")


def _number(row: dict[str, object], name: str) -> str:
    value = row[name]
    if row["limit_type"] == "band":
        return format_cell(value, "share")
    return "–" if value == float("inf") else format_cell(value, "decimal")
