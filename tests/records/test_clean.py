"""One export of projects cleaned: ids, items, orphans, accounting and the issues told, by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from dualtrack.config import ExportSettings, MoneySettings, PrivacySettings, Settings
from dualtrack.exports import read_export
from dualtrack.records.clean import ProjectRecords, clean_projects
from dualtrack.records.cleaned import clean_each, is_blank

JIRA = "Summary,Issue key,Issue id,Issue Type,Parent key,Status,Description\n"
PLAN = "ID,Title,Unit,Labels,Owner,Team,Type,Status\n"


def clean(folder: Path, text: str, *, name: str = "plan", **stated: object) -> ProjectRecords:
    options = {"privacy": PrivacySettings(people_key="k"), **stated}
    settings = Settings(root=folder, **options)  # type: ignore[arg-type]
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    (export,) = read_export(path, settings, until=dt.date(2026, 9, 30))
    return clean_projects(export, settings)


def rows_of(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Rows as tuples, missing cells as None."""
    wanted = frame[list(columns)].astype(object)
    return list(wanted.where(wanted.notna(), None).itertuples(index=False, name=None))


def test_every_row_of_an_export_is_a_project_an_item_or_an_orphan(tmp_path: Path) -> None:
    rows = (
        "Hub,K-1,1,Epic,,In Progress,A new hub\nDig,K-2,2,Story,K-1,Done,A hole\n"
        "Lost,K-3,3,Story,K-9,Open,No parent\nPart,K-4,4,Epic,K-1,Open,A part\n"
    )
    made = clean(tmp_path, JIRA + rows, name="jira")
    assert rows_of(made.projects, "project_id", "source_file", "title", "parent_id") == [
        ("jira:K-1", "jira.csv", "Hub", None),
        ("jira:K-4", "jira.csv", "Part", "K-1"),
    ]
    whole = ["source_file", "source_row", "project_id", "title", "description", "type"]
    assert list(made.work_items) == [*whole, "status_type"]
    assert rows_of(made.work_items, *made.work_items) == [
        ("jira.csv", 3, "jira:K-1", "Dig", "A hole", "Story", "done")
    ]
    told = ["source_file", "sheet_name", "source_row", "outcome_type", "project_id", "reason"]
    assert rows_of(made.row_outcomes, *told) == [
        ("jira.csv", "", 2, "project", "jira:K-1", ""),
        ("jira.csv", "", 5, "project", "jira:K-4", ""),
        ("jira.csv", "", 3, "rolled_up", "jira:K-1", "item of a project"),
        ("jira.csv", "", 4, "set_aside", None, "item without a project"),
    ]
    assert rows_of(made.keys, *made.keys) == [
        ("K-1", "jira:K-1"),
        ("K-2", "jira:K-1"),
        ("K-4", "jira:K-4"),
    ]
    found = ["source_file", "source_row", "value", "severity_type", "table_name", "rule_name"]
    assert rows_of(made.issues, *found) == [
        ("jira.csv", 4, "Lost", "warning", "work_items", "item without a project")
    ]
    assert made.issues["message"].tolist() == ["No project stands above it. Export its parent too."]


def test_ids_come_from_the_key_else_from_the_title(tmp_path: Path) -> None:
    rows = f",Open: a  Hub!,S,,,,,\n,{'Wide ' * 20},S,,,,,\n7,A,S,,,,,\n7,B,S,,,,,\n7,C,S,,,,,\n"
    made = clean(tmp_path, PLAN + rows, name="my.own plan")
    assert made.projects["project_id"].tolist() == [
        "my.own plan:open-a-hub",
        "my.own plan:" + ("wide-" * 12),
        "my.own plan:7",
        "my.own plan:7#2",
        "my.own plan:7#3",
    ]
    # A key made up for the row finds no booking.
    assert rows_of(made.keys, "item_key") == [("7",)] * 3
    assert made.projects["source_file"].tolist() == ["my.own plan.csv"] * 5


