"""Plans of Primavera, GanttProject and GNOME Planner, Jira's XML view, MPP and MPX."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualtrack.errors import ExportError
from dualtrack.exports import RawSheet
from dualtrack.exports import mpxj as mpxj_reader
from dualtrack.exports.column_map import read_column_maps
from dualtrack.exports.ganttproject import is_ganttproject, read_ganttproject
from dualtrack.exports.gnome_planner import is_gnome_planner, read_gnome_planner
from dualtrack.exports.jira_rss import is_jira_rss, read_jira_rss
from dualtrack.exports.mpxj import is_mpx, is_project_binary, read_mpxj
from dualtrack.exports.pmxml import is_pmxml, read_pmxml
from dualtrack.exports.recognize import recognize
from dualtrack.exports.reshape import reshape_rows
from dualtrack.exports.rollup import roll_up
from dualtrack.exports.xer import is_xer, read_xer

Reader = Callable[[Path], list[RawSheet]]
READERS: list[tuple[Callable[[bytes], bool], Reader]] = [
    (is_xer, read_xer),
    (is_pmxml, read_pmxml),
    (is_ganttproject, read_ganttproject),
    (is_gnome_planner, read_gnome_planner),
    (is_jira_rss, read_jira_rss),
]


def table(name: str, fields: str, *rows: str) -> str:
    lines = [f"%T\t{name}", "%F\t" + "\t".join(fields.split())]
    lines += ["%R\t" + row.replace("|", "\t") for row in rows]
    return "\r\n".join(lines) + "\r\n"


TASK_FIELDS = (
    "task_id proj_id wbs_id task_code task_name status_code complete_pct_type phys_complete_pct "
    "target_drtn_hr_cnt remain_drtn_hr_cnt target_end_date task_type act_work_qty remain_work_qty"
)
XER = (
    "ERMHDR\t20.12\t2026-01-01\tProject\tADMIN\tx\tdb\tProject Management\tEUR\r\n"
    + table("OBS", "obs_id obs_name", "5|Works")
    + table(
        "PROJECT",
        "proj_id proj_short_name plan_start_date plan_end_date orig_proj_id",
        "1|HALL|2026-01-05 00:00|1899-12-30 00:00",
        "2|YARD",
        "3|HALL-B1|||1",
    )
    + table(
        "PROJWBS",
        "wbs_id proj_id obs_id proj_node_flag wbs_name parent_wbs_id status_code",
        "10|1|5|Y|New hall|9|WS_Open",
        "11|1||N|Roof|10",
        "20|2||Y|Yard",
        "30|3||Y|New hall - B1",
    )
    + table(
        "TASK",
        TASK_FIELDS,
        "100|1|11|A1|Beams|TK_Active|CP_Phys|40|80|80|2026-02-01 17:00|TT_Task",
        "101|1|11|A2|Tiles|TK_Active|CP_Drtn|0|80|20|2026-03-01 17:00|TT_Task",
        "102|1|11|A3|Paint|TK_Active|CP_Units|0|80|80|2026-04-01 17:00|TT_Task",
        "103|1|11|A4|Open|TK_NotStart|CP_Drtn|0|0|0|2026-05-01 17:00|TT_FinMile",
        "200|2|20|A1|Fence|TK_Complete|CP_Drtn|0|8|0||TT_Task",
        "201|2|20|A9|Gate|TK_Active|CP_Units|0|8|8||TT_Task|10|30",
        "300|3|30|A1|Beams|TK_NotStart|CP_Phys|0|80|80|2026-01-20 17:00|TT_Task",
    )
    + table("RSRC", "rsrc_id rsrc_name", "7|Ada")
    + table(
        "TASKRSRC",
        "taskrsrc_id task_id rsrc_id rsrc_type target_qty act_reg_qty act_ot_qty remain_qty "
        "target_cost act_reg_cost act_ot_cost remain_cost",
        "1|102|7|RT_Labor|100|20|5|75|1000,5|200|50|750",
        "2|102|7|RT_Mat|900|900|0|0|100|100|0|0",
    )
    + "%E\r\n"
)
PMXML = """<?xml version="1.0"?>
<APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6/V20/API/BusinessObjects"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><!-- written by P6 -->
<OBS><ObjectId>5</ObjectId><Name>Works</Name></OBS>
<Resource><ObjectId>7</ObjectId><Name>Ada</Name></Resource>
<UDFType><ObjectId>8</ObjectId><Title>Sponsor</Title></UDFType>
<Project><Id>HALL</Id><ObjectId>1</ObjectId><Name>New hall</Name><Status>Active</Status>
<OBSObjectId>5</OBSObjectId><FinishDate xsi:nil="true"/>
<UDF><TypeObjectId>8</TypeObjectId><TextValue>Bo</TextValue></UDF>
<Activity><Id>A1</Id><Name>Beams</Name><Status>In Progress</Status><ObjectId>100</ObjectId>
<PercentComplete>0.25</PercentComplete><PlannedLaborCost>10</PlannedLaborCost>
<PlannedExpenseCost>5.5</PlannedExpenseCost><PlannedFinishDate>2026-02-01T17:00:00</PlannedFinishDate>
<PrimaryResourceObjectId>7</PrimaryResourceObjectId></Activity>
<Activity><Id>A2</Id><Name>Tiles</Name><PercentComplete xsi:nil="true"/>
<PercentCompleteType>Physical</PercentCompleteType>
<PhysicalPercentComplete>1</PhysicalPercentComplete></Activity></Project>
<BaselineProject><ObjectId>3</ObjectId><Id>HALL-B1</Id><Name>B1</Name>
<OriginalProjectObjectId>1</OriginalProjectObjectId>
<Activity><Id>A1</Id><Name>Beams</Name><PlannedFinishDate>2026-01-20T17:00:00</PlannedFinishDate>
</Activity></BaselineProject></APIBusinessObjects>"""
GAN = """<?xml version="1.0"?><project name="" company="Org" view-date="2026-01-01" version="3.3">
<calendars><day-types><default-week id="1" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/>
</day-types><date year="2026" month="1" date="6" type="HOLIDAY"/>
<date year="" month="1" date="10" type="WORKING_DAY"/></calendars>
<tasks><taskproperties><taskproperty id="tpc0" name="Sponsor" type="custom"/></taskproperties>
<task id="0" name="Roof" start="2026-01-05" duration="5" complete="40">
<customproperty taskproperty-id="tpc0" value="Bo"/>
<task id="1" name="Beams" start="2026-01-09" duration="2" complete="100"/>
<task id="2" name="Done" start="2026-01-12" duration="1" meeting="true" complete="0"/></task>
<task id="3" name="Yard" start="soon" duration="1"/></tasks>
<resources><resource id="0" name="Ada"/><resource id="1" name="Bo"/></resources>
<allocations><allocation task-id="1" resource-id="0" responsible="false"/>
<allocation task-id="1" resource-id="1" responsible="true"/></allocations>
<previous><previous-tasks name="B1"><previous-task id="1" start="2026-01-05" duration="1"/>
</previous-tasks></previous></project>"""
PLANNER = """<?xml version="1.0"?>
<project name="Hall" company="Org" manager="Ada" project-start="20260105T000000Z">
<properties><property name="cost-centre" label="Objective" owner="task"/></properties>
<tasks><task id="1" name="Roof" work="0" start="20260105T080000Z" end="20260130T170000Z"
 percent-complete="50"><properties><property name="cost-centre" value="O1"/></properties>
