"""Tables of the three readings, of called x is x run, and of forms."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_confusion", "tabulate_forms", "tabulate_readings"]


def tabulate_readings(readings: pd.DataFrame, *, currency: str, most: int = 40) -> DisplayTable:
    """The blur list: three readings side by side, the evidence, and the change that mends it.

    Args:
        readings: As `measure_readings` returns.
        currency: Of the budgets.
        most: Rows shown; the note says how many more there are.
    """
    is_split = readings["is_split"].fillna(False).astype(bool)
    own = readings[(readings["blur_type"] != "none") | is_split]
    shown, left = own.head(most), len(own) - most
    quotes = "“" + shown["quote"].astype("str") + "”"
    blur = shown["blur_type"].mask(shown["blur_type"] == "none", "called and run differ")
    more = ("; " + shown["mend_more"].astype("str")).fillna("")
    return DisplayTable(
        shown.assign(
            blur=blur,
            because=(shown["says"].astype("str") + ": " + quotes).where(shown["quote"].notna()),
            change=shown["mend"].astype("str") + more,
        ),
        (
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("blur", "Blur"),
            DisplayColumn("declared_label", "Called"),
            DisplayColumn("track", "Is"),
            DisplayColumn("run_says", "Run"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("because", "Strongest evidence"),
            DisplayColumn("change", "What would mend it"),
        ),
        f"{left} more in the snapshot." if left > 0 else "",
    )


def tabulate_confusion(confusion: pd.DataFrame, *, currency: str) -> DisplayTable:
    """A row for each combination of the three readings that occurs, the dearest first.

    Args:
        confusion: As `measure_confusion` returns.
        currency: Of the budgets.
    """
    rows = confusion.sort_values(["budget_cost", "project_count"], ascending=False)
    return DisplayTable(
        rows,
        (
            DisplayColumn("declared_track", "Called"),
            DisplayColumn("track", "Is"),
            DisplayColumn("managed_track", "Run as"),
            DisplayColumn("project_count", "Projects", "count"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("unknown_count", "No budget known", "count"),
        ),
    )


def tabulate_forms(forms: pd.DataFrame) -> DisplayTable:
    """A row for each tool and path: its most frequent wrong label.

    Args:
        forms: As `measure_forms` returns.
    """
    verdict = forms["is_form_made"].fillna(False).astype(bool)
    return DisplayTable(
        forms.assign(verdict=verdict.map({True: "mend the form", False: ""})),
        (
            DisplayColumn("source_tool", "Tool"),
            DisplayColumn("track", "Is"),
            DisplayColumn("declared_label", "Most frequent wrong label"),
            DisplayColumn("wrong_count", "Wrong", "count"),
            DisplayColumn("labelled_count", "of labelled", "count"),
            DisplayColumn("share", "Share", "share"),
            DisplayColumn("share_low", "from", "share"),
            DisplayColumn("share_high", "to", "share"),
            DisplayColumn("verdict", "Form"),
        ),
        "Share with its 90 % interval (Wilson 1927).",
    )
