"""Tables of rhythm: misfits by path, overdue reviews, forums, separation."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_reviews", "tabulate_rhythm", "tabulate_rhythm_shares"]


def tabulate_rhythm_shares(shares: pd.DataFrame) -> DisplayTable:
    """A row for each path and check: projects recorded, misfits, share with interval.

    Args:
        shares: As `measure_rhythm_shares` returns.
    """
    return DisplayTable(
        shares,
        (
            DisplayColumn("track", "Path"),
            DisplayColumn("check_type", "Does not fit"),
            DisplayColumn("misfit_count", "Projects", "count"),
            DisplayColumn("known_count", "of recorded", "count"),
            DisplayColumn("project_count", "of open", "count"),
            DisplayColumn("share", "Share", "share"),
            DisplayColumn("share_low", "from", "share"),
            DisplayColumn("share_high", "to", "share"),
        ),
        "Shares are of the projects whose column is recorded, with their 90 % interval: doubt of "
        "the sort, and undecided projects by their probability, are counted in.",
    )


def tabulate_rhythm(rhythm: pd.DataFrame, *, currency: str, most: int = 15) -> DisplayTable:
    """Open projects followed up otherwise than their path asks for, the dearest first.

    Args:
        rhythm: As `measure_rhythm` returns.
        currency: Of the budgets.
        most: Rows shown; the note says how many more there are.
    """
    misfit = pd.DataFrame(
        {
            name: ~rhythm[name].isin(("fits", "no norm", "not recorded"))
            for name in ("rhythm_type", "forum_type", "sponsor_type", "gate_type", "horizon_type")
        }
    )
    own = rhythm[misfit.any(axis=1)].sort_values(
        ["budget_cost", "project_id"], ascending=[False, True]
    )
    left = len(own) - most
    return DisplayTable(
        own.head(most),
        (
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("track", "Is"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("review_forum", "Forum"),
            DisplayColumn("review_interval_days", "Every, days", "count"),
            DisplayColumn("rhythm_type", "Rhythm"),
            DisplayColumn("sponsor_level", "Sponsor level"),
            DisplayColumn("sponsor_type", "Sponsor"),
            DisplayColumn("gate_type", "Gates"),
            DisplayColumn("horizon_type", "Horizon"),
        ),
        f"{left} more in the snapshot." if left > 0 else "",
    )


def tabulate_reviews(rhythm: pd.DataFrame, *, currency: str, most: int = 15) -> DisplayTable:
    """Reviews overdue or never held, the latest first.

    Args:
        rhythm: As `measure_rhythm` returns.
        currency: Of the budgets.
        most: Rows shown; the note says how many more there are.
    """
    own = rhythm[rhythm["review_type"].isin(("overdue", "never held"))]
    own = own.sort_values(["overdue_days", "project_id"], ascending=[False, True])
    left = len(own) - most
    return DisplayTable(
        own.head(most),
        (
            DisplayColumn("title", "Project"),
            DisplayColumn("unit_name", "Unit"),
            DisplayColumn("track", "Is"),
            DisplayColumn("budget_cost", f"Budget, {currency}", "money"),
            DisplayColumn("review_forum", "Forum"),
            DisplayColumn("review_interval_days", "Every, days", "count"),
            DisplayColumn("overdue_days", "Days past due", "count"),
            DisplayColumn("review_type", "Review"),
        ),
        f"{left} more in the snapshot." if left > 0 else "",
    )
