"""Both widgets in what VS Code's notebooks give: a sandboxed dark frame, the wheels' front end."""

from __future__ import annotations

from typing import Any

from dualtrack.sorting import read_ledger
from dualtrack.widgets import Explorer, Triage
from dualtrack.workbook import OpenQuarter
from tests.browser.accessible import list_faults
from tests.browser.stage import mount
from tests.browser.webview import LIST_HEIGHT, open_webview

SHARE_IN_SIGHT = """() => new Promise((resolve) => new IntersectionObserver(
  ([entry], observer) => { observer.disconnect(); resolve(entry.intersectionRatio); }
).observe(document.activeElement))"""


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
    frame.locator(".dt-open").first.focus()
    page.keyboard.press("Enter")
    frame.wait_for_selector(".dt-detail h3")
    assert list_faults(frame) == []


def wait_in_sight(frame: Any, selector: str) -> None:
    """Wait until this has the focus and the editor shows the whole of it."""
    frame.wait_for_function(f"document.activeElement.matches('{selector}')")
    frame.wait_for_function(f"({SHARE_IN_SIGHT})().then((share) => share > 0.99)")


def read_top(page: Any) -> float:
    """How far the editor has scrolled, in pixels and negative."""
    return float(page.locator("iframe").evaluate("(one) => parseFloat(one.style.top)"))


def test_what_takes_the_focus_comes_into_sight(page: Any, opened: OpenQuarter) -> None:
    frame = open_webview(page, Explorer(opened))
    frame.wait_for_selector(".dt-explorer .dt-open")
    bar = frame.locator(".dt-blurred").first.bounding_box()
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    wait_in_sight(frame, ".dt-picked button")
    assert read_top(page) < -LIST_HEIGHT  # the list is far below the bar
    for _ in range(3):  # the table, the box of its first project, that project
        page.keyboard.press("Tab")
    wait_in_sight(frame, ".dt-open")
    page.keyboard.press("Enter")
    wait_in_sight(frame, ".dt-title")


def test_page_keys_scroll_the_editor(page: Any, opened: OpenQuarter) -> None:
    frame = open_webview(page, Explorer(opened))
    frame.wait_for_selector(".dt-explorer .dt-open")
    frame.get_by_role("button", name="Clear").focus()
    tops = [read_top(page)]
    for key in ("PageDown", "ArrowDown", "ArrowUp", "PageUp"):
        page.keyboard.press(key)
        page.wait_for_function(
            f"parseFloat(document.querySelector('iframe').style.top) !== {tops[-1]}"
        )
        tops.append(read_top(page))
    assert tops[1] < -0.5 * LIST_HEIGHT
    assert tops[2] < tops[1] < tops[3] + LIST_HEIGHT / 4
    assert tops[4] > -0.2 * LIST_HEIGHT
    assert frame.evaluate("window.keys") == []


def test_what_a_pointer_presses_does_not_move(page: Any, opened: OpenQuarter) -> None:
    frame = open_webview(page, Explorer(opened))
    frame.wait_for_selector(".dt-explorer .dt-open")
    row = frame.locator(".dt-open").nth(2)
    box = row.bounding_box()
    top = LIST_HEIGHT - round(box["y"] + box["height"] / 2)  # the half of it is cut
    page.locator("iframe").evaluate(f"(one) => {{ one.style.top = '{top}px'; }}")
    for step in range(200):  # a pointer meets the frame where it is a moment after it was moved
        page.mouse.move(box["x"] + 5 + step % 2, LIST_HEIGHT - 3)
        if row.evaluate("(one) => one.matches(':hover')"):
            break
        page.wait_for_timeout(50)
    page.mouse.down()
    frame.wait_for_function("document.activeElement.matches('.dt-open')")
    page.wait_for_timeout(400)
    assert read_top(page) == top
    page.mouse.up()
    wait_in_sight(frame, ".dt-title")


def test_where_a_page_scrolls_itself_no_wheel_is_turned(page: Any, opened: OpenQuarter) -> None:
    stage = mount(page, Explorer(opened))
    page.evaluate("addEventListener('wheel', () => { window.turned = true; })")
    page.locator(".dt-open").nth(20).focus()
    page.wait_for_timeout(400)
    assert page.evaluate(SHARE_IN_SIGHT) > 0.99
    assert page.evaluate("window.turned") is None
    assert stage.faults == []
