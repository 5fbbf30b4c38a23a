"""Writer of the Microsoft Project XML plans, one file a project."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
from lxml import etree

from dualtrack.sample.words import rhythm_word

__all__ = ["write_project_xml"]

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
