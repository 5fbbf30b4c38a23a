"""Writers of what stands beside the project lists: bookings, people, metrics, meetings, ratings."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from dualtrack.quarter import Quarter
from dualtrack.sample.company import EXECUTIVES, OBJECTIVES, SEED_NOTE
from dualtrack.sample.plant import Plants

__all__ = [
    "write_calendar",
    "write_capacity",
    "write_measures",
    "write_objectives",
    "write_ratings",
    "write_timesheet",
]


def _write_csv(path: Path, headings: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(list(headings))
        writer.writerows(list(row) for row in rows)


def write_timesheet(path: Path, bookings: pd.DataFrame) -> None:
    """Bookings, two a month and project; one on a key no tool knows."""
    rows = []
    for one in bookings.itertuples():
        first = round(one.effort_hours * 0.6 * 4) / 4
        for hours, offset in ((first, 9), (one.effort_hours - first, 23)):
            day = one.month + pd.Timedelta(days=offset)
            rows.append([one.key, f"{hours:.2f}", f"{day:%Y-%m-%d}", one.name, one.role_name])
    if rows:
        rows.append(["OLD-77", "6.00", rows[0][2], rows[0][3], "Specialist"])
    _write_csv(path, ["Issue Key", "Hours", "Work date", "Full name", "Role"], rows)


def write_capacity(path: Path, people: pd.DataFrame, quarter: Quarter) -> None:
    """Hours each person has for projects, month by month."""
    months = pd.date_range(quarter.first_day, periods=3, freq="MS")
    rows = [
        [
            one.name,
            f"{month:%Y-%m}",
            f"{one.capacity_hours:.0f}",
            one.level_type.title(),
            one.unit_name,
        ]
        for month in months
        for one in people.itertuples()
    ]
    _write_csv(path, ["Person", "Month", "Available hours", "Level", "Unit"], rows)


def write_objectives(path: Path) -> None:
    """Breakthrough and annual objectives."""
    rows = [[*one, EXECUTIVES[number % 3]] for number, one in enumerate(OBJECTIVES)]
    _write_csv(path, ["Objective ID", "Objective", "Level", "Parent ID", "Owner"], rows)


def write_ratings(path: Path, plants: Plants, quarter: Quarter) -> None:
    """The three executives answer the five questions from 1 to 5."""
    rng = np.random.default_rng([plants.company.seed, quarter.year, quarter.number, 5])
    rows = [
        [name, question, int(np.clip(rng.normal(3.9 - 0.2 * question / 5, 0.7), 1, 5))]
        for name in EXECUTIVES
        for question in range(1, 6)
    ]
    _write_csv(path, ["Rater", "Question", "Rating"], rows)


# metric, title start of its project, unit, better when, start value, end value, target, rhythm
_METRICS = (
    ("Changeover time", "Rüstzeit Spritzguss", "min", "lower", 52, 30, 25, "W"),
    ("First pass yield", "First pass yield of", "%", "higher", 90.5, 94.8, 96, "W"),
    ("First pass yield", "Drawing errors found", "ratio", "higher", 0.955, 0.968, 0.98, "W"),
    ("OEE", "OEE Linie 4", "%", "higher", 61, 66, 72, "W"),
    ("Truck waiting time", "Truck waiting time", "min", "lower", 70, 66, 30, "W"),
    ("Picking errors", "Cut picking errors", "ppm", "lower", 2100, 1500, 900, "W"),
    (
        "Supplier delivery reliability",
        "Supplier delivery reliability",
        "%",
        "higher",
        88,
        92,
        95,
        "MS",
    ),
    ("First-time fix rate", "First-time fix rate", "%", "higher", 71, 75, 80, "W"),
    ("Call waiting time", "Call waiting time", "s", "lower", 118, 80, 60, "W"),
    ("Failed deployments", "Reduce failed deployments", "%", "lower", 14, 11, 5, "W"),
    ("Quotation turnaround", "Quotation turnaround", "days", "lower", 5, 3.2, 2, "W"),
    ("Days sales outstanding", "Days sales outstanding", "days", "lower", 61, 55, 50, "MS"),
    ("Market share", "Rüstzeit Spritzguss", "%", "higher", 21, 21.4, 23, "MS"),
    ("Calls made per day", "Enter the Brazilian", "calls", "higher", 18, 24, 30, "D"),
    ("Subscription revenue", "Remote monitoring service", "kEUR", "higher", 10, 140, 400, "MS"),
    ("Share of revenue from new offers", "Optical nitrate sensor", "%", "higher", 0, 3, 15, "MS"),
    ("Customers on the platform", "Customer data platform", "customers", "higher", 2, 14, 60, "MS"),
    ("Gates passed on plan", "One ERP for the group", "gates", "higher", 0, 2, 4, "MS"),
)

_COUNTED = {"gates", "customers", "calls"}  # units of which there are whole ones only


def write_measures(path: Path, plants: Plants, quarter: Quarter) -> None:
    """Readings from the first quarter to the end of this one, with the planted shifts."""
    first = plants.company.quarters[0].first_day
    rows: list[list[object]] = []
    for number, (metric, start, unit, better, low, high, target, rhythm) in enumerate(_METRICS):
        owner = plants.company.projects[plants.company.projects["title"].str.startswith(start)]
        if owner.empty:
            continue
        rng = np.random.default_rng([plants.company.seed, number])
        whole = pd.date_range(first, plants.company.quarters[-1].last_day, freq=rhythm)
        noise = rng.normal(0, abs(high - low) / 5 + 0.02 * abs(low), len(whole))
        level = np.maximum(0.0, np.linspace(low, high, len(whole)) + noise)
        if unit == "gates":  # one that is passed stays passed
            level = np.maximum.accumulate(level)
        plan = np.linspace(low, target, len(whole))
        for position, day in enumerate(whole):
            value = _planted(metric, day, float(level[position]))
            is_count = unit in _COUNTED and not np.isnan(value)
            if day <= quarter.last_day and not np.isnan(value):
                rows.append(
                    [
                        metric,
                        f"{day:%Y-%m-%d}",
                        owner["key"].iloc[0],
                        str(round(value)) if is_count else f"{value:.3f}",
                        str(round(plan[position])) if is_count else f"{plan[position]:.2f}",
                        unit,
                        better,
                        target,
                    ]
                )
    headings = ["Metric", "Date", "Project", "Value", "Plan", "Unit", "Better when", "Target"]
    _write_csv(path, headings, rows)


def _planted(metric: str, day: pd.Timestamp, value: float) -> float:
    if metric == "Truck waiting time" and day >= pd.Timestamp("2026-07-06"):
        return value * 0.66
    if metric == "Failed deployments" and day == pd.Timestamp("2026-08-09"):
        return value * 3
    if metric == "Supplier delivery reliability" and day >= pd.Timestamp("2026-05-01"):
        return float("nan")
    return value


# summary, forum, first day offset, hour, minutes, rule, people
_MEETINGS = (
    ("Operations meeting", "Operations meeting", 1, 9, 60, "FREQ=WEEKLY", 9),
    (
        "Leadership meeting: line 4 downtime, complaints, Brazil entry",
        "Leadership meeting",
        2,
        13,
        120,
        "FREQ=WEEKLY;INTERVAL=2",
        7,
    ),
    ("Strategy board", "Strategy board", 8, 10, 90, "FREQ=MONTHLY", 6),
    (
        "Steering committee ERP and Brooks merger",
        "Steering committee",
        15,
        14,
        60,
        "FREQ=MONTHLY",
        6,
    ),
    ("Quality firefighting call", "", 3, 8, 30, "FREQ=WEEKLY", 5),
    ("Tier 3 huddle", "Daily huddle", 0, 8, 15, "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", 8),
    ("Investment committee", "Investment committee", 30, 15, 60, "FREQ=MONTHLY;INTERVAL=3", 5),
)


def write_calendar(path: Path, quarter: Quarter) -> None:
    """The executives' meetings of a quarter: repeats, time zone, one cancelled, one all day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Halden Instruments//sample//EN"]
    first = quarter.first_day
    monday = first + pd.Timedelta(days=(7 - first.weekday()) % 7)
    until = f"{quarter.last_day:%Y%m%d}T235959"
    for number, (summary, forum, offset, hour, minutes, rule, people) in enumerate(_MEETINGS):
        start = monday + pd.Timedelta(days=offset, hours=hour)
        end = start + pd.Timedelta(minutes=minutes)
        lines += [
            "BEGIN:VEVENT",
            f"UID:meeting-{number}@halden.example",
            f"DTSTART;TZID=Europe/Oslo:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Oslo:{end:%Y%m%dT%H%M%S}",
            f"RRULE:{rule};UNTIL={until}Z",
            f"SUMMARY:{summary}".replace(",", "\\,"),
            *([f"CATEGORIES:{forum}"] if forum else []),
            *(
                f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:person{one}@halden.example"
                for one in range(people)
            ),
            "END:VEVENT",
        ]
    lines += [
        "BEGIN:VEVENT",
        "UID:fair@halden.example",
        f"DTSTART;VALUE=DATE:{monday + pd.Timedelta(days=35):%Y%m%d}",
        f"DTEND;VALUE=DATE:{monday + pd.Timedelta(days=37):%Y%m%d}",
        "SUMMARY:Trade fair",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:cancelled@halden.example",
        "STATUS:CANCELLED",
        f"DTSTART:{monday + pd.Timedelta(days=22, hours=9):%Y%m%dT%H%M%S}",
        f"DTEND:{monday + pd.Timedelta(days=22, hours=11):%Y%m%dT%H%M%S}",
        "SUMMARY:Strategy off-site",
        f"COMMENT:{SEED_NOTE}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    path.write_bytes("\r\n".join([*lines, ""]).encode())