<task id="2" name="Beams" work="7200" start="20260105T080000Z" end="20260109T170000Z"/>
<task id="3" name="Open" work="0" start="20260130T170000Z" end="20260130T170000Z" type="milestone"/>
</task></tasks><resources><resource id="9" name="Bo"/></resources>
<allocations><allocation task-id="2" resource-id="9" units="100"/></allocations></project>"""
RSS = """
<!-- RSS generated by JIRA (9.12.0) at Mon Jan 05 10:00:00 UTC 2026 -->
<rss version="0.92"><channel><title>Jira</title>
<item><title>[K-2] Roof</title><project id="1" key="K">Hall</project>
<description>&lt;p&gt;Mend &amp;amp; paint&lt;/p&gt;</description><key id="102">K-2</key>
<summary>Roof</summary><type id="1">Task</type><status id="3">Läuft</status>
<statusCategory id="4" key="indeterminate"/><resolution id="-1">Unresolved</resolution>
<assignee accountid="-1">Unassigned</assignee><labels><label>a</label><label>b</label></labels>
<created>Mon, 5 Jan 2026 23:30:00 -0700</created><due>Fri, 30 Jan 2026 00:00:00 +0000</due>
<timeoriginalestimate seconds="57600">2 days</timeoriginalestimate>
<timespent>1 hour</timespent><parent id="101">K-1</parent>
<customfields><customfield id="c1"><customfieldname>Sponsor</customfieldname><customfieldvalues>
<customfieldvalue>Bo</customfieldvalue></customfieldvalues></customfield>
<customfield id="c2"><customfieldname>Start date</customfieldname><customfieldvalues>
<customfieldvalue>Tue, 6 Jan 2026 00:00:00 +0000</customfieldvalue></customfieldvalues>
</customfield></customfields></item>
<item><key id="101">K-1</key><summary>Hall</summary><type id="2">Epic</type>
<status id="1">Open</status><assignee username="ada">Ada</assignee></item></channel></rss>"""
FILES = [XER, PMXML, GAN, PLANNER, RSS]


def read_with(reader: Reader, path: Path) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Records and rows set aside of a file, and the tool that recognised it."""
    sheet = reader(path)[0]
    found = recognize(sheet, read_column_maps())
    assert found is not None
    assert sheet.has_own_heading
    assert sheet.row_numbers == list(range(len(sheet.rows)))
    records, aside = reshape_rows(sheet, found.column_map, found.heading_position)
    assert len(records) + len(aside) == len(sheet.rows) - 1
    return roll_up(records), aside, found.column_map.tool


