"""A batch that is interrupted while a notebook is only beginning ends all the same."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from dualtrack.pack.batch import PackJob, run_batch
from dualtrack.pack.run import RunOptions, run_notebook
from tests.pack.notebooks import write_notebook

pytestmark = pytest.mark.slow


def test_a_notebook_that_begins_after_the_interruption_is_ended_too(tmp_path: Path) -> None:
    endless = write_notebook(tmp_path / "endless.ipynb", "import time\nwhile True: time.sleep(0.1)")
    jobs = [PackJob(one, one, ((endless, tmp_path / f"{one}.ipynb"),)) for one in ("a", "b")]

    def begin_late(*arguments: Any, **options: Any) -> Path:
        time.sleep(1)
        return run_notebook(*arguments, **options)

    def interrupt(name: str, state: str) -> None:
        if name == "b":
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_batch(
            jobs,
            workers=2,
            options=RunOptions(cell_timeout_s=60),
            on_change=interrupt,
            run=begin_late,
        )
    assert time.monotonic() - began < 30
