"""Workbooks, Project XML and calendars: cells as the format holds them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from dualtrack.config import Settings
from dualtrack.errors import ExportError
from dualtrack.exports import read_export
from dualtrack.exports.calendar import read_calendar
from dualtrack.exports.mspdi import read_mspdi
from dualtrack.exports.workbook import read_workbook
from tests.exports.small_files import CALENDAR, PLAN


def test_a_block_merged_downwards_fills_its_rows_and_a_title_does_not(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("A")
    sheet.merge_range(0, 0, 0, 2, "Title")
    sheet.merge_range(1, 0, 3, 0, "Team")
    sheet.write_number(2, 1, 4.5)
    sheet.write_datetime(3, 1, dt.datetime(2026, 7, 1), book.add_format({"num_format": "d.m.yy"}))
    book.close()
    rows = read_workbook(path)[0].rows
    assert [row[0] for row in rows] == ["Title", "Team", "Team", "Team"]
    assert rows[0][1] is None
    assert rows[2][1] == 4.5
    assert rows[3][1] in (dt.datetime(2026, 7, 1), dt.date(2026, 7, 1))


def test_a_damaged_workbook_is_an_export_error(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(ExportError, match="save it again as XLSX"):
        read_workbook(path)


def test_project_xml_gives_aliases_baseline_zero_and_resources(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(PLAN, encoding="utf-8")
    sheet = read_mspdi(path)[0]
    names, hub, gate = sheet.rows
    cells = dict(zip(names, hub, strict=True))
    assert cells["Sponsor"] == "Ada"
    assert cells["Baseline Cost"] == "352625"
    assert cells["Project Category"] == "Strategy"
    assert dict(zip(names, gate, strict=True))["Resource Names"] == "Bo"


def test_project_xml_without_task_0_gets_a_project_row_that_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    first = PLAN.index("<Task>")
    second = PLAN.index("<Task>", first + 1)
    path.write_text(PLAN[:first] + PLAN[second:], encoding="utf-8")
    export = read_export(path, Settings(root=tmp_path), until=dt.date(2026, 9, 30))[0]
    assert export.frame["title"].tolist() == ["Plan", "Gate 1"]
    assert export.frame["is_project"].tolist() == [True, False]
    assert export.frame["type"].tolist() == [*export.column_map.rows.made_types, None]


@pytest.mark.parametrize(
    ("stated", "currency"),
    [
        ("<CurrencySymbol>£</CurrencySymbol>", "GBP"),
        ("<CurrencySymbol>$</CurrencySymbol><CurrencyCode>GBP</CurrencyCode>", "GBP"),
        ("<CurrencySymbol>Kč</CurrencySymbol>", None),
    ],
)
def test_project_xml_of_old_versions_has_the_sign_of_its_currency_only(
    tmp_path: Path, stated: str, currency: str | None
) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(PLAN.replace("<Title>", f"{stated}<Title>"), encoding="utf-8")
    names, hub, _ = read_mspdi(path)[0].rows
    assert dict(zip(names, hub, strict=True))["Project CurrencyCode"] == currency


def test_project_xml_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", encoding="utf-8")
    path = tmp_path / "plan.xml"
    doctype = f'<!DOCTYPE Project [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path.write_text(
        PLAN.replace("?>\n", f"?>\n{doctype}\n", 1).replace("<Name>Hub", "<Name>&x;Hub"),
        encoding="utf-8",
    )
    assert "TOP SECRET" not in str(read_mspdi(path)[0].rows)


def test_broken_xml_is_an_export_error(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(PLAN[:-20], encoding="utf-8")
    with pytest.raises(ExportError, match="broken XML"):
        read_mspdi(path)


def test_repeats_are_expanded_without_the_exception_and_the_decliner(tmp_path: Path) -> None:
    path = tmp_path / "leaders.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    sheet = read_calendar(path, until=dt.date(2026, 9, 30))[0]
    starts = [row[2] for row in sheet.rows[1:]]
    assert starts == [dt.datetime(2026, 7, 6, 9), dt.datetime(2026, 7, 20, 9)]
    assert sheet.rows[1][7] == 1
    assert sheet.row_numbers[1:] == [1, 1]


EVENT = """BEGIN:VEVENT
UID:{uid}
SUMMARY:{uid}
{lines}
END:VEVENT
"""
START = "DTSTART:20260707T090000\nDTEND:20260707T100000"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("DTSTART:2026ating", "DTSTART"),
        ("DTEND:20260707T100000", "event without a start"),
        (f"{START}\nDTSTART:20260708T090000", "cannot be read"),
        (f"{START}\nRRULE:FREQ=WEE\\;COUNT=3", "cannot be read"),
        (f"{START}\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:2026-07-13", "cannot be read"),
        (f"{START}\nRRULE:FREQ=DAILY;INTERVAL=0", "interval of 0"),
        (f"{START}\nRRULE:FREQ=SECONDLY", "SECONDLY"),
        ("DTSTART:00010101T090000", "starts on 0001-01-01"),
    ],
)
def test_an_event_that_cannot_be_read_is_set_aside_and_the_others_stay(
    tmp_path: Path, lines: str, reason: str
) -> None:
    path = tmp_path / "leaders.ics"
    events = EVENT.format(uid="bad", lines=lines) + EVENT.format(uid="good", lines=START)
    path.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", encoding="utf-8")
    sheet = read_calendar(path, until=dt.date(2026, 9, 30))[0]
    assert [row[0] for row in sheet.rows[1:]] == ["good"]
    ((number, told, text),) = sheet.set_aside
    assert (number, text) == (1, "bad")
    assert reason in told


def test_a_calendar_that_starts_later_has_no_meeting_yet(tmp_path: Path) -> None:
    path = tmp_path / "leaders.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    assert len(read_calendar(path, until=dt.date(2026, 6, 30))[0].rows) == 1


def test_a_time_zone_nobody_knows_leaves_the_hour_on_the_wall(tmp_path: Path) -> None:
    path = tmp_path / "leaders.ics"
    path.write_text(CALENDAR.replace("Europe/Oslo", "No/Where"), encoding="utf-8")
    sheet = read_calendar(path, until=dt.date(2026, 9, 30))[0]
    assert sheet.rows[1][2] == dt.datetime(2026, 7, 6, 9)


def test_text_that_is_no_calendar_is_an_export_error(tmp_path: Path) -> None:
    path = tmp_path / "leaders.ics"
    path.write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n", encoding="utf-8")
    with pytest.raises(ExportError, match="calendar without events"):
        read_calendar(path, until=dt.date(2026, 9, 30))
