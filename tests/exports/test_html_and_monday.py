"""HTML tables and monday.com boards: records counted, rows accounted for, faults named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import xlsxwriter

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet
from dualtrack.exports.html_table import is_html_table, read_html_table
from dualtrack.exports.json_file import is_json
from dualtrack.exports.monday import split_monday
from dualtrack.exports.rollup import roll_up
from dualtrack.exports.workbook import read_workbook
from tests.exports.reading import reshape, write

HTML = """\ufeff
<!-- made by a tool --><html><head><meta charset="utf-8"></head><body>
<table><tr><td>small</td></tr></table>
<table><tr><th colspan="4">Jira</th></tr>
<tr><th>Key</th><th>Summary</th><th>Issue Type</th><th>Status</th></tr>
<tr><td>K-1</td><td>Less<br>waste &amp; <b>more</b>
 flow</td><td rowspan="2">Epic</td><td>Open</td></tr>
<tr><td>K-2</td><td>Second</td><td>Done</td></tr>
<tr><td colspan="4">Generated at noon</td></tr></table></body></html>"""


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
