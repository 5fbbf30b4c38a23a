"""Writers of the text exports: Jira, Azure DevOps, Project XML."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
from lxml import etree

__all__ = ["write_azure_devops", "write_jira", "write_project_xml"]

_STORIES = {
    "operational": (
        "Collect a baseline for two weeks",
        "Try the countermeasure with one team",
        "Write down the new way of working",
        "Check after four weeks",
    ),
    "strategic": (
        "Business case for the board",
        "Choose partner",
        "Pilot with the first customer",
        "Set up team and roles",
    ),
    "maintenance": ("Book the outage", "Order parts", "Carry out", "Acceptance and papers"),
}
_JIRA_STATUS = {
    "proposed": ("To Do", "To Do"),
    "active": ("In Progress", "In Progress"),
    "done": ("Done", "Done"),
    "cancelled": ("Cancelled", "Done"),
}
_RHYTHM = {1: "Daily", 7: "Weekly", 14: "Every two weeks", 30: "Monthly", 90: "Quarterly"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_JIRA_HEADINGS = (
    "Summary",
    "Issue key",
    "Issue id",
    "Issue Type",
    "Status",
    "Project key",
    "Project name",
    "Project type",
    "Project lead",
    "Priority",
    "Resolution",
    "Assignee",
    "Reporter",
    "Creator",
    "Created",
    "Updated",
    "Last Viewed",
    "Resolved",
    "Due date",
    "Votes",
    "Labels",
    "Labels",
    "Labels",
    "Description",
    "Environment",
    "Watchers",
    "Watchers",
    "Original estimate",
    "Remaining Estimate",
    "Time Spent",
    "Work Ratio",
    "Σ Original Estimate",
    "Σ Remaining Estimate",
    "Σ Time Spent",
    "Custom field (Actual cost)",
    "Custom field (Baseline finish)",
    "Custom field (Budget)",
    "Custom field (Business Unit)",
    "Custom field (Gate 1 Idea)",
    "Custom field (Gate 2 Business case)",
    "Custom field (Gate 3 Build)",
    "Custom field (Gate 4 Launch)",
    "Custom field (Goals)",
    "Custom field (Investment category)",
    "Custom field (Last review)",
    "Custom field (Rank)",
    "Custom field (Review forum)",
    "Custom field (Review rhythm)",
    "Custom field (Sponsor)",
    "Custom field (Sponsor level)",
    "Custom field (Start date)",
    "Custom field (Team)",
    "Sprint",
    "Sprint",
    "Comment",
    "Comment",
    "Parent",
    "Parent key",
    "Parent summary",
    "Status Category",
    "Status Category Changed",
)


def rhythm_word(days: int) -> str:
    """How a tool's pick-list names an interval."""
    return _RHYTHM.get(int(days), f"every {int(days)} days")


def _jira_date(day: pd.Timestamp, *, clock: str = "12:00 AM") -> str:
    if pd.isna(day):
        return ""
    return f"{day.day:02d}/{_MONTHS[day.month - 1]}/{day.year % 100:02d} {clock}"


def write_jira(path: Path, seen: pd.DataFrame, twins: pd.DataFrame) -> None:
    """All-fields CSV: epics with their stories, repeated headings, seconds, wiki markup."""
    rows: list[dict[str, object]] = []
    number = 20150
    for project in [*seen.itertuples(), *twins.itertuples()]:
        epic_id = number
        rows.append(_jira_epic(project, epic_id))
        number += 1
        key_number = int(str(project.key).rsplit("-", 1)[1])
        for offset, title in enumerate(_STORIES[str(project.nature)][:2], start=1):
            rows.append(_jira_story(project, title, epic_id, number, f"DIG-{key_number + offset}"))
            number += 1
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_JIRA_HEADINGS)
        for row in rows:
            left = {name: list(v) if isinstance(v, tuple) else [v] for name, v in row.items()}
            writer.writerow([left[n].pop(0) if left.get(n) else "" for n in _JIRA_HEADINGS])


