"""Workbook and slides as office programs meet them: no formula from text, splits, alt texts."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pptx
import pytest
from pptx.util import Inches

from dualtrack.errors import PackError
from dualtrack.pack.document import Pack
from dualtrack.pack.exhibit import show_table
from dualtrack.pack.formats.pdf import write_pdf
from dualtrack.pack.formats.pptx import write_pptx
from dualtrack.pack.formats.pptx_slide import Area
from dualtrack.pack.formats.pptx_table import split_rows
from dualtrack.pack.formats.slides import write_slides
from dualtrack.pack.formats.xlsx import write_xlsx
from dualtrack.pack.numbers import pick_numbers
from dualtrack.tables.display import DisplayColumn, DisplayTable
from tests.pack.packs import HOSTILE, make_pack, make_table, unzip


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return make_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="module")
def book(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    path = tmp_path_factory.mktemp("book") / "pack.xlsx"
    write_xlsx(pack, path)
    return {name: part.decode("utf-8", "ignore") for name, part in unzip(path).items()}


@pytest.fixture(scope="module")
def deck(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deck") / "pack.pptx"
    write_pptx(pack, path)
    return path


def test_no_text_becomes_a_formula_or_a_link(book: dict[str, str]) -> None:
    sheets = [part for name, part in book.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 7  # contents, two tables, decisions, findings, issues, provenance
    assert not any("<f>" in part or "<f " in part for part in sheets)
    assert "=1+1" in book["xl/sharedStrings.xml"] and "=list.csv" in book["xl/sharedStrings.xml"]
    assert not any("externalLink" in name for name in book)
    # Cells a person could turn into a formula by editing them are marked as text.
    quoted = [
        place
        for place, one in enumerate(
            re.findall(r"<xf [^>]*?/?>", book["xl/styles.xml"].split("<cellXfs")[1])
        )
        if 'quotePrefix="1"' in one
    ]
    cells = [cell for part in sheets for cell in re.findall(r'<c r="\w+" s="(\d+)" t="s">', part)]
    assert sum(int(one) in quoted for one in cells) >= 6


def test_sheets_are_frozen_filtered_and_formatted(book: dict[str, str]) -> None:
    sheet = book["xl/worksheets/sheet2.xml"]
    assert '<pane xSplit="1" ySplit="6"' in sheet and 'autoFilter ref="A6:G12"' in sheet
    styles = book["xl/styles.xml"]
    wanted = ("#,##0", "#,##0.0", "0%", "mmm yyyy")
    assert all(f'formatCode="{code}"' in styles for code in wanted)


def test_chart_is_drawn_from_the_cells_without_the_total(book: dict[str, str]) -> None:
    chart = book["xl/charts/chart1.xml"]
    assert re.findall(r"<c:f>(.*?)</c:f>", chart)[:2] == ["mix!$A$8:$A$12", "mix!$B$8:$B$12"]
    assert '<c:min val="0"/>' in chart and "0072B2" in chart and "882255" in chart


def test_every_drawing_chart_and_table_has_words_and_every_slide_notes(deck: Path) -> None:
    slides = pptx.Presentation(deck).slides
    shown = [
        shape
        for slide in slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.shape_type == 13
    ]
    assert len(shown) == 4
    assert all(shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in shown)
    assert all(slide.has_notes_slide for slide in slides)
    assert "snapshot 0123456789ab" in slides[1].notes_slide.notes_text_frame.text


def test_a_drawing_is_there_as_vectors_too(deck: Path) -> None:
    parts = unzip(deck)
    drawings = [name for name in parts if name.endswith(".svg")]
    assert len(drawings) == 1 and parts[drawings[0]].lstrip().startswith(b"<?xml")
    assert b"svgBlip" in parts["ppt/slides/slide2.xml"]
    assert 'Extension="svg"' in parts["[Content_Types].xml"].decode() or (
        "image/svg+xml" in parts["[Content_Types].xml"].decode()
    )


def test_long_tables_go_on_with_the_next_slide_and_say_what_is_left_out(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"title": [f"Project {n} " + "word " * 12 for n in range(200)], "n": range(200)}
    )
    table = DisplayTable(
        frame, (DisplayColumn("title", "Project"), DisplayColumn("n", "No.", "count"))
    )
    pack = make_pack(tmp_path, "# One?", show_table(table, key="long", title="Many are late"))
    write_pptx(pack, tmp_path / "long.pptx")
    slides = list(pptx.Presentation(tmp_path / "long.pptx").slides)[1:]
    assert [slide.shapes.title.text for slide in slides] == [
        f"Many are late ({number} of 4)" for number in range(1, 5)
    ]
    rows = [len(s.table.rows) - 1 for slide in slides for s in slide.shapes if s.has_table]
    told = " ".join(s.text_frame.text for s in slides[-1].shapes if s.has_text_frame)
    assert f"{200 - sum(rows)} more rows are in the page and the workbook" in told
    heights = [
        sum(row.height for row in shape.table.rows) + shape.top
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
    ]
    assert max(heights) <= Inches(7.5)

    write_slides(pack, tmp_path / "long.slides.html")
    assert "more rows are in the page" in (tmp_path / "long.slides.html").read_text("utf-8")


def test_rows_are_spread_evenly_and_none_is_lost() -> None:
    numbers = pick_numbers(make_table(rows=31))
    pages = split_rows(numbers, Area(0, 0, 12, 4))
    assert [place for rows in pages for place in rows] == list(range(31))
    assert max(len(rows) for rows in pages) - min(len(rows) for rows in pages) <= len(pages)


def test_a_company_template_gives_size_and_layouts(tmp_path: Path, pack: Pack) -> None:
    own = pptx.Presentation()
    own.slide_width, own.slide_height = Inches(12), Inches(8)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "A slide of the template"
    own.save(tmp_path / "own.pptx")
    write_pptx(pack, tmp_path / "out.pptx", template=tmp_path / "own.pptx")
    made = pptx.Presentation(tmp_path / "out.pptx")
    assert (made.slide_width, made.slide_height) == (Inches(12), Inches(8))
    titles = [slide.shapes.title.text for slide in made.slides]
    assert titles[0].startswith("North & South") and "A slide of the template" not in titles
    outside = [
        shape
        for slide in made.slides
        for shape in slide.shapes
        if shape.left + shape.width > Inches(12.01) or shape.top > Inches(8)
    ]
    assert not outside
    (tmp_path / "bad.pptx").write_text("no deck")
    with pytest.raises(PackError, match="not a slide deck"):
        write_pptx(pack, tmp_path / "out.pptx", template=tmp_path / "bad.pptx")


def test_packs_with_nothing_in_them_are_written(tmp_path: Path) -> None:
    empty = DisplayTable(make_table().frame.head(0), make_table().columns, "", make_table().chart)
    pack = make_pack(
        tmp_path, "# What?", "## Load", show_table(empty, key="e", title="None is late")
    )
    write_pptx(pack, tmp_path / "e.pptx")
    write_xlsx(pack, tmp_path / "e.xlsx")
    write_pdf(pack, tmp_path / "e.pdf")
    write_slides(pack, tmp_path / "e.slides.html")
    assert len(pptx.Presentation(tmp_path / "e.pptx").slides) == 2
    assert (tmp_path / "e.pdf").read_bytes().startswith(b"%PDF-")


def test_pdf_takes_any_text_and_carries_title_and_tags(tmp_path: Path, pack: Pack) -> None:
    write_pdf(pack, tmp_path / "p.pdf")
    content = (tmp_path / "p.pdf").read_bytes()
    assert b"/StructTreeRoot" in content and b"/Outlines" in content and b"/Lang" in content
    assert content.count(b"/Subtype /Link") + content.count(b"/Subtype/Link") > 0
    assert HOSTILE[0].encode() not in content  # text is set, not carried along as it is
