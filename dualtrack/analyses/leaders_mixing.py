"""The Gresham meter: what becomes of strategy that shares a meeting with operations.

Named for Gresham's law of planning: "Daily routine drives out planning" (March & Simon,
Organizations, 1958). Upkeep counts as operations here: both are today's business.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, middle_and_ends
from dualtrack.analyses.leaders import draw_items
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["ALL_FORUMS", "measure_leader_months", "measure_mixing"]

ALL_FORUMS = "All"
_STRATEGIC = DRAWN_TRACKS.index("strategic")
_TODAY = ("operational", "maintenance")


def measure_mixing(
    items: pd.DataFrame, *, temperature_error: float = 0.1, seed: int = 0
) -> pd.DataFrame:
    """Forums whose meetings put strategy and operations on one agenda.

    A meeting is mixed when it has a strategic item and one of today's business (operational or
    upkeep). Time within a meeting is not known: its minutes are shared evenly by its items, which
    flatters the item that comes last.

    Args:
        items: As `measure_leader_items` returns.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `mixing` table: `All` first, then forums, those with most mixed meetings first.
        `p_mixed` is the share of draws in which the forum's clearest meeting is mixed.
    """
    kept = _usable(items)
    if kept.empty:
        return empty_frame(TABLES["mixing"])
    meetings = _meetings(kept, temperature_error=temperature_error, seed=seed)
    by_forum = [
        _sum_meetings(meetings).assign(forum_name=ALL_FORUMS, level_name=ALL_FORUMS),
        *(
            _sum_meetings(rows).assign(forum_name=name, level_name=rows["level_name"].mode()[0])
            for name, rows in meetings.groupby("forum_name")
        ),
    ]
    mixing = pd.concat(by_forum, ignore_index=True)
    is_all = mixing["forum_name"] == ALL_FORUMS
    mixing = mixing.assign(first=is_all).sort_values(
        ["first", "mixed_count", "shared_hours", "forum_name"],
        ascending=[False, False, False, True],
    )
    return conform(mixing.drop(columns="first"), TABLES["mixing"])


def measure_leader_months(
    items: pd.DataFrame,
    *,
    first_day: pd.Timestamp,
    last_day: pd.Timestamp,
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """Strategic hours a month, and those that no operations share a meeting with.

    Args:
        items: As `measure_leader_items` returns.
        first_day: First day of the period.
        last_day: Its last day.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `leader_months` table, every month of the period in order; a month without meetings has
        zeros. Empty where the calendar holds no meeting at all: then nothing is known.
    """
    if items.empty:
        return empty_frame(TABLES["leader_months"])
    months = pd.period_range(first_day, last_day, freq="M")
    kept = _usable(items)
    meetings = _meetings(kept, temperature_error=temperature_error, seed=seed)
    drawn = _draw_protected(kept, months, temperature_error, seed)
    of_month = meetings["held_at"].dt.to_period("M")
    protected = meetings["strategic_hours"].where(~meetings["is_mixed"], 0.0)
    left_out = items[items["is_left_out"]].drop_duplicates("meeting_number")
    ends = np.array([middle_and_ends(drawn[:, place]) for place in range(len(months))])
    found = pd.DataFrame(
        {
            "month": months.to_timestamp(),
            "meeting_hours": _by_month(meetings["hours"], of_month, months),
            "strategic_hours": _by_month(meetings["strategic_hours"], of_month, months),
            "protected_hours": _by_month(protected, of_month, months),
            "protected_low": ends[:, 1],
            "protected_high": ends[:, 2],
            "meeting_count": of_month.value_counts().reindex(months, fill_value=0).to_numpy(),
            "left_out_count": left_out["held_at"]
            .dt.to_period("M")
            .value_counts()
            .reindex(months, fill_value=0)
            .to_numpy(),
            "is_whole": (months.start_time >= first_day)
            & (months.end_time.normalize() <= last_day),
        }
    )
    return conform(found, TABLES["leader_months"])


def _usable(items: pd.DataFrame) -> pd.DataFrame:
    kept = items[~items["is_left_out"].fillna(True)].sort_values(["meeting_number", "item_number"])
    return kept.assign(hours=kept["minutes"] / 60).reset_index(drop=True)


def _meetings(kept: pd.DataFrame, *, temperature_error: float, seed: int) -> pd.DataFrame:
    """One row a meeting: whether it is mixed, and the hours of its strategic items."""
    is_strategic = kept["track"] == "strategic"
    rows = kept.assign(
        strategic_item_count=is_strategic,
        has_today=kept["track"].isin(_TODAY),
        strategic_hours=kept["hours"].where(is_strategic, 0.0),
    )
    meetings = rows.groupby("meeting_number", as_index=False).agg(
        held_at=("held_at", "first"),
        forum_name=("forum_name", "first"),
        level_name=("level_name", "first"),
        hours=("hours", "sum"),
        strategic_hours=("strategic_hours", "sum"),
        strategic_item_count=("strategic_item_count", "sum"),
        has_today=("has_today", "any"),
    )
    strategic, today = _draw_meetings(kept, temperature_error, seed)
    return meetings.assign(
        is_mixed=meetings["has_today"] & (meetings["strategic_item_count"] > 0),
        p_mixed=(strategic & today).mean(axis=0) if len(meetings) else [],
    )


def _draw_meetings(
    kept: pd.DataFrame, temperature_error: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Whether each meeting has a strategic item, and one of today's business: draws x meetings."""
    drawn = draw_items(kept, temperature_error=temperature_error, seed=seed)
    starts = np.flatnonzero(~kept["meeting_number"].duplicated())
    if not len(starts):
        return np.zeros((len(drawn), 0), bool), np.zeros((len(drawn), 0), bool)
    strategic = np.logical_or.reduceat(drawn == _STRATEGIC, starts, axis=1)
    is_today = (drawn >= 0) & (drawn != _STRATEGIC)
    return strategic, np.logical_or.reduceat(is_today, starts, axis=1)


def _draw_protected(
    kept: pd.DataFrame, months: pd.PeriodIndex, temperature_error: float, seed: int
) -> np.ndarray:
    """Protected strategic hours of each month: draws x months."""
    drawn = draw_items(kept, temperature_error=temperature_error, seed=seed)
    _, today = _draw_meetings(kept, temperature_error, seed)
    meeting = pd.factorize(kept["meeting_number"])[0]
    counts = (drawn == _STRATEGIC) & ~today[:, meeting]
    month = months.get_indexer(kept["held_at"].dt.to_period("M"))
    weights = np.zeros((len(kept), len(months)))
    weights[np.arange(len(kept)), month] = kept["hours"].to_numpy()
    return np.asarray(counts @ weights)


def _by_month(values: pd.Series, of_month: pd.Series, months: pd.PeriodIndex) -> np.ndarray:
    sums = values.groupby(of_month).sum().reindex(months, fill_value=0.0)
    return np.asarray(sums, dtype=float)


def _sum_meetings(meetings: pd.DataFrame) -> pd.DataFrame:
    mixed = meetings[meetings["is_mixed"]]
    return pd.DataFrame(
        {
            "meeting_count": [len(meetings)],
            "mixed_count": len(mixed),
            "strategic_item_count": int(meetings["strategic_item_count"].sum()),
            "shared_item_count": int(mixed["strategic_item_count"].sum()),
            "strategic_hours": meetings["strategic_hours"].sum(),
            "shared_hours": mixed["strategic_hours"].sum(),
            "mixed_hours": mixed["hours"].sum(),
            "p_mixed": meetings["p_mixed"].max(),
        }
    )