def _jira_epic(project: Any, issue_id: int) -> dict[str, object]:
    get = project._asdict()
    status, category = _JIRA_STATUS[get["status_type"]]
    gates = {f"Custom field ({name})": _jira_date(day) for name, day in get["gates"].items()}
    budget = "" if pd.isna(get["budget_cost"]) else f"{get['budget_cost']:.2f}"
    spent = "" if pd.isna(get["actual_cost"]) else f"{get['actual_cost']:.2f}"
    text = str(get["description"])
    return {
        "Summary": get["title"],
        "Issue key": get["key"],
        "Issue id": issue_id,
        "Issue Type": "Epic",
        "Status": status,
        "Project key": "DIG",
        "Project name": "Digital and IT",
        "Project type": "software",
        "Project lead": get["owner"],
        "Priority": "Medium",
        "Assignee": get["owner"],
        "Reporter": get["owner"],
        "Creator": get["owner"],
        "Created": _jira_date(get["start_date"] - pd.Timedelta(days=20), clock="9:26 AM"),
        "Updated": _jira_date(get["last_review_date"], clock="4:05 PM"),
        "Resolved": _jira_date(get["actual_finish_date"], clock="5:31 PM"),
        "Due date": _jira_date(get["forecast_finish_date"]),
        "Votes": 0,
        "Labels": ("portfolio", str(get["team_name"]).lower().replace(" ", "-")),
        "Description": f"h3. Purpose\n*{text}*" if text else "",
        "Σ Original Estimate": int(get["planned_hours"] * 3600),
        "Σ Time Spent": int(get["spent_hours"] * 3600),
        "Custom field (Actual cost)": spent,
        "Custom field (Budget)": budget,
        "Custom field (Baseline finish)": _jira_date(get["baseline_finish_date"]),
        "Custom field (Business Unit)": get["unit_name"],
        "Custom field (Goals)": get["objective_id"],
        "Custom field (Investment category)": get["label"],
        "Custom field (Last review)": _jira_date(get["last_review_date"]),
        "Custom field (Rank)": f"0|i{issue_id % 4096:04x}:",
        "Custom field (Review forum)": get["review_forum"],
        "Custom field (Review rhythm)": rhythm_word(get["review_interval_days"]),
        "Custom field (Sponsor)": get["sponsor"],
        "Custom field (Sponsor level)": str(get["sponsor_level"]).title(),
        "Custom field (Start date)": _jira_date(get["start_date"]),
        "Custom field (Team)": get["team_name"],
        "Status Category": category,
        **gates,
    }


def _jira_story(
    project: Any, title: str, epic_id: int, issue_id: int, key: str
) -> dict[str, object]:
    get = project._asdict()
    status, category = _JIRA_STATUS[get["status_type"]]
    return {
        "Summary": title,
        "Issue key": key,
        "Issue id": issue_id,
        "Issue Type": "Story",
        "Status": status,
        "Project key": "DIG",
        "Project name": "Digital and IT",
        "Project type": "software",
        "Project lead": get["owner"],
        "Priority": "Medium",
        "Assignee": get["owner"],
        "Created": _jira_date(get["start_date"], clock="10:44 AM"),
        "Votes": 0,
        "Sprint": ("DIG Sprint 41", "DIG Sprint 42"),
        "Comment": (f"{_jira_date(get['start_date'], clock='1:10 PM')};5db9;Please update",),
        "Original estimate": 57600,
        "Time Spent": 28800,
        "Parent": epic_id,
        "Parent key": get["key"],
        "Parent summary": get["title"],
        "Status Category": category,
    }


_ADO_STATE = {"proposed": "New", "active": "Active", "done": "Closed", "cancelled": "Removed"}
_ADO_HEADINGS = (
    "ID",
    "Work Item Type",
    "Title 1",
    "Title 2",
    "Assigned To",
    "State",
    "Tags",
    "Area Path",
    "Start Date",
    "Target Date",
    "Closed Date",
    "Baseline Finish",
    "Description",
    "Investment Type",
    "Objective",
    "Budget",
    "Spent",
    "Original Estimate",
    "Completed Work",
    "Sponsor",
    "Sponsor Level",
    "Review Forum",
    "Review Cadence",
    "Gate 1 Idea",
    "Gate 2 Business case",
    "Gate 3 Build",
    "Gate 4 Launch",
)


def _ado_date(day: pd.Timestamp) -> str:
    return "" if pd.isna(day) else f"{day.month}/{day.day}/{day.year} 7:00:00 AM"


def write_azure_devops(path: Path, seen: pd.DataFrame) -> None:
    """Tree query: the depth is which title is filled; month first; HTML descriptions; a BOM."""
    child_id = 9000
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _ADO_HEADINGS, restval="", lineterminator="\r\n")
        writer.writeheader()
        for project in seen.to_dict("records"):
            gates = {name: _ado_date(day) for name, day in project["gates"].items()}
            text = str(project["description"])
            mail = str(project["owner"]).lower().replace(" ", ".")
            money = [
                "" if pd.isna(project[name]) else f"{project[name]:,.2f}"
                for name in ("budget_cost", "actual_cost")
            ]
            writer.writerow(
                {
                    "ID": project["key"],
                    "Work Item Type": "Epic",
                    "Title 1": project["title"],
                    "Assigned To": f"{project['owner']} <{mail}@halden.example>",
                    "State": _ADO_STATE[project["status_type"]],
                    "Tags": "portfolio; 2026",
                    "Area Path": project["team_name"],
                    "Start Date": _ado_date(project["start_date"]),
                    "Target Date": _ado_date(project["forecast_finish_date"]),
                    "Closed Date": _ado_date(project["actual_finish_date"]),
                    "Baseline Finish": _ado_date(project["baseline_finish_date"]),
                    "Description": f"<div>{text}</div>".replace("&", "&amp;") if text else "",
                    "Investment Type": project["label"],
                    "Objective": project["objective_id"],
                    "Budget": money[0],
                    "Spent": money[1],
                    "Original Estimate": project["planned_hours"],
                    "Completed Work": project["spent_hours"],
                    "Sponsor": project["sponsor"],
                    "Sponsor Level": project["sponsor_level"].title(),
                    "Review Forum": project["review_forum"],
                    "Review Cadence": rhythm_word(project["review_interval_days"]),
                    **gates,
                }
            )
            for title in _STORIES[project["nature"]][2:]:
                child_id += 1
                writer.writerow(
                    {
                        "ID": f"{project['key']}{child_id}",
                        "Work Item Type": "Feature",
                        "Title 2": title,
                        "State": _ADO_STATE[project["status_type"]],
                    }
                )


