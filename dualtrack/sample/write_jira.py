"""Writer of the Jira export: all fields, repeated headings, seconds, wiki markup."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from dualtrack.sample.words import STORIES, rhythm_word

__all__ = ["write_jira"]

_JIRA_STATUS = {
    "proposed": ("To Do", "To Do"),
    "active": ("In Progress", "In Progress"),
    "done": ("Done", "Done"),
    "cancelled": ("Cancelled", "Done"),
}
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
        for offset, title in enumerate(STORIES[str(project.nature)][:2], start=1):
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