def read_text(
    tmp_path: Path, text: str, reader: Reader, encoding: str = "utf-8"
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    path = tmp_path / "plan.any"
    path.write_bytes(text.encode(encoding))
    return read_with(reader, path)


@pytest.mark.parametrize("number", range(len(FILES)))
def test_each_format_is_told_from_its_start_and_from_no_other(number: int) -> None:
    told = [is_this(FILES[number].encode()[:8192]) for is_this, _ in READERS]
    assert told == [place == number for place in range(len(READERS))]


def test_xer_activities_roll_up_to_their_project(tmp_path: Path) -> None:
    records, aside, tool = read_text(tmp_path, XER, read_xer)
    assert tool == "p6-xer"
    assert records["title"].tolist() == [
        *("New hall", "Beams", "Tiles", "Paint", "Open"),
        *("Yard", "Fence", "Gate"),
    ]
    assert records["root_key"].tolist() == ["HALL"] * 5 + ["YARD"] * 3
    assert records["is_project"].tolist() == [True, *[False] * 4, True, False, False]
    assert records.loc[0, "owner"] == "Works"
    assert set(aside["reason"]) == {"row of a baseline plan"}
    assert len(aside) == 2


def test_xer_percent_complete_follows_its_three_kinds(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, XER, read_xer)
    progress = dict(zip(records["title"], records["progress_pct"], strict=True))
    assert progress["Beams"] == 40  # physical, as typed in
    assert progress["Tiles"] == 75  # duration: 1 - 20 / 80
    assert progress["Paint"] == 25  # units: 25 of 100 hours; the material does not count
    assert progress["Gate"] == 25  # units without assignments: 10 of 40 hours
    assert progress["Fence"] == 100  # complete, whatever the rest says
    assert progress["Open"] == 0


def test_xer_costs_are_summed_over_assignments_and_over_the_project(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, XER, read_xer)
    paint = records[records["title"] == "Paint"].iloc[0]
    assert (paint["budget_cost"], paint["actual_cost"]) == (1100.5, 350)
    assert paint["forecast_cost"] == 1100
    assert paint["owner"] == "Ada"
    assert records.loc[0, "budget_cost"] == 1100.5
    assert records.loc[0, "currency"] == "EUR"
    assert records.loc[5, "budget_cost"] is None  # no activity of the yard has a cost


def test_xer_null_dates_baselines_milestones_and_repeated_codes(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, XER, read_xer)
    assert records.loc[0, "forecast_finish_date"] == "2026-05-01 17:00"  # the last activity
    assert records.loc[1, "baseline_finish_date"] == "2026-01-20 17:00"
    assert records.loc[4, "is_milestone"] == "1"
    assert records["item_key"].is_unique
    assert records.loc[1, "item_key"] == "HALL.A1"
    assert records.loc[2, "item_key"] == "A2"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_xer_is_read_in_the_encoding_it_proves(tmp_path: Path, encoding: str) -> None:
    text = XER.replace("New hall", "Größe £")
    records, _, _ = read_text(tmp_path, text, read_xer, encoding)
    assert records.loc[0, "title"] == "Größe £"


def test_xer_line_ends_inside_a_cell_do_not_break_the_row(tmp_path: Path) -> None:
    memo = table(
        "TASKMEMO", "memo_id task_id task_memo", "1|100|first\r\nsecond", "2|100|a\x7f\x7fb"
    )
    records, _, _ = read_text(tmp_path, XER.replace("%E", memo + "%E"), read_xer)
    assert records.loc[1, "description"] == "first\nsecond\na\nb"


def test_xer_without_its_end_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.xer"
    path.write_text(XER.replace("%E", ""), encoding="utf-8")
    assert "cut off" in read_xer(path)[0].note


@pytest.mark.parametrize(
    "text", ["ERMHDR\t1\r\n%E\r\n", "ERMHDR\t1\r\n%R\t1\r\n", "ERMHDR\n%T\tOBS\n%F\ta\n%R\tb\n%E"]
)
def test_xer_without_a_plan_is_an_export_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExportError, match=r"plan\.any.*P6"):
        read_text(tmp_path, text, read_xer)


