"""The gallery holds every figure, each drawn by the code beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
from PIL import Image

from docs.build_gallery import (
    DOCS,
    PICTURES,
    draw,
    list_figures,
    list_public_figures,
    read_gallery,
    write_page,
)
from tests.conftest import ROOT

GALLERY = read_gallery()
MOST_BYTES = 2_500_000


def test_every_public_figure_is_in_the_gallery_once() -> None:
    assert sorted(one["name"] for one in list_figures(GALLERY)) == sorted(list_public_figures())


def test_page_and_pictures_are_those_of_the_table() -> None:
    assert (DOCS / "gallery.md").read_text("utf-8") == write_page(GALLERY), "run `make gallery`"
    names = {path.stem for path in PICTURES.glob("*.png")}
    assert names == {one["name"] for one in list_figures(GALLERY)}, "run `make gallery`"
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) < MOST_BYTES
    for path in PICTURES.glob("*.png"):
        with Image.open(path) as picture:
            assert len(picture.convert("L").getcolors()) > 3, path.name


@pytest.mark.parametrize("one", list_figures(GALLERY), ids=lambda one: one["name"])
def test_words_are_whole_and_the_place_is_there(one: dict[str, Any]) -> None:
    assert one["question"].endswith("?") and one["reading"].count(". ") <= 1
    assert one["code"].strip().splitlines()[-1].strip() and f"figures.{one['name']}(" in one["code"]
    for place in one["where"]:
        name, _, section = place.partition(": ")
        notebook = ROOT / f"notebooks/{name}.ipynb"
        if notebook.is_file():
            text = notebook.read_text("utf-8")
            assert f"# {section}" in text and f"{one['name']}(" in text, place


@pytest.mark.slow
def test_every_figure_is_drawn_by_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On two of the sample's quarters, which is quicker than on four."""
    shutil.copytree(ROOT / "docs/examples", tmp_path / "docs/examples")
    shutil.copy(ROOT / "portfolio.toml", tmp_path)
    for quarter in ("2026-Q2", "2026-Q3"):
        shutil.copytree(ROOT / "data/sample" / quarter, tmp_path / "data/sample" / quarter)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(GALLERY["before"], names)
    for one in list_figures(GALLERY):
        assert draw(one["code"], names).axes, one["name"]
    plt.close("all")
