"""Slides in a browser at 1280 x 720: nothing is cut, type can be read, and presenting works."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dualtrack.claims import Claim
from dualtrack.config import Settings
from dualtrack.pack import show_claim, show_decisions, show_table
from dualtrack.pack.formats.slides import render_slides, write_slides
from dualtrack.pack.present import Presentation, serve_presentation
from dualtrack.portfolio import Portfolio, write_portfolio_snapshot
from dualtrack.tables import DisplayColumn, DisplayTable
from tests.browser.accessible import list_faults
from tests.conftest import QUARTER
from tests.pack.packs import make_pack

SMALLEST = 14  # pixels of type on a slide of 1280 x 720
LOOK = """() => {
  const sheet = document.querySelector("section.present .sheet");
  const foot = sheet.querySelector(".foot").getBoundingClientRect();
  const edge = sheet.getBoundingClientRect();
  const scale = edge.width / sheet.offsetWidth;
  const faults = [];
  for (const one of sheet.querySelectorAll("*")) {
    if (one.closest("aside, .foot")) continue;
    const box = one.getBoundingClientRect();
    if (box.bottom > foot.top + 1 || box.right > edge.right + 1) faults.push(one.tagName);
    const isText = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const size = parseFloat(getComputedStyle(one).fontSize) * scale;
    if (isText && size < SMALLEST) faults.push("small");
    if (isText && one.scrollWidth > one.clientWidth + 1 && one.clientWidth) faults.push("cut");
  }
  const shown = sheet.querySelector(".shown");
  if (shown && shown.scrollHeight > shown.clientHeight) faults.push("below");
  return faults;
}""".replace("SMALLEST", str(SMALLEST))


def look_at_all(page: Any, path: Path) -> dict[int, list[str]]:
    """What is wrong on each slide."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(path.resolve().as_uri())
    page.wait_for_function("window.Reveal?.isReady()")
    found = {}
    for place in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(f"Reveal.slide({place})")
        page.wait_for_function("document.querySelector('section.present .sheet')")
        if faults := page.evaluate(LOOK):
            found[place] = faults
    return found


def long_table(rows: int, words: int, columns: int) -> DisplayTable:
    names = [f"column_{n}" for n in range(columns)]
    frame = pd.DataFrame(
        {
            name: [f"{row} of {place} " + "several words " * words for row in range(rows)]
            for place, name in enumerate(names)
        }
    ).assign(budget_cost=1_234_567.0)
    budget = DisplayColumn("budget_cost", "Budget, EUR", "money")
    shown = (*(DisplayColumn(one, one) for one in names), budget)
    return DisplayTable(frame, shown, "A note below the table. " * 6)


@pytest.mark.parametrize("rows,words,columns", [(1, 40, 3), (30, 2, 8), (60, 6, 5), (200, 0, 2)])
def test_no_table_is_cut_or_set_too_small(
    page: Any, tmp_path: Path, rows: int, words: int, columns: int
) -> None:
    shown = show_table(
        long_table(rows, words, columns), key="long", title="Many are late and most are not " * 4
    )
    path = tmp_path / "long.slides.html"
    write_slides(make_pack(tmp_path, "# One?", shown), path)
    assert look_at_all(page, path) == {}


def test_a_wide_typeface_is_set_smaller_and_cut_nowhere(page: Any, tmp_path: Path) -> None:
    path = tmp_path / "wide.slides.html"
    shown = show_table(long_table(30, 4, 5), key="long", title="Many are late")
    write_slides(make_pack(tmp_path, "# One?", shown), path)
    text = path.read_text("utf-8").replace('"Segoe UI", "Helvetica Neue", Arial', "monospace")
    path.write_text(text, "utf-8")
    assert "below" not in sum(look_at_all(page, path).values(), [])


def test_words_and_decisions_are_cut_nowhere(page: Any, tmp_path: Path) -> None:
    decisions = pd.DataFrame(
        {
            "decision": [f"{n} Give it a steering forum and a sponsor " * 3 for n in range(9)],
            "because": ["it reaches years ahead and nobody asks for it " * 3] * 9,
        }
    )
    said = Claim("A message as long as a message can be " * 5, "What it rests on is said. " * 60)
    path = tmp_path / "words.slides.html"
    blocks = (
        "# One?",
        show_claim(said, key="said"),
        "## What to decide",
        show_decisions(decisions),
    )
    write_slides(make_pack(tmp_path, *blocks), path)
    assert look_at_all(page, path) == {}


@pytest.fixture
def address(tmp_path: Path, sample_portfolio: Portfolio) -> Iterator[str]:
    """A presentation with its answers there already: what notebooks make is tried elsewhere."""
    write_portfolio_snapshot(sample_portfolio, tmp_path / "snapshot")
    presentation = Presentation(Settings(root=tmp_path), None, tmp_path, QUARTER)
    for asked, title in (((), "Of all units"), (("Supply Chain",), "Of the other units")):
        table = show_table(long_table(40, 2, 3), key="long", title=title)
        made = tmp_path / str(len(asked))
        made.mkdir()
        presentation._answers[asked] = render_slides(make_pack(made, "# One?", table))
    with serve_presentation(presentation) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_presenting_turns_slides_keeps_time_shows_notes_and_answers(
    page: Any, address: str
) -> None:
    page.goto(address)
    slides = page.frame_locator("#slides")
    slides.locator("section.present h1").wait_for()
    page.wait_for_function("document.activeElement.id === 'slides'")
    page.keyboard.press("ArrowRight")
    slides.locator("section.present h2", has_text="Of all units (1 of").wait_for()
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = opened.value
    notes.locator(".speaker-controls-notes").get_by_text("snapshot 0123456789ab").first.wait_for()
    notes.close()
    page.get_by_role("button", name="Start").click()
    page.wait_for_function("document.getElementById('timer').textContent !== '00:00'")
    page.get_by_label("Supply Chain").check()
    page.get_by_role("button", name="Show").click()
    slides.locator("section.present h2", has_text="Of the other units (1 of").wait_for()
    assert page.locator("#state").inner_text() == "Shown without the units marked"
    assert list_faults(page) == []
