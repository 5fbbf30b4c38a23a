"""Nothing of one notebook is seen by the next, nothing of a process outlives its batch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dualtrack.errors import PackError
from dualtrack.pack.batch import PackJob, run_batch
from dualtrack.pack.run import RunOptions, run_notebook
from dualtrack.pack.warm import parent
from tests.pack.notebooks import run, shown, write_notebook

pytestmark = pytest.mark.skipif(not parent.can_fork(), reason="no safe fork on this system")

# Everything a notebook could find other than it should be; what differs by nature is left out.
LOOK = """
import gc, json, locale, logging, os, random, signal, sys, threading, warnings
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd, seaborn
from pandas._config import config
plt.close(plt.figure())
names = {'JPY_PARENT_PID', 'PYDEVD_USE_FRAME_EVAL', 'PYTEST_CURRENT_TEST'}
print(json.dumps({
    'rcparams': {key: str(value) for key, value in mpl.rcParams.items()},
    'backend': mpl.get_backend(),
    'pandas': {key: str(config.get_option(key)) for key in config._registered_options},
    'numpy': [str(np.geterr()), str(np.get_printoptions())],
    'environ': {key: value for key, value in os.environ.items() if key not in names},
    'folder': [os.getcwd(), os.umask(0o22)],
    'filters': sorted(map(str, warnings.filters)),
    'logging': [logging.root.level, str(logging.root.handlers)],
    'python': [sys.path, gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit()],
    'locale': locale.setlocale(locale.LC_ALL),
    'interrupt': str(signal.getsignal(signal.SIGINT)),
    'names': sorted(set(globals()) - {'_i2', '_i3', '_2', '_3'}),
    'shell': [type(get_ipython()).__name__, get_ipython().colors, get_ipython().autoawait],
    'events': {key: len(found) for key, found in get_ipython().events.callbacks.items()},
    'streams': [sys.stdin.isatty(), sys.stdout.isatty(), sys.stdout.encoding, __name__],
    'figures': len(plt.get_fignums()),
    'modules': hasattr(json, 'spoiled'),
}))
"""
SPOIL = """
import gc, json, locale, logging, os, random, sys, threading, time, warnings
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd
left_over = 'from the notebook before'
mpl.rcParams['font.size'] = 33; plt.style.use('dark_background'); plt.figure()
pd.set_option('display.max_columns', 3); pd.options.mode.chained_assignment = 'raise'
np.seterr(all='raise'); np.set_printoptions(precision=1)
os.environ['LEFT_OVER'] = 'yes'; os.environ.pop('PATH'); os.chdir('/'); os.umask(0)
random.seed(1); np.random.seed(1)
warnings.simplefilter('error'); logging.basicConfig(level=1); gc.disable()
sys.path.insert(0, '/left/over'); sys.setrecursionlimit(5000); json.spoiled = True
import builtins; builtins.left_over = 1
get_ipython().events.register('post_execute', lambda: None)
threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
"""


def look(path: Path, engine: str = "fork") -> dict[str, Any]:
    text = shown(run(path, engine=engine))
    return dict(json.loads(next(line for line in text.splitlines() if line.startswith("{"))))


def test_a_notebook_finds_nothing_of_the_one_before(tmp_path: Path) -> None:
    looking = write_notebook(tmp_path / "look.ipynb", LOOK)
    before = look(looking)
    run(write_notebook(tmp_path / "spoil.ipynb", SPOIL))
    after = look(looking)
    for name, found in before.items():
        assert after[name] == found, name
    assert before["pandas"]["display.max_columns"] == "20"


@pytest.mark.slow
def test_a_notebook_finds_what_it_finds_in_a_fresh_kernel(tmp_path: Path) -> None:
    looking = write_notebook(tmp_path / "look.ipynb", LOOK)
    fresh, ours = look(looking, "plain"), look(looking)
    for name, found in fresh.items():
        assert ours[name] == found, name


def test_chance_is_another_in_each_notebook(tmp_path: Path) -> None:
    cell = (
        "import random, uuid\nimport numpy as np\n"
        "print(random.random(), np.random.random(), np.random.default_rng().random(), uuid.uuid4())"
    )
    path = write_notebook(tmp_path / "n.ipynb", cell)
    first, second = shown(run(path)).split(), shown(run(path)).split()
    assert not set(first) & set(second)


def test_settings_of_the_caller_reach_the_notebook_as_they_are_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = "import os\nprint(os.environ.get('SAID'), os.getcwd(), os.listdir('/proc/self/fd'))"
    path = write_notebook(tmp_path / "n.ipynb", cell)
    monkeypatch.setenv("SAID", "now")
    text = shown(run(path))
    assert text.startswith(f"now {tmp_path} ")
    # Standard streams, the link, the event loop's three, and the listing itself.
    assert len(text.split("[")[1].split(",")) <= 9


def test_processes_a_notebook_leaves_behind_end_with_it(tmp_path: Path) -> None:
    cell = "import subprocess\nprint(subprocess.Popen(['sleep', '60']).pid)"
    pid = int(shown(run(write_notebook(tmp_path / "n.ipynb", cell))))
    assert ends(pid)


def test_what_a_notebook_leaves_to_its_exit_is_done(tmp_path: Path) -> None:
    cell = "import atexit, pathlib\natexit.register(pathlib.Path('done.txt').write_text, 'yes')"
    run(write_notebook(tmp_path / "n.ipynb", cell))
    assert (tmp_path / "done.txt").read_text() == "yes"


def test_a_warm_parent_that_is_killed_costs_what_it_ran_and_is_replaced(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "n.ipynb", "print('well')")
    run(path)
    assert parent._parent is not None
    killer = f"import os, signal\nos.kill({parent._parent.process.pid}, signal.SIGKILL)"
    slow = "import time\ntime.sleep(60)"
    with pytest.raises(PackError, match="the process that starts notebooks was killed"):
        run(write_notebook(tmp_path / "killer.ipynb", killer, slow))
    assert shown(run(path)) == "well\n"


@pytest.mark.slow
def test_a_batch_goes_on_past_every_kind_of_fault(tmp_path: Path) -> None:
    cells = {
        "good": "print(name)",
        "wrong": "raise ValueError('budget is odd')",
        "killed": "import os\nos.kill(os.getpid(), 9)",
        "hanging": "import time\ntime.sleep(60)",
        "greedy": "x = bytearray(5_000_000_000)",
        "better": "print(name)",
    }
    jobs = []
    for name, cell in cells.items():
        path = write_notebook(tmp_path / f"{name}.ipynb", cell)
        jobs.append(PackJob(name, name, ((path, tmp_path / "run" / path.name),)))
    options = RunOptions(cell_timeout_s=2, memory_mb=1000)
    errors = {one.job.name: one.error for one in run_batch(jobs, workers=2, options=options)}
    assert errors["good"] == errors["better"] == ""
    assert "budget is odd" in errors["wrong"]
    assert "SIGKILL" in errors["killed"]
    assert "timed out" in errors["hanging"]
    assert "out of memory" in errors["greedy"]


def ends(pid: int, seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_notebooks_end_with_the_batch_that_runs_them(tmp_path: Path, number: int) -> None:
    cell = "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))\n"
    write_notebook(tmp_path / "n.ipynb", f"{cell}time.sleep(120)")
    code = (
        "from pathlib import Path\n"
        "from dualtrack.pack.batch import PackJob, run_batch\n"
        "run_batch([PackJob('n', 'n', ((Path('n.ipynb'), Path('out.ipynb')),))])\n"
    )
    batch = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while not (tmp_path / "pid").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.2)
    pid = int((tmp_path / "pid").read_text())
    os.kill(batch.pid, number)
    assert ends(pid)
    batch.wait(timeout=60)
    assert number == signal.SIGKILL or "KeyboardInterrupt" in batch.stderr.read()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "n.ipynb", "1")
    with pytest.raises(PackError, match=r"gone: no such folder, so n\.ipynb cannot run there"):
        run_notebook(path, tmp_path / "out.ipynb", {}, folder=tmp_path / "gone")
