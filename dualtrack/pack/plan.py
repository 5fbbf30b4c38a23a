"""What a quarter's run is to do: which notebooks, from what inputs, for which units."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from dualtrack.config import Settings
from dualtrack.errors import ExportError, PackError
from dualtrack.pack.batch import PackJob
from dualtrack.pack.changes import IssuedQuarter, read_issued
from dualtrack.pack.file_names import check_formats
from dualtrack.pack.folder import make_slugs
from dualtrack.pack.frozen import FrozenQuarter
from dualtrack.pack.inputs import measure_inputs
from dualtrack.pack.run import check_parameters
from dualtrack.portfolio import Portfolio
from dualtrack.quarter import Quarter
from dualtrack.start import packaged_notebooks

__all__ = ["QuarterPlan", "find_notebooks", "plan_jobs", "plan_quarter"]


# What a quarter rendered again did not read itself.
_EXPORT_PARTS = ("exports", "earlier exports")


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
        formats: Those each pack is written in.
        template: A company's slide deck; None for a plain one.
        issued: The quarter before as it was issued; None if it was not.
        made_at: For a quarter rendered again: name of a pack to when it was made.
        whole_only: Names of the pack notebooks that are left out of units.
        ingest_parameters: For the ingest notebooks: `parameters`, and exports named for this run.
    """

    settings: Settings
    quarter: Quarter
    ingest_notebooks: tuple[Path, ...]
    pack_notebooks: tuple[Path, ...]
    parameters: dict[str, Any]
    pack_parameters: dict[str, Any]
    inputs: dict[str, str]
    target: Path
    formats: tuple[str, ...] = ("html",)
    template: Path | None = None
    issued: IssuedQuarter | None = None
    made_at: dict[str, str] = field(default_factory=dict)
    whole_only: frozenset[str] = frozenset()
    ingest_parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def own_parameters(self) -> dict[str, Any]:
        """Parameters given for this run."""
        return {
            name: value
            for name, value in self.pack_parameters.items()
            if name not in self.parameters
        }

    @property
    def folder(self) -> Path:
        """Where the notebooks run."""
        return self.settings.root.resolve()


def find_notebooks(settings: Settings) -> Path:
    """The folder of the pack notebooks: the workspace's own, else the one that came along.

    Raises:
        ConfigError: There is none.
    """
    own = settings.path("notebooks")
    return (own if (own / "1_ingest.ipynb").is_file() else packaged_notebooks()).resolve()


def plan_quarter(
    settings: Settings,
    quarter: str,
    *,
    settings_file: Path | None = None,
    parameters: dict[str, Any] | None = None,
    formats: Iterable[str] | None = None,
    frozen: FrozenQuarter | None = None,
    target: Path | None = None,
    export_dir: Path | None = None,
) -> QuarterPlan:
    """Check what can be checked before anything runs.

    Args:
        settings: `portfolio.toml`.
        quarter: Such as `2026-Q3`.
        settings_file: The file the settings came from; the notebooks read it again.
        parameters: Further parameters for the pack notebooks.
        formats: Those each pack is written in; as the settings say if None.
        frozen: An issued quarter to render again; None to read the exports.
        target: Folder to make; `reports/<quarter>` if None.
        export_dir: Folder of exports, or one file; as the settings say if None.

    Raises:
        DualtrackError: No notebooks or exports, or a parameter that does not fit.
    """
    if export_dir is not None:
        own_dir = settings.portfolio.model_copy(update={"export_dir": str(export_dir.resolve())})
        settings = settings.model_copy(update={"portfolio": own_dir})
    named = settings.quarter(quarter)
    notebooks = find_notebooks(settings)
    contents = tomllib.loads(
        (resources.files("dualtrack.pack") / "contents.toml").read_text("utf-8")
    )
    if frozen is None and not settings.export_dir(quarter).exists():
        raise ExportError(
            f"{settings.export_dir(quarter)}: no such folder. Put the exports of {quarter} there, "
            f"name a file or another folder (`dualtrack pack list.csv`), or change export_dir in "
            f"portfolio.toml."
        )
    common = {
        "quarter": quarter,
        "settings_file": str(settings_file.resolve()) if settings_file else "",
    }
    exports = {"export_dir": str(export_dir.resolve())} if export_dir is not None else {}
    given = parameters or {}
    ingest = tuple(notebooks / name for name in contents["once"])
    packs = tuple(notebooks / name for name in contents["pack"])
    whole_only = frozenset(contents["whole_only"])
    for notebook in packs:
        check_parameters(notebook, {**common, **given})
    reports = settings.path(settings.portfolio.reports_dir)
    issued = read_issued(reports / str(named.previous()))
    inputs = measure_inputs(
        settings,
        quarter,
        ingest_notebooks=ingest,
        pack_notebooks=packs,
        parameters=given,
        issued=asdict(issued) if issued else {},
    )
    if frozen is not None:
        inputs |= {name: frozen.inputs.get(name, "") for name in _EXPORT_PARTS}
    return QuarterPlan(
        settings,
        named,
        ingest,
        packs,
        common,
        {**common, **given},
        inputs,
        target or reports / quarter,
        check_formats(formats if formats is not None else settings.pack.formats),
        _find_template(settings),
        issued,
        frozen.made_at if frozen else {},
        whole_only,
        {**common, **exports},
    )


def _find_template(settings: Settings) -> Path | None:
    if not settings.pack.template:
        return None
    path = settings.path(settings.pack.template)
    if not path.is_file():
        raise PackError(
            f"{path}: no such file. Name a .pptx as template under [pack] in portfolio.toml, or "
            f"leave the key out."
        )
    return path


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
        left_out = frozenset() if name == whole else plan.whole_only
        runs = tuple(
            (one, work / "notebooks" / slug / one.name)
            for one in plan.pack_notebooks
            if one.name not in left_out
        )
        job = PackJob(name, slug, runs, own, plan.folder)
        (wanted if units is None or name in {whole, *units} else others).append(job)
    return wanted, others
