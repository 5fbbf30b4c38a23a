"""CSV and its kin: encodings, separators, every cell kept."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dualtrack.errors import ExportError
from dualtrack.exports.delimited import read_delimited


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


@pytest.mark.parametrize("cell", ["x" * 200_000, '5|"' + "x" * 200_000])
def test_a_cell_may_be_longer_than_csv_allows_by_itself(tmp_path: Path, cell: str) -> None:
    """Also the cells that a wrong separator would make while the right one is looked for."""
    csv.field_size_limit(131_072)  # as Python starts
    path = tmp_path / "list.csv"
    path.write_text(f"Title,Text\nHub,{cell}\n", encoding="utf-8")
    assert read_delimited(path)[0].rows[1] == ["Hub", cell]


def test_quotes_tell_the_separator_from_signs_inside_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('"Title","; Tags;"\n"Hub","; a;"\n', encoding="utf-8")
    assert read_delimited(path)[0].rows == [["Title", "; Tags;"], ["Hub", "; a;"]]


def test_a_slip_in_the_quotes_does_not_change_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('Title,Text\nHub,"5" pipe"\nPart,a; b\nLast,c\n', encoding="utf-8")
    assert [row[0] for row in read_delimited(path)[0].rows] == ["Title", "Hub", "Part", "Last"]
