"""Who an event of a calendar takes, and whether it takes anybody's time at all."""

from __future__ import annotations

from typing import Any

__all__ = ["count_people", "find_status", "list_names"]

# RFC 5545: rooms and devices are listed as attendees too, and some people for information only.
_NOT_PEOPLE = {"ROOM", "RESOURCE"}


def count_people(event: Any) -> int:
    """People an event takes: invited or inviting, not declined; 0 where it lists nobody.

    Args:
        event: A VEVENT as icalendar reads it.
    """
    people: dict[str, bool] = {}
    for one in _attendees(event):
        if _is_person(one):
            people[_address(one)] = _answer(one) != "DECLINED"
    organizer = event.get("ORGANIZER")
    if people and organizer is not None and not isinstance(organizer, list):
        people.setdefault(_address(organizer), True)
    return sum(people.values())


def list_names(event: Any) -> list[str]:
    """Names an event gives of the people it lists (CN, RFC 5545), without their addresses.

    Args:
        event: A VEVENT as icalendar reads it.
    """
    organizer = event.get("ORGANIZER") or []
    hosts = organizer if isinstance(organizer, list) else [organizer]
    listed = [one for one in [*_attendees(event), *hosts] if hasattr(one, "params")]
    return [str(one.params["CN"]) for one in listed if one.params.get("CN") and _is_person(one)]


def find_status(event: Any, owner: str) -> str:
    """Why an event is no meeting held, in one word, else what it says of itself.

    Args:
        event: A VEVENT as icalendar reads it.
        owner: Name of the calendar, in many tools the address of whose it is.

    Returns:
        `CANCELLED`; `DECLINED` where the calendar's owner, or everybody invited, declined; `FREE`
        where it is shown as free time (TRANSP, RFC 5545); else the event's own STATUS.
    """
    status = str(event.get("STATUS") or "").upper()
    if status == "CANCELLED":
        return status
    answers = {_address(one): _answer(one) for one in _attendees(event) if _is_person(one)}
    mine = answers.get(owner.strip().casefold())
    if answers and (mine == "DECLINED" or set(answers.values()) == {"DECLINED"}):
        return "DECLINED"
    if str(event.get("TRANSP") or "").upper() == "TRANSPARENT":
        return "FREE"
    return status


def _attendees(event: Any) -> list[Any]:
    found = event.get("ATTENDEE") or []
    return found if isinstance(found, list) else [found]


def _is_person(attendee: Any) -> bool:
    kind = str(attendee.params.get("CUTYPE") or "").upper()
    role = str(attendee.params.get("ROLE") or "").upper()
    return kind not in _NOT_PEOPLE and role != "NON-PARTICIPANT"


def _answer(attendee: Any) -> str:
    return str(attendee.params.get("PARTSTAT") or "").upper()


def _address(person: Any) -> str:
    return str(person).strip().casefold().removeprefix("mailto:")
