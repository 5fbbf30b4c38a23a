"""Planned against actual, by track: did money and effort follow the plan?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends, sum_drawn
from dualtrack.analyses.mix import ALL_GROUPS, NO_GROUP
from dualtrack.schema import TABLES, TRACKS, conform

__all__ = ["PLAN_COLUMNS", "measure_spread"]

# Plan and actual of each resource.
PLAN_COLUMNS = {
    "money": ("budget_cost", "actual_cost"),
    "effort": ("planned_effort_hours", "actual_effort_hours"),
}
PATHS = ("operational", "strategic")
_AMOUNTS = ["planned_amount", "due_amount", "actual_amount"]


def measure_spread(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    as_of_date: pd.Timestamp,
    by: str = "unit_name",
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """What each track was to use by now, and what it has used, for the whole and each group.

    A whole plan cannot be set against what is used so far, so the plan is spread evenly from start
    to finish and taken up to `as_of_date`; the finish is the baseline, else the forecast, else the
    actual one. Only projects that say plan, actual and both dates are compared, the others are
    counted; cancelled ones are left out, since nothing is due of them any more.

    Args:
        projects: `project_id`, the `by` column, dates, `status_type`, `budget_cost`, `actual_cost`
            (portfolio currency), `planned_effort_hours`, `actual_effort_hours` (hours).
        sorting: One row per project: `track` and the three probabilities.
        as_of_date: The day the exports show.
        by: Column to group by.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `spread` table: groups in alphabetical order after `All`, money and effort, all tracks.
        `gap_share` is a path's share of what both used less its share of what both were due;
        `used_ratio` what it used for one due (1 is as planned).

    Source: time-phased plan against actual as in earned value practice (PMI, 2019, Standard for
    Earned Value Management); the even spread is ours.
    """
    wanted = sorting[["project_id", "track", *(f"p_{track}" for track in DRAWN_TRACKS)]]
    rows = projects.merge(wanted, on="project_id", how="left", validate="one_to_one")
    elapsed = _elapsed(rows, as_of_date)
    tracks = draw_tracks(rows, temperature_error=temperature_error, seed=seed)
    groups = rows[by].fillna(NO_GROUP) if by in rows else pd.Series(NO_GROUP, index=rows.index)
    names = [ALL_GROUPS, *sorted(groups.unique())]
    parts = []
    for resource, (plan, actual) in PLAN_COLUMNS.items():
        amounts = pd.DataFrame(
            {
                "planned_amount": rows[plan],
                "due_amount": rows[plan] * elapsed,
                "actual_amount": rows[actual],
            }
        )
        # A negative amount (a sale, a refund) is no plan and no use of one.
        is_compared = (amounts >= 0).all(axis=1).to_numpy()
        for name in names:
            is_own = np.ones(len(rows), bool) if name == ALL_GROUPS else (groups == name).to_numpy()
            own = np.flatnonzero(is_own & is_compared)
            part = _one_spread(rows["track"].iloc[own], amounts.iloc[own], tracks[:, own])
            parts.append(
                part.assign(
                    group_name=name,
                    resource_type=resource,
                    left_out_count=_left_out(rows["track"], is_own & ~is_compared),
                )
            )
    return conform(pd.concat(parts, ignore_index=True), TABLES["spread"])


def _elapsed(rows: pd.DataFrame, as_of_date: pd.Timestamp) -> pd.Series:
    """Share of the planned time gone, 0 to 1; missing without dates or for cancelled projects."""
    finish = (
        rows["baseline_finish_date"]
        .fillna(rows["forecast_finish_date"])
        .fillna(rows["actual_finish_date"])
    )
    start = rows["start_date"]
    # First and last day both count; a finish before its start is a fault of the dates.
    length = (finish - start).dt.days + 1
    gone = (as_of_date - start).dt.days + 1
    share = (gone / length.where(length > 0)).clip(0, 1)
    return share.where(rows["status_type"].ne("cancelled").fillna(True))


def _left_out(tracks: pd.Series, is_left_out: np.ndarray) -> list[int]:
    counts = tracks[is_left_out].value_counts()
    return [int(counts.get(track, 0)) for track in TRACKS]


def _one_spread(track: pd.Series, amounts: pd.DataFrame, drawn: np.ndarray) -> pd.DataFrame:
    sums = amounts.groupby(track).sum().reindex(list(TRACKS)).fillna(0.0)
    both = sums.loc[list(PATHS)].sum()
    weights = amounts[["due_amount", "actual_amount"]].to_numpy(float)
    by_track = {name: sum_drawn(drawn, weights, name) for name in DRAWN_TRACKS}
    total = by_track["operational"] + by_track["strategic"]
    known = np.where(total > 0, total, np.nan)
    rows = []
    for name in TRACKS:
        row = dict(zip(_AMOUNTS, sums.loc[name], strict=True))
        if name in by_track:
            due, used = by_track[name].T
            ratio = np.divide(used, due, out=np.full_like(due, np.nan), where=due > 0)
            row |= dict(zip(_names("used", "ratio"), middle_and_ends(ratio), strict=True))
        if name in PATHS:
            share = by_track[name] / known
            gap = middle_and_ends(share[:, 1] - share[:, 0])
            row |= dict(zip(_names("gap", "share"), gap, strict=True))
            for one in ("due", "actual"):
                whole = both[f"{one}_amount"]
                row[f"{one}_share"] = row[f"{one}_amount"] / whole if whole else float("nan")
        rows.append({"track": name, "project_count": int((track == name).sum()), **row})
    return pd.DataFrame(rows)


def _names(stem: str, middle: str) -> tuple[str, str, str]:
    return f"{stem}_{middle}", f"{stem}_low", f"{stem}_high"
