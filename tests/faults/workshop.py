"""A small quarter to break: workspaces copied from one that is ready, commands run with faults."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dualtrack.config import read_settings
from dualtrack.pack.manifest import hash_folder
from dualtrack.pack.verify import verify_quarter
from dualtrack.portfolio import write_portfolio_snapshot
from dualtrack.records import read_portfolio
from dualtrack.sorting import read_criteria, read_decisions, sort_projects
from dualtrack.sorting.snapshot import write_sorting_snapshot
from tests.conftest import ROOT
from tests.faults.injector import Fault
from tests.pack.notebooks import write_notebook

__all__ = [
    "CHANGED",
    "QUARTER",
    "Outcome",
    "Server",
    "Workspace",
    "copy_of",
    "failed_packs",
    "list_files",
    "make_template",
    "quarter_state",
]

QUARTER = "2026-Q3"
# The new pack differs from the one that is there by this.
CHANGED = ("-p", "note=changed")

_PARAMETERS = "\n".join(
    f'{name}: str = ""  # given'
    for name in ("quarter", "settings_file", "export_dir", "snapshot_dir", "unit_name", "note")
)
_LIST = (
    "Title,Unit,Start,Due,Budget\n"
    "Cut waiting time at the desk by half,North,2026-02-01,2026-11-01,12000\n"
    "Enter the Peruvian market with a joint venture,North,2026-03-01,2028-11-01,900000\n"
)
# The portfolio was read and sorted when the template was made; what is under test is the writing.
_INGEST = """
from pathlib import Path
import pyarrow.parquet
from dualtrack.portfolio import read_portfolio_snapshot, write_portfolio_snapshot
from dualtrack.sorting.snapshot import read_sorting_snapshot, write_sorting_snapshot
from tests.faults.injector import install_in_notebook
install_in_notebook()
write_portfolio_snapshot(read_portfolio_snapshot(Path("ready")), Path(snapshot_dir))
write_sorting_snapshot(*read_sorting_snapshot(Path("ready")), Path(snapshot_dir))
"""
_OPEN = """
from dualtrack import analyses, claims, open_quarter, tables
from dualtrack.pack import show_headline, show_table
opened = open_quarter(
    quarter, snapshot_dir=snapshot_dir, settings_file=settings_file, unit_name=unit_name
)
projects, sorting = opened.portfolio.projects, opened.sorting
mix = analyses.measure_mix(projects, sorting, by=opened.group_column)
blur = analyses.measure_blur(projects, sorting, opened.evidence)
"""
_HEADLINE = "show_headline(claims.state_headline(mix, blur, sorting), sums=mix)"
_TABLE = """
show_table(tables.tabulate_mix(mix, currency="EUR"), key="mix", title=f"The mix {note}")
"""


@dataclass(frozen=True)
class Outcome:
    """What came of a command.

    Attributes:
        code: Exit code; negative for a signal.
        calls: Writes counted below the reports folder, name and path; none after a power cut.
    """

    code: int
    out: str
    err: str
    calls: list[tuple[str, str]]


@dataclass(frozen=True)
class Workspace:
    """A folder with a quarter's exports."""

    folder: Path

    @property
    def reports(self) -> Path:
        """Where quarters are written; a mounted one is told by `reports.txt`."""
        told = self.folder / "reports.txt"
        return Path(told.read_text()) if told.exists() else self.folder / "reports"

    @property
    def quarter(self) -> Path:
        """The quarter's folder."""
        return self.reports / QUARTER


