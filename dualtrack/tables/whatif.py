"""Tables of a what-if: what was done, and before against after."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable, format_cell

__all__ = ["tabulate_actions", "tabulate_whatif"]

_NAMES = {
    ("mix", "projects"): "Strategic share of projects",
    ("mix", "budget_cost"): "Strategic share of budget",
    ("mix", "effort_hours"): "Strategic share of planned work",
    ("load", "load_share"): "Booked of capacity",
    ("load", "peak_share"): "Booked of capacity, fullest month",
    ("load", "demand_fte"): "Booked FTE",
    ("load", "strategic_fte"): "FTE on strategic initiatives",
    ("load", "operational_fte"): "FTE on operational improvement",
    ("people", "both_share"): "People on both paths",
    ("people", "four_or_more_share"): "People on four projects or more",
    ("attention", "lost_fte"): "Split-attention bill, FTE",
}


def tabulate_whatif(whatif: pd.DataFrame, *, changed_only: bool = False) -> DisplayTable:
    """A row per measure and group: before and after, each with its range, and the verdict.

    Args:
        whatif: As `measure_whatif` returns.
        changed_only: Leave out what the scenario does not change by as much as is printed.
    """
    texts = [_texts(row) for row in whatif.to_dict("records")]
    columns = ("measure", "group_name", "before", "after", "change")
    if changed_only:
        turned = (
            whatif["before_verdict"].fillna("") != whatif["after_verdict"].fillna("")
        ).tolist()
        texts = [
            text
            for text, is_turned in zip(texts, turned, strict=True)
            if is_turned or text[-1] != "none"
        ]
    headings = ("Measure", "Group", "Before", "With the scenario", "Change")
    return DisplayTable(
        pd.DataFrame(texts, columns=list(columns)).astype("str"),
        tuple(
            DisplayColumn(name, heading) for name, heading in zip(columns, headings, strict=True)
        ),
        "In brackets the 90 % interval, of the split-attention bill its lowest and highest curve. "
        "Load is of the months booked.",
    )


def _texts(row: dict[str, object]) -> tuple[str, str, str, str, str]:
    key = (str(row["measure_type"]), str(row["quantity_type"]))
    name = _NAMES.get(key, f"Target: {key[1].replace('_', ' ')}")
    kind = "target" if key[0] == "target" else ("fte" if key[1].endswith("_fte") else "share")
    before, after = (_side(row, side, kind) for side in ("before", "after"))
    return name, str(row["group_name"]), before, after, _change(row, kind)


def _side(row: dict[str, object], side: str, kind: str) -> str:
    text = _number(row[f"{side}_value"], kind)
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    if pd.notna(low) and pd.notna(high):
        text += f" ({_number(low, kind)} to {_number(high, kind)})"
    verdict = row[f"{side}_verdict"]
    return f"{text}, {verdict}" if isinstance(verdict, str) else text


def _change(row: dict[str, object], kind: str) -> str:
    before, after = row["before_value"], row["after_value"]
    if pd.isna(before) and pd.isna(after):
        return "none"
    if pd.isna(before) or pd.isna(after):
        return "–"
    gap = float(str(after)) - float(str(before))
    if kind == "fte":
        return "none" if abs(gap) < 0.05 else f"{gap:+.1f} FTE"
    points = gap if kind == "target" else 100 * gap
    if abs(points) < 0.5:
        return "none"
    return f"{points:+.0f} point{'' if abs(round(points)) == 1 else 's'}"


def _number(value: object, kind: str) -> str:
    if kind == "target":
        return "–" if pd.isna(value) else f"{float(str(value)):.0f}"
    return format_cell(value, "decimal" if kind == "fte" else "share")


def tabulate_actions(actions: pd.DataFrame, *, currency: str) -> DisplayTable:
    """What a scenario did, a row per action and project.

    Args:
        actions: `WhatIf.actions` after the scenario.
        currency: Of the budgets.
    """
    return DisplayTable(
        actions,
        (
            DisplayColumn("action_number", "Action", "count"),
            DisplayColumn("action_type", "Kind"),
            DisplayColumn("project_id", "Project"),
            DisplayColumn("title", "Title"),
            DisplayColumn("words", "What was done"),
            DisplayColumn("effort_hours", "Hours", "count"),
            DisplayColumn("cost", f"Budget, {currency}", "money"),
        ),
        "Hours are those booked in the months of the exports.",
    )
