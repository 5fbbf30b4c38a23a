"""Calendars: whose hour it is, who comes, and what takes nobody's time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dualtrack.config import read_settings
from dualtrack.errors import ConfigError
from dualtrack.exports import Export
from dualtrack.exports.calendar import read_calendar
from dualtrack.exports.read import read_export

UNTIL = dt.date(2026, 12, 31)
SETTINGS = "[leaders]\ntime_zone = 'America/New_York'\n"


def event(uid: str, *lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{uid}", *lines, "END:VEVENT"])


def write(folder: Path, *events: str, head: str = "") -> Path:
    path = folder / "leaders.ics"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else []), *events]
    path.write_text("\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    return path


def read(folder: Path, *events: str, head: str = "", time_zone: str = "") -> list[list[object]]:
    sheet = read_calendar(write(folder, *events, head=head), until=UNTIL, time_zone=time_zone)[0]
    names = sheet.rows[0]
    return [dict(zip(names, row, strict=True)) for row in sheet.rows[1:]]  # type: ignore[misc]


def recognised(folder: Path, *events: str, head: str = "") -> Export:
    path = write(folder, *events, head=head)
    return read_export(path, read_settings(_no_settings(folder)), until=UNTIL)[0]


def _no_settings(folder: Path) -> Path:
    file = folder / "portfolio.toml"
    file.write_text("", encoding="utf-8")
    return file


def reasons(folder: Path, *events: str, head: str = "") -> dict[str, str]:
    aside = recognised(folder, *events, head=head).set_aside
    names = [text.split(" ")[0].split("|")[0].strip() for text in aside["text"]]
    return dict(zip(names, aside["reason"], strict=True))


OSLO = "DTSTART;TZID=Europe/Oslo:20260706T090000"
OSLO_END = "DTEND;TZID=Europe/Oslo:20260706T100000"


def test_a_weekly_hour_stays_the_hour_on_the_wall_when_the_clocks_change(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        event(
            "weekly",
            "DTSTART;TZID=Europe/Oslo:20261019T090000",
            "DTEND;TZID=Europe/Oslo:20261019T100000",
            "RRULE:FREQ=WEEKLY;COUNT=3",
        ),
    )
    assert [row["DTSTART"].hour for row in rows] == [9, 9, 9]  # type: ignore[attr-defined]
    assert [row["DTEND"].hour for row in rows] == [10, 10, 10]  # type: ignore[attr-defined]


def test_a_meeting_called_in_another_zone_stands_at_the_hour_it_has_at_home(tmp_path: Path) -> None:
    abroad = event(
        "abroad",
        "DTSTART;TZID=America/New_York:20260706T090000",
        "DTEND;TZID=America/New_York:20260706T103000",
    )
    utc = event("utc", "DTSTART:20260706T120000Z", "DTEND:20260706T130000Z")
    at_home = [event(f"home {n}", OSLO, OSLO_END) for n in range(2)]
    rows = {str(row["UID"]): row for row in read(tmp_path, abroad, utc, *at_home)}
    assert rows["abroad"]["DTSTART"] == dt.datetime(2026, 7, 6, 15)
    assert rows["abroad"]["DTEND"] == dt.datetime(2026, 7, 6, 16, 30)
    assert rows["utc"]["DTSTART"] == dt.datetime(2026, 7, 6, 14)
    assert {row["TIMEZONE"] for row in rows.values()} == {"Europe/Oslo"}


def test_in_the_weeks_when_only_one_side_has_changed_its_clocks(tmp_path: Path) -> None:
    # The United States leave summer time on 1 November 2026, Europe on 25 October.
    rows = read(
        tmp_path,
        event(
            "call",
            "DTSTART;TZID=America/New_York:20261020T090000",
            "DTEND;TZID=America/New_York:20261020T100000",
            "RRULE:FREQ=WEEKLY;COUNT=3",
        ),
        time_zone="Europe/Oslo",
    )
    assert [row["DTSTART"].hour for row in rows] == [15, 14, 15]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("head", "stated", "hour"),
    [
        ("X-WR-TIMEZONE:Asia/Tokyo", "", 21),
        ("X-WR-TIMEZONE:Asia/Tokyo", "Europe/Oslo", 14),
        ("X-WR-TIMEZONE:No/Where", "", 12),
        ("", "", 12),
        ("", "America/Sao_Paulo", 9),
    ],
)
def test_the_zone_stated_comes_before_the_calendars_own(
    tmp_path: Path, head: str, stated: str, hour: int
) -> None:
    utc = event("utc", "DTSTART:20260706T120000Z", "DTEND:20260706T130000Z")
    assert read(tmp_path, utc, head=head, time_zone=stated)[0]["DTSTART"] == dt.datetime(
        2026, 7, 6, hour
    )


def test_hours_pass_in_the_night_the_clocks_change(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        event(
            "night",
            "DTSTART;TZID=Europe/Oslo:20261025T010000",
            "DTEND;TZID=Europe/Oslo:20261025T050000",
        ),
        event("duration", OSLO, "DURATION:PT45M"),
    )
    lengths = [row["DTEND"] - row["DTSTART"] for row in rows]  # type: ignore[operator]
    assert sorted(lengths) == [dt.timedelta(minutes=45), dt.timedelta(hours=5)]


def test_a_moved_occurrence_replaces_the_one_it_moved(tmp_path: Path) -> None:
    weekly = event("team", OSLO, OSLO_END, "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event(
        "team",
        "RECURRENCE-ID;TZID=Europe/Oslo:20260713T090000",
        "DTSTART;TZID=Europe/Oslo:20260714T110000",
        "DTEND;TZID=Europe/Oslo:20260714T120000",
    )
    starts = [row["DTSTART"] for row in read(tmp_path, weekly, moved)]
    assert starts == [
        dt.datetime(2026, 7, 6, 9),
        dt.datetime(2026, 7, 14, 11),
        dt.datetime(2026, 7, 20, 9),
    ]


def test_people_are_those_who_did_not_decline_with_the_host_and_without_rooms(
    tmp_path: Path,
) -> None:
    row = read(
        tmp_path,
        event(
            "board",
            OSLO,
            OSLO_END,
            "ORGANIZER:mailto:Host@x.example",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example",
            "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:A@x.example",
            "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:b@x.example",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:c@x.example",
            "ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@x.example",
            "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:info@x.example",
        ),
        event("alone", OSLO, OSLO_END, "ORGANIZER:mailto:host@x.example"),
    )
    assert {one["UID"]: one["ATTENDEES"] for one in row} == {"board": 3, "alone": 0}


def test_what_takes_nobodys_time_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    me, you = (
        "ATTENDEE;PARTSTAT={}:mailto:me@x.example",
        "ATTENDEE;PARTSTAT={}:mailto:you@x.example",
    )
    yes, no = "ACCEPTED", "DECLINED"
    found = reasons(
        tmp_path,
        event("kept", OSLO, OSLO_END, me.format(yes), you.format(no)),
        event("cancelled", OSLO, OSLO_END, "STATUS:CANCELLED"),
        event("mine", OSLO, OSLO_END, me.format(no), you.format(yes)),
        event("everybody", OSLO, OSLO_END, you.format(no)),
        event("free", OSLO, OSLO_END, "TRANSP:TRANSPARENT"),
        event("fair", "DTSTART;VALUE=DATE:20260707", "DTEND;VALUE=DATE:20260709"),
        event("Canceled: review", OSLO, OSLO_END),
        event("Abgesagt: Jour fixe", OSLO, OSLO_END),
        head="X-WR-CALNAME:Me@x.example",
    )
    assert found == {
        "cancelled": "cancelled meeting",
        "mine": "declined meeting",
        "everybody": "declined meeting",
        "free": "shown as free time",
        "fair": "all-day entry",
        "Canceled:": "cancelled meeting",
        "Abgesagt:": "cancelled meeting",
    }


def test_one_cancelled_occurrence_leaves_the_others(tmp_path: Path) -> None:
    weekly = event("team", OSLO, OSLO_END, "RRULE:FREQ=WEEKLY;COUNT=3")
    off = event(
        "team",
        "RECURRENCE-ID;TZID=Europe/Oslo:20260713T090000",
        "DTSTART;TZID=Europe/Oslo:20260713T090000",
        "DTEND;TZID=Europe/Oslo:20260713T100000",
        "STATUS:CANCELLED",
    )
    assert len(recognised(tmp_path, weekly, off).frame) == 2


def test_a_zone_of_the_settings_is_checked_and_used(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    path = write(tmp_path, event("oslo", OSLO, OSLO_END))
    frame = read_export(path, read_settings(file), until=UNTIL)[0].frame
    assert frame["held_at"].tolist() == [dt.datetime(2026, 7, 6, 3)]
    file.write_text("[leaders]\ntime_zone = 'Mars/Olympus'\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="no such time zone"):
        read_settings(file)
