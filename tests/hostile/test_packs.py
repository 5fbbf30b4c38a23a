"""Packs of hostile titles and units: whole, all in their folder, and nothing in them runs."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dualtrack.claims import Claim
from dualtrack.figures.style import new_figure, style
from dualtrack.pack import show_figure
from tests.hostile.lists import FORMULAS, MARKS, PAGES

pytestmark = pytest.mark.slow

UNITS = ["../../x", "CON", "u" * 300]
TEXTS = [*PAGES, *MARKS, *FORMULAS, "$x_{$ and $5M", "x" * 3000, "&#27;[2J \u202eexe.gnp"]
TEXTS += [
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "${jndi:ldap://x.example}",
    "\U0001f468\u200d\U0001f469",
]


def write_list(path: Path) -> None:
    heads = ["Title", "Description", "Unit", "Team", "Owner", "Start", "Due", "Budget", "Status"]
    ends = [" enter a new market", " cut waiting time", " replace the boiler like for like"]
    rows = [
        [text + ends[n % 3], text, UNITS[n % 3], text[:150], "Ada", "2026-02-01", "2027-02-01"]
        + ["1e308" if n == 5 else str(1000 * n), "Open"]
        for n, text in enumerate(TEXTS)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heads, *rows])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The quarter's folder; the workspace stands in a folder of its own, to be looked into."""
    workspace = tmp_path_factory.mktemp("packs") / "a/b/workspace"
    exports = workspace / "exports/2026-Q3"
    exports.mkdir(parents=True)
    write_list(exports / "list.csv")
    command = [sys.executable, "-c", "from dualtrack.cli import main; main()", "pack"]
    command += ["--quarter", "2026-Q3", "--format", "html,slides,xlsx,data,pptx"]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace / "reports/2026-Q3"


def test_every_unit_has_its_pack_under_a_plain_name(folder: Path) -> None:
    packs = json.loads((folder / "manifest.json").read_text("utf-8"))["packs"]
    assert {one["name"] for one in packs} == {"Portfolio", *UNITS}
    names = {path.name for path in folder.glob("*.html")} - {"index.html"}
    assert all(re.fullmatch(r"[a-z0-9-]{1,64}(\.slides)?\.html", name) for name in names)
    assert {"x.html", "unit-con.html", "u" * 60 + ".html"} <= names


def test_nothing_is_written_outside_the_folder(folder: Path) -> None:
    workspace = folder.parents[1]
    written = [path for path in workspace.parents[2].rglob("*") if path.is_file()]
    odd = [path for path in written if folder not in path.parents]
    assert {path.relative_to(workspace).parts[0] for path in odd} <= {"exports", ".dualtrack"}


def test_no_page_holds_what_a_title_would_have_it_run(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<img src=x|<svg onload|<script>alert|<[^>]*\sonerror=", text), path
        assert not re.search(r"(?:href|src)=[\"']?\s*(?:javascript|data:text|http|//)", text), path
        assert "\x1b" not in text and "\u202e" not in text, path


def test_no_workbook_holds_a_formula_or_a_link(folder: Path) -> None:
    books = list(folder.glob("*.xlsx"))
    assert books
    for path in books:
        with zipfile.ZipFile(path) as container:
            for name in container.namelist():
                part = container.read(name).decode("utf-8", errors="ignore")
                if name.startswith("xl/worksheets/"):
                    assert not re.search(r"<f[ >]", part), (path, name)
                assert not re.search(r'Target="(?:https?|javascript|file|ftp):', part), (path, name)


def test_a_dollar_in_a_title_is_money_in_a_figure() -> None:
    with style():
        figure = new_figure((3, 2))
        axes = figure.subplots()
        axes.barh(["$x_{$ and $5M", "\\frac{$"], [1, 2])
        axes.set_title("From $5M to $\\frac{$")
    assert "svg" in show_figure(figure, Claim("Title", "Reading", "Alt"), key="any").body