@pytest.mark.parametrize("is_bare", [True, False])
def test_pmxml_is_read_with_and_without_a_namespace(tmp_path: Path, is_bare: bool) -> None:
    uri = 'xmlns="http://xmlns.oracle.com/Primavera/P6/V20/API/BusinessObjects"'
    text = PMXML.replace(uri, "") if is_bare else PMXML
    records, aside, tool = read_text(tmp_path, text, read_pmxml)
    assert tool == "p6-pmxml"
    assert records["title"].tolist() == ["New hall", "Beams", "Tiles"]
    assert records["root_key"].tolist() == ["HALL"] * 3
    assert len(aside) == 2


def test_pmxml_fractions_nil_costs_owners_and_baseline(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, PMXML, read_pmxml)
    assert records["progress_pct"].tolist() == [None, 25, 100]
    assert records["owner"].tolist() == ["Works", "Ada", None]
    assert records["budget_cost"].tolist() == [15.5, 15.5, None]
    assert records.loc[0, "forecast_finish_date"] == "2026-02-01T17:00:00"
    assert records.loc[1, "baseline_finish_date"] == "2026-01-20T17:00:00"
    assert records.loc[0, "sponsor"] == "Bo"


def test_gantt_finish_counts_working_days_by_the_files_calendar(tmp_path: Path) -> None:
    records, _, tool = read_text(tmp_path, GAN, read_ganttproject)
    assert tool == "ganttproject"
    finishes = dict(zip(records["title"], records["forecast_finish_date"], strict=True))
    # Mon 5, (Tue 6 is a holiday), Wed 7, Thu 8, Fri 9, and Sat 10 is worked each year.
    assert finishes["Roof"] == dt.date(2026, 1, 10)
    assert finishes["Beams"] == dt.date(2026, 1, 10)
    assert finishes["Done"] == dt.date(2026, 1, 12)
    assert finishes["Yard"] is None


def test_gantt_nesting_owner_baseline_and_a_name_from_the_file(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, GAN, read_ganttproject)
    assert records["title"].tolist() == ["plan", "Roof", "Beams", "Done", "Yard"]
    assert records["root_key"].tolist() == [records.loc[0, "item_key"]] * 5
    assert records["parent_key"].tolist()[2:4] == ["0", "0"]
    assert records.loc[2, "owner"] == "Bo; Ada"  # the responsible one first
    assert records.loc[2, "baseline_finish_date"] == dt.date(2026, 1, 5)
    assert records.loc[1, "sponsor"] == "Bo"
    assert records.loc[3, "is_milestone"] == "1"


@pytest.mark.parametrize("duration", ["9" * 30, "-4", "x", "1e400", ""])
def test_gantt_garbled_durations_end(tmp_path: Path, duration: str) -> None:
    text = GAN.replace('duration="5"', f'duration="{duration}"')
    assert len(read_text(tmp_path, text, read_ganttproject)[0]) == 5


def test_gnome_planner_nesting_work_owner_and_properties(tmp_path: Path) -> None:
    records, _, tool = read_text(tmp_path, PLANNER, read_gnome_planner)
    assert tool == "gnome-planner"
    assert records["title"].tolist() == ["Hall", "Roof", "Beams", "Open"]
    assert records["owner"].tolist() == ["Ada", None, "Bo", None]
    assert records["parent_key"].tolist()[2:] == ["1", "1"]
    assert records.loc[2, "planned_effort_hours"] == "7200"  # seconds, as the map states
    assert records.loc[1, "objective_id"] == "O1"
    assert records.loc[0, "forecast_finish_date"] == "2026-01-30 17:00"


