"""Small notebooks for tests, and executed ones with what differs by nature left out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import papermill

from dualtrack.pack.run import RunOptions, run_notebook

# Times, places and process numbers; all else of two runs must be the same.
_BY_NATURE = ("start_time", "end_time", "duration", "output_path")


def write_notebook(
    path: Path, *cells: str, parameters: str = 'name: str = "a"  # a name', tags: Any = None
) -> Path:
    """A notebook with a parameters cell; `tags` maps a cell's number to its tags."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            *(
                nbformat.v4.new_code_cell(cell, metadata={"tags": (tags or {}).get(number, [])})
                for number, cell in enumerate(cells)
            ),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "p", "language": "python"}},
    )
    nbformat.write(notebook, path)
    return path


def run(path: Path, *, engine: str = "auto", **parameters: Any) -> nbformat.NotebookNode:
    """The notebook as executed; it runs in its own folder."""
    output = path.parent / "run" / f"{path.stem}-{engine}.ipynb"
    run_notebook(path, output, parameters, options=RunOptions(engine=engine))
    return nbformat.read(output, 4)


def shown(notebook: nbformat.NotebookNode) -> str:
    """All text it printed."""
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    return "".join(one.get("text", "") for one in outputs)


def comparable(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    """The notebook without what differs by nature, text of a stream in one piece."""
    text = json.dumps(notebook)
    text = re.sub(r"ipykernel_\d+/\d+\.py", "cell.py", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "0x", text)
    plain = json.loads(text)
    for holder in [plain, *plain["cells"]]:
        for name in _BY_NATURE:
            holder["metadata"].get("papermill", {}).pop(name, None)
    for cell in plain["cells"]:
        if cell["metadata"].get("tags") in (["injected-parameters"], ["papermill-error-cell-tag"]):
            cell.pop("id")
        if "execution" in cell["metadata"]:
            cell["metadata"]["execution"] = sorted(cell["metadata"]["execution"])
        if "outputs" in cell:
            cell["outputs"] = _joined(cell["outputs"])
    return plain


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Text between two other outputs by stream: a kernel keeps no order between its two."""
    joined: list[dict[str, Any]] = []
    streams: dict[str, dict[str, Any]] = {}
    for one in outputs:
        if one["output_type"] != "stream":
            streams = {}
        elif one["name"] in streams:
            streams[one["name"]]["text"] += one["text"]
            continue
        else:
            one = streams[one["name"]] = dict(one)
        joined.append(one)
    return joined


def execute(path: Path, output: Path, **options: Any) -> nbformat.NotebookNode:
    """Run through papermill itself, with the engine found by its name."""
    return papermill.execute_notebook(
        str(path), str(output), kernel_name="python3", progress_bar=False, **options
    )