def test_items_of_a_repeated_key_belong_to_the_last_that_has_it(tmp_path: Path) -> None:
    rows = "A,K-1,1,Epic,,,\nB,K-1,2,Epic,,,\nC,K-2,3,Story,K-1,,\n"
    made = clean(tmp_path, JIRA + rows, name="jira")
    assert made.projects["project_id"].tolist() == ["jira:K-1", "jira:K-1#2"]
    assert made.work_items["project_id"].tolist() == ["jira:K-1#2"]


def test_without_a_stated_unit_a_blank_unit_stays_blank(tmp_path: Path) -> None:
    assert rows_of(clean(tmp_path, PLAN + "1,A,Own,,,,,\n2,B,,,,,,\n").projects, "unit_name") == [
        ("Own",),
        (None,),
    ]
    stated = (ExportSettings(match="*", unit_name="Stated"),)
    bare = clean(tmp_path, "ID,Title,Owner,Status\n1,A,Ada,active\n", export=stated)
    assert bare.projects["unit_name"].tolist() == ["Stated"]
    bare = clean(tmp_path, "ID,Title,Owner,Status\n1,A,Ada,active\n")
    assert bare.projects["unit_name"].isna().all()


@pytest.mark.parametrize("column", ["labels", "owner", "team", "type"])
def test_a_status_in_any_of_four_other_columns_is_told(tmp_path: Path, column: str) -> None:
    names = ["labels", "owner", "team", "type"]
    shifted = ["active" if name == column else "" for name in names]
    text = PLAN + f"1,A,S,,,,,active\n2,B,S,{','.join(shifted)},\n3,C,S,x,x,x,x,\n"
    issues = clean(tmp_path, text).issues
    found = issues[issues["rule_name"] == "cells may be shifted"]
    told = ["project_id", "source_file", "source_row", "value", "message"]
    assert rows_of(found, *told) == [
        (
            "plan:2",
            "plan.csv",
            3,
            "B",
            "The status stands in another column of this row. Check it where it came from.",
        )
    ]


def test_a_list_without_a_status_column_has_no_shifted_cells(tmp_path: Path) -> None:
    made = clean(tmp_path, "ID,Title,Owner\n1,A,active\n")
    assert made.issues.empty


def test_a_row_set_right_again_is_told(tmp_path: Path) -> None:
    # One cell too many, and only as a second label does it leave both dates where they belong.
    head = "Summary,Issue key,Issue id,Issue Type,Labels,Due date,Comment,Created\n"
    rows = "T,K-1,1,Epic,a,b,17/Jul/25 10:44 AM,hello,18/Jul/25 9:00 AM\n"
    rows += "U,K-2,2,Epic,a,17/Jul/25 10:44 AM,hello,18/Jul/25 9:00 AM\n"
    made = clean(tmp_path, head + rows, name="jira")
    found = made.issues[made.issues["rule_name"] == "row realigned"]
    told = ["project_id", "source_file", "source_row", "value", "message"]
    assert rows_of(found, *told) == [
        (
            "jira:K-1",
            "jira.csv",
            2,
            "T",
            "It had more cells than headings; the surplus fits behind one field only. "
            "Check the row, or export again with a heading for each value.",
        )
    ]


def test_a_sheet_beside_the_list_has_no_project_and_all_its_rows_set_aside(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path, privacy=PrivacySettings(people_key="k"))
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Plan").write_row(0, 0, PLAN.strip().split(","))
        book.worksheets()[0].write_row(1, 0, ["1", "A", "S", "", "", "", "", "active"])
        book.add_worksheet("Notes").write_row(0, 0, ["Ask Bo"])
    exports = read_export(path, settings, until=dt.date(2026, 9, 30))
    assert [one.sheet_name for one in exports] == ["Plan", "Notes"]
    made = clean_projects(exports[1], settings)
    assert made.projects.empty and made.work_items.empty and made.issues.empty
    told = ["sheet_name", "source_row", "outcome_type", "reason"]
    assert rows_of(made.row_outcomes, *told) == [("Notes", 1, "set_aside", "sheet holds no list")]


