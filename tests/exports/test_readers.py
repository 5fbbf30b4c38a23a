"""Workbooks, Project XML and calendars: cells as the format holds them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from dualtrack.errors import ExportError
from dualtrack.exports.calendar import read_calendar
from dualtrack.exports.mspdi import read_mspdi
from dualtrack.exports.workbook import read_workbook

PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><Title>Plan</Title><Category>Strategy</Category>
<ExtendedAttributes><ExtendedAttribute><FieldID>188</FieldID><Alias>Sponsor</Alias>
</ExtendedAttribute></ExtendedAttributes>
<Tasks><Task><UID>0</UID><Name>Hub</Name><OutlineLevel>0</OutlineLevel>
<Baseline><Number>0</Number><Cost>352625</Cost></Baseline>
<Baseline><Number>1</Number><Cost>1</Cost></Baseline>
<ExtendedAttribute><FieldID>188</FieldID><Value>Ada</Value></ExtendedAttribute></Task>
<Task><UID>1</UID><Name>Gate 1</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone></Task>
</Tasks>
<Resources><Resource><UID>9</UID><Name>Bo</Name></Resource></Resources>
<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>9</ResourceUID></Assignment></Assignments>
</Project>"""

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Oslo:20260706T090000
DTEND;TZID=Europe/Oslo:20260706T100000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE;TZID=Europe/Oslo:20260713T090000
SUMMARY:Review
ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example
ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.example
END:VEVENT
END:VCALENDAR
"""


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


def test_text_that_is_no_calendar_is_an_export_error(tmp_path: Path) -> None:
    path = tmp_path / "leaders.ics"
    path.write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n", encoding="utf-8")
    with pytest.raises(ExportError, match="calendar without events"):
        read_calendar(path, until=dt.date(2026, 9, 30))
