"""Tables of moves between quarters."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_move_counts", "tabulate_moves"]

_QUIET = ("unchanged", "new", "finished")


def tabulate_moves(moves: pd.DataFrame, *, currency: str, is_whole: bool = False) -> DisplayTable:
    """The ledger of the last quarter: a row per project that moved, the dearest first.

    Args:
        moves: As `measure_moves` returns.
        currency: Of the budgets.
        is_whole: Show projects that are unchanged, new or finished too.
    """
    last = moves[moves["quarter_name"] == moves["quarter_name"].iloc[-1]] if len(moves) else moves
    shown = last if is_whole else last[~last["move_type"].isin(_QUIET)]
    ordered = shown.sort_values(
        ["move_type", "budget_cost"], ascending=[True, False], kind="stable", na_position="last"
    )
    return DisplayTable(
        ordered.reset_index(drop=True),
        (
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("move_type", "What happened"),
            DisplayColumn("label_direction", "Label went"),
            DisplayColumn("earlier_declared_label", "Called before"),
            DisplayColumn("declared_label", "Called now"),
            DisplayColumn("earlier_track", "Was"),
            DisplayColumn("track", "Is"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("effort_fte", "FTE booked", "decimal"),
        ),
        "Against the quarter before. Was and is: what the words of the project say, or a person "
        "decided."
        + ("" if is_whole else " Projects unchanged, new or finished are counted, not listed."),
    )


def tabulate_move_counts(moves: pd.DataFrame) -> DisplayTable:
    """A row per kind of move: projects in each quarter.

    Args:
        moves: As `measure_moves` returns.
    """
    quarters = list(dict.fromkeys(moves["quarter_name"]))
    counts = pd.crosstab(moves["move_type"], moves["quarter_name"])
    frame = counts.reset_index().rename(
        columns={name: f"count_{place}" for place, name in enumerate(quarters)}
    )
    return DisplayTable(
        frame,
        (
            DisplayColumn("move_type", "What happened"),
            *(
                DisplayColumn(f"count_{place}", name, "count")
                for place, name in enumerate(quarters)
            ),
        ),
        "Projects, each quarter against the one before it.",
    )
