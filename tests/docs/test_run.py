"""The commands and the Python of every page, run from top to bottom in a workspace.

Packs are made in a small one (one unit and the whole, notebooks cut off after their first exhibit;
tests/pack runs them whole), all else on the sample's last two quarters. What a person does between
two commands is done here: `DONE_BY_HAND`.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from pptx import Presentation

from dualtrack.cli import main
from dualtrack.config import NAMES_VARIABLE
from tests.conftest import ROOT
from tests.docs.blocks import ALL, PAGES, Block

SMALL = (
    "supply_chain_smartsheet.xlsx",
    "timesheet.csv",
    "capacity.csv",
    "metric_readings.csv",
    "objectives.csv",
    "leaders_calendar.ics",
)
IN_SMALL = {"pack", "verify", "init", "check"}
# Waits for Ctrl-C; tests/pack/test_present.py serves and asks it.
SERVES = {"present"}
MADE = (
    "my-portfolio",
    "again",
    "labels.csv",
    "labels.drawn.csv",
    "sorted.csv",
    "our_criteria.toml",
)


def label(folder: Path) -> None:
    """A person's half hour: every text is called operational."""
    path = folder / "labels.csv"
    rows = pd.read_csv(path, encoding="utf-8-sig", dtype="str", keep_default_na=False)
    rows.assign(label="operational").to_csv(path, index=False, encoding="utf-8-sig")


LIST = "Title,Unit,Budget,Start\nEnter the Peruvian market,Sales,500000,2026-07-01\n"
UNIT_SCENARIO = """
title = "Later"
[[action]]
do = "pause"
projects = ["Regional distribution hub for South-East Asia"]
until = 2026-10-01
"""


def write_short_notebooks(folder: Path) -> None:
    """The notebooks of the packs, each up to its first exhibit; a workspace may have its own."""
    folder.mkdir()
    for path in (ROOT / "notebooks").glob("[1-6]_*.ipynb"):
        notebook = nbformat.read(path, 4)
        if path.name not in {"1_ingest.ipynb", "2_sort.ipynb"}:
            shows = [n for n, cell in enumerate(notebook.cells) if cell.source.startswith("show_")]
            shows += [n for n, cell in enumerate(notebook.cells) if "show_figure(" in cell.source]
            notebook.cells = notebook.cells[: min(shows) + 1]
        nbformat.write(notebook, folder / path.name)


DONE_BY_HAND: dict[tuple[str, ...], Callable[[Path], None]] = {("audit", "draw"): label}


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """`small` and `full`: the sample's settings, its exports, and the files the pages name."""
    made = {}
    for name in ("small", "full"):
        folder = made[name] = tmp_path_factory.mktemp(name)
        text = (ROOT / "portfolio.toml").read_text("utf-8").replace("data/sample/", "exports/")
        (folder / "portfolio.toml").write_text(text, encoding="utf-8")
        shutil.copytree(ROOT / "docs/examples", folder / "docs/examples")
        shutil.copy(ROOT / "docs/examples/scenario.toml", folder)
        (folder / "unit.toml").write_text(UNIT_SCENARIO, encoding="utf-8")
        for quarter in ("2026-Q2", "2026-Q3") if name == "full" else ("2026-Q3",):
            source, target = ROOT / "data/sample" / quarter, folder / "exports" / quarter
            target.mkdir(parents=True)
            for path in source.iterdir():
                if name == "full" or path.name in SMALL:
                    shutil.copy(path, target)
        if name == "small":
            write_short_notebooks(folder / "notebooks")
        own = folder / "my-exports"
        own.mkdir()
        (own / "list.csv").write_text(LIST, "utf-8")
        shutil.copy(own / "list.csv", folder / "my-list.csv")
        days = pd.date_range("2026-01-05", periods=24, freq="7D")
        values = [12 + number % 5 - (number > 12) for number in range(24)]
        pd.DataFrame({"date": days, "value": values}).to_csv(folder / "lead_time.csv", index=False)
        Presentation().save(str(folder / "company.pptx"))
    return made


class Page:
    """What a page's blocks leave for those after them."""

    def __init__(self, workspaces: dict[str, Path], patch: pytest.MonkeyPatch) -> None:
        self.workspaces, self.patch = workspaces, patch
        self.names: dict[str, Any] = {"__name__": "page"}

    def run(self, block: Block) -> None:
        if block.language == "python":
            self.patch.chdir(self.workspaces["full"])
            exec(compile(block.text, block.place, "exec"), self.names)
            plt.close("all")
        else:
            for line in block.lines:
                words = shlex.split(line)
                if "dualtrack" in words:
                    self.run_command(words[words.index("dualtrack") + 1 :], block.place)

    def run_command(self, words: list[str], place: str) -> None:
        if words[0] in SERVES:
            return
        folder = self.workspaces["small" if words[0] in IN_SMALL else "full"]
        self.patch.chdir(folder)
        self.patch.setenv(NAMES_VARIABLE, "")
        self.patch.setattr(sys, "argv", ["dualtrack", *words])
        try:
            main()
        except SystemExit as end:
            assert not end.code, f"{place}: dualtrack {' '.join(words)} ended with {end.code}"
        for start, act in DONE_BY_HAND.items():
            if tuple(words[: len(start)]) == start:
                act(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [one for one in PAGES if one.name != "gallery.md"], ids=lambda page: page.name
)
def test_the_page_runs(
    page: Path, workspaces: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in workspaces.values():
        for name in MADE:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    tried = Page(workspaces, monkeypatch)
    for block in ALL:
        if block.page == page and not block.why_not and block.language in {"", "sh", "python"}:
            tried.run(block)
