"""Paths of this machine in a text become those of the workspace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dualtrack.pack.paths import forget_paths, hide_paths

HERE = Path("/data/ana/ws")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"{HERE}/portfolio.toml", "portfolio.toml"),
        (f"'{HERE}'", "'.'"),
        (f"No such folder {HERE}. Make it.", "No such folder ./. Make it."),
        (f"{HERE}", "."),
        (f"file://{HERE}/a", "file://a"),
        (f"{HERE}/a and {HERE}/b", "a and b"),
        # Other folders, whose names only begin or end alike.
        *((one, one) for one in (f"{HERE}2/a", f"{HERE}.old/a", f"{HERE}-old", f"/x{HERE}/a")),
    ],
)
def test_a_path_of_the_workspace_is_told_from_there(text: str, hidden: str) -> None:
    assert hide_paths(text, HERE) == hidden


def test_the_home_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/people/ana")
    assert hide_paths("/people/ana/a.csv, in /people/ana.", HERE) == "~/a.csv, in ~."
    assert hide_paths("/people/anabel/a.csv", HERE) == "/people/anabel/a.csv"


def test_a_notebook_is_mended_in_text_and_in_code_that_holds_a_path(tmp_path: Path) -> None:
    here = tmp_path / 'a "b"'
    here.mkdir()
    said = {"text": f"from {here}/x", "code": f"folder = {json.dumps(str(here / 'x'))}"}
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    forget_paths(path, here)
    mended = {"text": "from x", "code": 'folder = "x"'}
    assert json.loads(path.read_text(encoding="utf-8")) == mended
    assert [one.name for one in tmp_path.iterdir() if one != here] == ["n.ipynb"]
