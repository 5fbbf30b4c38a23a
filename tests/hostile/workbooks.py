"""Hostile workbooks, written part by part as no spreadsheet program would."""

from __future__ import annotations

import io
import zipfile

from tests.hostile.case import LAUGHS, PASSWORDS, Case, Parts

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
START = '<?xml version="1.0"?>'
HEADINGS = ["Title", "Owner", "Start date", "Due date", "Budget", "Status"]
HUB = ["Hub", "Ada", "2026-01-05", "2026-12-31", "1200", "Open"]
MB = 2**20


def text_cell(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    texts = (text_cell(f"{'ABCDEFGHIJ'[place]}{number}", one) for place, one in enumerate(cells))
    return f'<row r="{number}">{"".join(texts)}</row>'


LIST = row(1, *HEADINGS) + row(2, *HUB)


def sheet(more: str = "", *, before: str = "", after: str = "", doctype: str = "") -> bytes:
    """A sheet that holds a small list, and what is given."""
    start = f'{START}{doctype}<worksheet xmlns="{_SHEETS}">{before}'
    return f"{start}<sheetData>{LIST}{more}</sheetData>{after}</worksheet>".encode()


def xlsx(*sheets: bytes | tuple[bytes, int]) -> Parts:
    """Parts of a workbook with these sheets."""
    named = {f"{number}": one for number, one in enumerate(sheets, start=1)}
    entries = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in named)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in named
    )
    top = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>'
    book = f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>'
    parts: Parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": (relations % top).encode(),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": (relations % links).encode(),
    }
    return parts | {f"xl/worksheets/sheet{n}.xml": one for n, one in named.items()}


def ods_cell(text: str, attributes: str = "") -> str:
    start = f'<table:table-cell office:value-type="string" {attributes}>'
    return f"{start}<text:p>{text}</text:p></table:table-cell>"


