"""Triage in a browser: by keyboard alone, hostile texts, rules of accessibility."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dualtrack.sorting import read_ledger
from dualtrack.widgets import Triage
from dualtrack.workbook import OpenQuarter
from tests.browser.accessible import list_faults
from tests.browser.stage import Stage, mount

HOSTILE = '<img src=x onerror="document.title=\'run\'"> <script>document.title="run"</script> & “q”'


@pytest.fixture
def stage(page: Any, opened: OpenQuarter) -> Stage:
    stage = mount(page, Triage(opened, by="Ana"))
    page.get_by_role("region", name="Triage").focus()
    return stage


def ledger(stage: Stage) -> pd.DataFrame:
    return read_ledger(stage.widget._ledger)


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.className"))


def test_keys_decide_and_write_the_ledger(stage: Stage) -> None:
    ids = [row["id"] for row in stage.widget.queue]
    likeliest = stage.widget.queue[3]["likeliest"]
    stage.press("1", "2", "3", "Enter")
    lines = ledger(stage)
    assert lines["project_id"].tolist() == ids[:4]
    assert lines["track"].tolist() == ["operational", "strategic", "maintenance", likeliest]
    assert set(lines["by"]) == {"Ana"} and not stage.faults


def test_the_next_title_has_the_focus_and_the_status_is_said(stage: Stage, page: Any) -> None:
    stage.press("2")
    assert focused(page) == "dt-title"
    second = stage.widget.queue[1]["title"]
    assert page.locator("h3.dt-title").inner_text() == second
    said = page.get_by_role("status").inner_text()
    assert "is strategic, written to the ledger. Next: " + second in said


@pytest.mark.parametrize("key", ["1", "Enter", "s", "u"])
@pytest.mark.parametrize("where", [".dt-queue [aria-current]", ".dt-keys .dt-accept", ".dt-queue"])
def test_the_focus_is_never_lost(stage: Stage, page: Any, where: str, key: str) -> None:
    stage.press("2")
    page.locator(where).focus()
    page.keyboard.press("s" if key == "Enter" and where != ".dt-queue" else key)
    page.wait_for_function("(window.answered ?? 0) > 1")
    assert page.evaluate("document.querySelector('.dt-root').contains(document.activeElement)")


SPOKEN = [
    'region "Triage of doubtful projects"',
    'paragraph: "Settled so far: \\d+ % of the doubtful money',
    'progressbar "Settled so far"',
    'group "Decide"',
    'button "1 operational"',
    'button "2 strategic"',
    'button "3 maintenance"',
    'button "Enter: (operational|strategic|maintenance)"',
    'button "s skip"',
    'button "u undo"',
    'textbox "Note \\(n\\): the reason of the next decision',
    'searchbox "Search all projects \\(/\\)"',
    'status: ".* written to the ledger. Next: ',
    'navigation "Queue"',
    'article "Project"',
    "heading .* \\[level=3\\]",
    'img "By its evidence: operational \\d+ %, strategic \\d+ %, maintenance \\d+ %"',
    'table "Three readings"',
    'table "What its texts show: log-odds',
]


def test_a_session_by_keyboard_alone_as_a_screen_reader_has_it(page: Any, opened: Any) -> None:
    stage = mount(page, Triage(opened, by="Ana"))
    page.keyboard.press("Tab")
    assert "dt-root" in focused(page)
    told = []
    for key in ("1", "s", "3", "u", "Enter"):
        stage.press(key)
        told.append(page.get_by_role("status").inner_text())
        assert focused(page) == "dt-title"
    titles = [row["title"] for row in stage.widget.queue]
    assert told[0].startswith(f"{titles[0]} is operational, written to the ledger. Next: ")
    assert told[1].startswith(f"{titles[1]} is skipped. Next: {titles[2]}, likeliest ")
    assert told[3].startswith(f"Undone: {titles[2]} is open again.")
    assert ledger(stage)["track"].tolist()[:3] == ["operational", "maintenance", "withdrawn"]
    live = page.get_by_role("status")
    assert live.get_attribute("aria-live") == "polite" and live.count() == 1
    spoken = page.locator("#cell").aria_snapshot()
    assert [one for one in SPOKEN if not re.search(f"- '?{one}", spoken)] == [], spoken
    assert list_faults(page) == [] and not stage.faults


def test_a_note_is_the_reason_of_the_next_decision_only(stage: Stage, page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.type("12 sites, new licence")  # 1, 2 and s are letters here
    page.keyboard.press("Enter")
    stage.press("2", "1")
    why = ledger(stage)["why"].tolist()
    assert why[0] == "12 sites, new licence" and why[1].startswith("decided in triage without")


def test_a_note_does_not_follow_to_another_project(stage: Stage, page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.type("of the first")
    page.keyboard.press("Escape")
    stage.press("s", "2")
    assert "of the first" not in ledger(stage)["why"].iloc[0]


def test_skip_and_undo(stage: Stage, page: Any) -> None:
    first, second = (row["title"] for row in stage.widget.queue[:2])
    stage.press("s")
    assert page.locator("h3.dt-title").inner_text() == second
    stage.press("3", "u")
    assert page.locator("h3.dt-title").inner_text() == second
    assert ledger(stage)["track"].tolist() == ["maintenance", "withdrawn"]
    assert first != second


def test_search_opens_a_project_outside_the_queue(stage: Stage, page: Any) -> None:
    page.keyboard.press("/")
    stage.wait_answer(lambda: page.keyboard.insert_text("One ERP"))
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('h3.dt-title').textContent.startsWith('One ERP')"
    )
    assert page.locator(".dt-found li").count() == 0


def test_a_key_held_or_with_ctrl_decides_nothing(stage: Stage, page: Any) -> None:
    page.keyboard.press("Control+1")
    stage.wait_answer(lambda: page.keyboard.down("1"))
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.up("1")
    page.wait_for_timeout(200)
    assert len(ledger(stage)) == 1


def test_enter_on_a_button_presses_it_and_the_next_enter_accepts(stage: Stage, page: Any) -> None:
    likeliest = stage.widget.queue[1]["likeliest"]
    page.get_by_role("button", name="3 maintenance").focus()
    stage.press("Enter", "Enter")
    assert ledger(stage)["track"].tolist() == ["maintenance", likeliest]


def test_progress_is_told_in_words_and_to_screen_readers(stage: Stage, page: Any) -> None:
    stage.press("1")
    bar = page.get_by_role("progressbar")
    words = stage.widget.progress["words"]
    assert bar.get_attribute("aria-valuetext") == words
    assert page.locator(".dt-progress-words").inner_text() == words
    assert int(bar.get_attribute("aria-valuenow")) == round(100 * stage.widget.progress["share"])


def test_texts_of_the_data_never_become_markup(page: Any, opened: OpenQuarter) -> None:
    projects = opened.portfolio.projects.assign(
        title=HOSTILE, description=HOSTILE, unit_name=HOSTILE, team_name=HOSTILE
    )
    evidence = opened.evidence.assign(quote=HOSTILE, says=HOSTILE, value=HOSTILE)
    hostile = replace(
        opened, portfolio=replace(opened.portfolio, projects=projects), evidence=evidence
    )
    stage = mount(page, Triage(hostile, by=HOSTILE))
    page.get_by_role("region", name="Triage").focus()
    page.keyboard.press("/")
    stage.wait_answer(lambda: page.keyboard.insert_text("img"))
    page.keyboard.press("Escape")
    stage.press("2")
    assert page.locator("#cell img, #cell script").count() == 0
    assert page.title() == "dualtrack" and not stage.faults
    assert page.locator("h3.dt-title").inner_text() == HOSTILE


def test_no_serious_fault_of_accessibility(stage: Stage, page: Any) -> None:
    assert list_faults(page) == []
    stage.press("2", "s")
    page.keyboard.press("/")
    stage.wait_answer(lambda: page.keyboard.insert_text("lab"))
    assert list_faults(page) == []


def test_in_a_narrow_cell_nothing_is_cut(stage: Stage, page: Any) -> None:
    page.set_viewport_size({"width": 480, "height": 900})
    widths = page.evaluate(
        "[document.querySelector('.dt-root').scrollWidth, "
        "document.querySelector('.dt-root').clientWidth]"
    )
    assert widths[0] <= widths[1]
