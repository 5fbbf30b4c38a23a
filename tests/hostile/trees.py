"""Hostile JSON, XML, HTML, XER and calendars."""

from __future__ import annotations

from tests.exports.small_files import GAN, PLAN, XER
from tests.hostile.case import LAUGHS, PASSWORDS, Case

NETWORK = (
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY j SYSTEM "http://127.0.0.1:9/">]>'
)
# One long text, called up 5,000 times: quadratic where laughs are exponential.
LONG = f'<!DOCTYPE x [<!ENTITY j "{"a" * 3_000}">]>'
START = "DTSTART:20260105T090000Z"


def deep(opening: str, closing: str, times: int = 100_000, inside: str = "") -> str:
    return opening * times + inside + closing * times


def with_doctype(text: str, doctype: str, name: str, times: int = 1) -> str:
    """A plan whose first name is an entity."""
    start = text.index("?>") + 2
    return f"{text[:start]}{doctype}{text[start:].replace(name, '&j;' * times + name, 1)}"


def calendar(*lines: str) -> str:
    """A calendar of one hostile event and one good one."""
    bad = ["BEGIN:VEVENT", "UID:x", "SUMMARY:Bad", *lines, "END:VEVENT"]
    good = ["BEGIN:VEVENT", "UID:g", "SUMMARY:Good", "DTSTART:20260707T090000Z", "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *bad, *good, "END:VCALENDAR", ""])


def series(count: int) -> str:
    event = (
        "BEGIN:VEVENT\r\nUID:{}\r\nDTSTART:20160101T000000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"
    )
    events = "".join(event.format(number) for number in range(count))
    return f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n"


def numbers(count: int) -> str:
    return ",".join(map(str, range(count)))


EVERY_SECOND = f"BYHOUR={numbers(24)};BYMINUTE={numbers(60)};BYSECOND={numbers(60)}"
TASK, STEP = '<task id="3"', '<task id="9" name="x">'
SPANS = '<td colspan="1000" rowspan="1000">x</td>' * 20

CASES = [
    Case("lists 100,000 deep", "a.json", lambda: deep("[", "]"), "nested too deeply"),
    Case(
        "objects 100,000 deep",
        "a.json",
        lambda: deep('{"a":', "}", inside="1"),
        "nested too deeply",
    ),
    Case(
        "record 900 deep",
        "a.json",
        lambda: '[{"title":"Hub","unit":"A","due":' + deep('{"name":', "}", 900, "1") + "}]",
        "a.json",
    ),
    Case(
        "number of a million digits",
        "a.json",
        lambda: f'[{{"title":"H","x":{"9" * 10**6}}}]',
        "digits",
    ),
    Case(
        "numbers that are none", "a.json", lambda: '[{"title":"H","x":NaN,"y":1e999}]', "no number"
    ),
    Case(
        "a key of its own for each record",
        "a.json",
        lambda: "[" + ",".join(f'{{"title":"H","k{n}":1}}' for n in range(50_000)) + "]",
        "different keys",
    ),
    Case("twelve million lists", "a.json", lambda: "[{}" + ",[]" * 12_000_000 + "]", "parts"),
    Case(
        "one key a million times",
        "a.json",
        lambda: '[{"title":"Hub","unit":"A","due":1' + ',"a":1' * 10**6 + "}]",
        rows=1,
    ),
    Case("a billion laughs", "a.xml", lambda: with_doctype(PLAN, LAUGHS, "Hub"), "broken XML"),
    Case(
        "long text 5,000 times",
        "a.xml",
        lambda: with_doctype(PLAN, LONG, "Hub", 5_000),
        "broken XML",
    ),
    Case("file named by an entity", "a.xml", lambda: with_doctype(PLAN, PASSWORDS, "Hub"), rows=2),
    Case("address named by an entity", "a.xml", lambda: with_doctype(PLAN, NETWORK, "Hub"), rows=2),
    Case(
        "entity in an attribute",
        "a.gan",
        lambda: with_doctype(GAN, PASSWORDS, "Roof"),
        "broken XML",
    ),
    Case(
        "file named by a style sheet",
        "a.xml",
        lambda: PLAN.replace("?>", '?><?xml-stylesheet href="file:///etc/passwd"?>', 1),
        rows=2,
    ),
    Case(
        "file included",
        "a.xml",
        lambda: PLAN.replace(
            "<Tasks>",
            '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/><Tasks>',
        ),
        rows=2,
    ),
    Case(
        "tasks 100,000 deep",
        "a.gan",
        lambda: GAN.replace(TASK, deep(STEP, "</task>") + TASK),
        "broken XML",
    ),
    Case(
        "tasks 200 deep",
        "a.gan",
        lambda: GAN.replace(TASK, deep(STEP, "</task>", 200) + TASK),
        rows=205,
    ),
    Case(
        "task of a billion days",
        "a.gan",
        lambda: GAN.replace('duration="2"', 'duration="1000000000"'),
        rows=5,
    ),
    Case(
        "eleven million elements",
        "a.xml",
        lambda: PLAN.replace("<Tasks>", "<a/>" * 21_000_000 + "<Tasks>"),
        "parts",
    ),
    Case(
        "fields of its own for each task",
        "a.xml",
        lambda: PLAN.replace(
            "</Tasks>",
            "".join(f"<Task><UID>{n}</UID><F{n}>1</F{n}></Task>" for n in range(10_000))
            + "</Tasks>",
        ),
        "cells",
    ),
    Case(
        "page 100,000 deep", "a.html", lambda: "<table><tr><td>" + deep("<div>", "</div>"), "a.html"
    ),
    Case(
        "tables in tables",
        "a.html",
        lambda: deep("<table><tr><td>", "</td></tr></table>", 3_000),
        "a.html",
    ),
    Case(
        "spans over spans",
        "a.xls",
        lambda: f"<table><tr>{SPANS}</tr>" + "<tr><td>y</td></tr>" * 2_000 + "</table>",
        "columns",
    ),
    Case(
        "a billion columns spanned",
        "a.html",
        lambda: '<table><tr><td colspan="999999999">Title</td></tr></table>',
        "no tool or list",
    ),
    Case("repeats each second", "a.ics", lambda: calendar(START, "RRULE:FREQ=SECONDLY"), rows=1),
    Case(
        "each second of each day",
        "a.ics",
        lambda: calendar("DTSTART:19500101T000000Z", f"RRULE:FREQ=DAILY;{EVERY_SECOND}"),
        rows=1,
    ),
    Case(
        "each hour, by 24 rules",
        "a.ics",
        lambda: calendar(START, *[f"RRULE:FREQ=DAILY;BYHOUR={n};BYMINUTE={n}" for n in range(24)]),
    ),
    Case(
        "day that never comes",
        "a.ics",
        lambda: calendar(START, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    ),
    Case(
        "nine billion repeats",
        "a.ics",
        lambda: calendar(START, "RRULE:FREQ=DAILY;COUNT=9000000000"),
    ),
    Case(
        "year 9999",
        "a.ics",
        lambda: calendar("DTSTART:99991231T235959Z", "RRULE:FREQ=YEARLY"),
        rows=1,
    ),
    Case(
        "200,000 explicit dates",
        "a.ics",
        lambda: calendar(START, "RDATE:" + ",".join(["20260105T090000Z"] * 200_000)),
        is_slow=True,
    ),
    Case(
        "20,000 guests",
        "a.ics",
        lambda: calendar(START, *[f"ATTENDEE:mailto:p{n}@x.example" for n in range(20_000)]),
        rows=2,
    ),
    Case(
        "50,000 exceptions",
        "a.ics",
        lambda: calendar(START, "RRULE:FREQ=DAILY", "EXDATE:" + ",".join(["20260105"] * 50_000)),
    ),
    Case(
        "events in events",
        "a.ics",
        lambda: "\r\n".join(
            ["BEGIN:VCALENDAR", *["BEGIN:VEVENT"] * 3_000, *["END:VEVENT"] * 3_000, "END:VCALENDAR"]
        ),
        rows=0,
    ),
    Case("10,000 series", "a.ics", lambda: series(10_000), "meetings", is_slow=True),
    Case(
        "XER of 100,000 fields",
        "a.xer",
        lambda: XER.replace("%F\t", "%F\t" + "f\t" * 10**5, 1),
        "columns",
    ),
    Case(
        "XER of 200,000 short rows",
        "a.xer",
        lambda: XER.split("%E")[0] + "%R\t9\t9\r\n" * 200_000,
        rows=8,
    ),
    Case(
        "XER whose nodes stand above each other",
        "a.xer",
        lambda: XER.replace("10|1|5|Y", "10|1|5|N").replace("|9|WS_Open", "|11|WS_Open"),
        rows=8,
    ),
]