_MSP = "http://schemas.microsoft.com/project"
_CUSTOM = {
    "188743731": "Business Unit",
    "188743734": "Sponsor",
    "188743737": "Sponsor Level",
    "188743740": "Review Forum",
    "188743743": "Review Rhythm",
    "188743746": "Objective",
    "188743747": "Project ID",
}


def write_project_xml(folder: Path, project: dict[str, Any]) -> None:
    """One plan: task 0 is the project, phases and gates below it; amounts in hundredths."""
    root = etree.Element("Project", nsmap={None: _MSP})  # type: ignore[dict-item]
    digest = hashlib.md5(str(project["key"]).encode()).hexdigest().upper()
    _add(
        root,
        {
            "SaveVersion": 14,
            "GUID": digest,
            "Title": project["title"],
            "Category": project["label"],
            "Manager": project["owner"],
            "Company": "Halden Instruments",
            "CurrencyCode": "EUR",
            "CurrencySymbol": "€",
        },
    )
    attributes = etree.SubElement(root, "ExtendedAttributes")
    for field, alias in _CUSTOM.items():
        _add(etree.SubElement(attributes, "ExtendedAttribute"), {"FieldID": field, "Alias": alias})
    tasks = etree.SubElement(root, "Tasks")
    _add_project_task(tasks, project)
    start, finish = project["start_date"], project["forecast_finish_date"]
    for uid, (name, share) in enumerate(
        (("Preparation", 0.3), ("Execution", 0.8), ("Handover", 1.0)), start=1
    ):
        end = start + (finish - start) * share
        _add_task(tasks, uid, name, 1, start, end)
        start = end
    gates: dict[str, pd.Timestamp] = project["gates"]
    for uid, (name, day) in enumerate(gates.items(), start=10):
        _add_task(tasks, uid, name, 1, day, day, is_milestone=True)
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    (folder / f"plan_{project['key']}.xml").write_bytes(text)


def _add(element: etree._Element, values: dict[str, Any]) -> None:
    for name, value in values.items():
        etree.SubElement(element, name).text = str(value)


def _iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%dT08:00:00}"


def _add_project_task(tasks: etree._Element, project: dict[str, Any]) -> None:
    task = etree.SubElement(tasks, "Task")
    hours = float(project["planned_hours"])
    spent = float(project["spent_hours"])
    _add(
        task,
        {
            "UID": 0,
            "ID": 0,
            "Name": project["title"],
            "OutlineNumber": 0,
            "OutlineLevel": 0,
            "Start": _iso(project["start_date"]),
            "Finish": _iso(project["forecast_finish_date"]),
            "Summary": 1,
            "Milestone": 0,
            "PercentComplete": int(project["progress_pct"]),
            "Work": f"PT{hours:.0f}H0M0S",
            "ActualWork": f"PT{spent:.0f}H0M0S",
        },
    )
    if not pd.isna(project["budget_cost"]):
        _add(task, {"ActualCost": round(project["actual_cost"] * 100)})
    if not pd.isna(project["actual_finish_date"]):
        _add(task, {"ActualFinish": _iso(project["actual_finish_date"])})
    _add(task, {"Notes": project["description"]})
    baseline = etree.SubElement(task, "Baseline")
    cost = "" if pd.isna(project["budget_cost"]) else round(project["budget_cost"] * 100)
    _add(
        baseline,
        {
            "Number": 0,
            "Finish": _iso(project["baseline_finish_date"]),
            "Cost": cost,
        },
    )
    values = {
        "Business Unit": project["unit_name"],
        "Sponsor": project["sponsor"],
        "Sponsor Level": str(project["sponsor_level"]).title(),
        "Review Forum": project["review_forum"],
        "Review Rhythm": rhythm_word(int(project["review_interval_days"])),
        "Objective": project["objective_id"],
        "Project ID": project["key"],
    }
    for field, alias in _CUSTOM.items():
        _add(
            etree.SubElement(task, "ExtendedAttribute"), {"FieldID": field, "Value": values[alias]}
        )


def _add_task(
    tasks: etree._Element,
    uid: int,
    name: str,
    level: int,
    start: pd.Timestamp,
    finish: pd.Timestamp,
    *,
    is_milestone: bool = False,
) -> None:
    _add(
        etree.SubElement(tasks, "Task"),
        {
            "UID": uid,
            "ID": uid,
            "Name": name,
            "OutlineNumber": uid,
            "OutlineLevel": level,
            "Start": _iso(start),
            "Finish": _iso(finish),
            "Milestone": int(is_milestone),
            "Summary": 0,
            "PercentComplete": 0,
        },
    )
