"""Every format is written from the same exhibits: the same numbers in each."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pptx
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from dualtrack.errors import PackError
from dualtrack.figures.style import TRACK_COLORS
from dualtrack.pack.document import Pack, name_apart
from dualtrack.pack.file_names import check_formats, file_names, list_links
from dualtrack.pack.files import write_formats
from dualtrack.pack.formats.look import series_color
from dualtrack.pack.manifest import hash_file
from dualtrack.pack.numbers import Numbers, pick_numbers, read_numbers
from tests.pack.packs import COVER, HOSTILE, make_pack, make_table

ALL = check_formats(["html", "slides", "pdf", "pptx", "xlsx", "data"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pack")


@pytest.fixture(scope="module")
def pack(folder: Path) -> Pack:
    return make_pack(folder)


@pytest.fixture(scope="module")
def files(folder: Path, pack: Pack) -> dict[str, str]:
    return write_formats(pack, "north", folder, formats=ALL, there={})


@pytest.fixture(scope="module")
def printed(pack: Pack) -> list[list[str]]:
    numbers = pack.tables["mix"][0].block.numbers
    assert numbers is not None
    return numbers.printed()


def test_the_table_is_worked_out_by_hand(printed: list[list[str]]) -> None:
    assert printed[0] == ["All", "12", "–", "1,234,568", "43 %", "3.2", "Jul 2026"]
    assert printed[1] == ["Team 1", "13", "1", "2,469,135", "50 %", "3.2", "Jul 2026"]


def html_rows(path: Path, place: int) -> list[list[str]]:
    table = html.fromstring(path.read_text("utf-8")).xpath("//table")[place]
    return [[cell.text_content() for cell in row.xpath("td")] for row in table.xpath("tbody/tr")]


def test_page_and_slides_show_the_numbers(
    folder: Path, files: dict[str, str], printed: list[list[str]]
) -> None:
    assert html_rows(folder / "north.html", 0) == printed
    assert html_rows(folder / "north.slides.html", 0) == printed


def test_powerpoint_shows_the_numbers_in_a_table_and_a_chart(
    folder: Path, files: dict[str, str], printed: list[list[str]]
) -> None:
    shapes = [
        one for slide in pptx.Presentation(folder / "north.pptx").slides for one in slide.shapes
    ]
    table = next(one.table for one in shapes if one.has_table)
    shown = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]
    assert shown[1:] == printed
    chart = next(one.chart for one in shapes if one.has_chart)
    assert list(chart.plots[0].categories) == [row[0] for row in printed[1:]]
    drawn = {
        series.name: [f"{value:.0f}" for value in series.values] for series in chart.plots[0].series
    }
    assert drawn == {
        "Operational": [row[1] for row in printed[1:]],
        "Strategic": [row[2] for row in printed[1:]],
    }


def test_workbook_and_data_files_hold_the_numbers(
    folder: Path, files: dict[str, str], pack: Pack
) -> None:
    numbers = pack.tables["mix"][0].block.numbers
    assert numbers is not None
    sheet = CalamineWorkbook.from_path(folder / "north.xlsx").get_sheet_by_name("mix").to_python()
    body = [[None if cell == "" else cell for cell in row[:7]] for row in sheet[6 : 6 + 6]]
    assert [row[:6] for row in body] == [list(row[:6]) for row in numbers.rows]
    assert str(body[0][6]).startswith("2026-07-01")

    told = json.loads((folder / "data/north/pack.json").read_text("utf-8"))
    assert [list(row.values()) for row in told["tables"]["mix"]["rows"]] == [
        list(row) for row in numbers.rows
    ]
    frame = pd.read_parquet(folder / "data/north/mix.parquet")
    assert frame["operational"].tolist() == [12, 13, 14, 15, 16, 17]
    assert frame["budget"].tolist() == numbers.column("budget")
    assert frame["month"].astype(str).tolist() == numbers.column("month")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext to read a PDF with")
def test_pdf_shows_tables_that_have_a_message_and_leaves_numbers_under_figures_out(
    folder: Path, files: dict[str, str], printed: list[list[str]], pack: Pack
) -> None:
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / "north.pdf"), "-"], capture_output=True, text=True
    ).stdout
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert not any(" ".join(row) in lines for row in printed)
    titled = next(one.block for one in pack.exhibits if one.block.kind == "table" and one.title)
    assert titled.numbers is not None and titled.title in text
    assert "#panic" in text and "$x$" in text


def test_one_table_behind_a_figure_and_under_it_is_written_once(pack: Pack) -> None:
    assert list(pack.tables) == ["mix", "list"]
    assert [one.block.key for one in pack.tables["mix"]] == ["mix", "mix-table"]


def test_the_same_pack_is_the_same_bytes(tmp_path: Path, pack: Pack, files: dict[str, str]) -> None:
    again = write_formats(pack, "north", tmp_path, formats=ALL, there={})
    assert again == files and len(files) == 8


def test_only_missing_formats_are_written_and_the_page_links_all(
    tmp_path: Path, pack: Pack
) -> None:
    first = write_formats(pack, "north", tmp_path, formats=["html", "xlsx"], there={})
    assert write_formats(pack, "north", tmp_path, formats=["html"], there=first) == first
    (tmp_path / "copy.xlsx").hardlink_to(tmp_path / "north.xlsx")
    more = write_formats(pack, "north", tmp_path, formats=["html", "data"], there=first)
    assert more["north.xlsx"] == first["north.xlsx"]
    assert list_links("north", more) == [
        ("Page", "north.html"),
        ("Workbook", "north.xlsx"),
        ("Data", "data/north/pack.json"),
    ]
    page = (tmp_path / "north.html").read_text("utf-8")
    assert 'href="north.xlsx"' in page and 'href="data/north/pack.json"' in page


def test_documents_name_no_author_and_no_path(folder: Path, files: dict[str, str]) -> None:
    deck = pptx.Presentation(folder / "north.pptx").core_properties
    assert (deck.author, deck.last_modified_by) == ("", "")
    assert f"{deck.created:%Y-%m-%d}" == COVER.as_of
    for name in ("north.pdf", "north.html", "north.slides.html", "data/north/pack.json"):
        content = (folder / name).read_bytes()
        assert str(folder).encode() not in content and b"/Author" not in content


def test_every_exhibit_carries_unit_filter_and_snapshot(
    folder: Path, files: dict[str, str]
) -> None:
    page = html.fromstring((folder / "north.html").read_text("utf-8"))
    stamps = [one.text_content() for one in page.xpath("//p[@class='stamp']")]
    assert stamps == [COVER.stamp] * 3
    told = json.loads((folder / "data/north/pack.json").read_text("utf-8"))
    assert {one["stamp"] for one in told["exhibits"]} == {COVER.stamp}
    assert {one["table"] for one in told["exhibits"]} == {"mix", "list", None}


def test_page_is_one_file_whose_texts_are_texts(folder: Path, files: dict[str, str]) -> None:
    for name in ("north.html", "north.slides.html"):
        page = html.fromstring((folder / name).read_text("utf-8"))
        assert not page.xpath("//script[@src] | //link | //iframe | //object")
        assert all(one.startswith("data:") for one in page.xpath("//img/@src"))
        assert all(page.xpath("//img/@alt"))
        cells = [one.text_content() for one in page.xpath("//td")]
        assert HOSTILE[5] in cells and HOSTILE[6] in cells and HOSTILE[7] in cells
    levels = [
        int(one.tag[1])
        for one in html.fromstring((folder / "north.html").read_text()).iter("h1", "h2", "h3", "h4")
    ]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_exhibits_of_two_notebooks_never_share_an_id(tmp_path: Path) -> None:
    page = make_pack(tmp_path).pages[0]
    pages = name_apart([page, page])
    keys = [block.key for one in pages for block in one.blocks if block.key]
    assert len(set(keys)) == len(keys) and "mix" in keys and "mix-2" in keys
    assert 'id="mix-2"' in "".join(block.html for block in pages[1].blocks)


def test_unknown_formats_and_names() -> None:
    with pytest.raises(PackError, match="No format"):
        check_formats(["docx"])
    assert check_formats(["xlsx"]) == ("html", "xlsx")
    assert len(set(file_names("a").values()) | set(file_names("a-slides").values())) == 12


def test_numbers_survive_json_and_name_no_person() -> None:
    numbers = pick_numbers(make_table())
    assert read_numbers(json.loads(json.dumps(numbers.to_json()))) == numbers
    frame = pd.DataFrame(
        {"project_id": ["a"], "owner": ["Ada"], "person_id": ["p1"], "budget_cost": [float("inf")]}
    )
    picked = pick_numbers(frame)
    assert [one.name for one in picked.columns] == ["project_id", "budget_cost"]
    assert picked.rows == (("a", None),)
    assert read_numbers(None) is None and Numbers((), ()).printed() == []


def test_colours_are_those_of_the_figures() -> None:
    for track, color in TRACK_COLORS.items():
        assert f"#{series_color(f'{track}_fte', 0)}" == color


def test_hashes_are_of_the_files(folder: Path, files: dict[str, str]) -> None:
    assert all(hash_file(folder / name) == sha256 for name, sha256 in files.items())
