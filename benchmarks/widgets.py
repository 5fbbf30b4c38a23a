"""How long triage and explorer take on many projects: made, sent, answered.

Run by hand: `uv run --group browser python -m benchmarks.widgets [--projects 5000]`. Repeats the
sample under new ids and prints median milliseconds: of the kernel's part, and, where playwright and
a Chromium are there, of each action of the explorer in the page (handler, views and layout).
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dualtrack.widgets import Explorer, Triage
from dualtrack.workbook import OpenQuarter, open_quarter
from tests.widgets.quarters import repeat_projects

RUNS = 5


def measure(act: Callable[[], object]) -> float:
    """Median milliseconds of five runs."""
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took)


def measure_kernel(opened: OpenQuarter) -> dict[str, float]:
    """The kernel's part of each action."""
    triage, explorer = Triage(opened, by="Benchmark"), Explorer(opened)
    row = triage.queue[0]["id"]

    def ask(do: str, **more: str) -> None:
        triage._handle_custom_msg({"do": do, "id": triage.card["id"], **more}, [])

    return {
        "triage made": measure(lambda: Triage(opened, by="Benchmark")),
        "decide": measure(lambda: ask("decide", track="strategic")),
        "undo": measure(lambda: ask("undo")),
        "skip": measure(lambda: ask("skip")),
        "search": measure(lambda: ask("search", text="lab")),
        "explorer made": measure(lambda: Explorer(opened)),
        "evidence": measure(lambda: explorer._handle_custom_msg({"do": "show", "id": row}, [])),
        "sent once, kB": (len(json.dumps(explorer.rows)) + len(explorer.draws)) / 1000,
    }


def measure_page(opened: OpenQuarter) -> dict[str, float]:
    """Each action in the page; empty without a browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {}
    if not chromium:
        return {}
    from tests.browser.stage import mount
    from tests.browser.timing import TIMED

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        mounted = mount(page, Explorer(opened)).mounted_ms
        runs = [page.evaluate(TIMED) for _ in range(RUNS)]
        browser.close()
    return {"mounted": mounted} | {
        name: statistics.median(run[name] for run in runs) for name in runs[0]
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=5000)
    count = parser.parse_args().projects
    opened = open_quarter("2026-Q3")
    with tempfile.TemporaryDirectory() as folder:
        settings = opened.settings.model_copy(update={"root": Path(folder)})
        large = repeat_projects(replace(opened, settings=settings), count)
        print(f"{count:,} projects")
        for part, told in (("kernel", measure_kernel(large)), ("page", measure_page(large))):
            for name, value in told.items():
                print(f"  {part:7} {name:22} {value:8,.0f}")


if __name__ == "__main__":
    main()
