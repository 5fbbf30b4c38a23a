"""The tables of leaders' time: agenda items on tracks, hours, mixed meetings, free blocks."""

from __future__ import annotations

from dualtrack.schema.sorting_tables import TRACKS
from dualtrack.schema.table import Column, Table

__all__ = ["ITEM_BASES", "LEADERS_TABLES"]

# What an item's track rests on: its own words, the name of its forum, or nothing.
ITEM_BASES = ("words", "forum", "nothing")

_track = Column("track", "text", "Track", "", TRACKS)
_item_number = Column("item_number", "count", "Place on the agenda, from 1", "")
_level = Column("level_name", "text", "Level of the forum; `not stated`, or `All` for the whole")
_minutes = Column("minutes", "number", "Length of the meeting, shared evenly by its items", "min")
_sorted_by = Column("sorted_by", "text", "What the track rests on", "", ITEM_BASES)
_probabilities = (
    Column("p_strategic", "number", "Calibrated probability", "0 to 1"),
    Column("p_operational", "number", "Calibrated probability", "0 to 1"),
    Column("p_maintenance", "number", "Calibrated probability", "0 to 1"),
)

MEETING_SORTING = Table(
    "meeting_sorting",
    "meeting x item of its agenda",
    ("review_id", "item_number"),
    (
        Column("review_id", "text", "Calendar id and start"),
        _item_number,
        Column("item", "text", "Words of the item; never printed unless asked for"),
        _minutes,
        _track,
        *_probabilities,
        _sorted_by,
    ),
)

LEADER_ITEMS = Table(
    "leader_items",
    "meeting x item of its agenda, without its words",
    ("meeting_number", "item_number"),
    (
        Column("meeting_number", "count", "Meeting, in order of time", ""),
        _item_number,
        Column("item_code", "count", "The same words have the same code", ""),
        Column("held_at", "date", "Start, local time"),
        Column("forum_name", "text", "Forum; the subject only where asked for"),
        _level,
        Column("attendees", "count", "People invited; missing where none are listed", "people"),
        _minutes,
        _track,
        *_probabilities,
        _sorted_by,
        Column("is_left_out", "flag", "No length, or longer than a working day: no hours counted"),
    ),
)

LEADER_WEEKS = Table(
    "leader_weeks",
    "week x level x track",
    ("week_date", "level_name", "track"),
    (
        Column("week_date", "date", "Monday of the week"),
        _level,
        _track,
        Column("hours", "number", "Meeting time", "hours"),
        Column("person_hours", "number", "Meeting time by people invited", "person-hours"),
    ),
)

LEADER_SHARES = Table(
    "leader_shares",
    "level x track",
    ("level_name", "track"),
    (
        _level,
        _track,
        Column("hours", "number", "Meeting time as sorted", "hours"),
        Column("person_hours", "number", "Meeting time by people invited", "person-hours"),
        Column("by_forum_hours", "number", "Of the hours, sorted by the forum's name", "hours"),
        Column("share", "number", "Share of all meeting time, median of the draws", "0 to 1"),
        Column("share_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("share_high", "number", "Upper end of the 90 % interval", "0 to 1"),
        Column("meeting_count", "count", "Meetings with such an item", "meetings"),
        Column("unlisted_count", "count", "Of these, without a list of people", "meetings"),
    ),
)

MIXING = Table(
    "mixing",
    "forum",
    ("forum_name",),
    (
        Column("forum_name", "text", "Forum; `All` for the whole"),
        _level,
        Column("meeting_count", "count", "Meetings held", "meetings"),
        Column("mixed_count", "count", "With strategy and operations on one agenda", "meetings"),
        Column("strategic_item_count", "count", "Strategic agenda items", "items"),
        Column("shared_item_count", "count", "Of these, in mixed meetings", "items"),
        Column("strategic_hours", "number", "Time of strategic items", "hours"),
        Column("shared_hours", "number", "Of this, in mixed meetings", "hours"),
        Column("mixed_hours", "number", "Length of the mixed meetings", "hours"),
        Column("p_mixed", "number", "Probability that it mixes, of its clearest meeting", "0 to 1"),
    ),
)

LEADER_MONTHS = Table(
    "leader_months",
    "month",
    ("month",),
    (
        Column("month", "date", "First day of the month"),
        Column("meeting_hours", "number", "Meeting time in all", "hours"),
        Column("strategic_hours", "number", "Time of strategic items", "hours"),
        Column("protected_hours", "number", "Of this, in meetings without operations", "hours"),
        Column("protected_low", "number", "Lower end of the 90 % interval", "hours"),
        Column("protected_high", "number", "Upper end of the 90 % interval", "hours"),
        Column("meeting_count", "count", "Meetings held", "meetings"),
        Column("left_out_count", "count", "Entries without hours: no length, or too long", ""),
        Column("is_whole", "flag", "The whole month lies in the period"),
    ),
)

LEADER_DAYS = Table(
    "leader_days",
    "day with a meeting in working hours",
    ("work_date",),
    (
        Column("work_date", "date", "Day"),
        Column("meeting_count", "count", "Meetings that touch working hours", "meetings"),
        Column("busy_minutes", "number", "Working time with a meeting", "min"),
        Column("overlap_minutes", "number", "Meeting time on top of another meeting", "min"),
        Column("free_minutes", "number", "Working time without a meeting", "min"),
        Column("block_minutes", "number", "Of this, in blocks long enough to work in", "min"),
        Column("block_count", "count", "Such blocks", "blocks"),
        Column("longest_minutes", "number", "Longest time without a meeting", "min"),
    ),
)

LEADERS_TABLES = (
    MEETING_SORTING,
    LEADER_ITEMS,
    LEADER_WEEKS,
    LEADER_SHARES,
    MIXING,
    LEADER_MONTHS,
    LEADER_DAYS,
)