def test_jira_xml_looks_like_jiras_csv(tmp_path: Path) -> None:
    records, _, tool = read_text(tmp_path, RSS, read_jira_rss)
    assert tool == "jira"
    roof = records.iloc[0]
    assert roof["item_key"] == "K-2"
    assert roof["root_key"] == "K-1"
    assert roof["labels"] == "a; b"
    assert roof["status_category"] == "In Progress"
    assert roof["owner"] is None
    assert roof["sponsor"] == "Bo"
    assert roof["start_date"] == "2026-01-06 00:00"
    assert roof["forecast_finish_date"] == "2026-01-30 00:00"
    assert roof["planned_effort_hours"] == 57600
    assert roof["actual_effort_hours"] == "1 hour"
    assert roof["description"] == "<p>Mend &amp; paint</p>"
    assert records.loc[1, "owner"] == "Ada"


@pytest.mark.parametrize("number", range(1, len(FILES)))
def test_xml_entities_are_not_resolved(tmp_path: Path, number: int) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", encoding="utf-8")
    text = FILES[number].strip().replace('<?xml version="1.0"?>', "", 1)
    doctype = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n'
    path = tmp_path / "plan.xml"
    path.write_text(doctype + text.replace(">Roof<", ">&x;Roof<"), encoding="utf-8")
    assert "TOP SECRET" not in str(READERS[number][1](path)[0].rows)


@pytest.mark.parametrize("reader", [reader for _, reader in READERS])
@pytest.mark.parametrize("text", ["", "<", "<a/>", "<rss><channel/></rss>", "\x00\x01", "%R"])
def test_files_without_a_plan_are_export_errors(tmp_path: Path, reader: Reader, text: str) -> None:
    with pytest.raises(ExportError, match=r"plan\.any"):
        read_text(tmp_path, text, reader)


@pytest.mark.parametrize("number", range(len(FILES)))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_cut_and_garbled_files_give_rows_or_an_export_error(
    tmp_path: Path, number: int, data: st.DataObject
) -> None:
    content = bytearray(FILES[number].encode())
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "plan.bin"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        sheet = READERS[number][1](path)[0]
    except ExportError:
        return
    found = recognize(sheet, read_column_maps())
    assert found is not None
    records, aside = reshape_rows(sheet, found.column_map, found.heading_position)
    assert len(records) + len(aside) == len(sheet.rows) - 1


MPX = "MPX,Microsoft Project for Windows,4.0,ANSI\r\n60,ID,Name\r\n61,90,1\r\n70,1,Roof\r\n"
HAS_MPXJ = all(importlib.util.find_spec(name) for name in ("mpxj", "jpype"))


def test_mpx_and_mpp_are_told_from_their_start() -> None:
    ole2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert is_mpx(MPX.encode())
    assert not is_mpx(b"MPXname,Title\n")
    assert is_project_binary(ole2 + "TBkndTask".encode("utf-16-le"))
    assert not is_project_binary(ole2 + "Workbook".encode("utf-16-le"))


def test_without_mpxj_a_plan_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}")

    monkeypatch.setattr(mpxj_reader.importlib, "import_module", refuse)
    path = tmp_path / "plan.mpp"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(ExportError, match=r"plan\.mpp.*dualtrack\[mpxj\].*save the plan as XML"):
        read_mpxj(path)


@pytest.mark.skipif(not HAS_MPXJ, reason="the extra dualtrack[mpxj] is not installed")
def test_mpxj_gives_a_project_row_and_refuses_garbage(tmp_path: Path) -> None:
    path = tmp_path / "plan.mpx"
    path.write_text(MPX, encoding="utf-8")
    records, _, tool = read_with(read_mpxj, path)
    assert tool == "msproject"
    assert records["title"].tolist() == ["plan", "Roof"]
    path.write_bytes(b"MPX,\x00\xff\xfe")
    with pytest.raises(ExportError, match=r"plan\.mpx"):
        read_mpxj(path)


