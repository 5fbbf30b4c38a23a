"""Reader of calendars (ICS): one row per meeting held, repeats expanded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet

__all__ = ["read_calendar"]

_HEADINGS = (
    "UID",
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "ALLDAY",
    "STATUS",
    "CATEGORIES",
    "ATTENDEES",
    "LOCATION",
)


def read_calendar(path: Path, *, until: dt.date) -> list[RawSheet]:
    """Read the meetings of an ICS file from its first event up to a day.

    Args:
        path: The calendar file.
        until: Last day of interest; repeats without an end stop there.

    Returns:
        One raw sheet with a made heading row; a repeated event gives one row per occurrence, all
        with the number of their event in the file.

    Raises:
        ExportError: The file is no calendar.
    """
    try:
        calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
    except (ValueError, IndexError) as fault:
        raise ExportError(f"{path}: not a readable ICS calendar ({fault}).") from fault
    events = [event for event in calendar.walk("VEVENT") if event.get("DTSTART") is not None]
    if not events:
        raise ExportError(f"{path}: a calendar without events. Export a longer period.")
    order = {str(event.get("UID")): number for number, event in enumerate(events, start=1)}
    first = min(_day(event["DTSTART"].dt) for event in events)
    held = recurring_ical_events.of(calendar).between(first, until + dt.timedelta(days=1))
    rows: list[list[object]] = [list(_HEADINGS)]
    numbers = [0]
    for event in sorted(held, key=lambda one: (str(one["DTSTART"].dt), str(one.get("UID")))):
        rows.append(_cells(event))
        numbers.append(order.get(str(event.get("UID")), 0))
    return [RawSheet(rows, numbers, has_own_heading=True, note="calendar, repeats expanded")]


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _cells(event: Any) -> list[object]:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if event.get("DTEND") is not None else start
    attendees = event.get("ATTENDEE") or []
    attendees = attendees if isinstance(attendees, list) else [attendees]
    declined = sum(one.params.get("PARTSTAT") == "DECLINED" for one in attendees)
    categories = event.get("CATEGORIES")
    names = [str(name) for name in categories.cats] if hasattr(categories, "cats") else []
    return [
        str(event.get("UID") or ""),
        str(event.get("SUMMARY") or ""),
        _naive(start),
        _naive(end),
        not isinstance(start, dt.datetime),
        str(event.get("STATUS") or ""),
        "; ".join(names),
        len(attendees) - declined,
        str(event.get("LOCATION") or ""),
    ]


def _naive(moment: dt.date | dt.datetime) -> dt.datetime:
    """Local wall-clock time: the hour the meeting had in its own time zone."""
    if isinstance(moment, dt.datetime):
        return moment.replace(tzinfo=None)
    return dt.datetime.combine(moment, dt.time())
