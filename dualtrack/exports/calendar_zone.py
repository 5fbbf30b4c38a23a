"""The zone a calendar's hours are told in: the one its owner lives by."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

__all__ = ["HomeZone", "find_home_zone", "is_zone"]


@dataclass(frozen=True)
class HomeZone:
    """A zone, perhaps none.

    Attributes:
        name: As the calendar or the settings name it; blank where no zone is known.
    """

    zone: dt.tzinfo | None
    name: str

    def tell(self, moment: dt.date | dt.datetime) -> dt.datetime:
        """The clock at home at that moment; hours without a zone stay as they are.

        Args:
            moment: Start of an event; a day becomes its midnight.
        """
        if not isinstance(moment, dt.datetime):
            return dt.datetime.combine(moment, dt.time())
        if self.zone is not None and moment.tzinfo is not None:
            moment = moment.astimezone(self.zone)
        return moment.replace(tzinfo=None)


def find_home_zone(calendar: Any, stated: str = "") -> HomeZone:
    """The zone stated, else the one the calendar names, else the one most events are in.

    Args:
        calendar: A calendar as icalendar reads it.
        stated: Name of a zone such as `Europe/Oslo`; blank for none.

    Returns:
        The zone; UTC only where nothing else is used, since many tools store all hours in UTC
        whatever clock the owner lives by; a zone of none where every event is on the wall clock.
    """
    for name in (stated, str(calendar.get("X-WR-TIMEZONE") or "")):
        if (zone := _zone(name)) is not None:
            return HomeZone(zone, name)
    counts: Counter[str] = Counter()
    zones: dict[str, dt.tzinfo] = {}
    for event in calendar.walk("VEVENT"):
        name, own = _zone_of(event)
        if own is not None:
            zones.setdefault(name, own)
            counts[name] += 1
    if not counts:
        return HomeZone(None, "")
    name = min(counts, key=lambda one: (one == "UTC", -counts[one], one))
    return HomeZone(zones[name], name)


def is_zone(name: str) -> bool:
    """Whether there is a zone of that name."""
    return _zone(name) is not None


def _zone_of(event: Any) -> tuple[str, dt.tzinfo | None]:
    """Zone of an event's start, and its name there; none where the start cannot be read."""
    try:
        start = event["DTSTART"]
        zone = start.dt.tzinfo
        return str(start.params.get("TZID") or getattr(zone, "key", "") or "UTC"), zone
    except (LookupError, AttributeError, ValueError, TypeError):
        return "", None


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, ValueError, OSError):  # no such zone, or no name of one
        return None
