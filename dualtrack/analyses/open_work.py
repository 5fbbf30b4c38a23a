"""Which projects are open: a list without states says so by its dates."""

from __future__ import annotations

import pandas as pd

__all__ = ["is_running", "is_unfinished"]

_RUNNING = ("active", "on_hold")
_ENDED = ("done", "cancelled")


def is_running(rows: pd.DataFrame, as_of_date: pd.Timestamp) -> pd.Series:
    """Whether each project is under way or on hold.

    Where no state is recorded, a project runs unless it has ended or starts later.

    Args:
        rows: `status_type`, `start_date`, `actual_finish_date`.
        as_of_date: The day the exports show.
    """
    status = rows["status_type"]
    is_later = (rows["start_date"] > as_of_date).fillna(False)
    by_date = status.isna() & ~is_later & rows["actual_finish_date"].isna()
    return status.isin(_RUNNING) | by_date


def is_unfinished(rows: pd.DataFrame) -> pd.Series:
    """Whether each project is running, on hold or still to start; blank states go by the finish.

    Args:
        rows: `status_type`, `actual_finish_date`.
    """
    status = rows["status_type"]
    by_date = status.isna() & rows["actual_finish_date"].isna()
    return (status.notna() & ~status.isin(_ENDED)) | by_date
