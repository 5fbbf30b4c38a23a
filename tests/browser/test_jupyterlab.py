"""Both widgets in a running JupyterLab: keys reach the widget, and the notebook keeps its cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from dualtrack.sorting import read_ledger
from tests.browser.accessible import list_faults
from tests.browser.laboratory import Laboratory, open_laboratory

pytestmark = pytest.mark.slow

STATUS = ".dt-triage .dt-status"


@pytest.fixture(scope="module")
def laboratory(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    with open_laboratory(tmp_path_factory.mktemp("laboratory")) as laboratory:
        yield laboratory


def run_notebook(page: Any, laboratory: Laboratory, *cells: str) -> None:
    """Open a notebook of these cells and run each by keyboard."""
    name = laboratory.write_notebook(*cells)
    page.set_default_timeout(60_000)
    page.goto(f"{laboratory.address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell .cm-content")
    laboratory.wait("/kernels", lambda all_: [o["execution_state"] for o in all_] == ["idle"])
    page.wait_for_timeout(1000)  # the page learns of the kernel a little after the server
    page.locator(".jp-Cell .cm-content").first.click()
    for _ in cells:
        page.keyboard.press("Shift+Enter")


def press(page: Any, key: str) -> str:
    """Press a key that asks the kernel; what is said then."""
    before = page.locator(STATUS).inner_text()
    page.keyboard.press(key)
    page.wait_for_function(
        "([where, before]) => document.querySelector(where).innerText !== before",
        arg=[STATUS, before],
    )
    return str(page.locator(STATUS).inner_text())


def test_triage_and_explorer_in_jupyterlab(page: Any, laboratory: Laboratory) -> None:
    ledger = laboratory.folder / "decisions.csv"
    run_notebook(
        page,
        laboratory,
        "from dualtrack import open_quarter\n"
        "from dualtrack.widgets import Explorer, Triage\n"
        'opened = open_quarter("2026-Q3")\n'
        'Triage(opened, by="Ana")',
        "Explorer(opened)",
    )
    page.wait_for_selector(".dt-explorer")
    check_triage(page, ledger)
    check_saving(page, laboratory.folder / "tried.ipynb")
    check_explorer(page)


def check_triage(page: Any, ledger: Path) -> None:
    """By keyboard, with keys that would delete, cut or turn cells were they the notebook's."""
    cells = page.locator(".jp-Cell").count()
    page.locator(".dt-triage .dt-title").click()
    assert "is operational, written to the ledger" in press(page, "1")
    press(page, "s")
    page.keyboard.press("n")
    page.keyboard.type("dd x 2 m")
    page.keyboard.press("Enter")
    assert "is strategic" in press(page, "2")
    press(page, "Enter")
    assert "open again" in press(page, "u")
    for key in ("d", "d", "x", "m", "b", "a", "y", "Shift+Enter"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".jp-MarkdownCell").count() == 0
    lines = read_ledger(ledger)
    assert lines["track"].tolist()[:2] == ["operational", "strategic"]
    assert lines["track"].tolist()[3:] == ["withdrawn"]
    assert lines["why"].iloc[1] == "dd x 2 m" and set(lines["by"]) == {"Ana"}
    assert list_faults(page, ".dt-triage") == []


def check_saving(page: Any, path: Path) -> None:
    """Ctrl+S saves from within the widget; what is saved can be read without a front end."""
    page.keyboard.press("Control+s")
    for _ in range(60):
        page.wait_for_timeout(250)
        if "Settled so far" in path.read_text("utf-8"):
            break
    outputs = [cell.outputs[0]["data"] for cell in nbformat.read(path, 4).cells if cell.source]
    assert "<table>" in outputs[0]["text/html"] and "Settled so far" in outputs[0]["text/plain"]
    assert "Strategic share of the budget" in outputs[1]["text/html"]


def check_explorer(page: Any) -> None:
    explorer = page.locator(".dt-explorer")
    explorer.get_by_label("Unit").select_option(label="Product Engineering")
    assert explorer.locator(".dt-status").inner_text().startswith("28 projects shown of 169")
    explorer.locator(".dt-open").first.click()
    title = explorer.locator(".dt-open").first.inner_text()
    assert explorer.locator(".dt-detail h3").inner_text() == title
    assert list_faults(page, ".dt-explorer") == []
    assert explorer.get_by_label("Quarter").locator("option").count() == 4
