"""What a quarter's run is to do: which notebooks, from what inputs, for which units."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from dualtrack.config import Settings
from dualtrack.errors import ExportError, PackError
from dualtrack.pack.batch import PackJob
from dualtrack.pack.folder import make_slugs
from dualtrack.pack.inputs import measure_inputs
from dualtrack.pack.run import check_parameters
from dualtrack.portfolio import Portfolio
from dualtrack.quarter import Quarter

__all__ = ["QuarterPlan", "find_notebooks", "plan_jobs", "plan_quarter"]


@dataclass(frozen=True)
class QuarterPlan:
    """A quarter to make.

    Attributes:
        ingest_notebooks: Run once, leave the snapshot.
        pack_notebooks: Run for every pack.
        parameters: For all notebooks.
        pack_parameters: For the pack notebooks, `parameters` and those given for this run.
        inputs: What the packs rest on (`dualtrack.pack.inputs`).
        target: `reports/<quarter>`.
    """

    settings: Settings
    quarter: Quarter
    ingest_notebooks: tuple[Path, ...]
    pack_notebooks: tuple[Path, ...]
    parameters: dict[str, Any]
    pack_parameters: dict[str, Any]
    inputs: dict[str, str]
    target: Path

    @property
    def folder(self) -> Path:
        """Where the notebooks run."""
        return self.settings.root.resolve()


def find_notebooks(settings: Settings) -> Path:
    """The folder of the pack notebooks: the workspace's own, else the one that came along.

    Raises:
        PackError: There is none.
    """
    package = Path(str(resources.files("dualtrack")))
    for folder in (settings.path("notebooks"), package.parent / "notebooks"):
        if (folder / "1_ingest.ipynb").is_file():
            return folder.resolve()
    raise PackError(
        f"No notebooks at {settings.path('notebooks')}. "
        f"Copy the folder notebooks/ of dualtrack there."
    )


def plan_quarter(
    settings: Settings,
    quarter: str,
    *,
    settings_file: Path | None = None,
    parameters: dict[str, Any] | None = None,
) -> QuarterPlan:
    """Check what can be checked before anything runs.

    Args:
        settings: `portfolio.toml`.
        quarter: Such as `2026-Q3`.
        settings_file: The file the settings came from; the notebooks read it again.
        parameters: Further parameters for the pack notebooks.

    Raises:
        DualtrackError: No notebooks or exports, or a parameter that does not fit.
    """
    named = settings.quarter(quarter)
    notebooks = find_notebooks(settings)
    contents = tomllib.loads(
        (resources.files("dualtrack.pack") / "contents.toml").read_text("utf-8")
    )
    if not settings.export_dir(quarter).is_dir():
        raise ExportError(
            f"{settings.export_dir(quarter)}: no such folder. Put the exports of {quarter} there, "
            f"or change export_dir in portfolio.toml."
        )
    common = {
        "quarter": quarter,
        "settings_file": str(settings_file.resolve()) if settings_file else "",
    }
    given = parameters or {}
    ingest = tuple(notebooks / name for name in contents["once"])
    packs = tuple(notebooks / name for name in contents["pack"])
    for notebook in packs:
        check_parameters(notebook, {**common, **given})
    inputs = measure_inputs(
        settings, quarter, ingest_notebooks=ingest, pack_notebooks=packs, parameters=given
    )
    target = settings.path(settings.portfolio.reports_dir) / quarter
    return QuarterPlan(settings, named, ingest, packs, common, {**common, **given}, inputs, target)


def plan_jobs(
    plan: QuarterPlan, portfolio: Portfolio, work: Path, units: list[str] | None
) -> tuple[list[PackJob], list[PackJob]]:
    """A job for the whole and for every unit.

    Args:
        plan: The quarter's plan.
        portfolio: Read from its snapshot.
        work: Folder in which the quarter is made.
        units: Those asked for; all if None.

    Returns:
        The jobs asked for, the whole first, and the jobs of all other units.

    Raises:
        PackError: A unit asked for is not in the portfolio.
    """
    known = portfolio.unit_names
    if unknown := [name for name in units or [] if name not in known]:
        raise PackError(f"No unit {unknown}; units are {known}.")
    whole = plan.settings.portfolio.name
    if whole in known:
        whole = f"{whole}, whole portfolio"
    wanted: list[PackJob] = []
    others: list[PackJob] = []
    for name, slug in make_slugs([whole, *known]).items():
        own = {
            **plan.pack_parameters,
            "snapshot_dir": str((work / "snapshot").resolve()),
            "unit_name": "" if name == whole else name,
        }
        runs = tuple((one, work / "notebooks" / slug / one.name) for one in plan.pack_notebooks)
        job = PackJob(name, slug, runs, own, plan.folder)
        (wanted if units is None or name in {whole, *units} else others).append(job)
    return wanted, others
