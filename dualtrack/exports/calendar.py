"""Reader of calendars (ICS): one row per meeting held, repeats expanded.

Each event is read for itself: one that is garbled is set aside with the reason, the others stay.
Hours are told in one zone, the calendar's own: a meeting called in another zone, or kept in UTC,
stands at the hour it has at home. What an event says of who comes is read in `calendar_people`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path
from typing import Any

from dualtrack.errors import ExportError
from dualtrack.exports.calendar_people import count_people, find_status, list_names
from dualtrack.exports.calendar_zone import HomeZone, find_home_zone, is_zone
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
    "DESCRIPTION",
    "CLASS",
    "TIMEZONE",
    "NAMES",
)
# What icalendar and recurring_ical_events raise on garbled properties, rules and time zones;
# they have no narrower base in common.
_FAULTS = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, OSError)
# Repeats that no meeting has; expanded up to today they would fill the memory.
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_OFTEN_A_DAY = 6  # more than any meeting is held
_MOST_MEETINGS = 200_000  # ten leaders for ten years, eight meetings a working day
_EARLIEST = dt.date(1950, 1, 1)  # as records/ reads dates
_LONGEST_TEXT = 200
_LIST_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)  # descriptions may be HTML


def read_calendar(path: Path, *, until: dt.date, time_zone: str = "") -> list[RawSheet]:
    """Read the meetings of an ICS file from its first event up to a day.

    Args:
        path: The calendar file.
        until: Last day of interest; repeats without an end stop there.
        time_zone: Zone all hours are told in; blank for the one the calendar names, else the one
            most of its events are in.

    Returns:
        One raw sheet with a made heading row; a repeated event gives one row per occurrence, all
        with the number of their event in the file. Events that cannot be read are set aside.

    Raises:
        ExportError: The file is no calendar, one without events or of more than people hold.
    """
    import icalendar  # not at the top: most lists are no calendars, and a third of a second counts

    try:
        calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
        events = list(enumerate(calendar.walk("VEVENT"), start=1))
    except _FAULTS as fault:
        raise ExportError(
            f"{path}: not a readable ICS calendar ({str(fault)[:200]}). Export it again."
        ) from fault
    if not events:
        raise ExportError(f"{path}: a calendar without events. Export a longer period.")
    home = find_home_zone(calendar, time_zone)
    owner = str(calendar.get("X-WR-CALNAME") or "")
    held: list[tuple[int, list[Cell]]] = []
    aside: list[tuple[int, str, str]] = []
    for series in _group_series(events):
        number = series[0][0]
        try:
            meetings = _expand(calendar, [event for _, event in series], until)
            held += [(number, _read_cells(meeting, home, owner)) for meeting in meetings]
            if len(held) > _MOST_MEETINGS:
                raise ExportError(
                    f"{path}: over {_MOST_MEETINGS:,} meetings up to {until}. Export a shorter "
                    f"period, or the calendars one by one."
                )
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
    import icalendar
    import recurring_ical_events

    alone = icalendar.Calendar()
    alone.update(calendar)  # its time zone, for events that state none
    if not is_zone(str(calendar.get("X-WR-TIMEZONE") or "")):
        alone.pop("X-WR-TIMEZONE", None)
    zones = [one for one in calendar.subcomponents if one.name == "VTIMEZONE"]
    alone.subcomponents = [*zones, *series]
    query = recurring_ical_events.of(alone)
    return list(query.between(first, until + dt.timedelta(days=1)))


def _check_rule(rule: Any) -> None:
    often = {str(one).upper() for one in rule.get("FREQ", [])} & _TOO_OFTEN
    if often:
        raise ValueError(f"it repeats {often.pop()}, which no meeting does")
    times = [len(rule.get(name, [])) or 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    if math.prod(times) > _OFTEN_A_DAY:
        raise ValueError(f"it repeats {math.prod(times):,} times a day, which no meeting does")
    if any(int(one) < 1 for one in rule.get("INTERVAL", [])):
        raise ValueError("it repeats at an interval of 0")


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _read_cells(event: Any, home: HomeZone, owner: str) -> list[Cell]:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if event.get("DTEND") is not None else start
    held_at = home.tell(start)
    categories = event.get("CATEGORIES")
    names = [str(name) for name in categories.cats] if hasattr(categories, "cats") else []
    return [
        str(event.get("UID") or ""),
        str(event.get("SUMMARY") or ""),
        held_at,
        held_at + _elapsed(start, end),
        not isinstance(start, dt.datetime),
        find_status(event, owner),
        "; ".join(names),
        count_people(event),
        str(event.get("LOCATION") or ""),
        _LIST_ITEM.sub("\n- ", str(event.get("DESCRIPTION") or "")),
        str(event.get("CLASS") or ""),
        home.name,
        "; ".join(list_names(event)),
    ]


def _elapsed(start: dt.date | dt.datetime, end: dt.date | dt.datetime) -> dt.timedelta:
    """Time that passes, also in the night the clocks change."""
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        if start.tzinfo is not None and end.tzinfo is not None:
            return end.astimezone(dt.UTC) - start.astimezone(dt.UTC)
        return end.replace(tzinfo=None) - start.replace(tzinfo=None)
    return _midnight(end) - _midnight(start)


def _midnight(moment: dt.date | dt.datetime) -> dt.datetime:
    return dt.datetime.combine(_day(moment), dt.time())


def _tell(fault: Exception) -> str:
    """Why an event is no record."""
    if isinstance(fault, KeyError) and "DTSTART" in str(fault):
        return "event without a start"
    return f"event cannot be read: {fault}"[:_LONGEST_TEXT]


def _describe(event: Any) -> str:
    return str(event.get("SUMMARY") or event.get("UID") or "")[:_LONGEST_TEXT]
