"""Small valid files of the formats that have no writer of their own, for several tests."""

from __future__ import annotations

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
# A board of Trello, with what a board can get wrong.
BOARD = {
    "name": "Board",
    "lists": [{"id": "L1", "name": "Doing", "closed": False}],
    "members": [{"id": "m1", "fullName": "Ada"}],
    "customFields": [
        {"id": "c1", "name": "Budget"},
        {"id": "c2", "name": "Health", "options": [{"id": "o1", "value": {"text": "Red"}}]},
    ],
    "cards": [
        {
            "id": "5f5e1000aaaaaaaaaaaaaaaa",
            "name": "One",
            "desc": "**Sponsor:** Bo\nOnce: x\nhttps://x.example",
            "idList": "L1",
            "idMembers": ["m1"],
            "labels": [{"name": "Run"}, {"name": "", "color": "red"}],
            "due": "2026-01-02T00:00:00.000Z",
            "dueComplete": True,
            "closed": True,
            "customFieldItems": [
                {"idCustomField": "c1", "value": {"number": "30"}},
                {"idCustomField": "c2", "idValue": "o1"},
            ],
        },
        {"id": "x", "name": "Two", "desc": "- Sponsor: Cy", "idList": "L9", "idMembers": ["m9"]},
        "no card",
    ],
}
