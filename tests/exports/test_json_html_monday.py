"""JSON, HTML tables and monday.com boards: records counted, rows accounted for, faults named."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualtrack.errors import ExportError
from dualtrack.exports.column_map import read_column_maps
from dualtrack.exports.export import RawSheet
from dualtrack.exports.html_table import is_html_table, read_html_table
from dualtrack.exports.json_file import is_json, read_json
from dualtrack.exports.monday import split_monday
from dualtrack.exports.recognize import recognize
from dualtrack.exports.reshape import reshape_rows
from dualtrack.exports.rollup import roll_up
from dualtrack.exports.workbook import read_workbook

HTML = """\ufeff
<!-- made by a tool --><html><head><meta charset="utf-8"></head><body>
<table><tr><td>small</td></tr></table>
<table><tr><th colspan="4">Jira</th></tr>
<tr><th>Key</th><th>Summary</th><th>Issue Type</th><th>Status</th></tr>
<tr><td>K-1</td><td>Less<br>waste &amp; <b>more</b>
 flow</td><td rowspan="2">Epic</td><td>Open</td></tr>
<tr><td>K-2</td><td>Second</td><td>Done</td></tr>
<tr><td colspan="4">Generated at noon</td></tr></table></body></html>"""

BOARD = {
    "name": "Board",
    "lists": [{"id": "L1", "name": "Doing", "closed": False}],
    "members": [{"id": "m1", "fullName": "Ada"}],
    "customFields": [
        {"id": "c1", "name": "Budget"},
        {"id": "c2", "name": "Health", "options": [{"id": "o1", "value": {"text": "Red"}}]},
    ],
    "cards": [
        {
            "id": "5f5e1000aaaaaaaaaaaaaaaa",
            "name": "One",
            "desc": "**Sponsor:** Bo\nOnce: x\nhttps://x.example",
            "idList": "L1",
            "idMembers": ["m1"],
            "labels": [{"name": "Run"}, {"name": "", "color": "red"}],
            "due": "2026-01-02T00:00:00.000Z",
            "dueComplete": True,
            "closed": True,
            "customFieldItems": [
                {"idCustomField": "c1", "value": {"number": "30"}},
                {"idCustomField": "c2", "idValue": "o1"},
            ],
        },
        {"id": "x", "name": "Two", "desc": "- Sponsor: Cy", "idList": "L9", "idMembers": ["m9"]},
        "no card",
    ],
}


def write(tmp_path: Path, value: object, name: str = "list.json") -> Path:
    path = tmp_path / name
    if isinstance(value, bytes):
        path.write_bytes(value)
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        path.write_text(text, encoding="utf-8")
    return path


def reshape(sheet: RawSheet) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    found = recognize(sheet, read_column_maps())
    assert found is not None
    frame, aside = reshape_rows(sheet, found.column_map, found.heading_position)
    heading = found.heading_position + 1
    above = 0 if sheet.has_own_heading else heading - 1
    rows = len(sheet.rows) - heading + above + len(sheet.set_aside)
    assert len(frame) + len(aside) == rows
    return found.column_map.tool, frame, aside


def read_cells(path: Path) -> list[dict[object, object]]:
    headings, *rows = read_json(path)[0].rows
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_a_trello_board_gives_a_record_per_card_with_names_for_ids(tmp_path: Path) -> None:
    path = write(tmp_path, BOARD)
    assert is_json(path.read_bytes())
    tool, frame, aside = reshape(read_json(path)[0])
    assert tool == "trello"
    assert frame["title"].tolist() == ["One", "Two"]
    assert frame.loc[0, "status_type"] == "Doing"
    assert frame.loc[0, "status_category"] == "Done"
    assert frame.loc[0, "owner"] == "Ada"
    assert frame.loc[1, "owner"] == "m9"
    assert frame.loc[0, "labels"] == "Run; red"
    assert frame.loc[0, "budget_cost"] == "30"
    assert frame.loc[0, "rag_type"] == "Red"
    assert aside[["source_row", "text"]].to_numpy().tolist() == [[3, "no card"]]


def test_archived_cards_stay_and_are_marked_and_ids_tell_the_day_made(tmp_path: Path) -> None:
    first, second, _ = read_cells(write(tmp_path, BOARD))
    assert first["Closed"] == "true"
    assert first["Created"] == "2020-09-13T12:26:40Z"  # 0x5f5e1000 = 1,600,000,000 s
    assert second["Created"] is None


def test_label_lines_become_columns_if_two_cards_have_them(tmp_path: Path) -> None:
    first, second, _ = read_cells(write(tmp_path, BOARD))
    assert (first["Sponsor"], second["Sponsor"]) == ("Bo", "Cy")
    assert "Once" not in first
    assert "Sponsor" in str(first["Card Description"])


def test_jira_json_gets_the_headings_of_its_csv(tmp_path: Path) -> None:
    text = {"type": "text", "text": "Hello"}
    fields = {
        "summary": "S",
        "issuetype": {"name": "Story"},
        "status": {"name": "Doing", "statusCategory": {"name": "In Progress"}},
        "duedate": "2026-01-01",
        "assignee": {"displayName": "Ada"},
        "parent": {"key": "K-0"},
        "customfield_1": {"value": "Ops"},
        "timeoriginalestimate": 57600,
        "labels": ["a", "b"],
        "description": {"type": "doc", "content": [{"type": "paragraph", "content": [text]}]},
    }
    issues = [{"id": "1", "key": "K-1", "fields": fields}, {"id": "2", "key": "K-2", "fields": 3}]
    value = {"names": {"customfield_1": "Business Unit"}, "issues": issues}
    tool, frame, aside = reshape(read_json(write(tmp_path, value))[0])
    assert tool == "jira"
    record = frame.iloc[0].to_dict()
    assert (record["item_key"], record["parent_key"], record["type"]) == ("K-1", "K-0", "Story")
    assert (record["description"], record["labels"]) == ("Hello", "a; b")
    assert (record["unit_name"], record["planned_effort_hours"]) == ("Ops", 57600)
    assert aside["reason"].tolist() == ["no title"]


def test_asana_subtasks_follow_their_task_and_sections_are_set_aside(tmp_path: Path) -> None:
    tasks = [
        {"gid": "9", "name": "To do:", "resource_subtype": "section"},
        {
            "gid": "1200000000000012",
            "name": "T",
            "completed": True,
            "memberships": [{"project": {"name": "P"}, "section": {"name": "Sec"}}],
            "custom_fields": [{"name": "Budget", "number_value": 3, "display_value": "3 EUR"}],
            "subtasks": [{"gid": "13", "name": "sub", "subtasks": [{"gid": "14", "name": "low"}]}],
        },
    ]
    tool, frame, aside = reshape(read_json(write(tmp_path, {"data": tasks}))[0])
    assert tool == "asana-json"
    rolled = roll_up(frame)
    assert rolled["root_key"].tolist() == ["1200000000000012"] * 3
    assert frame["is_project"].tolist() == [True, False, False]
    assert frame.loc[0, ["team_name", "budget_cost"]].tolist() == ["P", 3]
    assert aside["reason"].tolist() == ["section heading"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            [
                {"number": 4, "title": "T", "state": "closed", "state_reason": "not_planned"}
                | {"html_url": "https://github.com/o/r/issues/4", "assignees": [{"login": "ada"}]}
            ],
            {"item_key": "o/r#4", "owner": "ada", "status_category": "canceled"},
        ),
        (
            {
                "items": [
                    {"id": "P", "title": "T", "status": "Doing", "target date": "2026-01-01"}
                    | {"assignees": ["ada"], "content": {"number": 3, "type": "Issue"}}
                ]
            },
            {"item_key": "3", "forecast_finish_date": "2026-01-01", "status_type": "Doing"},
        ),
        (
            [
                {"iid": 7, "title": "T", "state": "opened", "due_date": "2026-02-01"}
                | {"time_stats": {"time_estimate": 3600}, "labels": ["x"]}
            ],
            {"item_key": "7", "status_category": "open", "planned_effort_hours": 3600},
        ),
        (
            {
                "data": {
                    "issues": {
                        "nodes": [
                            {"id": "u", "identifier": "E-1", "title": "T"}
                            | {"state": {"name": "Now", "type": "started"}}
                            | {"labels": {"nodes": [{"name": "l"}]}}
                        ]
                    }
                }
            },
            {"item_key": "E-1", "status_type": "Now", "labels": "l"},
        ),
    ],
    ids=["github", "gh project", "gitlab", "linear"],
)
def test_issues_of_several_tools_share_a_map(
    tmp_path: Path, value: object, expected: dict[str, object]
) -> None:
    tool, frame, _ = reshape(read_json(write(tmp_path, value))[0])
    assert tool == "github-json"
    assert {name: frame.loc[0, name] for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        '[{"title":"A","owner":{"name":"Ada","id":3},"due_date":"2026-01-01"}, 4]',
        '\ufeff{"meta":[{"a":1},{"a":2},{"a":3}],"records":[{"title":"A","owner":{"name":"Ada"},'
        '"dueDate":"2026-01-01"},4]}',
    ],
)
def test_any_list_of_objects_is_read_by_its_keys(tmp_path: Path, text: str) -> None:
    tool, frame, aside = reshape(read_json(write(tmp_path, text))[0])
    assert tool == "generic"
    fields = ["title", "owner", "forecast_finish_date"]
    assert frame.loc[0, fields].tolist() == ["A", "Ada", "2026-01-01"]
    assert aside["text"].tolist() == ["4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_json_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, '[{"title": "Käse", "n": 12345678901234567890}]'.encode(encoding))
    assert is_json(path.read_bytes())
    assert read_cells(path) == [{"Title": "Käse", "n": "12345678901234567890"}]


def test_json_lines_are_a_list(tmp_path: Path) -> None:
    path = write(tmp_path, '{"title": "A"}\n{"title": "B"}\n')
    assert [cells["Title"] for cells in read_cells(path)] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": ', "broken JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"a": NaN}]', "NaN is no number"),
        ('[{"a": 1e999}]', "out of range"),
        ('[{"a": ' + "9" * 10**6 + "}]", "broken JSON"),
        ('"text"', "without a list of objects"),
        ("[]", "without a list of objects"),
        ('{"a": {"b": 1}}', "without a list of objects.*'a'"),
        (b"\xff\xfe\x00", "broken JSON"),
    ],
)
def test_json_without_records_is_an_export_error(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    with pytest.raises(ExportError, match=rf"list\.json.*{words}"):
        read_json(write(tmp_path, text))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
KEYS = st.text(max_size=4) | st.sampled_from(
    [
        "id",
        "name",
        "title",
        "cards",
        "lists",
        "issues",
        "fields",
        "key",
        "data",
        "gid",
        "items",
        "content",
        "number",
        "state",
        "iid",
        "desc",
        "members",
        "labels",
        "idList",
        "idBoard",
        "due",
        "parent",
        "subtasks",
        "memberships",
        "custom_fields",
        "nodes",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=VALUES, name=st.sampled_from(["", "cards", "issues", "data", "items"]))
def test_any_json_gives_a_sheet_or_an_export_error(
    tmp_path: Path, value: object, name: str
) -> None:
    whole = {name: [value], "lists": []} if name else value
    path = write(tmp_path, json.dumps(whole))
    try:
        (sheet,) = read_json(path)
    except ExportError:
        return
    assert len(sheet.rows) == len(sheet.row_numbers)
    assert {len(row) for row in sheet.rows} == {len(sheet.rows[0])}
    str(sheet.rows).encode()
    if recognize(sheet, read_column_maps()) is not None:
        reshape(sheet)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=200), start=st.sampled_from([b"", b"<table>", b"[{", b"\xff\xfe<"])
)
def test_any_bytes_give_a_sheet_or_an_export_error(
    tmp_path: Path, content: bytes, start: bytes
) -> None:
    path = write(tmp_path, start + content)
    is_json(start + content), is_html_table(start + content)
    for read in (read_json, read_html_table):
        try:
            read(path)
        except ExportError:
            continue


def test_the_largest_html_table_is_read_with_spans_and_breaks(tmp_path: Path) -> None:
    path = write(tmp_path, HTML, "jira.xls")
    assert is_html_table(path.read_bytes())
    sheet = read_html_table(path)[0]
    assert sheet.rows[2] == ["K-1", "Less\nwaste & more flow", "Epic", "Open"]
    assert sheet.rows[3] == ["K-2", "Second", "Epic", "Done"]
    tool, frame, aside = reshape(sheet)
    assert tool == "jira-html"
    assert frame["item_key"].tolist() == ["K-1", "K-2"]
    assert aside["reason"].tolist() == ["above the headings", "no title"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_html_is_read_in_the_encoding_it_states(tmp_path: Path, encoding: str) -> None:
    stated = encoding if encoding == "cp1252" else "utf-8"
    text = f'<html><meta charset="{stated}"><table><tr><td>Käse</td></tr></table></html>'
    path = write(tmp_path, text.encode(encoding), "a.xls")
    assert is_html_table(path.read_bytes())
    assert read_html_table(path)[0].rows == [["Käse"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html><body>Log in</body></html>", "without a table"),
        ("<table><tr>" + "<td colspan=1000>x" * 30 + "</table>", "is no list"),
    ],
)
def test_html_without_a_list_is_an_export_error(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ExportError, match=rf"a\.xls.*{words}"):
        read_html_table(write(tmp_path, text, "a.xls"))


def test_many_comments_before_a_page_are_skipped_without_delay() -> None:
    comments = b"<!-- a --> " * 700
    assert is_html_table(comments + b"<table>")
    assert not is_html_table(comments + b"<rss>")


@pytest.mark.parametrize("head", [b"Title;Owner\n", b"<?xml version='1.0'?><Project/>", b"[ID],x"])
def test_text_and_other_xml_are_neither_json_nor_html(head: bytes) -> None:
    assert not is_json(head)
    assert not is_html_table(head)


MONDAY: list[list[object]] = [
    ["Plan"],
    ["Group A"],
    ["Name", "Subitems", "Person", "Status", "Due", "Item ID (auto generated)"],
    ["Hub", "Find,Buy", "Ada", "Done", None, 11],
    ["Subitems", "Name", "Owner", "Status", "Item ID (auto generated)"],
    [None, "Find", "Bo", "Done", 12],
    [None, "Buy", None, None, 13],
    ["Hub", None, "Cy", None, None, 14],
    [None, None, None, None, "2026-01-01 to 2026-02-01"],
    [],
    ["Empty"],
    [],
    ["Group B"],
    ["Name", "Subitems", "Person", "Status", "Due", "Item ID (auto generated)"],
    ["No id"],
]


def split(tmp_path: Path, rows: list[list[object]]) -> RawSheet | None:
    path = tmp_path / "board.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("board")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    board = read_workbook(path)[0]
    return board if board.has_own_heading else None


def test_a_board_becomes_one_table_and_every_other_row_is_set_aside(tmp_path: Path) -> None:
    board = split(tmp_path, MONDAY)
    assert board is not None
    assert board.row_numbers == [0, 4, 6, 7, 8, 15]
    tool, frame, aside = reshape(board)
    assert tool == "monday"
    assert frame["item_key"].tolist() == ["11", "12", "13", "14", "row 15"]
    assert roll_up(frame)["root_key"].tolist() == ["11", "11", "11", "14", "row 15"]
    assert frame["owner"].tolist() == ["Ada", "Bo", None, "Cy", None]
    assert frame["team_name"].tolist() == ["Group A"] * 4 + ["Group B"]
    assert Counter(reason for _, reason, _ in board.set_aside) == {
        "board title": 1,
        "group title": 3,
        "headings of a group": 2,
        "headings of subitems": 1,
        "summary row": 1,
        "blank row": 2,
    }
    assert len(aside) + len(frame) == len(MONDAY)


def test_a_board_without_ids_or_subitems_is_told_by_its_repeated_headings(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Plan"], ["A"], ["Name", "Owner"], ["x", "Ada"], []]
    assert split(tmp_path, rows) is None
    board = split(tmp_path, [*rows, ["B"], ["Name", "Owner"], ["y"], ["z", "Bo"], [None, 5]])
    assert board is not None
    assert [row[5] for row in board.rows] == ["Name", "x", "y", "z"]
    assert [row[3] for row in board.rows[1:]] == ["A", "B", "B"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Name", "Owner"], ["x", "Ada"]],
        [["Board", "Updates"], ["Item ID", "Item Name"], [1, "x"]],
    ],
)
def test_other_sheets_are_no_board(rows: list[list[object]]) -> None:
    assert split_monday(RawSheet(rows, list(range(1, len(rows) + 1)))) is None


def test_real_monday_board_has_its_items_subitems_and_groups(shared: Path) -> None:
    path = shared / "exports/monday/orderly_flow_Q4_2025_SCRUBBED.xlsx"
    board, *others = read_workbook(path)
    assert board.has_own_heading
    assert not any(sheet.has_own_heading for sheet in others)
    tool, frame, aside = reshape(board)
    assert tool == "monday"
    assert frame["is_project"].sum() == 63
    assert (~frame["is_project"].astype(bool)).sum() == 238
    assert frame["team_name"].nunique() == 14
    assert len(frame) + len(aside) == 403
    assert roll_up(frame)["root_key"].notna().all()
    row = frame.set_index("source_row").loc[13]
    assert (row["item_key"], row["parent_key"]) == ("10054845816", "10054843712")
    assert (str(row["forecast_finish_date"]), row["status_type"]) == ("2025-10-08", "Done")


def test_real_trello_card_is_one_record(shared: Path) -> None:
    path = shared / "exports/trello/hanyscz_trello_single-card.json"
    assert is_json(path.read_bytes()[:8192])
    tool, frame, _ = reshape(read_json(path)[0])
    assert tool == "trello"
    assert frame["title"].tolist() == ["Stínování, barevnost"]
    (cells,) = read_cells(path)
    assert cells["Created"] == "2026-03-20T12:08:29Z"  # 0x69bd38bd
    assert cells["Checklist %"] == 20.0
