"""Writer of the Azure DevOps export: a tree query."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from dualtrack.sample.words import STORIES, rhythm_word

__all__ = ["write_azure_devops"]

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
            for title in STORIES[project["nature"]][2:]:
                child_id += 1
                writer.writerow(
                    {
                        "ID": f"{project['key']}{child_id}",
                        "Work Item Type": "Feature",
                        "Title 2": title,
                        "State": _ADO_STATE[project["status_type"]],
                    }
                )
