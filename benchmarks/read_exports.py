"""How fast exports are read, against the bare readers on the same file, in one run, interleaved.

Run by hand: `uv run --locked python benchmarks/read_exports.py [ROWS]`. Prints the median seconds
of each, the ratio, and the ratio of peak memory (each in a process of its own).
"""

from __future__ import annotations

import csv
import datetime as dt
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

REPEATS = 3
COLUMNS = 300


def write_csv(path: Path, rows: int) -> None:
    heads = ["Summary", "Issue key", "Issue id", "Issue Type", "Status", "Due date", "Parent key"]
    heads += [f"Custom field (Field {number})" for number in range(COLUMNS - len(heads))]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for row in range(rows):
            kind = "Epic" if row % 10 == 0 else "Story"
            parent = "" if row % 10 == 0 else f"K-{row - row % 10}"
            writer.writerow(
                [f"Cut waiting {row}", f"K-{row}", row, kind, "To Do", "17/Jul/25 10:44 AM", parent]
                + ["" if (row + one) % 4 else f"v{one}" for one in range(COLUMNS - 7)]
            )


def write_xlsx(path: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["ID", "Title", "Unit", "Budget", *[f"C{n}" for n in range(16)]])
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [row, f"Cut waiting {row}", "North", row * 1.5, *range(16)])
    book.close()


def bare_csv(path: Path) -> None:
    import pandas as pd

    pd.read_csv(path, engine="pyarrow", dtype="str")


def bare_xlsx(path: Path) -> None:
    import pandas as pd
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    pd.DataFrame(rows[1:], columns=rows[0])


def ours(path: Path) -> None:
    from dualtrack.config import Settings
    from dualtrack.exports import read_export

    read_export(path, Settings(), until=dt.date(2026, 9, 30))


def measure(task: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """Seconds and peak MB of a task in a fresh process; imports are not counted."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (task, path))


def _timed(task: Callable[[Path], None], path: Path) -> tuple[float, float]:
    import pandas  # noqa: F401, ICN001

    import dualtrack.exports  # noqa: F401

    began = time.perf_counter()
    task(path)
    took = time.perf_counter() - began
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        for name, write, bare in (("csv", write_csv, bare_csv), ("xlsx", write_xlsx, bare_xlsx)):
            path = Path(folder) / f"list.{name}"
            write(path, rows)
            runs = [(measure(bare, path), measure(ours, path)) for _ in range(REPEATS)]
            seconds = [statistics.median(pair[who][0] for pair in runs) for who in (0, 1)]
            memory = [statistics.median(pair[who][1] for pair in runs) for who in (0, 1)]
            sys.stdout.write(
                f"{name}, {rows:,} rows: bare {seconds[0]:.2f} s, ours {seconds[1]:.2f} s, "
                f"ratio {seconds[1] / seconds[0]:.1f}; peak {memory[0]:.0f} and "
                f"{memory[1]:.0f} MB, ratio {memory[1] / memory[0]:.1f}\n"
            )


if __name__ == "__main__":
    main()
