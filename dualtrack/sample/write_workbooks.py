"""Writers of the workbook exports of Smartsheet and ServiceNow."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import xlsxwriter

from dualtrack.sample.words import rhythm_word

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


def new_workbook(path: Path) -> xlsxwriter.Workbook:
    """A workbook that turns no text into formulas or links, with a fixed date."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE_AT, "author": "Halden Instruments"})
    return book


def _day(value: object) -> dt.datetime | None:
    return None if pd.isna(value) else pd.Timestamp(value).to_pydatetime()


def write_row(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, cells: list[object], date_format: object
) -> None:
    """Write the filled cells of a row; dates in the format given."""
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
    book = new_workbook(path)
    date_format = book.add_format({"num_format": "mm/dd/yy"})
    sheet = book.add_worksheet("Supply Chain portfolio")
    write_row(sheet, 0, list(headings), date_format)
    records = seen.to_dict("records")
    repeated = [one for one in records if one["key"] == "SC-005"]
    for number, project in enumerate([*records, *repeated], start=1):
        late = project["forecast_finish_date"] > project["baseline_finish_date"]
        gates = [_day(project["gates"].get(name, pd.NaT)) for name in headings[-4:]]
        write_row(
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
    write_row(comments, 0, ["Row", "Comment"], date_format)
    write_row(comments, 1, ["3", "Carrier asked for later slots."], date_format)
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
    book = new_workbook(path)
    date_format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet("Page 1")
    sheet.freeze_panes(1, 0)
    write_row(sheet, 0, list(headings), date_format)
    for number, project in enumerate(seen.to_dict("records"), start=1):
        write_row(
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
