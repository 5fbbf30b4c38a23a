"""Imports point one way: a step imports only the steps before it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import dualtrack

PACKAGE = Path(dualtrack.__file__).parent

# Room to the rooms it may import. `exports` to `pack` in the order of the flow; `workbook` and
# `cli` stand above it; `sample` stands beside it and nothing of the flow may see it.
BASE = {"errors", "quarter", "schema", "reference", "config", "config_faults"}
MAY_IMPORT = {
    "errors": set(),
    "quarter": {"errors"},
    "schema": {"errors"},
    "reference": set(),
    "config_sections": set(),
    "config_faults": set(),
    "config": {"errors", "quarter", "config_sections", "config_faults"},
    "portfolio": {"errors", "schema"},
    "exports": BASE,
    "records": BASE | {"portfolio", "exports"},
    "sorting": BASE | {"portfolio"},
    "analyses": {"errors", "schema", "reference"},
    "claims": {"errors", "schema"},
    "figures": {"errors", "schema"},
    "tables": {"errors", "schema"},
    "pack": BASE | {"portfolio", "claims", "tables", "start"},
    "workbook": BASE | {"portfolio", "records", "sorting"},
    "widgets": BASE | {"portfolio", "sorting", "analyses", "claims", "workbook"},
    "review": BASE | {"portfolio", "records", "sorting", "analyses", "workbook"},
    "sample": {"errors", "quarter"},
    "start": {"errors", "quarter"},
    "cli": None,
    "__init__": None,
}


def rooms_and_files() -> list[tuple[str, Path]]:
    files = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        files.append((inside.parts[0].removesuffix(".py"), path))
    return files


def imported_rooms(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    own = [name.split(".") for name in found if name.split(".")[0] == "dualtrack"]
    return {parts[1] if len(parts) > 1 else "__init__" for parts in own}


@pytest.mark.parametrize(("room", "path"), rooms_and_files(), ids=lambda one: str(one)[-40:])
def test_a_file_imports_only_what_stands_before_it(room: str, path: Path) -> None:
    assert room in MAY_IMPORT, f"{room}: a new room needs a place in the flow; name it here"
    allowed = MAY_IMPORT[room]
    if allowed is not None:
        odd = imported_rooms(path) - allowed - {room}
        assert not odd, f"{path.relative_to(PACKAGE)} imports {sorted(odd)}"


def test_truth_is_read_by_no_step() -> None:
    opening = re.compile(r"[\"'/]truth/|/ ?[\"']truth[\"']|projects\.csv|findings\.csv")
    for room, path in rooms_and_files():
        if room not in {"sample", "schema"}:
            assert not opening.search(path.read_text(encoding="utf-8")), path
