"""One small export a tool and language, in the tool's own value formats."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from dualtrack.config import Settings
from dualtrack.exports import Export, read_column_maps, read_export
from dualtrack.exports.column_map import plain

UNTIL = dt.date(2026, 9, 30)

CASES = tomllib.loads(Path(__file__).with_name("tool_map_cases.toml").read_text(encoding="utf-8"))[
    "case"
]


def check(export: Export, tool: str, count: int, cells: dict[str, object]) -> None:
    assert export.source_tool == tool
    assert len(export.frame) == count
    assert export.row_count == len(export.frame) + len(export.set_aside)
    assert export.set_aside["reason"].ne("").all()
    assert {name: export.frame.loc[0, name] for name in cells} == cells


def read_case(tmp_path: Path, case: dict[str, Any]) -> Export:
    path = tmp_path / "export.csv"
    path.write_text(case["text"], encoding="utf-8")
    return read_export(path, Settings(root=tmp_path), until=UNTIL)[0]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_tool_is_recognised_and_its_cells_are_named(tmp_path: Path, case: dict[str, Any]) -> None:
    check(read_case(tmp_path, case), case["tool"], case["records"], case["cells"])


def write_workbook(path: Path, sheet_name: str, rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet(sheet_name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def test_p6_workbook_sets_its_row_of_labels_aside(tmp_path: Path) -> None:
    names = ["task_code", "status_code", "wbs_id", "task_name", "start_date", "end_date"]
    labels = [
        "Activity ID",
        "Activity Status",
        "WBS Code",
        "Activity Name",
        "(*)Start",
        "(*)Finish",
    ]
    first = ["A1000", "In Progress", "P.1", "Hub", "20-07-2026 08:00", "30-09-2026 17:00"]
    path = tmp_path / "p6.xlsx"
    second = ["A1010", "Not Started", "P.1", "Part"]
    write_workbook(path, "TASK", [[*names], [*labels], [*first], [*second]])
    export = read_export(path, Settings(root=tmp_path), until=UNTIL)[0]
    check(export, "p6-table", 2, {"item_key": "A1000", "forecast_finish_date": first[5]})
    assert export.set_aside["reason"].tolist() == ["row of labels under the field names"]


def test_premium_plan_stands_below_its_own_facts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Plan name", "Plan"],
        ["Export date", "7/6/2026"],
        [],
        ["Task number", "Outline number", "Name", "Assigned to", "Finish", "Bucket", "% complete"],
        [1, "1", "Hub", "Ada", "9/30/2026", "Plant", 0.5],
        [2, "1.1", "Part", "", "", "Plant", 1],
    ]
    path = tmp_path / "plan.xlsx"
    write_workbook(path, "Project tasks", rows)
    export = read_export(path, Settings(root=tmp_path), until=UNTIL)[0]
    check(export, "planner-premium", 2, {"item_key": "1", "progress_pct": 0.5})
    assert len(export.set_aside) == 3


def test_todoist_rows_that_are_no_task_say_what_they_are(tmp_path: Path) -> None:
    export = read_case(tmp_path, next(case for case in CASES if case["tool"] == "todoist"))
    assert sorted(export.set_aside["reason"]) == [
        "blank row",
        "comment on the task above",
        "section title",
        "setting of the view",
    ]
    assert export.frame["is_project"].tolist() == [True, False]


def test_no_signature_holds_another_tools() -> None:
    """Maps of one tool's formats (`asana`, `asana-json`) may share one; the longer one wins."""
    signatures = [
        (column_map.tool, frozenset(map(plain, names)))
        for column_map in read_column_maps()
        for names in column_map.signatures
    ]
    stolen = [
        (tool, sorted(names), other)
        for tool, names in signatures
        for other, others in signatures
        if tool.split("-")[0] != other.split("-")[0] and names <= others
    ]
    assert stolen == []


def test_a_level_that_is_no_number_is_set_aside(tmp_path: Path) -> None:
    text = "TYPE,CONTENT,PRIORITY,INDENT\ntask,Hub,1,1\ntask,Part,1,deep\ntask,Last,1,\n"
    export = read_case(tmp_path, {"text": text})
    assert export.frame["title"].tolist() == ["Hub", "Last"]
    assert export.set_aside["reason"].tolist() == ["level is not a whole number"]
