"""JSON of tools and of any list: records counted, rows accounted for, faults named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualtrack.errors import ExportError
from dualtrack.exports.column_map import read_column_maps
from dualtrack.exports.json_file import is_json, read_json
from dualtrack.exports.recognize import recognize
from dualtrack.exports.rollup import roll_up
from tests.exports.reading import reshape, write
from tests.exports.small_files import BOARD


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


@pytest.mark.parametrize("sign", ["", "\u2028", "\x85"])
def test_json_lines_are_a_list(tmp_path: Path, sign: str) -> None:
    """A line ends with a line feed only: other signs of that kind may stand in a text."""
    path = write(tmp_path, f'{{"title": "A{sign}"}}\n{{"title": "B"}}\n')
    assert [cells["Title"] for cells in read_cells(path)] == [f"A{sign}", "B"]


def test_one_object_with_a_title_in_any_words_is_a_record(tmp_path: Path) -> None:
    path = write(tmp_path, '{"Project name": "A", "Cost centre": 7}', "list.jsonl")
    assert read_cells(path) == [{"Project name": "A", "Cost centre": 7}]


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
NAMES = "id name title cards lists issues fields key data gid items content number "
NAMES += "state iid desc members labels idList idBoard due parent subtasks memberships "
NAMES += "custom_fields nodes"
KEYS = st.text(max_size=4) | st.sampled_from(NAMES.split())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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
