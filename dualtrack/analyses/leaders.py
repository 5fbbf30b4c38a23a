"""Leaders' time: hours of meetings by track, and how sure that is.

A calendar tells meeting time, not a person's working time. Hours are those of the calendar, each
meeting once; person-hours count every person invited.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends, sum_drawn
from dualtrack.schema import TABLES, TRACKS, conform, empty_frame

__all__ = ["draw_items", "measure_leader_shares", "measure_leader_weeks"]

ALL_LEVELS = "All"
_P_COLUMNS = [f"p_{track}" for track in DRAWN_TRACKS]


def measure_leader_weeks(items: pd.DataFrame) -> pd.DataFrame:
    """Hours and person-hours of meetings by week, level and track.

    Args:
        items: As `measure_leader_items` returns.

    Returns:
        The `leader_weeks` table, weeks from Monday in order of time, every track of a week and
        level that met. Person-hours count a meeting that lists nobody for one person.
    """
    kept = _with_hours(items)
    if kept.empty:
        return empty_frame(TABLES["leader_weeks"])
    monday = kept["held_at"].dt.normalize() - pd.to_timedelta(
        kept["held_at"].dt.day_of_week, unit="D"
    )
    rows = kept.assign(week_date=monday)
    by = ["week_date", "level_name"]
    sums = rows.groupby([*by, "track"])[["hours", "person_hours"]].sum().reset_index()
    met = rows[by].drop_duplicates().sort_values(by)
    every = met.merge(pd.DataFrame({"track": TRACKS}), how="cross")
    long = every.merge(sums, on=[*by, "track"], how="left", validate="one_to_one")
    long = long.fillna({"hours": 0.0, "person_hours": 0.0})
    return conform(long, TABLES["leader_weeks"])


def measure_leader_shares(
    items: pd.DataFrame, *, temperature_error: float = 0.1, seed: int = 0
) -> pd.DataFrame:
    """Share of meeting time on each track, for the whole and by level.

    The interval is the middle 90 % of 1,000 draws in which every item gets a track by its
    probabilities; the same words get the same track in all their meetings, so that one doubtful
    weekly item widens the interval as it should. Undecided items take part in the draws.

    Args:
        items: As `measure_leader_items` returns.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `leader_shares` table: `All` first, then the levels in alphabetical order, four tracks
        each; no share for `undecided`. Empty without meetings.
    """
    kept = _with_hours(items)
    if kept.empty:
        return empty_frame(TABLES["leader_shares"])
    drawn = draw_items(kept, temperature_error=temperature_error, seed=seed)
    names = [ALL_LEVELS, *sorted(kept["level_name"].unique())]
    belongs = np.column_stack(
        [np.ones(len(kept))] + [(kept["level_name"] == name).to_numpy(float) for name in names[1:]]
    )
    weights = belongs * kept["hours"].to_numpy()[:, None]
    sums = {track: sum_drawn(drawn, weights, track) for track in DRAWN_TRACKS}
    total = weights.sum(axis=0)
    parts = []
    for place, name in enumerate(names):
        own = kept[belongs[:, place] > 0]
        for track in TRACKS:
            rows = own[own["track"] == track]
            ends = (float("nan"),) * 3
            if track in sums:
                ends = middle_and_ends(sums[track][:, place] / total[place])
            parts.append(
                {
                    "level_name": name,
                    "track": track,
                    "hours": rows["hours"].sum(),
                    "person_hours": rows["person_hours"].sum(),
                    "by_forum_hours": rows.loc[rows["sorted_by"] == "forum", "hours"].sum(),
                    **dict(zip(("share", "share_low", "share_high"), ends, strict=True)),
                    "meeting_count": rows["meeting_number"].nunique(),
                    "unlisted_count": rows.loc[
                        rows["attendees"].isna(), "meeting_number"
                    ].nunique(),
                }
            )
    return conform(pd.DataFrame(parts), TABLES["leader_shares"])


def draw_items(items: pd.DataFrame, *, temperature_error: float = 0.1, seed: int = 0) -> np.ndarray:
    """Tracks drawn for agenda items: the same words on the same basis draw the same track.

    Args:
        items: Rows of `leader_items`.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        Codes as `draw_tracks` gives them, draws x rows of `items`.
    """
    keys = items[["item_code", "sorted_by", *_P_COLUMNS]].round(9)
    codes = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy()
    first = pd.Series(codes).drop_duplicates().index
    drawn = draw_tracks(items.iloc[first], temperature_error=temperature_error, seed=seed)
    return np.asarray(drawn[:, codes])


def _with_hours(items: pd.DataFrame) -> pd.DataFrame:
    """Items of meetings that have hours."""
    kept = items[~items["is_left_out"].fillna(True)].reset_index(drop=True)
    people = kept["attendees"].fillna(1).astype(float)
    return kept.assign(hours=kept["minutes"] / 60, person_hours=kept["minutes"] / 60 * people)
