"""A Chromium of the system, driven by playwright; without either the tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.widgets.quarters import large, opened

__all__ = ["chromium", "large", "opened", "page"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
# No sandbox: it needs privileges that containers lack, and only our own pages are opened.
# No page of ours needs the network, and none of Chromium's own errands are run.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="no playwright: uv sync --group browser"
    )
    if not CHROMIUM:
        pytest.skip("no Chromium of the system (Debian: apt install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page of notebook width."""
    page = chromium.new_page(viewport={"width": 1100, "height": 900})
    page.set_default_timeout(60_000)  # on shared machines a second can take ten
    yield page
    page.close()
