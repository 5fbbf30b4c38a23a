"""Agenda items of a period, ready to be summed: levels and forums named, words left behind."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["NO_FORUM", "NO_LEVEL", "measure_leader_items"]

NO_FORUM = "(no forum named)"
NO_LEVEL = "not stated"
# Longer entries (a trip, a fair, a block over the weekend) are no hours of a meeting.
_LONGEST_MINUTES = 12 * 60.0


def measure_leader_items(
    reviews: pd.DataFrame,
    meeting_sorting: pd.DataFrame,
    projects: pd.DataFrame,
    *,
    first_day: pd.Timestamp,
    last_day: pd.Timestamp,
    levels: Mapping[str, str] | None = None,
    show_subjects: bool = False,
) -> pd.DataFrame:
    """The agenda items of the meetings held in a period.

    The level of a forum is the one the calendar gives, else the stated one, else the one most
    projects reviewed there are sponsored at.

    Args:
        reviews: Meetings: `review_id`, `held_at`, `minutes`, `forum`, `subject`, `attendees`,
            `level_type`.
        meeting_sorting: Their items on tracks, as `sort_meetings` returns; a meeting without items
            (own time) is left out.
        projects: `review_forum` and `sponsor_level`, for the levels.
        first_day: First day of the period.
        last_day: Its last day.
        levels: Forum to level, from `[leaders] levels`.
        show_subjects: Name a meeting without a forum by its subject.

    Returns:
        The `leader_items` table in order of time. It holds no subject, agenda or calendar id,
        unless `show_subjects` says so.
    """
    is_inside = (reviews["held_at"] >= first_day) & (
        reviews["held_at"] < last_day + pd.Timedelta(days=1)
    )
    held = reviews[is_inside].sort_values(["held_at", "review_id"], kind="stable")
    if held.empty:
        return empty_frame(TABLES["leader_items"])
    name = held["forum"].fillna(held["subject"]) if show_subjects else held["forum"]
    length = held["minutes"]
    held = held.assign(
        meeting_number=range(1, len(held) + 1),
        forum_name=name.fillna(NO_FORUM),
        level_name=_name_levels(held, projects, levels or {}),
        is_left_out=~(length.gt(0) & length.le(_LONGEST_MINUTES)),
        attendees=held["attendees"].where(held["attendees"] > 0),
    ).drop(columns="minutes")
    items = held.merge(meeting_sorting, on="review_id", how="inner", validate="one_to_many")
    items = items.assign(item_code=pd.factorize(items["item"].fillna(""))[0])
    return conform(items[TABLES["leader_items"].column_names], TABLES["leader_items"])


def _name_levels(
    held: pd.DataFrame, projects: pd.DataFrame, levels: Mapping[str, str]
) -> pd.Series:
    known = projects.dropna(subset=["review_forum", "sponsor_level"])
    counts = known.groupby(["review_forum", "sponsor_level"]).size().rename("count").reset_index()
    # The level named first in the alphabet where two are as common: any fixed rule would do.
    most = counts.sort_values(["count", "sponsor_level"], ascending=[False, True])
    usual = most.drop_duplicates("review_forum").set_index("review_forum")["sponsor_level"]
    plain = {key.casefold(): level for key, level in usual.items()}
    plain |= {key.casefold(): level for key, level in levels.items()}
    by_forum = held["forum"].str.casefold().map(plain).astype("str")
    return held["level_type"].fillna(by_forum).fillna(NO_LEVEL)
