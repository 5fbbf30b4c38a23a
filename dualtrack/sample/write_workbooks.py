"""Writers of the workbook exports: Smartsheet, ServiceNow, Planner, the plant's own list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import xlsxwriter

from dualtrack.sample.write_text import rhythm_word

__all__ = ["GBP_RATE", "write_kaizen_list", "write_planner", "write_servicenow", "write_smartsheet"]

# Supply Chain is run from England and keeps its list in pounds.
GBP_RATE = 1.17
_MADE_AT = dt.datetime(2026, 1, 1)  # fixed, so that the same seed gives the same bytes
_STATUS = {
    "proposed": "Not Started",
    "active": "In Progress",
    "done": "Complete",
    "cancelled": "Cancelled",
}
_SN_STATE = {
    "proposed": "Approved",
    "active": "In Progress",
    "done": "Closed",
    "cancelled": "Canceled",
}
_PLANNER = {
    "proposed": "Not started",
    "active": "In progress",
    "done": "Completed",
    "cancelled": "Completed",
}
_GERMAN = {"proposed": "offen", "active": "läuft", "done": "erledigt", "cancelled": "gestrichen"}


def _workbook(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE_AT, "author": "Halden Instruments"})
    return book


def _day(value: object) -> dt.datetime | None:
    return None if pd.isna(value) else pd.Timestamp(value).to_pydatetime()


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, cells: list[object], date_format: object
) -> None:
    for column, cell in enumerate(cells):
        if cell is None or cell == "" or (isinstance(cell, float) and pd.isna(cell)):
            continue
        if isinstance(cell, dt.datetime):
            sheet.write_datetime(number, column, cell, date_format)
        else:
            sheet.write(number, column, cell)


def write_smartsheet(path: Path, seen: pd.DataFrame) -> None:
    """Sheet with user-named columns, a second sheet of comments, money in pounds."""
    headings = [
        "Project ID",
        "Task Name",
        "Description",
        "Business Unit",
        "Team",
        "Assigned To",
        "Status",
        "Health",
        "% Complete",
        "Start",
        "Finish",
        "Baseline Finish",
        "Actual Finish",
        "Category",
        "Objective",
        "Budget (GBP)",
        "Actual Cost (GBP)",
        "Effort",
        "Sponsor",
        "Sponsor Level",
        "Review Forum",
        "Review Rhythm",
        "Last Review",
        "Gate 1 Idea",
        "Gate 2 Business case",
        "Gate 3 Build",
        "Gate 4 Launch",
    ]
    book = _workbook(path)
    date_format = book.add_format({"num_format": "mm/dd/yy"})
    sheet = book.add_worksheet("Supply Chain portfolio")
    _write_row(sheet, 0, list(headings), date_format)
    records = seen.to_dict("records")
    repeated = [one for one in records if one["key"] == "SC-005"]
    for number, project in enumerate([*records, *repeated], start=1):
        late = project["forecast_finish_date"] > project["baseline_finish_date"]
        gates = [_day(project["gates"].get(name, pd.NaT)) for name in headings[-4:]]
        _write_row(
            sheet,
            number,
            [
                project["key"],
                project["title"],
                project["description"],
                project["unit_name"],
                project["team_name"],
                project["owner"],
                _STATUS[project["status_type"]],
                "Yellow" if late else "Green",
                project["progress_pct"] / 100,
                _day(project["start_date"]),
                _day(project["forecast_finish_date"]),
                _day(project["baseline_finish_date"]),
                _day(project["actual_finish_date"]),
                project["label"],
                project["objective_id"],
                None
                if pd.isna(project["budget_cost"])
                else round(project["budget_cost"] / GBP_RATE),
                None
                if pd.isna(project["actual_cost"])
                else round(project["actual_cost"] / GBP_RATE),
                f"{project['planned_hours'] / 8:.0f}d",
                project["sponsor"],
                project["sponsor_level"].title(),
                project["review_forum"],
                rhythm_word(project["review_interval_days"]),
                _day(project["last_review_date"]),
                *gates,
            ],
            date_format,
        )
    comments = book.add_worksheet("Comments")
    _write_row(comments, 0, ["Row", "Comment"], date_format)
    _write_row(comments, 1, ["3", "Carrier asked for later slots."], date_format)
    book.close()


def write_servicenow(path: Path, seen: pd.DataFrame) -> None:
    """Improvement register, list export to Excel: labels as headings, efforts in seconds."""
    headings = [
        "Number",
        "Short description",
        "Business justification",
        "Business Unit",
        "Business process",
        "State",
        "Priority",
        "CIM Coordinator",
        "Business sponsor",
        "Sponsor level",
        "Investment Type",
        "Strategies",
        "Planned start date",
        "Approved end date",
        "Planned end date",
        "Actual end date",
        "Percent complete",
        "Budget cost",
        "Actual cost",
        "Planned effort",
        "Actual effort",
        "Review forum",
        "Review rhythm",
        "Last review",
    ]
    book = _workbook(path)
    date_format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet("Page 1")
    sheet.freeze_panes(1, 0)
    _write_row(sheet, 0, list(headings), date_format)
    for number, project in enumerate(seen.to_dict("records"), start=1):
        _write_row(
            sheet,
            number,
            [
                project["key"],
                project["title"],
                project["description"],
                project["unit_name"],
                project["team_name"],
                _SN_STATE[project["status_type"]],
                "3 - Moderate",
                project["owner"],
                project["sponsor"],
                project["sponsor_level"].title(),
                project["label"],
                project["objective_id"],
                _day(project["start_date"]),
                _day(project["baseline_finish_date"]),
                _day(project["forecast_finish_date"]),
                _day(project["actual_finish_date"]),
                project["progress_pct"],
                project["budget_cost"],
                project["actual_cost"],
                int(project["planned_hours"] * 3600),
                int(project["spent_hours"] * 3600),
                project["review_forum"],
                rhythm_word(project["review_interval_days"]),
                _day(project["last_review_date"]),
            ],
            date_format,
        )
    book.close()


def write_planner(path: Path, seen: pd.DataFrame, twins: pd.DataFrame, *, day: str) -> None:
    """Basic plan, layout with three metadata rows; no money, no effort; text dates, month first."""
    headings = [
        "Task ID",
        "Task Name",
        "Bucket Name",
        "Progress",
        "Priority",
        "Assigned To",
        "Created By",
        "Created Date",
        "Start Date",
        "Due Date",
        "Late",
        "Completed Date",
        "Completed By",
        "Description",
        "Completed Checklist Items",
        "Checklist Items",
        "Labels",
    ]
    book = _workbook(path)
    sheet = book.add_worksheet("Tasks")
    for number, pair in enumerate(
        [("Plan name", "Commercial initiatives"), ("Plan ID", "kQ2mV7"), ("Date of export", day)]
    ):
        _write_row(sheet, number, list(pair), None)
    _write_row(sheet, 4, list(headings), None)
    for number, project in enumerate(
        [*seen.to_dict("records"), *twins.to_dict("records")], start=5
    ):
        text = [
            "" if pd.isna(project[name]) else f"{project[name]:%m/%d/%Y}"
            for name in ("start_date", "forecast_finish_date", "actual_finish_date")
        ]
        _write_row(
            sheet,
            number,
            [
                project["key"],
                project["title"],
                project["team_name"],
                _PLANNER[project["status_type"]],
                "Medium",
                project["owner"],
                project["owner"],
                text[0],
                text[0],
                text[1],
                "false",
                text[2],
                "",
                project["description"],
                "0/2",
                "Prepare;Follow up",
                project["label"],
            ],
            None,
        )
    book.close()


def write_kaizen_list(path: Path, seen: pd.DataFrame, *, title: str) -> None:
    """A list the plant keeps by hand: title rows, merged team cells, German dates and numbers."""
    book = _workbook(path)
    bold = book.add_format({"bold": True, "font_size": 14})
    middle = book.add_format({"valign": "vcenter"})
    sheet = book.add_worksheet("KVP Werk Süd")
    sheet.merge_range(0, 0, 0, 11, title, bold)
    sheet.write(1, 0, "Stand: Quartalsende, Pflege durch die Schichtleiter")
    headings = [
        "Abteilung",
        "Nr.",
        "Thema",
        "Problem / Ziel",
        "Art",
        "Verantw.",
        "Beginn",
        "Termin",
        "Erledigt am",
        "Stand",
        "Kosten (€)",
        "Aufwand (h)",
        "Runde",
        "Rhythmus",
    ]
    _write_row(sheet, 3, list(headings), None)
    number = 4
    for team, group in seen.sort_values(["team_name", "key"]).groupby("team_name", sort=True):
        first = number
        for project in group.to_dict("records"):
            days = [
                "" if pd.isna(project[name]) else f"{project[name]:%d.%m.%Y}"
                for name in ("start_date", "forecast_finish_date", "actual_finish_date")
            ]
            cost = "" if pd.isna(project["budget_cost"]) else _german(project["budget_cost"])
            _write_row(
                sheet,
                number,
                [
                    None,
                    project["key"],
                    project["title"],
                    project["description"],
                    project["label"],
                    project["owner"],
                    *days,
                    _GERMAN[project["status_type"]],
                    cost,
                    _german(project["planned_hours"]),
                    project["review_forum"],
                    rhythm_word(project["review_interval_days"]),
                ],
                None,
            )
            number += 1
        if number - first > 1:
            sheet.merge_range(first, 0, number - 1, 0, team, middle)
        else:
            sheet.write(first, 0, team)
    _write_row(sheet, number, ["Montage", "K-999", None, "Idee vom Brett, noch ohne Thema"], None)
    total = _german(float(seen["budget_cost"].sum()))
    _write_row(sheet, number + 2, [None, None, "Summe", *[None] * 7, total], None)
    book.close()


def _german(number: float) -> str:
    return f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