# File, reader, tool, tasks (as in INDEX.tsv), three cells: row, field, value.
REAL: list[tuple[str, Reader, str, int, list[tuple[int, str, object]]]] = [
    (
        "p6/XERNative_sample.xer",
        read_xer,
        "p6-xer",
        25,
        [
            (0, "title", "TAKT Building Example"),
            (2, "owner", "Van Haren"),
            (2, "planned_effort_hours", "48"),
        ],
    ),
    (
        "p6/PredecessorCalendar.xer",
        read_xer,
        "p6-xer",
        1,
        [
            (0, "item_key", "TEST PROJECT"),
            (1, "actual_finish_date", "2019-06-12 17:00"),
            (1, "progress_pct", 100),
        ],
    ),
    (
        "p6/resource-rates-test.xer",
        read_xer,
        "p6-xer",
        1,
        [(1, "budget_cost", 27600), (1, "owner", "Resource 1"), (0, "currency", "USD")],
    ),
    (
        "p6/percent-complete-8.4.xer",
        read_xer,
        "p6-xer",
        12,
        [(2, "progress_pct", 25), (7, "progress_pct", 75), (11, "progress_pct", 75)],
    ),
    (
        "p6/percent-complete-8.4.pmxml",
        read_pmxml,
        "p6-pmxml",
        12,
        [(0, "owner", "E&C"), (2, "progress_pct", 25), (12, "progress_pct", 100)],
    ),
    (
        "gantt/HouseBuildingSample.gan",
        read_ganttproject,
        "ganttproject",
        20,
        [
            (2, "forecast_finish_date", dt.date(2024, 6, 7)),
            (2, "owner", "Michelangelo; Jack House"),
            (8, "parent_key", "11"),
        ],
    ),
    (
        "planner_gnome/planner-sample.planner",
        read_gnome_planner,
        "gnome-planner",
        2,
        [
            (0, "unit_name", "Organization"),
            (1, "planned_effort_hours", "288000"),
            (2, "forecast_finish_date", "2007-03-21 17:00"),
        ],
    ),
    (
        "jira/focalboard_jira-export.xml",
        read_jira_rss,
        "jira",
        1,  # and one epic
        [
            (0, "status_category", "In Progress"),
            (1, "labels", "PM"),
            (1, "start_date", "2021-09-28 00:00"),
        ],
    ),
]


@pytest.mark.parametrize(("name", "reader", "tool", "count", "cells"), REAL)
def test_real_plans_are_read_whole(
    shared: Path,
    name: str,
    reader: Reader,
    tool: str,
    count: int,
    cells: list[tuple[int, str, object]],
) -> None:
    path = shared / "exports" / name
    told = [one for is_this, one in READERS if is_this(path.read_bytes()[:8192])]
    assert told == [reader]
    records, aside, found = read_with(reader, path)
    assert found == tool
    assert aside.empty
    assert (~records["is_project"].astype(bool)).sum() == count
    assert records["is_project"].sum() == 1
    assert records["root_key"].notna().sum() == (count + 1 if tool != "jira" else 1)
    for row, field, value in cells:
        assert records.loc[row, field] == value


def test_percent_complete_is_the_same_in_xer_and_pmxml(shared: Path) -> None:
    folder = shared / "exports" / "p6"
    xer, _, _ = read_with(read_xer, folder / "percent-complete-8.4.xer")
    pmxml, _, _ = read_with(read_pmxml, folder / "percent-complete-8.4.pmxml")
    assert xer["progress_pct"].tolist() == pmxml["progress_pct"].tolist()
    named = [float(title.split()[-1].rstrip("%")) for title in xer["title"][1:]]
    assert xer["progress_pct"].tolist()[1:] == named


@pytest.mark.skipif(not HAS_MPXJ, reason="the extra dualtrack[mpxj] is not installed")
@pytest.mark.parametrize(
    ("name", "rows", "title", "owner"),
    [
        ("mpp14task.mpp", 2, "Task #1", "Wade Golden"),
        ("sample.mpp", 23, "First Task", None),
        ("sample.de.mpx", 20, "First Task", None),
        ("sample1.mpx", 5, "Summary Task", None),
    ],
)
def test_real_mpp_and_mpx_are_read_through_mpxj(
    shared: Path, name: str, rows: int, title: str, owner: str | None
) -> None:
    records, _, tool = read_with(read_mpxj, shared / "exports" / "msproject" / name)
    assert tool == "msproject"
    assert len(records) == rows
    assert (records.loc[1, "title"], records.loc[1, "owner"]) == (title, owner)
    assert records["root_key"].nunique() == 1
