"""The erosion sign: a strategic initiative closed, and no improvement that keeps what it won."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["FOLLOW_DAYS", "measure_follow_on"]

FOLLOW_DAYS = 180  # days an improvement may take to follow: house default
HANDOVER_DAYS = 30  # an improvement may begin so long before the initiative is closed


def measure_follow_on(
    history: pd.DataFrame, *, as_of_date: pd.Timestamp | None = None, days: int = FOLLOW_DAYS
) -> pd.DataFrame:
    """For each closed strategic initiative the first operational improvement that followed it.

    An improvement follows when it serves the same objective or belongs to the same unit, and
    starts within `days` after the finish, or up to 30 days before it. The same objective is the
    stronger link; the same unit alone is a weak one, and is named as such.

    Args:
        history: As `stack_quarters` returns; the last row of each project counts.
        as_of_date: The day looked from; the latest of the history if None.
        days: Days after the finish within which an improvement counts.

    Returns:
        The `follow_on` table, latest finish first: `none` only once the days are over; until then
        `too early`.

    Source: that a standard nobody improves falls back: Imai, Kaizen (1986), ch. 1; days are a
        house default.
    """
    day = as_of_date if as_of_date is not None else history["as_of_date"].max()
    seen = history[history["as_of_date"] <= day].sort_values("as_of_date")
    latest = seen.drop_duplicates("project_id", keep="last")
    closed = latest[(latest["track"] == "strategic") & (latest["status_type"] == "done")]
    kept = ["project_id", "title", "unit_name", "objective_id", "actual_finish_date", "budget_cost"]
    closed = closed[kept]
    improving = latest[(latest["track"] == "operational") & (latest["status_type"] != "cancelled")]
    improving = improving[["project_id", "title", "unit_name", "objective_id", "start_date"]]
    pairs = pd.concat(
        [_pair(closed, improving, by) for by in ("objective_id", "unit_name")], ignore_index=True
    )
    gap = (pairs["follow_start_date"] - pairs["actual_finish_date"]).dt.days
    is_near = gap.between(-HANDOVER_DAYS, days) & (pairs["follow_start_date"] <= day)
    first = (
        pairs[is_near]
        .sort_values(["link", "follow_start_date", "follow_project_id"])
        .drop_duplicates("project_id")
    )
    found = closed.merge(
        first[["project_id", "follow_project_id", "follow_title", "follow_start_date", "link"]],
        on="project_id",
        how="left",
        validate="one_to_one",
    )
    waited = (found["follow_start_date"].fillna(day) - found["actual_finish_date"]).dt.days
    follow_type = (
        found["link"]
        .map({"objective_id": "same objective", "unit_name": "same unit"})
        .astype("str")
        .fillna("none")
    )
    is_early = (follow_type == "none") & (waited <= days)
    follow_type = follow_type.mask(is_early, "too early")
    follow_type = follow_type.mask(found["actual_finish_date"].isna(), "no finish date")
    found = found.assign(follow_type=follow_type, waited_days=waited.astype("float64"))
    found = found.drop(columns="link").sort_values(
        ["actual_finish_date", "project_id"], ascending=[False, True]
    )
    return conform(found, TABLES["follow_on"])


def _pair(closed: pd.DataFrame, improving: pd.DataFrame, by: str) -> pd.DataFrame:
    """Each closed initiative with the improvements that share a column with it."""
    own = closed.dropna(subset=[by])[["project_id", by, "actual_finish_date"]]
    other = improving.dropna(subset=[by]).rename(
        columns={
            "project_id": "follow_project_id",
            "title": "follow_title",
            "start_date": "follow_start_date",
        }
    )
    names = ["follow_project_id", "follow_title", "follow_start_date"]
    joined = own.merge(other[[by, *names]], on=by, how="inner", validate="many_to_many")
    return joined.assign(link=by)[["project_id", "actual_finish_date", *names, "link"]]
