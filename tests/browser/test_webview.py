"""Both widgets in what VS Code's notebooks give: a sandboxed dark frame, the wheels' front end."""

from __future__ import annotations

from typing import Any

from dualtrack.sorting import read_ledger
from dualtrack.widgets import Explorer, Triage
from dualtrack.workbook import OpenQuarter
from tests.browser.accessible import list_faults
from tests.browser.webview import open_webview


def press(page: Any, frame: Any, key: str) -> None:
    """Press a key that asks the kernel, and wait for its answer."""
    before = frame.evaluate("window.answered ?? 0")
    page.keyboard.press(key)
    frame.wait_for_function(f"(window.answered ?? 0) > {before}")


def test_triage_by_keyboard_in_a_sandboxed_dark_frame(page: Any, opened: OpenQuarter) -> None:
    triage = Triage(opened, by="Ana")
    ids = [row["id"] for row in triage.queue]
    frame = open_webview(page, triage)
    frame.wait_for_selector(".dt-triage .dt-title")
    frame.get_by_role("region", name="Triage").focus()
    press(page, frame, "1")
    page.keyboard.press("n")
    page.keyboard.type("12 sites")
    page.keyboard.press("Enter")
    for key in ("2", "s", "3", "u"):
        press(page, frame, key)
    lines = read_ledger(triage._ledger)
    assert lines["project_id"].tolist() == [ids[0], ids[1], ids[3], ids[3]]
    assert lines["track"].tolist() == ["operational", "strategic", "maintenance", "withdrawn"]
    assert lines["why"].iloc[1] == "12 sites"
    assert frame.evaluate("window.keys") == []  # the notebook's own keys see none of these
    page.keyboard.press("Control+s")
    assert "s" in frame.evaluate("window.keys")
    assert list_faults(frame) == []


def test_explorer_in_a_sandboxed_dark_frame(page: Any, opened: OpenQuarter) -> None:
    frame = open_webview(page, Explorer(opened))
    frame.wait_for_selector(".dt-explorer .dt-open")
    style = "(one) => { const s = getComputedStyle(one); return [s.color, s.backgroundColor]; }"
    for where in (".dt-root", ".dt-list td", ".dt-filters select"):  # no ink of the dark host
        told = frame.locator(where).first.evaluate(style)
        assert told == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"], where
    frame.get_by_label("Track").select_option(label="strategic")
    count = int((opened.sorting["track"] == "strategic").sum())
    assert frame.get_by_role("status").inner_text().startswith(f"{count} projects shown")
    frame.locator(".dt-open").first.click()
    frame.wait_for_selector(".dt-detail h3")
    assert list_faults(frame) == []
