"""CSV and its kin: encodings, separators, every cell kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.errors import ExportError
from dualtrack.exports.delimited import read_delimited

CELL = st.text(
    alphabet=st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"),
    max_size=12,
)


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, found: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name,Größe\nÖl – neu,1\n".encode(encoding))
    sheet = read_delimited(path)[0]
    assert sheet.rows[1][0] == "Öl – neu"
    assert sheet.note.startswith(found)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separator_is_the_one_that_gives_even_rows(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f'a{delimiter}b\n"1, 2; 3"{delimiter}x\n', encoding="utf-8")
    assert read_delimited(path)[0].rows[1] == ["1, 2; 3", "x"]


def test_repeated_headings_and_line_breaks_in_cells_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b'Labels,Labels,Text\na,b,"one\r\ntwo"\n')
    sheet = read_delimited(path)[0]
    assert sheet.rows[0] == ["Labels", "Labels", "Text"]
    assert sheet.rows[1] == ["a", "b", "one\r\ntwo"]


def test_binary_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00binary")
    with pytest.raises(ExportError, match="Export it as CSV or XLSX"):
        read_delimited(path)


@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=20))
def test_any_table_comes_back_as_written(rows: list[list[str]], tmp_path_factory: object) -> None:
    path = tmp_path_factory.mktemp("csv") / "list.csv"  # type: ignore[attr-defined]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="")
    assert read_delimited(path)[0].rows == [["a", "b", "c"], *rows]
