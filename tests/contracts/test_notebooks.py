"""The rules for notebooks: thin cells, typed parameters, outputs kept, nothing of a machine."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PARAMETER = re.compile(
    r'^\w+: (str|int|float|bool|list\[str\]) = ("[^"]*"|[\d.]+|True|False|\[.*\])  # [^=]+$'
)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def test_the_notebooks_of_the_flow_are_there() -> None:
    names = {path.name for path in NOTEBOOKS}
    flow = (
        "0_tutorial",
        "1_ingest",
        "2_sort",
        "3_resources",
        "3_leaders",
        "4_metrics",
        "5_governance",
        "6_review",
    )
    assert {f"{name}.ipynb" for name in flow} <= names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_cells_are_thin(path: Path) -> None:
    for cell in code_cells(path):
        lines = cell.source.splitlines()
        assert len(lines) <= 15, f"{cell.id}: {len(lines)} lines"
        assert not re.search(r"^\s*(def|class|for|while)\b|^\s*[%!]", cell.source, re.M), cell.id
        if "parameters" not in cell.metadata.get("tags", []):
            assert not re.search(r"[\"'][\w.-]*/[\w./-]*[\"']", cell.source), f"{cell.id}: a path"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_one_parameters_cell_of_plain_types(path: Path) -> None:
    tagged = [c for c in code_cells(path) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    for line in tagged[0].source.splitlines():
        assert PARAMETER.match(line), line


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_starts_with_a_question_and_ends_with_what_to_decide(path: Path) -> None:
    cells = nbformat.read(path, 4).cells
    assert cells[0].cell_type == "markdown" and "?" in cells[0].source.splitlines()[0]
    assert any(cell.source.startswith("## What to decide") for cell in cells[-4:])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_is_committed_run_with_headlines_as_checked_text(path: Path) -> None:
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    checked = [c for c in cells if "nbval-check-output" in c.metadata.get("tags", [])]
    assert checked and all(cell.outputs for cell in checked)
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|work|Users)/", text), "a path of a machine in an output"
    assert 'execution":' not in text, "run metadata: use `make notebooks`"
