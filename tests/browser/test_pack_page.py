"""A pack in a browser: rules of accessibility in both colours, sorting, slides, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dualtrack.pack.files import write_formats
from tests.browser.accessible import list_faults
from tests.pack.packs import make_pack

EXAMPLE = Path(__file__).parents[2] / "reports/example/supply-chain.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    write_formats(make_pack(folder), "north", folder, formats=("html", "slides"), there={})
    return folder


def show(page: Any, path: Path) -> list[str]:
    """Open a file; addresses that it asked for elsewhere, and errors."""
    faults: list[str] = []
    page.on("request", lambda one: None if _is_own(one.url) else faults.append(one.url))
    page.on("pageerror", lambda one: faults.append(str(one)))
    page.goto(path.resolve().as_uri())
    return faults


def _is_own(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:", "about:"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["hostile", "example"])
def test_page_has_no_serious_fault_and_fetches_nothing(
    page: Any, folder: Path, name: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    faults = show(page, folder / "north.html" if name == "hostile" else EXAMPLE)
    assert not list_faults(page)
    assert not faults


def test_a_heading_sorts_its_table(page: Any) -> None:
    show(page, EXAMPLE)
    table = page.locator("table").filter(has=page.locator("th.number")).first
    head = table.locator("th.number").first
    cells = table.locator("tbody tr td:nth-child(2)")
    before = cells.all_inner_texts()
    (head.locator("button") if head.locator("button").count() else head).click()
    after = cells.all_inner_texts()
    assert sorted(after) == sorted(before) and len(before) > 1


def test_slides_turn_and_hold_notes(page: Any, folder: Path) -> None:
    faults = show(page, folder / "north.slides.html")
    first = page.locator("section.present h1, section.present h2").first.inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(900)
    second = page.locator("section.present h1, section.present h2").first.inner_text()
    assert first != second
    assert page.locator("aside.notes").count() > 0
    assert not faults
