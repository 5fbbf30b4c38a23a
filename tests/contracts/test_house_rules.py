"""What CONVENTIONS asks of every file: docstrings, size, no stub, no machine in the text."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.contracts.test_imports import PACKAGE

FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 260  # DESIGN: 80-250 lines; a formatter's last lines get ten more


def public_functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_file_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path.name}: no module docstring"
    assert len(text.splitlines()) <= LONGEST, f"{path.name}: split it by noun"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|NotImplementedError", text), path.name
    assert not re.search(r"(?<![\w.])print\(", text), f"{path.name}: print; log or use the console"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_functions_explain_their_arguments(path: Path) -> None:
    for function in public_functions(path):
        text = ast.get_docstring(function) or ""
        assert text, f"{path.name}: {function.name} has no docstring"
        arguments = [a.arg for a in [*function.args.args, *function.args.kwonlyargs]]
        if len(arguments) > 2 and not {"cli", "sample"} & set(path.parts):
            assert "Args:" in text, f"{path.name}: {function.name} explains no argument"


def test_tracked_files_name_no_machine_and_no_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    odd = re.compile(r"(?<![\w.])/(work|root|home|opt|farm)/[a-z.]|index-url|\.cache/uv")
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".lock", ".xlsx", ".parquet"} or not path.is_file():
            continue
        if path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [name] if odd.search(text) else []
    assert not found, f"machine paths or registries in {found}"


def test_lock_names_only_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text("utf-8")))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}
