"""Writers of the Planner export and of the list a plant keeps by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dualtrack.sample.words import rhythm_word
from dualtrack.sample.write_workbooks import new_workbook, write_row

__all__ = ["write_kaizen_list", "write_planner"]

_PLANNER = {
    "proposed": "Not started",
    "active": "In progress",
    "done": "Completed",
    "cancelled": "Completed",
}
_GERMAN = {"proposed": "offen", "active": "läuft", "done": "erledigt", "cancelled": "gestrichen"}


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
    book = new_workbook(path)
    sheet = book.add_worksheet("Tasks")
    for number, pair in enumerate(
        [("Plan name", "Commercial initiatives"), ("Plan ID", "kQ2mV7"), ("Date of export", day)]
    ):
        write_row(sheet, number, list(pair), None)
    write_row(sheet, 4, list(headings), None)
    for number, project in enumerate(
        [*seen.to_dict("records"), *twins.to_dict("records")], start=5
    ):
        text = [
            "" if pd.isna(project[name]) else f"{project[name]:%m/%d/%Y}"
            for name in ("start_date", "forecast_finish_date", "actual_finish_date")
        ]
        write_row(
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
    book = new_workbook(path)
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
    write_row(sheet, 3, list(headings), None)
    number = 4
    for team, group in seen.sort_values(["team_name", "key"]).groupby("team_name", sort=True):
        first = number
        for project in group.to_dict("records"):
            days = [
                "" if pd.isna(project[name]) else f"{project[name]:%d.%m.%Y}"
                for name in ("start_date", "forecast_finish_date", "actual_finish_date")
            ]
            cost = "" if pd.isna(project["budget_cost"]) else _german(project["budget_cost"])
            write_row(
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
    write_row(sheet, number, ["Montage", "K-999", None, "Idee vom Brett, noch ohne Thema"], None)
    total = _german(float(seen["budget_cost"].sum()))
    write_row(sheet, number + 2, [None, None, "Summe", *[None] * 7, total], None)
    book.close()


def _german(number: float) -> str:
    return f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
