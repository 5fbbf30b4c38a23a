"""The engine shows what papermill's own shows, and says what went wrong when it cannot."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import nbformat
import pytest
from papermill.exceptions import PapermillExecutionError

from dualtrack.errors import PackError
from dualtrack.pack.run import RunOptions, run_notebook
from dualtrack.pack.warm import parent
from dualtrack.pack.warm.parent import can_fork
from tests.conftest import ROOT
from tests.pack.notebooks import comparable, execute, run, shown, write_notebook

needs_fork = pytest.mark.skipif(not can_fork(), reason="no safe fork on this system")
ENGINES = [pytest.param("fork", marks=needs_fork), "kernels"]

FEATURES = (
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('again')",
    "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', None]})",
    "pd.DataFrame({f'column {n}': [n] for n in range(30)})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);",
    "%matplotlib inline\nfigure, axes = plt.subplots(figsize=(2, 1))\nfigure",
    "from IPython.display import HTML, Markdown, clear_output, display\n"
    "one = display(HTML('<b>1</b>'), display_id='one')\nprint('between')\ndisplay(Markdown('*2*'))",
    "one.update(HTML('<b>updated</b>'))\nprint('gone')\nclear_output()\nprint('stays')",
    "import asyncio\nawait asyncio.sleep(0.01)\nasyncio.get_running_loop().is_running()",
    "_, Out[4].shape, In[3][:10], name",
    "import warnings\nwarnings.warn('look out')",
    "def broken(x):\n    return 1 / x\nbroken(0)",
    "1 +",
    "print('not run')",
    "!echo from a line",
    "class Odd:\n    def _repr_html_(self):\n        raise ValueError('cannot show')\nOdd()",
    "import comm\nwidget = comm.create_comm(target_name='jupyter.widget', comm_id='w1',\n"
    "    data={'state': {'_model_name': 'M', '_model_module': 'm', 'value': 5}})\n"
    "widget.send({'method': 'update', 'state': {'value': 6}})",
    "input('a name?')",
    "get_ipython(), __name__, sys.modules['__main__'].name",
)
TAGS = {
    number: ["raises-exception"]
    for number, cell in enumerate(FEATURES)
    if cell.startswith(("def broken", "1 +", "class Odd", "input"))
} | {12: ["skip-execution"]}


def run_features(path: Path, engine: str) -> dict[str, Any]:
    # Papermill runs past an allowed error, then counts the notebook as failed.
    with pytest.raises(PackError, match="features.ipynb, cell"):
        run(path, engine=engine, name="given")
    return comparable(nbformat.read(path.parent / "run" / f"{path.stem}-{engine}.ipynb", 4))


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("features")
    path = write_notebook(folder / "features.ipynb", *FEATURES, tags=TAGS)
    return path, run_features(path, "plain")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_shows_what_the_plain_engine_shows(
    features: tuple[Path, dict[str, Any]], engine: str
) -> None:
    path, plain = features
    ours = run_features(path, engine)
    for expected, cell in zip(plain["cells"], ours["cells"], strict=True):
        assert cell == expected
    assert ours == plain
    kinds = {one["output_type"] for cell in plain["cells"] for one in cell.get("outputs", [])}
    assert kinds == {"stream", "execute_result", "display_data", "error"}
    assert "widget-state" in str(plain["metadata"])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshot")
    for name in ("1_ingest.ipynb", "2_sort.ipynb"):
        given = {"snapshot_dir": str(folder / "snapshot")}
        run_notebook(ROOT / "notebooks" / name, folder / name, given, folder=ROOT)
    return folder / "snapshot"


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.name)
def test_our_notebooks_are_the_same_by_both_engines(
    tmp_path: Path, snapshot: Path, path: Path
) -> None:
    source = nbformat.read(path, 4)
    given = {"quarter": "2026-Q3"}
    if any("unit_name: str" in cell.source for cell in source.cells):
        given |= {"snapshot_dir": str(snapshot), "unit_name": "Manufacturing"}
    both = []
    for engine in ("plain", "fork"):
        options = RunOptions(engine=engine)
        run_notebook(path, tmp_path / f"{engine}.ipynb", given, folder=ROOT, options=options)
        both.append(comparable(nbformat.read(tmp_path / f"{engine}.ipynb", 4)))
    for expected, cell in zip(both[0]["cells"], both[1]["cells"], strict=True):
        assert cell == expected
    assert both[0] == both[1]


def test_papermill_finds_the_engine_by_its_name(tmp_path: Path) -> None:
    assert "dualtrack" in entry_points(group="papermill.engine").names
    path = write_notebook(tmp_path / "n.ipynb", "import os\nprint(name, os.getcwd())")
    options = {"engine_name": "dualtrack", "cwd": str(tmp_path), "parameters": {"name": "x"}}
    notebook = execute(path, tmp_path / "out.ipynb", **options)
    assert shown(notebook) == f"x {tmp_path}\n"
    assert notebook.cells[-1].metadata.papermill.status == "completed"


@pytest.mark.slow
def test_the_engine_and_papermill_can_be_imported_in_either_order() -> None:
    for line in ("import dualtrack.pack.engine, papermill", "import papermill"):
        look = "print(papermill.engines.papermill_engines.get_engine('dualtrack').__name__)"
        done = subprocess.run(
            [sys.executable, "-c", f"{line}\n{look}"], capture_output=True, text=True, check=True
        )
        assert done.stdout == "DualtrackEngine\n"


@needs_fork
@pytest.mark.slow
def test_without_a_warm_process_an_ordinary_kernel_runs_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    parent.stop_warm_parent()
    monkeypatch.setattr(parent, "_START", 0.01)
    path = write_notebook(tmp_path / "n.ipynb", "print('well')")
    for _ in range(2):
        assert shown(run(path)) == "well\n"
    parent.stop_warm_parent()
    assert "it did not start" in caplog.text


def fail(folder: Path, *cells: str, engine: str = "auto", **options: Any) -> tuple[str, Any]:
    """The message and the executed notebook of one that fails."""
    path = write_notebook(folder / "bad.ipynb", *cells)
    with pytest.raises(PackError) as fault:
        run_notebook(path, folder / "out.ipynb", {}, options=RunOptions(engine=engine, **options))
    return str(fault.value), nbformat.read(folder / "out.ipynb", 4)


def errors(notebook: Any) -> list[Any]:
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    return [one for one in outputs if one.output_type == "error"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_an_error_keeps_its_traceback_and_what_was_shown_before(
    tmp_path: Path, engine: str
) -> None:
    cells = ("print('before')", "def inner():\n    raise KeyError('gone')\ninner()", "print('no')")
    message, notebook = fail(tmp_path, *cells, engine=engine)
    assert message == "bad.ipynb, cell 3: KeyError: 'gone'"
    assert "inner" in "".join(errors(notebook)[0].traceback)
    assert shown(notebook) == "before\n"
    assert notebook.metadata.papermill.exception is True
    failed = [c for c in notebook.cells if c.metadata.get("papermill", {}).get("exception")]
    assert failed[0].metadata.papermill.status == "failed"
    assert "papermill-error-cell-tag" in notebook.cells[0].metadata.tags


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_hanging_cell_is_stopped_and_told(tmp_path: Path, engine: str) -> None:
    cells = ("print('before')", "import time\ntime.sleep(60)")
    message, notebook = fail(tmp_path, *cells, engine=engine, cell_timeout_s=1)
    assert (
        message == ("bad.ipynb, cell 3: CellTimeoutError: timed out: the cell took longer than 1 s")
        or engine == "kernels"
    )
    assert "timed out: the cell took longer than 1 s" in message
    assert "before\n" in shown(notebook)
    if engine == "fork":
        assert "time.sleep" in "".join(errors(notebook)[0].traceback).replace("\x1b[39m", "")


@needs_fork
@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ("import asyncio\nawait asyncio.sleep(60)", "CancelledError"),
        ("import threading\nthreading.Event().wait()", "KeyboardInterrupt"),
    ],
)
def test_what_hung_is_in_the_traceback(tmp_path: Path, cell: str, where: str) -> None:
    message, notebook = fail(tmp_path, cell, cell_timeout_s=1)
    assert "timed out" in message
    assert where in "".join(errors(notebook)[0].traceback)


@needs_fork
@pytest.mark.slow
def test_a_hang_that_withstands_ctrl_c_is_killed_and_says_where(tmp_path: Path) -> None:
    stubborn = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(60)"
    message, notebook = fail(tmp_path, stubborn, cell_timeout_s=1)
    assert "timed out: the cell took longer than 1 s; it was killed" in message
    assert "line 3 in <module>" in shown(notebook)


@needs_fork
def test_a_notebook_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    cells = ["import time", *["time.sleep(0.4)"] * 5]
    message, notebook = fail(tmp_path, *cells, notebook_timeout_s=1)
    assert "timed out: the notebook took longer than 1 s" in message
    done = [c for c in notebook.cells if c.metadata.get("papermill", {}).get("status")]
    assert [c.metadata.papermill.status for c in done][-1] == "pending"


@needs_fork
@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "killed by SIGKILL at"),
        ("import os\nos._exit(7)", "ended its own process with exit code 7"),
        ("import ctypes\nctypes.string_at(0)", "killed by SIGSEGV"),
        ("exit()", "ended its own process with exit code 0"),
    ],
)
def test_a_dying_process_is_reported_as_such(tmp_path: Path, cell: str, words: str) -> None:
    message, notebook = fail(tmp_path, f"print('last words')\n{cell}", "print('next')")
    assert words in message and "DeadKernelError" in message
    assert "last words\n" in shown(notebook)
    if "SIGSEGV" in words:
        assert "line 3 in <module>" in shown(notebook)


@pytest.mark.slow
def test_a_dying_kernel_is_reported_as_such(tmp_path: Path) -> None:
    message, _ = fail(tmp_path, "import os\nos._exit(7)", engine="kernels")
    assert "DeadKernelError" in message and "exit code 7" in message


@needs_fork
@pytest.mark.parametrize(
    "cell", ["x = bytearray(2_000_000_000)", "import numpy\nnumpy.ones(1 << 30)"]
)
def test_running_out_of_memory_is_reported_as_such(tmp_path: Path, cell: str) -> None:
    message, notebook = fail(tmp_path, cell, memory_mb=700)
    assert "out of memory" in message and "memory_mb" in message
    assert errors(notebook)[0].ename == "MemoryError"


@needs_fork
@pytest.mark.slow
def test_a_batch_in_a_notebook_of_another_keeps_to_the_memory_it_was_given(tmp_path: Path) -> None:
    # Only a privileged user may raise a limit that is set, and none is needed here.
    inner = write_notebook(
        tmp_path / "inner.ipynb",
        "import resource\nprint(max(resource.getrlimit(resource.RLIMIT_DATA)))",
    )
    outer = write_notebook(
        tmp_path / "outer.ipynb",
        "import nbformat, resource\nfrom pathlib import Path\n"
        "from dualtrack.pack.run import RunOptions, run_notebook\n"
        f"inner, output = Path({str(inner)!r}), Path({str(tmp_path / 'inner_run.ipynb')!r})\n"
        "run_notebook(inner, output, {}, options=RunOptions(engine='fork', memory_mb=9000))\n"
        "print(resource.getrlimit(resource.RLIMIT_DATA)[1])\n"
        "print(nbformat.read(output, 4).cells[-1].outputs[0].text)",
    )
    options = RunOptions(engine="fork", memory_mb=3000)
    run_notebook(outer, tmp_path / "outer_run.ipynb", {}, options=options)
    given, kept = shown(nbformat.read(tmp_path / "outer_run.ipynb", 4)).split()
    assert 3_000_000_000 < int(kept) <= int(given) < 6_000_000_000


@needs_fork
@pytest.mark.slow
def test_a_cell_that_prints_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dualtrack.pack.warm.forked._MOST_SHOWN_MB", 2)
    message, _ = fail(tmp_path, "while True:\n    print('x' * 1000)")
    assert "showed more than 2 MB" in message


@needs_fork
def test_what_is_written_past_python_is_shown_too(tmp_path: Path) -> None:
    cell = "import os, subprocess\nos.system('echo shell')\nsubprocess.run(['echo', 'command'])"
    path = write_notebook(tmp_path / "n.ipynb", f"{cell}\nos.write(2, b'bytes\\n');", "print(3)")
    cells = run(path).cells
    assert {one.name: one.text for one in cells[-2].outputs} == {
        "stdout": "shell\ncommand\n",
        "stderr": "bytes\n",
    }
    assert cells[-1].outputs[0].text == "3\n"


@needs_fork
def test_text_printed_line_by_line_arrives_whole_and_in_order(tmp_path: Path) -> None:
    path = write_notebook(
        tmp_path / "n.ipynb",
        "import sys\nfor n in range(3000):\n    print(n, file=(sys.stdout, sys.stderr)[n % 2])",
    )
    outputs = run(path).cells[-1].outputs
    assert len(outputs) == 3000
    assert [int(one.text) for one in outputs] == list(range(3000))


def test_unknown_engines_are_refused() -> None:
    with pytest.raises(PackError, match=r"No engine 'fast'; there are \['auto', 'fork'"):
        RunOptions(engine="fast")
    with pytest.raises(PackError, match="at least one second"):
        RunOptions(cell_timeout_s=0)


@needs_fork
def test_a_fast_notebook_takes_no_time_once_warm(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "n.ipynb", "import pandas, matplotlib, dualtrack")
    run(path)
    began = time.perf_counter()
    for _ in range(5):
        run(path)
    # A kernel's start and these imports take three seconds and more for each.
    assert (time.perf_counter() - began) / 5 < 1.5


@needs_fork
def test_papermill_raises_its_own_error(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "n.ipynb", "1 / 0")
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        execute(path, tmp_path / "out.ipynb", engine_name="dualtrack")
