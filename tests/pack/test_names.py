"""No file of an issued quarter names anyone, however often the exports do, nor who made it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pack.opened import open_folder
from tests.pack.planted import BO, PLANTED, write_workspace

pytestmark = pytest.mark.slow

MAKER = "Wilburforce Pennyfeather"
# Who ran it, where, on what machine, in what time zone.
MADE = ("wilburforce", "pennyfeather", "chatham", "+12:45", "+13:45")


def run_pack(workspace: Path, quarter: str, *arguments: str) -> None:
    command = [sys.executable, "-c", "from dualtrack.cli import main; main()", "pack"]
    names = ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME")
    tale = dict.fromkeys(names, "wpennyfeather") | {"TZ": "Pacific/Chatham"}
    tale |= {"HOME": str(workspace.parent), "EMAIL": "w@pennyfeather.example"}
    done = subprocess.run(
        [*command, "--quarter", quarter, *arguments],
        cwd=workspace,
        env=dict(os.environ) | tale,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr


def find_words(folder: Path, words: tuple[str, ...]) -> set[tuple[str, str]]:
    found = set()
    for name, text in open_folder(folder):
        plain = re.sub(r"\s(?=\d)", "", text.casefold())
        found |= {(name, word) for word in words if word in plain}
    return found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workspace(tmp_path_factory.mktemp("names") / MAKER / "review")


def test_no_file_names_anyone_nor_who_made_it(workspace: Path) -> None:
    run_pack(workspace, "2026-Q3", "--format", "all")
    folder = workspace / "reports/2026-Q3"
    places = [str(workspace).casefold(), str(ROOT).casefold(), socket.gethostname().casefold()]
    places = [one for one in places if len(one) > 5]  # a host called "vm" is found in any picture
    assert find_words(folder, (*PLANTED, *MADE, *places)) == set()
    page = (folder / "north.html").read_text("utf-8")
    assert "Enter the Peruvian market with [name]" in page


def test_names_stay_where_that_is_asked_for(workspace: Path) -> None:
    run_pack(workspace, "2026-Q3", "--format", "html", "--names", "keep")
    page = (workspace / "reports/2026-Q3/north.html").read_text("utf-8")
    assert f"Enter the Peruvian market with {BO}" in page
