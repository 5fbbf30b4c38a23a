"""The warm parent: what it imports ahead, and that it does not outlive who started it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dualtrack.pack.warm import parent, zygote
from tests.pack.notebooks import run, shown, write_notebook

pytestmark = pytest.mark.skipif(not parent.can_fork(), reason="no safe fork on this system")

LOADED = "import sys\nprint('seaborn' in sys.modules, 'pandas' in sys.modules)"


@pytest.fixture(autouse=True)
def none_before_or_after() -> Iterator[None]:
    parent.stop_warm_parent()
    yield
    parent.stop_warm_parent()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import numpy as np\nimport pandas, seaborn as sns", "True True\n"),
        ("from seaborn import histplot", "True True\n"),
        ("note = 'import seaborn'  # not a line that does", "False True\n"),
    ],
)
def test_what_a_notebook_imports_is_imported_ahead(
    tmp_path: Path, line: str, expected: str
) -> None:
    asked = write_notebook(tmp_path / "asked.ipynb", line)
    parent.start_warm_parent([asked, tmp_path / "gone.ipynb"])
    assert shown(run(write_notebook(tmp_path / "n.ipynb", LOADED))) == expected


@pytest.mark.slow
@pytest.mark.parametrize("is_gone", [True, False])
def test_it_ends_while_it_imports_when_its_caller_is_gone(tmp_path: Path, is_gone: bool) -> None:
    (tmp_path / "imported_last.py").write_text("open(__file__ + '.seen', 'w')\n", encoding="utf-8")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, zygote.__file__, str(theirs.fileno()), "imported_last"],
        pass_fds=(theirs.fileno(),),
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stderr=subprocess.PIPE,
    )
    theirs.close()
    if not is_gone:
        assert b"threads" in ours.recv(4096)
    ours.close()
    assert process.communicate(timeout=120) == (None, b"")
    assert process.returncode == 0
    assert (tmp_path / "imported_last.py.seen").exists() != is_gone
