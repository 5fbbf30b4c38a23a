"""Findings planted into the drawn company, each recorded for `truth/findings.csv`.

OBJ-4 is left without projects on purpose; it is one of the findings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dualtrack.sample.company import EXECUTIVES
from dualtrack.sample.draw import Company

__all__ = ["Plants", "plant_findings"]

# (title start, changes): projects of the catalogue that are to show a named blur.
_INFLATED = (
    "Breakthrough programme zero",
    "Strategic sourcing of packaging",
    "Service excellence",
    "Digital transformation of the travel",
    "Innovation sprint",
    "Growth initiative price",
    "Transformation of the month-end",
    "OEE Linie 4",
)
_UNDER_GOVERNED = (
    "Second plant for the American",
    "Direct supply model",
    "Remote monitoring service",
    "One ERP for the group",
    "Modular product architecture",
    "Enter the Brazilian",
)
_OVER_GOVERNED = (
    "Cycle counting instead",
    "Repair quote sent",
    "Cloud bill down",
    "Drawing errors found",
    "Order entry errors",
)
_HIDDEN = (
    "Direct sales in Poland",
    "Contract manufacturing as a",
    "Self-service portal as",
    "Move from boxed software",
)
_RELABELLED = ("Knowledge articles for", "Report runtime of", "Prototype lead time")
_NO_OBJECTIVE = ("Micro-plastics analyser", "Divest the laboratory glass", "Regional distribution")
_LATE_REVIEW = ("Customer data platform", "Agriculture segment", "Dual sourcing outside")
_DUPLICATES = (
    ("Inbound lead time for optics from 21 to 14 days", "Inbound lead time optics, 21 to 14 days"),
    ("Fewer duplicate customer records", "Fewer duplicate customer records (sales)"),
    ("Reliability of the pH probe cable", "Reliability of pH probe cable"),
)
# Projects the metric readings follow: they run, so that the readings have somebody to tell.
_MEASURED = (
    "Rüstzeit Spritzguss",
    "First pass yield of",
    "Drawing errors found",
    "Truck waiting time",
    "Cut picking errors",
    "Supplier delivery reliability",
    "First-time fix rate",
    "Call waiting time",
    "Reduce failed deployments",
    "Quotation turnaround",
    "Days sales outstanding",
)
_DATE_FAULT = "Visit planning by region"
_NO_BUDGET = ("Hydraulic", "Open hardware interface", "Optical nitrate sensor")


@dataclass(frozen=True)
class Plants:
    """The company with its plants, and the list of what was planted.

    Attributes:
        duplicates: project_id of a project, tool and title of its twin in another tool.
        overloaded: name of the person booked at 130 %.
        straddlers: names of people booked on both paths every month.
        findings: kind, project_id (or blank), detail: one row per finding.
    """

    company: Company
    duplicates: pd.DataFrame
    overloaded: str
    straddlers: tuple[str, ...]
    findings: pd.DataFrame


def plant_findings(company: Company) -> Plants:
    """Put the findings into the company; those of units left out are not planted."""
    projects = company.projects.copy()
    found: list[tuple[str, str, str]] = []
    _plant_blurs(projects, found)
    _plant_gaps(projects, found)
    duplicates = _plant_duplicates(projects, found)
    staff = company.people[company.people["level_type"] == "frontline"]
    overloaded = str(staff["name"].iloc[3])
    places = [14, 25] if len(staff) > 25 else []
    straddlers = tuple(str(name) for name in staff["name"].iloc[places])
    found.append(("overloaded person", "", f"{overloaded} is booked at 130 % in the last quarter"))
    found += [("key person on both paths", "", name) for name in straddlers]
    found += [
        ("metric with two definitions", "", "First pass yield: % in one list, ratio in another"),
        ("special cause shift", "", "Truck waiting time: falls by a third from 2026-07-06"),
        ("special cause point", "", "Failed deployments: one week at three times the mean"),
        ("metric without readings", "", "Supplier delivery reliability: none since 2026-05"),
        ("daily metric on a strategic bet", "", "Brazil calls per day on Enter the Brazilian"),
        ("strategic metric on a kaizen", "", "Market share on Changeover SG-04"),
        ("meeting mixes both paths", "", "Leadership meeting: operations and strategy together"),
        ("objective without projects", "", "OBJ-4"),
        ("booking on an unknown key", "", "OLD-77 in the timesheet"),
        ("row without title", "", "kaizen_liste.xlsx, one row"),
        ("repeated key", "", "smartsheet: SC-005 stands twice"),
    ]
    findings = pd.DataFrame(found, columns=["kind", "project_id", "detail"])
    return Plants(replace(company, projects=projects), duplicates, overloaded, straddlers, findings)


def _rows(projects: pd.DataFrame, starts: tuple[str, ...]) -> list[int]:
    mask = projects["title"].str.startswith(starts)
    return [int(index) for index in projects.index[mask]]


def _keep_running(projects: pd.DataFrame, row: int) -> None:
    """A planted project runs through the last quarter, else nobody could find it there."""
    length = projects.loc[row, "baseline_finish_date"] - projects.loc[row, "start_date"]
    finish = max(pd.Timestamp("2026-12-15"), projects.loc[row, "baseline_finish_date"])
    projects.loc[row, "baseline_finish_date"] = finish
    projects.loc[row, "start_date"] = (
        min(projects.loc[row, "start_date"], pd.Timestamp("2026-06-20"), finish - length)
        if projects.loc[row, "nature"] == "strategic"
        else pd.Timestamp("2026-05-11")
    )
    projects.loc[row, "is_cancelled"] = False


def _set(projects: pd.DataFrame, row: int, values: dict[str, object]) -> None:
    for name, value in values.items():
        projects.loc[row, name] = value


def _plant_blurs(projects: pd.DataFrame, found: list[tuple[str, str, str]]) -> None:
    well_run = {
        "operational": {
            "managed": "operational",
            "review_forum": "Team review",
            "review_interval_days": 7,
            "sponsor_level": "manager",
            "has_gates": False,
        },
        "strategic": {
            "managed": "strategic",
            "review_forum": "Steering committee",
            "review_interval_days": 30,
            "sponsor_level": "director",
            "has_gates": True,
        },
    }
    heavy: dict[str, object] = {
        "managed": "strategic",
        "review_forum": "Steering committee",
        "review_interval_days": 90,
        "sponsor_level": "executive",
        "sponsor": EXECUTIVES[0],
        "has_gates": True,
    }
    light: dict[str, object] = {
        "managed": "operational",
        "review_forum": "Team review",
        "review_interval_days": 7,
        "sponsor_level": "manager",
        "has_gates": False,
    }
    cases = (
        ("label inflation", _INFLATED, {"declared": "strategic", **well_run["operational"]}),
        ("under-governed transformation", _UNDER_GOVERNED, {"declared": "strategic", **light}),
        ("over-governed improvement", _OVER_GOVERNED, {"declared": "operational", **heavy}),
        ("hidden strategy", _HIDDEN, {"declared": "operational", **well_run["strategic"]}),
    )
    for kind, titles, values in cases:
        for row in _rows(projects, titles):
            _keep_running(projects, row)
            _set(projects, row, values)
            found.append((kind, str(projects.loc[row, "project_id"]), ""))


def _plant_gaps(projects: pd.DataFrame, found: list[tuple[str, str, str]]) -> None:
    projects["relabelled_from"] = ""
    projects["is_review_late"] = False
    projects["has_date_fault"] = False
    for row in _rows(projects, _RELABELLED):
        _keep_running(projects, row)
        _set(projects, row, {"declared": "strategic", "relabelled_from": "operational"})
        found.append(("relabelled only", str(projects.loc[row, "project_id"]), "in 2026-Q3"))
    for row in _rows(projects, _NO_OBJECTIVE):
        _keep_running(projects, row)
        projects.loc[row, "objective_id"] = ""
        found.append(("strategic without objective", str(projects.loc[row, "project_id"]), ""))
    for row in _rows(projects, _LATE_REVIEW):
        _keep_running(projects, row)
        _set(projects, row, {"is_review_late": True, "review_interval_days": 30})
        found.append(("late review", str(projects.loc[row, "project_id"]), "five months ago"))
    for row in _rows(projects, _MEASURED):
        _keep_running(projects, row)
    for row in _rows(projects, (_DATE_FAULT,)):
        _keep_running(projects, row)
        projects.loc[row, "has_date_fault"] = True
        found.append(("finish before start", str(projects.loc[row, "project_id"]), ""))
    for row in _rows(projects, _NO_BUDGET):
        _keep_running(projects, row)
        projects.loc[row, "budget_cost"] = np.nan
        found.append(("strategic without budget", str(projects.loc[row, "project_id"]), ""))


def _plant_duplicates(projects: pd.DataFrame, found: list[tuple[str, str, str]]) -> pd.DataFrame:
    twins = []
    for title, other in _DUPLICATES:
        for row in _rows(projects, (title,)):
            _keep_running(projects, row)
            tool = "planner" if projects.loc[row, "tool"] == "jira" else "jira"
            if tool == "planner" and "Commercial" not in set(projects["unit_name"]):
                continue
            if tool == "jira" and "Digital & IT" not in set(projects["unit_name"]):
                continue
            twins.append((projects.loc[row, "project_id"], tool, other))
            found.append(("duplicate in two tools", str(projects.loc[row, "project_id"]), tool))
    return pd.DataFrame(twins, columns=["project_id", "tool", "title"])
