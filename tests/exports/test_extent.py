"""How far sheets reach is told from their tags as the reader of workbooks takes them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from dualtrack.exports.sheet_extent import count_ods, count_xlsx
from dualtrack.exports.workbook import read_workbook
from dualtrack.exports.workbook_limits import check_workbook
from dualtrack.exports.xlsb_extent import find_xlsb_sheets, measure_xlsb
from tests.exports.writers import write_ods, write_xlsx


def sheet(tags: str) -> list[bytes]:
    return [f"<worksheet><sheetData>{tags}</sheetData></worksheet>".encode()]


@pytest.mark.parametrize(
    ("tags", "cells"),
    [
        ("", 0),
        ('<row r="1"><c r="A1"/></row>', 1),
        ('<row r="2"><c r="C2"/></row>', 6),
        ("<row r='2'><c s='1' r = 'C2'></c></row>", 6),
        ('<x:row r="2"><x:c r="C2"/></x:row>', 6),
        ("<row><c/><c/></row><row><c/></row>", 4),
        ('<row r="5"><c/><c/></row>', 10),
        ('<row r="5"><c r="B5"/><c/></row><row><c/></row>', 18),
        ('<row r="1"><c r="AA3"/></row>', 81),
        ('<cols><col min="1" max="9"/></cols><row r="1"><c r="A1"/></row>', 1),
    ],
)
def test_cells_of_an_xlsx_sheet(tags: str, cells: int) -> None:
    assert count_xlsx(sheet(tags)) == cells


def test_parts_that_are_no_sheet_have_no_cells() -> None:
    assert count_xlsx([b'<calcChain><c r="XFD1048576" i="1"/></calcChain>']) == 0


def ods_row(cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{cells}</table:table-row>"


FILLED = '<table:table-cell office:value-type="string"/>'


@pytest.mark.parametrize(
    ("tags", "cells"),
    [
        (ods_row(FILLED * 2), 2),
        (ods_row("<table:table-cell/>" + FILLED), 2),
        (ods_row(FILLED + '<table:table-cell table:number-columns-repeated="16000"/>'), 1),
        (ods_row(FILLED) + ods_row("", 'table:number-rows-repeated="1000000"'), 1),
        (ods_row("", 'table:number-rows-repeated="99"') + ods_row(FILLED), 100),
        (ods_row(FILLED, 'table:number-rows-repeated="10"'), 10),
        (ods_row(FILLED) + '<table:table table:name="2">' + ods_row(FILLED * 3), 4),
    ],
)
def test_cells_of_an_ods(tags: str, cells: int) -> None:
    assert count_ods([f'<table:table table:name="1">{tags}'.encode()]) == cells


def record(kind: int, content: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


def test_cells_of_an_xlsb_sheet_also_where_a_record_is_cut_in_two() -> None:
    number = (99).to_bytes(4, "little")
    content = record(129, b"") + record(0, number + b"\0" * 13) + record(7, number + b"\0" * 8)
    content += record(146, b"")
    for cut in range(len(content)):
        assert measure_xlsb(iter([content[:cut], content[cut:]])) == 100 * 100


def test_an_xlsb_record_of_gigabytes_is_refused() -> None:
    with pytest.raises(ValueError, match="a record of"):
        measure_xlsb(iter([b"\x00\xff\xff\xff\x7f"]))


def test_sheets_of_an_xlsb_are_those_its_workbook_names() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        links = '<Relationship Target="worksheets/sheet1.bin"/><Relationship Target="/xl/any.x"/>'
        container.writestr("xl/_rels/workbook.bin.rels", links)
        for name in ("xl/worksheets/sheet1.bin", "xl/any.x", "xl/other.bin"):
            container.writestr(name, b"")
    with zipfile.ZipFile(file) as container:
        assert find_xlsb_sheets(container) == {"xl/worksheets/sheet1.bin", "xl/any.x"}


def test_workbooks_that_programs_write_pass_and_are_measured_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(path) as book:
        one = book.add_worksheet()
        one.write(299, 1, "long")
        book.add_worksheet().write(1, 799, "wide")
    check_workbook(path)
    assert [len(sheet.rows) * len(sheet.rows[0]) for sheet in read_workbook(path)] == [600, 1600]
    with zipfile.ZipFile(path) as container:
        parts = [container.read(f"xl/worksheets/sheet{n}.xml") for n in (1, 2)]
    assert [count_xlsx([part]) for part in parts] == [600, 1600]
    table = [["Title", "Owner"], ["Hub", "Ada"]]
    check_workbook(write_xlsx(tmp_path / "list.xlsx", table))
    check_workbook(write_ods(tmp_path / "list.ods", table))
