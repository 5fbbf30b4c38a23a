"""What cannot be told: its words stand once, without an empty chart and without empty numbers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pptx

import dualtrack.claims
from dualtrack.claims import Claim
from dualtrack.figures import plot_load
from dualtrack.pack import show_figure, show_table
from dualtrack.pack.document import Pack
from dualtrack.pack.formats.pptx import write_pptx
from dualtrack.schema import TABLES, empty_frame
from tests.pack.packs import make_figure, make_pack, make_table


def untold(title: str, key: str) -> object:
    figure = plot_load(empty_frame(TABLES["load"]))
    claim = Claim(title, f"A column for {title} would let it.", "Empty chart.", is_known=False)
    return show_figure(figure, claim, key=key)


def make_untold_pack(folder: Path) -> Pack:
    return make_pack(
        folder,
        "# What?",
        "## Load",
        untold("Load cannot be told", "load"),
        show_table(make_table(), key="load-table"),
        "## Load again",
        untold("Load cannot be told", "load-again"),
        "## Moves",
        untold("Moves cannot be told", "moves"),
        "## The mix",
        make_figure(),
        show_table(make_table(), key="mix-table"),
    )


def test_no_chart_is_shown_where_nothing_can_be_told(tmp_path: Path) -> None:
    pack = make_untold_pack(tmp_path)
    blocks = {one.block.key: one.block for one in pack.exhibits}
    assert blocks["load"].kind == "statement" and not blocks["load"].svg
    assert not blocks["load"].is_known and blocks["mix"].is_known
    assert "would let it" in blocks["load"].html


def test_paper_says_it_once_and_leaves_its_numbers_to_the_workbook(tmp_path: Path) -> None:
    pack = make_untold_pack(tmp_path)
    assert [one.block.key for one in pack.printed_on(pack.pages[0])] == ["load", "moves", "mix"]
    assert "load-table" in [one.block.key for one in pack.exhibits]


def test_slides_gather_it_in_one_table(tmp_path: Path) -> None:
    pack = make_untold_pack(tmp_path)
    shown = pack.presented_on(pack.pages[0])
    assert [one.block.key for one in shown] == ["mix", "mix-table", ""]
    numbers = shown[-1].block.numbers
    assert numbers is not None and shown[-1].title == "Two questions cannot be answered yet"
    assert numbers.column("claim") == ["Load cannot be told", "Moves cannot be told"]
    write_pptx(pack, tmp_path / "deck.pptx")
    slides = pptx.Presentation(tmp_path / "deck.pptx").slides
    titles = [slide.shapes.title.text for slide in slides if slide.shapes.title is not None]
    assert "Load cannot be told" not in titles
    assert titles[-1] == "Two questions cannot be answered yet"


def test_one_that_cannot_be_told_stands_where_it_belongs(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, "# What?", "## Load", untold("Load cannot be told", "load"))
    assert [one.block.key for one in pack.presented_on(pack.pages[0])] == ["load"]


def test_claims_of_figures_that_say_so_are_marked() -> None:
    """A figure's claim has three texts: what is found, how to read it, what is seen."""
    wrong = []
    for path in sorted(Path(dualtrack.claims.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Claim":
                title, marks = ast.unparse(node.args[0]), [one.arg for one in node.keywords]
                says_so = re.search(r"cannot be (told|counted|sought)(?! yet)", title)
                if says_so and len(node.args) == 3 and "is_known" not in marks:
                    wrong.append(f"{path.name}:{node.lineno} {title}")
    assert wrong == []
