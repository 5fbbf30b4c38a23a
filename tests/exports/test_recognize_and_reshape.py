"""Tools told from headings; rows named, placed and, where they are no record, set aside."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dualtrack.config import ExportSettings, Settings
from dualtrack.errors import ExportError
from dualtrack.exports import Export, read_column_maps, read_export, read_exports
from dualtrack.exports.rollup import roll_up
from dualtrack.schema import TABLES

UNTIL = dt.date(2026, 9, 30)


def read_text(tmp_path: Path, text: str, name: str = "list.csv") -> Export:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_export(path, Settings(root=tmp_path), until=UNTIL)[0]


@pytest.mark.parametrize(
    ("tool", "headings"),
    [
        ("jira", "Summary,Issue key,Issue id,Issue Type,Status"),
        ("jira", "Resumen,Clave de incidencia,ID de la incidencia,Estado"),
        ("azure-devops", "\ufeffID,Work Item Type,Title 1,Title 2,State"),
        ("azure-devops", "ID,Work Item Type,Title,Assigned To,State,Tags"),
        ("planner", "Task ID,Task Name,Bucket Name,Progress,Priority"),
        ("timesheet", "Issue Key,Hours,Work date,Full name"),
        ("generic", "Nr.,Thema,Verantw.,Termin,Kosten (€)"),
    ],
)
def test_tool_is_told_from_its_headings(tmp_path: Path, tool: str, headings: str) -> None:
    width = headings.count(",") + 1
    export = read_text(tmp_path, headings + "\n" + ",".join(["1"] * width) + "\n")
    assert export.source_tool == tool


def test_order_of_headings_does_not_matter(tmp_path: Path) -> None:
    text = "Status, issue  TYPE ,Issue id,Summary,ISSUE KEY\nx,Epic,1,T,K-1\n"
    export = read_text(tmp_path, text)
    assert export.source_tool == "jira"
    assert export.frame.loc[0, "item_key"] == "K-1"


def test_title_rows_blank_rows_totals_and_ragged_rows_are_set_aside(tmp_path: Path) -> None:
    text = "Our list,,\n,,\nTitle,Owner,Due\nA,x,2026-01-01\n,,\nB,y,2026-01-02,extra\nTotal,,\n"
    export = read_text(tmp_path, text)
    assert export.frame["title"].tolist() == ["A"]
    assert export.set_aside["reason"].tolist() == [
        "above the headings",
        "blank row",
        "blank row",
        "ragged: 4 cells under 3 headings",
        "total row",
    ]
    assert export.row_count == 6


def test_repeated_labels_are_joined(tmp_path: Path) -> None:
    text = "Summary,Issue key,Issue id,Issue Type,Labels,Labels\nT,K-1,1,Epic,a,b\n"
    assert read_text(tmp_path, text).frame.loc[0, "labels"] == "a; b"


def test_tree_query_places_items_under_the_filled_title_above(tmp_path: Path) -> None:
    text = (
        "ID,Work Item Type,Title 1,Title 2,Title 3,State\n1,Epic,E,,,New\n2,Feature,,F,,New\n"
        "3,Task,,,T,New\n4,Epic,E2,,,New\n"
    )
    rolled = roll_up(read_text(tmp_path, text).frame)
    assert rolled["root_key"].tolist() == ["1", "1", "1", "4"]
    assert rolled["is_project"].tolist() == [True, False, False, True]


def test_items_roll_up_through_parents_and_orphans_have_no_root(tmp_path: Path) -> None:
    text = (
        "Summary,Issue key,Issue id,Issue Type,Parent key\nE,K-1,1,Epic,\nS,K-2,2,Story,K-1\n"
        "T,K-3,3,Sub-task,K-2\nO,K-4,4,Story,\n"
    )
    rolled = roll_up(read_text(tmp_path, text).frame)
    assert rolled["root_key"].tolist()[:3] == ["K-1"] * 3
    assert rolled["root_key"].isna().tolist() == [False, False, False, True]


def test_a_circle_of_parents_ends(tmp_path: Path) -> None:
    text = (
        "Summary,Issue key,Issue id,Issue Type,Parent key\nE,K-1,1,Epic,\nA,K-2,2,Story,K-3\n"
        "B,K-3,3,Story,K-2\n"
    )
    assert roll_up(read_text(tmp_path, text).frame)["root_key"].isna().tolist()[1:] == [True, True]


def test_unknown_file_says_what_was_found_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"list\.csv.*'alpha'.*column map"):
        read_text(tmp_path, "alpha,beta\n1,2\n")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "", "is empty"),
        ("a.mpp", "x", "as XML"),
        ("a.docx", "x", "not read"),
    ],
)
def test_unreadable_files_name_the_file_and_the_way_out(
    tmp_path: Path, name: str, content: str, words: str
) -> None:
    with pytest.raises(ExportError, match=f"{name}.*{words}"):
        read_text(tmp_path, content, name)


def test_missing_and_empty_folders_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such folder"):
        read_exports(tmp_path / "none", Settings(), until=UNTIL)
    with pytest.raises(ExportError, match="no export in it"):
        read_exports(tmp_path, Settings(), until=UNTIL)


def test_unknown_column_map_lists_the_tools(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Title,Owner,Due\nA,x,2026-01-01\n", encoding="utf-8")
    stated = Settings(export=(ExportSettings(match="*.csv", column_map="jra"),), root=tmp_path)
    with pytest.raises(ExportError, match="'jira'"):
        read_export(tmp_path / "list.csv", stated, until=UNTIL)


def test_column_maps_name_only_fields_that_have_a_place() -> None:
    helpers = {
        "status_category",
        "title_level",
        "outline_level",
        "is_null",
        "is_milestone",
        "currency",
        "parent_key",
        "milestones",
        "work_date",
        "ends_at",
        "held_time",
        "ends_time",
        "is_all_day",
        "status",
        "privacy",
        "attendee_names",
    }
    for column_map in read_column_maps():
        known = set(TABLES[column_map.table_name].column_names) | helpers
        assert {column.field for column in column_map.column} <= known, column_map.tool


def test_surplus_cells_go_where_alone_the_dates_stay_in_place(tmp_path: Path) -> None:
    head = "Summary,Issue key,Issue id,Issue Type,Labels,Due date,Comment,Created\n"
    row = "T,K-1,1,Epic,a,b,17/Jul/25 10:44 AM,hello,18/Jul/25 9:00 AM\n"
    export = read_text(tmp_path, head + row)
    assert export.frame.loc[0, "labels"] == "a; b"
    assert export.frame.loc[0, "forecast_finish_date"] == "17/Jul/25 10:44 AM"
    assert export.frame.loc[0, "is_realigned"]


def test_surplus_cells_that_could_stand_in_two_places_are_set_aside(tmp_path: Path) -> None:
    head = "Summary,Issue key,Issue id,Issue Type,Labels,Sprint,Created\n"
    export = read_text(tmp_path, head + "T,K-1,1,Epic,a,b,c,18/Jul/25 9:00 AM\n")
    assert export.frame.empty
    assert export.set_aside["reason"].tolist() == ["ragged: 8 cells under 7 headings"]


def test_the_project_level_can_be_stated(tmp_path: Path) -> None:
    text = (
        "Summary,Issue key,Issue id,Issue Type,Parent key\nE,K-1,1,Epic,\nC,K-2,2,Change,K-1\n"
        "S,K-3,3,Story,K-2\n"
    )
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    stated = Settings(
        export=(ExportSettings(match="*.csv", project_types=("Change",)),), root=tmp_path
    )
    export = read_export(tmp_path / "list.csv", stated, until=UNTIL)[0]
    assert roll_up(export.frame)["root_key"].tolist()[1:] == ["K-2", "K-2"]
