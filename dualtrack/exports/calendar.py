"""Reader of calendars (ICS): one row per meeting held, repeats expanded.

Each event is read for itself: one that is garbled is set aside with the reason, the others stay.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events

from dualtrack.errors import ExportError
from dualtrack.exports.export import Cell, RawSheet

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
# What icalendar and recurring_ical_events raise on garbled properties, rules and time zones;
# they have no narrower base in common.
_FAULTS = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, OSError)
# Repeats that no meeting has; expanded up to today they would fill the memory.
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_EARLIEST = dt.date(1950, 1, 1)  # as records/ reads dates
_LONGEST_TEXT = 200


def read_calendar(path: Path, *, until: dt.date) -> list[RawSheet]:
    """Read the meetings of an ICS file from its first event up to a day.

    Args:
        path: The calendar file.
        until: Last day of interest; repeats without an end stop there.

    Returns:
        One raw sheet with a made heading row; a repeated event gives one row per occurrence, all
        with the number of their event in the file. Events that cannot be read are set aside.

    Raises:
        ExportError: The file is no calendar, or one without events.
    """
    try:
        calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
        events = list(enumerate(calendar.walk("VEVENT"), start=1))
    except _FAULTS as fault:
        raise ExportError(
            f"{path}: not a readable ICS calendar ({str(fault)[:200]}). Export it again."
        ) from fault
    if not events:
        raise ExportError(f"{path}: a calendar without events. Export a longer period.")
    held: list[tuple[int, list[Cell]]] = []
    aside: list[tuple[int, str, str]] = []
    for series in _group_series(events):
        number = series[0][0]
        try:
            meetings = _expand(calendar, [event for _, event in series], until)
            held += [(number, _read_cells(meeting)) for meeting in meetings]
        except _FAULTS as fault:
            aside += [(place, _tell(fault), _describe(event)) for place, event in series]
    held.sort(key=lambda one: (str(one[1][2]), str(one[1][0])))
    rows: list[list[Cell]] = [list(_HEADINGS), *(cells for _, cells in held)]
    numbers = [0, *(number for number, _ in held)]
    note = "calendar, repeats expanded"
    return [RawSheet(rows, numbers, has_own_heading=True, note=note, set_aside=tuple(aside))]


def _group_series(events: list[tuple[int, Any]]) -> list[list[tuple[int, Any]]]:
    """Events of one UID belong together: a repeated one, and its moved occurrences."""
    groups: dict[str, list[tuple[int, Any]]] = {}
    for number, event in events:
        key = str(event.get("UID") or f"event {number}")
        groups.setdefault(key, []).append((number, event))
    return list(groups.values())


def _expand(calendar: Any, series: list[Any], until: dt.date) -> list[Any]:
    """Meetings of a series up to a day; ValueError where its rule has no sense."""
    first = min(_day(event["DTSTART"].dt) for event in series)
    if first < _EARLIEST:
        raise ValueError(f"it starts on {first}")
    if first > until:
        return []
    for event in series:
        rules = event.get("RRULE") or []
        for rule in rules if isinstance(rules, list) else [rules]:
            _check_rule(rule)
    alone = icalendar.Calendar()
    alone.update(calendar)  # its time zone, for events that state none
    zones = [one for one in calendar.subcomponents if one.name == "VTIMEZONE"]
    alone.subcomponents = [*zones, *series]
    query = recurring_ical_events.of(alone)
    return list(query.between(first, until + dt.timedelta(days=1)))


def _check_rule(rule: Any) -> None:
    often = {str(one).upper() for one in rule.get("FREQ", [])} & _TOO_OFTEN
    if often:
        raise ValueError(f"it repeats {often.pop()}, which no meeting does")
    if any(int(one) < 1 for one in rule.get("INTERVAL", [])):
        raise ValueError("it repeats at an interval of 0")


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _read_cells(event: Any) -> list[Cell]:
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


def _tell(fault: Exception) -> str:
    """Why an event is no record."""
    if isinstance(fault, KeyError) and "DTSTART" in str(fault):
        return "event without a start"
    return f"event cannot be read: {fault}"[:_LONGEST_TEXT]


def _describe(event: Any) -> str:
    return str(event.get("SUMMARY") or event.get("UID") or "")[:_LONGEST_TEXT]
