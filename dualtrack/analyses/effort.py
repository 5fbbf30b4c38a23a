"""Hours booked by track and month, for millions of bookings."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.mix import ALL_GROUPS, NO_GROUP
from dualtrack.schema import TABLES, TRACKS, conform

__all__ = ["measure_effort"]


def measure_effort(
    assignments: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    by: str = "unit_name",
    is_quarterly: bool = False,
) -> pd.DataFrame:
    """Hours booked on each track in each month, for the whole and for each group of projects.

    Args:
        assignments: `project_id`, `month`, `effort_hours`.
        projects: `project_id` and the `by` column.
        sorting: `project_id`, `track`.
        by: Column of `projects` to group by.
        is_quarterly: Calendar quarters, named by their first day, instead of months.

    Returns:
        The `effort` table, `All` first, then groups in alphabetical order, by month; tracks with
        hours alone. Bookings without a month or hours are left out; those on a key that is no
        project count as undecided, in the group `(none)`.
    """
    ids = pd.Index(projects["project_id"])
    groups = projects.reindex(columns=[by])[by].astype("str").fillna(NO_GROUP)
    group_codes, group_names = pd.factorize(groups, sort=True)
    track = sorting.set_index("project_id")["track"].reindex(ids)
    track_codes = pd.Categorical(track, categories=list(TRACKS)).codes.astype(np.int64)
    unknown_track = TRACKS.index("undecided")
    place = _places(ids, assignments["project_id"])
    is_project = place >= 0
    names = [*group_names] if NO_GROUP in group_names else [*group_names, NO_GROUP]
    no_group = names.index(NO_GROUP)
    track_of = np.append(np.where(track_codes < 0, unknown_track, track_codes), unknown_track)
    group_of = np.append(group_codes, no_group)
    month_codes, months = _periods(assignments["month"], is_quarterly=is_quarterly)
    hours = assignments["effort_hours"].to_numpy(float)
    is_kept = (month_codes >= 0) & ~np.isnan(hours)
    place = np.where(is_project, place, len(ids))[is_kept]
    shape = (len(names), max(len(months), 1), len(TRACKS))
    cell = np.ravel_multi_index((group_of[place], month_codes[is_kept], track_of[place]), shape)
    size = int(np.prod(shape))
    sums = np.bincount(cell, weights=hours[is_kept], minlength=size).reshape(shape)
    counts = np.bincount(cell, minlength=size).reshape(shape)
    whole, whole_counts = sums.sum(axis=0, keepdims=True), counts.sum(axis=0, keepdims=True)
    sums, counts = np.concatenate([whole, sums]), np.concatenate([whole_counts, counts])
    group_place, month_place, track_place = np.nonzero(counts)
    return conform(
        pd.DataFrame(
            {
                "group_name": np.array([ALL_GROUPS, *names], dtype=object)[group_place],
                "month": months[month_place] if len(months) else pd.DatetimeIndex([]),
                "track": np.array(TRACKS, dtype=object)[track_place],
                "effort_hours": sums[group_place, month_place, track_place],
            }
        ),
        TABLES["effort"],
    )


def _places(ids: pd.Index, keys: pd.Series) -> np.ndarray:
    """Row of each key in `ids`, -1 if it has none; each key is looked up once, not each row."""
    codes, unique = pd.factorize(keys)
    places = ids.get_indexer(pd.Index(unique))
    return np.where(codes < 0, -1, places[codes]) if len(unique) else np.full(len(keys), -1)


def _periods(month: pd.Series, *, is_quarterly: bool) -> tuple[np.ndarray, pd.DatetimeIndex]:
    codes, unique = pd.factorize(month, sort=True)
    days = pd.DatetimeIndex(unique)
    if not is_quarterly or not len(days):
        return codes, days
    quarters, firsts = pd.factorize(days.to_period("Q").to_timestamp(), sort=True)
    return np.where(codes < 0, -1, quarters[codes]), pd.DatetimeIndex(firsts)