class Server:
    """A process of `tests.faults.server`."""

    def __init__(self) -> None:
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "ARROW_IO_THREADS": "1",
            "COLUMNS": "200",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environ,
        )

    def pack(
        self,
        workspace: Workspace,
        *arguments: str,
        fault: Fault | None = None,
        before: Sequence[str] = (),
    ) -> Outcome:
        """Run `dualtrack pack` with one worker.

        Args:
            workspace: Where.
            arguments: Further ones.
            fault: What goes wrong; nothing if None.
            before: Python to execute in the process first.
        """
        return self.run(
            workspace,
            *("pack", "--quarter", QUARTER, "--workers", "1", *arguments),
            fault=fault,
            before=before,
        )

    def run(
        self,
        workspace: Workspace,
        *arguments: str,
        fault: Fault | None = None,
        before: Sequence[str] = (),
    ) -> Outcome:
        """Run a command; as `pack`."""
        folder = workspace.folder
        for name in ("calls.json", "notebook-calls.json"):
            (folder / name).unlink(missing_ok=True)
        request = {
            "folder": str(folder),
            "root": str(workspace.reports),
            "arguments": arguments,
            "fault": asdict(fault or Fault()),
            "before": list(before),
        }
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        code = json.loads(self._process.stdout.readline())["code"]
        is_notebook = fault is not None and fault.where == "notebook"
        calls = folder / ("notebook-calls.json" if is_notebook else "calls.json")
        return Outcome(
            code,
            (folder / "out.txt").read_text(),
            (folder / "err.txt").read_text(),
            [tuple(one) for one in json.loads(calls.read_text())] if calls.exists() else [],
        )

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def make_template(folder: Path) -> Workspace:
    """A workspace with one unit, nothing issued; its snapshot is ready in `ready`."""
    contents = tomllib.loads((ROOT / "dualtrack/pack/contents.toml").read_text("utf-8"))
    (folder / "notebooks").mkdir(parents=True)
    for place, name in enumerate(contents["once"]):
        cell = "1" if place else _INGEST
        write_notebook(folder / "notebooks" / name, cell, parameters=_PARAMETERS)
    for place, name in enumerate(contents["pack"]):
        cells = ("1",) if place else (_OPEN, _HEADLINE, _TABLE)
        write_notebook(folder / "notebooks" / name, *cells, parameters=_PARAMETERS)
    (folder / "exports" / QUARTER).mkdir(parents=True)
    (folder / "exports" / QUARTER / "list.csv").write_text(_LIST, encoding="utf-8")
    (folder / "portfolio.toml").write_text("", encoding="utf-8")
    (folder / "reports").mkdir()
    settings = read_settings(folder / "portfolio.toml")
    as_of_date = settings.as_of_date(settings.quarter(QUARTER))
    portfolio = read_portfolio(settings.export_dir(QUARTER), settings, as_of_date=as_of_date)
    write_portfolio_snapshot(portfolio, folder / "ready")
    sorted_ = sort_projects(portfolio, read_criteria(), read_decisions(Path("none.csv")))
    write_sorting_snapshot(*sorted_, folder / "ready")
    return Workspace(folder)


def copy_of(template: Workspace, folder: Path) -> Workspace:
    """A workspace of its own for one fault."""
    shutil.copytree(template.folder, folder)
    return Workspace(folder)


def quarter_state(quarter: Path) -> str:
    """Checksum of all a quarter's folder holds; blank where there is none."""
    return hash_folder(quarter) if quarter.exists() else ""


def failed_packs(quarter: Path) -> list[str]:
    """Names of the packs a quarter says it has not; all else must hold.

    The index must name the same ones.
    """
    told = json.loads((quarter / "manifest.json").read_text("utf-8"))
    failed = [one["name"] for one in told["packs"] if one["status"] != "done"]
    found = verify_quarter(quarter)
    others = [one for one in found.findings if "its pack was not made" not in one]
    litter = [one for one in found.notes if "not in the manifest" in one]
    assert not others and not litter, (others, litter)
    assert failed or not found.notes, found.notes
    index = (quarter / "index.html").read_text("utf-8")
    for one in told["packs"]:
        assert (f"{one['name']}: failed" in index) == (one["name"] in failed), one["name"]
    return failed


def list_files(folder: Path) -> list[str]:
    """All names below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
