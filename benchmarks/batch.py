"""How fast unit packs are run: papermill in a loop, in a process pool, and the engine `dualtrack`.

Run by hand: `uv run --locked python benchmarks/batch.py [--packs 24] [--json]`. All run the same
pack notebooks on the sample, in blocks that take turns, so that a slow moment of the machine meets
each. What each needs to get going is counted: a pool's processes, our warm parent.

The floor is what the cells alone take, shared between the cores, each notebook in a clean warm
process, nothing recorded and no start counted. `floor_unclean` is the same with notebooks one
after the other in one process a core: what one has drawn, the next draws faster.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import nbformat
import papermill  # noqa: F401  (each of them needs it; imported before the clock starts)

from dualtrack.pack.batch import PackJob, run_batch
from dualtrack.pack.run import RunOptions, run_notebook
from dualtrack.pack.warm.parent import fork_process, stop_warm_parent
from dualtrack.portfolio import read_portfolio_snapshot
from dualtrack.sample import write_sample

QUARTER = "2026-Q3"
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
CONTENTS = tomllib.loads((resources.files("dualtrack.pack") / "contents.toml").read_text("utf-8"))
CORES = os.cpu_count() or 1

# In a warm process: the cells of a job, timed, shown as a notebook would show them.
RUN_CELLS = """
def run_cells(cells):
    import ast, io, time
    from contextlib import redirect_stdout
    names, took = {}, 0.0
    for cell in cells:
        tree = ast.parse(cell)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        began = time.perf_counter()
        with redirect_stdout(io.StringIO()):
            exec(compile(tree, 'cell', 'exec'), names)
            shown = eval(compile(ast.Expression(last.value), 'cell', 'eval'), names) if last else 0
            get_ipython().display_formatter.format(shown)
        took += time.perf_counter() - began
    print(took)
"""


def prepare(folder: Path, packs: int) -> list[PackJob]:
    write_sample(folder, quarters=1)
    settings_file = str(folder / "portfolio.toml")
    given = {"quarter": QUARTER, "settings_file": settings_file}
    snapshot = {"snapshot_dir": str(folder / "snapshot")}
    for name in CONTENTS["once"]:
        run_notebook(NOTEBOOKS / name, folder / "once" / name, given | snapshot, folder=folder)
    units = read_portfolio_snapshot(folder / "snapshot").unit_names
    jobs = []
    for number in range(packs):
        unit = units[number % len(units)]
        out = folder / "out" / str(number)
        names = [one for one in CONTENTS["pack"] if one not in CONTENTS["whole_only"]]
        runs = tuple((NOTEBOOKS / name, out / name) for name in names)
        own = {**given, **snapshot, "unit_name": unit}
        jobs.append(PackJob(f"{unit} {number}", str(number), runs, own, folder))
    return jobs


def run_plain(job: PackJob) -> None:
    for notebook, output in job.runs:
        plain = RunOptions(engine="plain")
        run_notebook(notebook, output, job.parameters, folder=job.folder, options=plain)


def run_loop(jobs: list[PackJob]) -> None:
    for job in jobs:
        run_plain(job)


def run_ours(jobs: list[PackJob]) -> None:
    failed = [one.error for one in run_batch(jobs, options=RunOptions(engine="fork")) if one.error]
    if failed:
        raise SystemExit(failed[0])


def cells_of(job: PackJob) -> list[list[str]]:
    """Code of each notebook's cells, the job's parameters after the parameters cell."""
    notebooks = []
    for path, _ in job.runs:
        cells = []
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "code":
                given = "parameters" in cell.metadata.get("tags", [])
                cells.append(cell.source + (f"\nglobals().update({job.parameters!r})" * given))
        notebooks.append(cells)
    return notebooks


def run_alone(notebooks: list[list[str]], folder: Path) -> float:
    """Seconds of the cells of notebooks that share one forked process."""
    with fork_process() as process:
        process.send({"folder": str(folder), "environ": dict(os.environ), "memory_mb": 0})
        process.send({"code": RUN_CELLS, "cell_id": "0"})
        for cells in notebooks:
            process.send({"code": f"run_cells({cells!r})", "cell_id": "1"})
        said, left = "", 1 + len(notebooks)
        while left and (message := process.read(120)):
            left -= message["msg_type"] == "execute_reply"
            if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
                said += message["content"]["text"]
    return sum(map(float, said.split()))


def run_floor(jobs: list[PackJob], *, is_clean: bool) -> float:
    notebooks = [cells for job in jobs for cells in cells_of(job)]
    step = len(notebooks) if is_clean else CORES
    shares = [notebooks[start::step] for start in range(step)]
    with ThreadPoolExecutor(CORES) as pool:
        return sum(pool.map(lambda share: run_alone(share, jobs[0].folder), shares)) / CORES


def timed(run: Callable[[list[PackJob]], object], jobs: list[PackJob]) -> float:
    began = time.perf_counter()
    run(jobs)
    return time.perf_counter() - began


def warm_up(jobs: list[PackJob]) -> None:
    with fork_process():
        pass


def measure(jobs: list[PackJob], block: int) -> dict[str, float]:
    stop_warm_parent()  # the preparation's; ours starts cold
    start = timed(warm_up, jobs)
    took = {"plain_loop": 0.0, "pool": 0.0, "dualtrack": start, "warm_up": start}
    took |= {"floor": 0.0, "floor_unclean": 0.0}
    with ProcessPoolExecutor(CORES, multiprocessing.get_context("spawn")) as pool:
        ways = [
            ("plain_loop", lambda some: timed(run_loop, some)),
            ("pool", lambda some: timed(lambda own: list(pool.map(run_plain, own)), some)),
            ("dualtrack", lambda some: timed(run_ours, some)),
            ("floor", lambda some: run_floor(some, is_clean=True)),
            ("floor_unclean", lambda some: run_floor(some, is_clean=False)),
        ]
        for start in range(0, len(jobs), block):
            for name, seconds in ways:
                took[name] += seconds(jobs[start : start + block])
            ways = ways[1:] + ways[:1]
    return took


def report(took: dict[str, float], packs: int) -> dict[str, float | int]:
    ours = took["dualtrack"]
    return {
        "packs": packs,
        "cores": CORES,
        **{f"{name}_s": round(seconds, 2) for name, seconds in took.items()},
        "times_faster_than_loop": round(took["plain_loop"] / ours, 2),
        "times_faster_than_pool": round(took["pool"] / ours, 2),
        "times_the_floor": round(ours / took["floor"], 2),
        "times_the_floor_once_warm": round((ours - took["warm_up"]) / took["floor"], 2),
        "times_the_unclean_floor": round(ours / took["floor_unclean"], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packs", type=int, default=24, help="unit packs to run (24)")
    parser.add_argument(
        "--block", type=int, default=12, help="packs before the next takes its turn"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        jobs = prepare(Path(folder), asked.packs)
        found = report(measure(jobs, asked.block), asked.packs)
    if asked.json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.writelines(f"{name:24} {value:8}\n" for name, value in found.items())


if __name__ == "__main__":
    main()