def test_an_order_of_day_and_month_nobody_can_tell_is_told_once(tmp_path: Path) -> None:
    text = "ID,Title,Owner,Start date\n1,A,Ada,03/04/2026\n2,B,Ada,05/06/2026\n"
    made = clean(tmp_path, text)
    assert not made.date_order.is_sure
    told = ["source_file", "column_name", "rule_name", "value", "message"]
    assert rows_of(made.issues, *told) == [
        (
            "plan.csv",
            "start_date",
            "date order not sure",
            made.date_order.reason,
            "State it in portfolio.toml: [[export]] match, day_first = true or false.",
        )
    ]
    stated = clean(tmp_path, text, export=(ExportSettings(match="*", day_first=False),))
    assert stated.issues.empty and stated.date_order.is_sure
    assert stated.projects["start_date"].dt.month.tolist() == [3, 5]


def test_a_day_of_effort_is_as_long_as_the_settings_say(tmp_path: Path) -> None:
    text = "ID,Title,Owner,Estimated effort\n1,A,Ada,2d\n"
    hours = clean(tmp_path, text).projects["planned_effort_hours"]
    assert hours.tolist() == [16]


def test_money_in_another_currency_keeps_its_origin(tmp_path: Path) -> None:
    text = "ID,Title,Owner,Budget\n1,A,Ada,£100\n2,B,Ada,€50\n3,C,Ada,$9\n"
    money = MoneySettings(currency="EUR", rates={"GBP": 1.2})
    made = clean(tmp_path, text, money=money)
    assert rows_of(made.projects, "budget_cost") == [(120.0,), (50.0,), (None,)]
    told = ["project_id", "column_name", "original_amount", "original_currency", "rate"]
    assert rows_of(made.conversions, *told) == [("plan:1", "budget_cost", 100.0, "GBP", 1.2)]
    assert rows_of(made.issues, "project_id", "rule_name") == [("plan:3", "no rate for USD")]


@pytest.mark.parametrize("word", ["", " ", "-", "N/A", "na", "None", "TBD", "k.A.", "?", "."])
def test_words_that_say_nothing(word: str) -> None:
    assert is_blank(word)


def test_what_says_nothing_and_what_says_something() -> None:
    assert all(is_blank(cell) for cell in (None, pd.NaT, float("nan")))
    assert not any(is_blank(cell) for cell in (0, 0.0, False, "no", "0", "n.a. soon", [], ()))


def test_each_distinct_cell_is_parsed_once_by_type_and_value() -> None:
    asked: list[object] = []

    def parse(cell: object) -> object:
        asked.append(cell)
        return {"a": 1, "b": 2, 1: 3}.get(cell)  # type: ignore[call-overload]

    cells = pd.Series(["a", "x", None, "-", "b", "a", 1, True, "x"], index=list("stuvwxyza"))
    made = clean_each(cells.astype(object), parse, dtype="Float64", fault="odd")
    assert [(type(one), one) for one in asked] == [
        (str, "a"),
        (str, "x"),
        (str, "b"),
        (int, 1),
        (bool, True),
    ]
    assert made.series.index.tolist() == made.faults.index.tolist() == list("stuvwxyza")
    assert made.series.dtype == "Float64" and made.faults.dtype == "str"
    values = made.series.astype(object).where(made.series.notna(), None).tolist()
    assert values == [1, None, None, None, 2, 1, 3, 3, None]
    faults = made.faults.astype(object).where(made.faults.notna(), None).tolist()
    assert faults == [None, "odd", None, None, None, None, None, None, "odd"]
    assert made.note == ""
    blank = clean_each(pd.Series([None, "-"], dtype=object), parse, dtype="Float64", fault="odd")
    assert blank.faults.dtype == "str" and blank.faults.isna().all()
