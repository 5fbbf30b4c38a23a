"""Meetings of a calendar: day and clock time joined, people counted, private words left out."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from dualtrack.records.dates import clean_dates, find_date_order

__all__ = ["find_guests", "finish_meetings", "join_day_and_time"]

# Of a description only what reads as a list is kept: the rest is links, greetings and telephone
# numbers, which say nothing of the work and are nobody's business here.
_LIST_LINE = re.compile(
    r"^\s*(?:[-*\u2022\u2013\u25aa\u00b7]|\d{1,2}[.)])\s+(\S.{1,118}\S)\s*$", re.MULTILINE
)
_MOST_LINES = 20
_LINK = re.compile(
    r"https?://|www\.|@|\+?\d[\d ()/-]{6,}\d|\b(passcode|meeting id|kennwort)\b", re.IGNORECASE
)
_PRIVATE = re.compile(
    r"^(private|confidential|privat|true|wahr|vrai|verdadero|ein|on|yes)$", re.IGNORECASE
)

# First and last names; `Board` or `room.4@` alone is no person.
_GUEST = re.compile(r"[^\W\d_a-z][\w'’.\-]*,?(?: [^\W\d_][\w'’.\-]*){0,2} [^\W\d_a-z][\w'’\-]*")

_CLOCK = re.compile(r"^\s*(\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?\s*([AaPp])?\.?[Mm]?\.?\s*$")


def join_day_and_time(raw: pd.DataFrame, *, day_first: bool | None) -> pd.DataFrame:
    """Bring the rows of a CSV calendar (Outlook, Google) to the form an ICS gives.

    Args:
        raw: Raw cells with `held_at`, `ends_at` (days), `held_time`, `ends_time` (clock times),
            `subject`, `attendees` (names joined by ';').
        day_first: The order of day and month, where it is stated.

    Returns:
        The same rows with `held_at` and `ends_at` as moments, `attendees` as a number and
        `review_id` made of start and subject; without the two time columns. Rows without a
        readable day keep a missing `held_at`. A frame without `held_time` comes back as it is.
    """
    if "held_time" not in raw:
        return raw
    order = find_date_order([raw["held_at"], raw["ends_at"]], stated=day_first)
    moments = {
        name: clean_dates(raw[name], order).series + _clock(raw[clock])
        for name, clock in (("held_at", "held_time"), ("ends_at", "ends_time"))
    }
    people = raw.get("attendees", pd.Series(None, index=raw.index, dtype=object))
    started = moments["held_at"].dt.strftime("%Y-%m-%dT%H:%M")
    return raw.drop(columns=["held_time", "ends_time"]).assign(
        **moments,
        attendees=[
            sum(bool(name.strip()) for name in str(cell or "").split(";")) for cell in people
        ],
        forum=raw.get("forum"),
        review_id=started + " " + raw["subject"].astype("str").fillna("no subject"),
    )


def find_guests(raw: pd.DataFrame) -> frozenset[str]:
    """Names of the people a calendar lists, to take them out of texts; they go into no table.

    Args:
        raw: Raw cells; `attendee_names` of an ICS, or `attendees` of a CSV, joined by ';'.
    """
    columns = [raw[name] for name in ("attendee_names", "attendees") if name in raw]
    cells = {one for column in columns for one in column.dropna().astype("str").unique()}
    names = {name.strip(" '\"") for cell in cells for name in cell.split(";")}
    return frozenset(name for name in names if _GUEST.fullmatch(name))


def finish_meetings(kept: pd.DataFrame) -> pd.DataFrame:
    """Bring cleaned rows of a calendar to the `reviews` table.

    Args:
        kept: `review_id`, `held_at`, `ends_at`; perhaps `forum`, `subject`, `attendees`, `agenda`
            (a description), `privacy` (its class or mark), `time_zone`.

    Returns:
        One row per meeting. Private entries keep their time and lose subject and agenda.
    """
    blank = pd.Series(None, index=kept.index, dtype="str")
    cells = {
        name: kept.get(name, blank).astype("str")
        for name in ("forum", "subject", "agenda", "privacy", "time_zone")
    }
    is_private = cells["privacy"].str.match(_PRIVATE, na=False)
    started = kept["held_at"].dt.strftime("%Y-%m-%dT%H:%M")
    return pd.DataFrame(
        {
            "review_id": kept["review_id"] + " " + started,
            "held_at": kept["held_at"],
            "minutes": (kept["ends_at"] - kept["held_at"]) / dt.timedelta(minutes=1),
            "forum": cells["forum"],
            "subject": cells["subject"].mask(is_private),
            "agenda": cells["agenda"].map(_list_lines, na_action="ignore").mask(is_private),
            "attendees": kept["attendees"].astype("Int64"),
            "time_zone": cells["time_zone"],
        }
    ).drop_duplicates("review_id")


def _list_lines(text: str) -> str | None:
    lines = [one.strip() for one in _LIST_LINE.findall(text) if not _LINK.search(one)]
    return "\n".join(lines[:_MOST_LINES]) or None


def _clock(cells: pd.Series) -> pd.Series:
    """Time since midnight; nothing where a cell holds no clock time (an all-day entry)."""
    return pd.to_timedelta([_minutes(cell) for cell in cells], unit="min").to_series(
        index=cells.index
    )


def _minutes(cell: object) -> int:
    found = _CLOCK.match(str(cell or ""))
    if found is None:
        return 0
    hour, minute = int(found[1]) % 24, int(found[2])
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return 60 * hour + minute
