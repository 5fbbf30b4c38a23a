"""A whole quarter: ingest and sort once, a pack for every unit and for the whole, an index."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from dualtrack.config import Settings
from dualtrack.errors import ExportError, PackError
from dualtrack.pack.batch import PackJob, PackResult, run_batch
from dualtrack.pack.folder import make_slugs, whole_folder
from dualtrack.pack.html import PackCover, render_index, render_pack
from dualtrack.pack.manifest import hash_folder, make_manifest, write_manifest
from dualtrack.pack.pages import Page, read_page
from dualtrack.pack.run import check_parameters, run_notebook
from dualtrack.portfolio import Portfolio, read_portfolio_snapshot

__all__ = ["QuarterlyRun", "find_notebooks", "write_quarter_packs"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class QuarterlyRun:
    """What a quarter's run left.

    Attributes:
        folder: `reports/<quarter>`.
        results: A result per pack, the whole first.
    """

    folder: Path
    results: list[PackResult]

    @property
    def failed(self) -> list[PackResult]:
        """Packs that were not made."""
        return [one for one in self.results if one.error]


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


def write_quarter_packs(
    settings: Settings,
    quarter: str,
    *,
    settings_file: Path | None = None,
    units: list[str] | None = None,
    parameters: dict[str, Any] | None = None,
    workers: int | None = None,
    on_plan: Callable[[int], None] | None = None,
    on_change: Callable[[str, str], None] | None = None,
) -> QuarterlyRun:
    """Make the packs of a quarter.

    Args:
        settings: `portfolio.toml`.
        quarter: Such as `2026-Q3`.
        settings_file: The file the settings came from; the notebooks read it again.
        units: Only these units (and the whole); all if None.
        parameters: Further parameters for the pack notebooks.
        workers: Processes; all cores if None.
        on_plan: Called once with the number of packs.
        on_change: Called with a step's name and `running`, `done` or `failed`.

    Returns:
        The folder and a result per pack; failed packs are on the index with their error.

    Raises:
        DualtrackError: Ingest or sort failed, or an argument is wrong; `reports/` stays as it was.
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
        "settings_file": str((settings_file or Path()).resolve()) if settings_file else "",
    }
    for name in contents["pack"]:
        check_parameters(notebooks / name, {**common, **(parameters or {})})
    target = settings.path(settings.portfolio.reports_dir) / quarter
    tell = on_change or (lambda name, state: None)
    with whole_folder(target) as work:
        snapshot = work / "snapshot"
        once = []
        for name in contents["once"]:
            tell(name, "running")
            output = work / "notebooks" / "once" / name
            run_notebook(
                notebooks / name,
                output,
                {**common, "snapshot_dir": str(snapshot)},
                folder=settings.root.resolve(),
            )
            once.append(read_page(output))
            tell(name, "done")
        portfolio = read_portfolio_snapshot(snapshot)
        jobs = _plan_jobs(
            portfolio,
            settings,
            contents["pack"],
            notebooks,
            work,
            {**common, **(parameters or {})},
            _choose_units(portfolio, units),
        )
        if on_plan:
            on_plan(len(jobs))
        results = run_batch(jobs, workers=workers, on_change=on_change)
        _write_pages(work, results, once, portfolio, settings, str(named), notebooks, contents)
    log.info("%d packs, %d failed", len(results), sum(bool(one.error) for one in results))
    return QuarterlyRun(target, results)


def _choose_units(portfolio: Portfolio, units: list[str] | None) -> list[str]:
    if units is None:
        return portfolio.unit_names
    unknown = [name for name in units if name not in portfolio.unit_names]
    if unknown:
        raise PackError(f"No unit {unknown}; units are {portfolio.unit_names}.")
    return units


def _plan_jobs(
    portfolio: Portfolio,
    settings: Settings,
    names: list[str],
    notebooks: Path,
    work: Path,
    parameters: dict[str, Any],
    units: list[str],
) -> list[PackJob]:
    whole = settings.portfolio.name
    if whole in units:
        whole = f"{whole}, whole portfolio"
    jobs = []
    for name, slug in make_slugs([whole, *units]).items():
        runs = tuple((notebooks / one, work / "notebooks" / slug / one) for one in names)
        own = {
            **parameters,
            "snapshot_dir": str(work / "snapshot"),
            "unit_name": "" if name == whole else name,
        }
        jobs.append(PackJob(name, slug, runs, own, settings.root.resolve()))
    return jobs


def _write_pages(
    work: Path,
    results: list[PackResult],
    once: list[Page],
    portfolio: Portfolio,
    settings: Settings,
    quarter: str,
    notebooks: Path,
    contents: dict[str, list[str]],
) -> None:
    made_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    facts: dict[str, dict[str, Any]] = {}

    def cover(scope: str) -> PackCover:
        return PackCover(
            portfolio=settings.portfolio.name,
            scope=scope,
            quarter=quarter,
            as_of=f"{portfolio.as_of_date:%Y-%m-%d}",
            confidentiality=settings.pack.confidentiality,
            made_at=made_at,
            snapshot=hash_folder(work / "snapshot")[:12],
        )

    for result in results:
        if result.error:
            continue
        pages = [read_page(output) for _, output in result.job.runs]
        facts[result.job.slug] = {
            name: fact
            for page in pages
            for name, fact in page.facts.items()
            if name != "decision_count"
        }
        text = render_pack(pages, cover(result.job.name))
        (work / f"{result.job.slug}.html").write_text(text, encoding="utf-8")
    index = render_index(results, facts, once, cover(settings.portfolio.name))
    (work / "index.html").write_text(index, encoding="utf-8")
    manifest = make_manifest(
        work,
        results,
        portfolio.sources,
        portfolio.row_outcomes,
        quarter=quarter,
        as_of_date=portfolio.as_of_date,
        made_at=made_at,
        settings_sha256=hashlib.sha256(
            settings.model_dump_json(exclude={"root"}).encode()
        ).hexdigest(),
        notebooks=[notebooks / name for names in contents.values() for name in names],
    )
    write_manifest(manifest, work / "manifest.json")
