"""Reads files that may be hostile, each in a process of its own with little memory and time.

One process imports the package once and forks for every file: `python -m tests.hostile.worker`
takes lines of JSON (`path`, `settings`) and answers each with one of what came of it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

import icalendar  # noqa: F401  (before the watch: imported when used, it writes its cache)
import pandas as pd
import recurring_ical_events  # noqa: F401

from dualtrack.config import PrivacySettings, Settings
from dualtrack.errors import DualtrackError
from dualtrack.exports import read_export, read_exports
from dualtrack.exports.column_map import read_column_maps
from dualtrack.records import build_portfolio

MEMORY_BYTES = 1_500 * 2**20  # a file of 500 MB is held twice, once as bytes and once as text
SECONDS = 30
AS_OF = dt.date(2026, 9, 30)
# What no reading of a file may do; opening for writing is looked at by itself.
FORBIDDEN = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "socket.")
FORBIDDEN += ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink")
FORBIDDEN += ("os.truncate", "shutil.", "ftplib.", "urllib.", "ctypes.dlopen", "pty.")


def read_one(path: Path) -> dict[str, Any]:
    """What came of a file, or of a folder of them."""
    settings = Settings(root=path.parent / "settings", privacy=PrivacySettings(people_key="key"))
    try:
        if path.is_dir():
            exports = read_exports(path, settings, until=AS_OF)
        else:
            exports = read_export(path, settings, until=AS_OF)
        told: dict[str, Any] = {"rows": sum(len(one.frame) for one in exports)}
        told["aside"] = sum(len(one.set_aside) for one in exports)
        if not any(one.table_name == "projects" for one in exports):
            return told
        portfolio = build_portfolio(exports, settings, as_of_date=pd.Timestamp(AS_OF))
        told["projects"] = len(portfolio.projects)
        told["issues"] = len(portfolio.issues)
        told["text"] = " ".join(portfolio.projects["title"].dropna().astype(str))[:2000]
        told["files"] = sorted({one.source_file for one in exports})
    except DualtrackError as fault:
        told = {"error": str(fault), "kind": type(fault).__name__}
    return told


def child(path: Path, answer: int) -> None:
    """Read a file within the limits, and say what came of it."""
    done: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            mode, flags = arguments[1], arguments[2] or 0
            if (isinstance(mode, str) and set(mode) & set("wax+")) or flags & (
                os.O_WRONLY | os.O_RDWR | os.O_CREAT
            ):
                done.append(f"open {arguments[0]}")
        elif event.startswith(FORBIDDEN):
            done.append(event)

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(watch)
    started = time.monotonic()
    try:
        told = read_one(path)
    except BaseException as fault:  # the fault is what is asked about
        told = {"crash": f"{type(fault).__name__}: {str(fault)[:300]}"}
    told |= {"seconds": round(time.monotonic() - started, 2), "done": done}
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    os.write(answer, json.dumps(told).encode()[:60_000])
    os._exit(0)


def read_in_child(path: Path) -> dict[str, Any]:
    """Fork, wait, and kill what takes too long."""
    answer, from_child = os.pipe()
    number = os.fork()
    if number == 0:
        child(path, from_child)
    os.close(from_child)
    ready, _, _ = select.select([answer], [], [], SECONDS)
    if not ready:
        os.kill(number, signal.SIGKILL)
    content = b"".join(iter(lambda: os.read(answer, 65536), b"")) if ready else b""
    os.close(answer)
    _, status = os.waitpid(number, 0)
    if content:
        told: dict[str, Any] = json.loads(content)
        return told
    why = f"stopped by signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {status}"
    return {"crash": f"over {SECONDS} s" if not ready else why, "seconds": SECONDS, "done": []}


def main() -> None:
    """Answer lines until there are no more."""
    read_column_maps()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(read_in_child(Path(json.loads(line)["path"]))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