def ods_row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def ods_blanks(count: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def ods(*sheets: str) -> Parts:
    """Parts of a workbook whose sheets hold a small list each, and what is given."""
    rows = "".join(ods_row("".join(map(ods_cell, cells))) for cells in (HEADINGS, HUB))
    tables = "".join(
        f'<table:table table:name="S{n}">{rows}{one}</table:table>' for n, one in enumerate(sheets)
    )
    content = (
        f'{START}<office:document-content xmlns:office="{_OASIS}office:1.0" '
        f'xmlns:table="{_OASIS}table:1.0" xmlns:text="{_OASIS}text:1.0"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        f"</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0"/>'
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest.encode(),
        "content.xml": content.encode(),
    }


def ods_cut() -> Parts:
    """An ODS whose XML ends in the note of a cell: python-calamine by itself never ends on it."""
    note = "<office:annotation><text:p>the last of it</text:p></office:annotation>"
    parts = ods(ods_row(f'<table:table-cell office:value-type="string">{note}</table:table-cell>'))
    content = parts["content.xml"]
    assert isinstance(content, bytes)
    return parts | {"content.xml": content[: content.index(b"the last of it") + 4]}


def ods_in(encoding: str) -> Parts:
    """An ODS that declares an encoding; its bytes are UTF-8."""
    parts = ods(ods_row("".join(map(ods_cell, ("Møte", "Åse", "", "", "", "")))))
    content = parts["content.xml"]
    assert isinstance(content, bytes)
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    return parts | {"content.xml": content.replace(START.encode(), declared)}


def lying() -> bytes:
    """A workbook with a part of 50 MB, of which its directory says that it has 100 bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in xlsx(sheet(), sheet()).items():
            assert isinstance(part, bytes)
            container.writestr(name, b" " * 50 * MB if name.endswith("sheet2.xml") else part)
    content = bytearray(file.getvalue())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            place = slice(start + offset, start + offset + 4)
            if int.from_bytes(content[place], "little") == 50 * MB:
                content[place] = (100).to_bytes(4, "little")
    return bytes(content)


def nested() -> Parts:
    """Archives in an archive: nothing looks into them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("big", b"\0" * 20 * MB)
    return {f"level1/{number}.zip": file.getvalue() for number in range(20)}


def merged(*blocks: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in blocks) + "</mergeCells>"


STRINGS = b"<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>" * 25_000
FORMULA = "<row r='3'><c r='A3' t='str'><f>cmd|' /C calc'!A0</f><v>=cmd|' /C calc'!A0</v></c></row>"
EDGE = (
    f'<row r="3">{text_cell("A3", "Edge")}<c r="C3"><v>1e308</v></c><c r="D3"><v>-1e308</v></c>'
    '<c r="E3"><v>1e999</v></c></row>'
)
SCATTERED = '<row r="700000"><c><v>1</v></c></row>' + "<row>" + "<c><v>1</v></c>" * 500 + "</row>"

CASES = [
    Case("sheet unpacks to 700 MB", "a.xlsx", lambda: xlsx((b" " * MB, 700)), "unpacks to"),
    Case(
        "strings unpack to 700 MB",
        "a.xlsx",
        lambda: xlsx(sheet()) | {"xl/sharedStrings.xml": (STRINGS, 700)},
        "unpacks to",
    ),
    Case("ODS unpacks to 700 MB", "a.ods", lambda: {"content.xml": (b" " * MB, 700)}, "unpacks to"),
    Case(
        "sheet of 50 MB without a cell", "a.xlsx", lambda: xlsx((b" " * MB, 50)), "without a cell"
    ),
    Case("tag of 50 MB", "a.xlsx", lambda: xlsx((b" a='<'" * MB, 8)), "a.xlsx"),
    Case("directory that lies", "a.xlsx", lying, "cannot be read as a workbook"),
    Case("30,000 parts", "a.xlsx", lambda: {f"x{n}": b"" for n in range(30_000)}, "30,000 parts"),
    Case("archives in an archive", "a.xlsx", nested, "cannot be read as a workbook"),
    Case("archives in an archive, named zip", "a.zip", nested, "cannot be read as a workbook"),
    Case(
        "cells at the corners of a sheet",
        "a.xlsx",
        lambda: xlsx(sheet(f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>')),
        "17,179,869,184 cells",
    ),
    Case(
        "far cell in the first row",
        "a.xlsx",
        lambda: xlsx(sheet('<row r="3"><c a=">" r=\'ZZ900000\'><v>1</v></c></row>')),
        "cells",
    ),
    Case("cells without a place", "a.xlsx", lambda: xlsx(sheet(SCATTERED)), "cells"),
    Case(
        "17 billion cells declared",
        "a.xlsx",
        lambda: xlsx(sheet(before='<dimension ref="A1:XFD1048576"/>')),
        rows=1,
    ),
    Case(
        "row beyond any sheet",
        "a.xlsx",
        lambda: xlsx(sheet(f'<row r="4294967295">{text_cell("A4294967295", "x")}</row>')),
        "cells",
    ),
    Case(
        "row number of 400 digits",
        "a.xlsx",
        lambda: xlsx(sheet(f'<row r="{"9" * 400}">{text_cell("A" + "9" * 400, "x")}</row>')),
        "cells",
    ),
    Case(
        "column beyond any sheet",
        "a.xlsx",
        lambda: xlsx(sheet(f'<row r="3">{text_cell("ZZZZZZZ3", "x")}</row>')),
        "cells",
    ),
    Case(
        "cell named nothing",
        "a.xlsx",
        lambda: xlsx(sheet(f'<row r="3">{text_cell("", "x")}</row>')),
        "cannot be read as a workbook",
    ),
    Case(
        "whole sheet merged", "a.xlsx", lambda: xlsx(sheet(after=merged("A1:XFD1048576"))), rows=1
    ),
    Case("nothing merged", "a.xlsx", lambda: xlsx(sheet(after=merged("Z90:Z99"))), rows=1),
    Case(
        "column merged 100,000 times",
        "a.xlsx",
        lambda: xlsx(
            sheet(
                "".join(row(n, f"P{n}", "B") for n in range(3, 5_000)),
                after=merged(*["A1:A5000"] * 100_000),
            )
        ),
        "merged blocks",
    ),
    Case(
        "a billion laughs",
        "a.xlsx",
        lambda: xlsx(sheet(row(3, "&j;"), doctype=LAUGHS)),
        "entity",
    ),
    Case(
        "file named by an entity",
        "a.xlsx",
        lambda: xlsx(sheet(row(3, "&j;"), doctype=PASSWORDS)),
        "entity",
    ),
    Case("formula of DDE", "a.xlsx", lambda: xlsx(sheet(FORMULA)), rows=2),
    Case(
        "macros", "a.xlsm", lambda: xlsx(sheet()) | {"xl/vbaProject.bin": b"\xd0\xcf" * 99}, rows=1
    ),
    Case("numbers at the edge", "a.xlsx", lambda: xlsx(sheet(EDGE)), rows=2),
    Case(
        "text that is not there",
        "a.xlsx",
        lambda: xlsx(sheet('<row r="3"><c r="A3" t="s"><v>99999999</v></c></row>')),
        "cannot be read as a workbook",
    ),
    Case("path that climbs", "a.xlsx", lambda: xlsx(sheet()) | {"../../../x.txt": b"x"}, rows=1),
    Case("1,000 sheets", "a.xlsx", lambda: xlsx(*[sheet()] * 1_000), "1,000 sheets"),
    Case(
        "17 billion repeats in an ODS",
        "a.ods",
        lambda: ods(
            ods_row(ods_cell("x", 'table:number-columns-repeated="16384"'), repeated=1048576)
        ),
        "cells",
    ),
    Case(
        "repeat of 19 digits in an ODS",
        "a.ods",
        lambda: ods(ods_row(ods_cell("x"), repeated=9 * 10**18)),
        "cells",
    ),
    Case(
        "cell below a million blank rows in an ODS",
        "a.ods",
        lambda: ods(ods_row("", repeated=1048000) + ods_row(ods_blanks(16000) + ods_cell("x"))),
        "cells",
    ),
    Case(
        "blank rows to the end of each sheet of an ODS",
        "a.ods",
        lambda: ods(*[ods_row(ods_blanks(16384), repeated=1048574)] * 30),
        rows=30,
    ),
    Case("ODS cut inside the note of a cell", "a.ods", ods_cut, "cannot be read as a workbook"),
    Case("ODS in an encoding nobody knows", "a.ods", lambda: ods_in("x-klingon-8"), rows=2),
    Case("ODS in an encoding it is not in", "a.ods", lambda: ods_in("UTF-16"), rows=2),
    Case(
        "encrypted", "a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "a.xlsx"
    ),
    Case("picture", "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "a.xlsx"),
]
