"""A whole quarter: ingest and sort once, a pack for every unit and for the whole, an index.

What an earlier run made from the same inputs is kept, and what an interrupted one finished.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dualtrack.config import Settings
from dualtrack.pack.batch import PackJob, PackResult, RunOne, run_batch
from dualtrack.pack.faults import faults_in_words
from dualtrack.pack.file_names import find_formats
from dualtrack.pack.folder import mend_folder, remove_folder, whole_folder, work_folder
from dualtrack.pack.frozen import FrozenQuarter
from dualtrack.pack.inputs import changed_parts
from dualtrack.pack.kept import (
    INGEST_FOLDER,
    MANIFEST_FILE,
    PROGRESS_FILE,
    KeptQuarter,
    read_kept,
    write_progress,
)
from dualtrack.pack.lock import folder_lock
from dualtrack.pack.manifest import hash_ingest
from dualtrack.pack.plan import QuarterPlan, find_notebooks, plan_jobs, plan_quarter
from dualtrack.pack.run import RunOptions, run_notebook
from dualtrack.pack.warm.parent import can_fork, start_warm_parent
from dualtrack.pack.writing import PackWriter
from dualtrack.portfolio import read_portfolio_snapshot

__all__ = ["QuarterlyRun", "write_quarter_packs"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class QuarterlyRun:
    """What a quarter's run left.

    Attributes:
        folder: `reports/<quarter>`.
        results: A result per pack, the whole first.
        changed: What was not as in the last run of this quarter; empty if there was none.
        findings: Why packs do not hold together (`dualtrack.pack.certificate`); empty if they do.
        inputs: What it was made from.
    """

    folder: Path
    results: list[PackResult]
    changed: list[str] = field(default_factory=list)
    findings: tuple[str, ...] = ()
    inputs: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> list[PackResult]:
        """Packs that were not made."""
        return [one for one in self.results if one.error]

    @property
    def kept(self) -> list[PackResult]:
        """Packs an earlier run had made."""
        return [one for one in self.results if one.is_kept]


def write_quarter_packs(
    settings: Settings,
    quarter: str,
    *,
    settings_file: Path | None = None,
    units: list[str] | None = None,
    parameters: dict[str, Any] | None = None,
    workers: int | None = None,
    options: RunOptions | None = None,
    force: bool = False,
    formats: list[str] | None = None,
    frozen: FrozenQuarter | None = None,
    target: Path | None = None,
    export_dir: Path | None = None,
    run: RunOne = run_notebook,
    on_plan: Callable[[int], None] | None = None,
    on_change: Callable[[str, str], None] | None = None,
) -> QuarterlyRun:
    """Make the packs of a quarter, but for those that are there and would come out the same.

    Args:
        settings: `portfolio.toml`.
        quarter: Such as `2026-Q3`.
        settings_file: The file the settings came from; the notebooks read it again.
        units: Only these units (and the whole); all if None. Packs of other units stay where
            nothing they rest on has changed.
        parameters: Further parameters for the pack notebooks.
        workers: Notebooks at the same time; as many as cores if None.
        options: How notebooks are run; as the settings say if None.
        force: Make all packs anew, whatever is there.
        formats: Those each pack is written in; as the settings say if None.
        frozen: An issued quarter to render again from its snapshot; None to read the exports.
        target: Folder to make; `reports/<quarter>` if None.
        export_dir: Folder of exports, or one file; as the settings say if None.
        run: What runs a pack notebook: here, or on a cluster (`dualtrack.pack.cluster`).
        on_plan: Called once with the number of packs to make.
        on_change: Called with a step's name and `running`, `done` or `failed`.

    Returns:
        The folder and a result per pack; failed packs are on the index with their error.

    Raises:
        DualtrackError: Ingest or sort failed, an argument is wrong, or another batch is writing
            the folder; `reports/` stays as it was.
    """
    options = options or RunOptions.from_settings(settings.pack)
    if options.engine in {"auto", "fork"} and can_fork():
        notebooks = find_notebooks(settings).glob("*.ipynb")
        start_warm_parent(notebooks)  # it gets warm while the inputs are looked at
    plan = plan_quarter(
        settings,
        quarter,
        settings_file=settings_file,
        parameters=parameters,
        formats=formats,
        frozen=frozen,
        target=target,
        export_dir=export_dir,
    )
    tell = on_change or (lambda name, state: None)
    with faults_in_words(plan.target), folder_lock(plan.target):
        mend_folder(plan.target)
        issued = read_kept(plan.target)
        changed = changed_parts(issued.inputs, plan.inputs) if issued.inputs else []
        kept = [] if force else [read_kept(work_folder(plan.target)), issued]
        if whole := _find_all(plan, kept, units):
            if not _is_begun(work_folder(plan.target)):
                remove_folder(work_folder(plan.target))  # what a cut-off change left
            return QuarterlyRun(plan.target, whole, inputs=plan.inputs)
        with whole_folder(plan.target, is_worth_keeping=_is_worth_keeping) as work:
            kept = _prepare(plan, work, kept, options, tell, frozen)
            portfolio = read_portfolio_snapshot(work / "snapshot")
            wanted, others = plan_jobs(plan, portfolio, work, units)
            ingest_sha256 = hash_ingest(work)
            results = _take_over(plan, work, kept, [*wanted, *others])
            to_run = [job for job in wanted if job.slug not in results]
            writer = PackWriter(plan, portfolio, work)
            results = {slug: writer.write_pack(one) for slug, one in results.items()}
            done = list(results.values())
            write_progress(work, plan.inputs, done, ingest_sha256=ingest_sha256)

            def finish(result: PackResult) -> PackResult:
                results[result.job.slug] = written = writer.write_pack(result)
                done = list(results.values())
                write_progress(work, plan.inputs, done, ingest_sha256=ingest_sha256)
                return written

            if on_plan:
                on_plan(len(to_run))
            run_batch(
                to_run,
                workers=workers,
                options=options,
                on_change=tell,
                on_done=finish,
                run=run,
            )
            ordered = [results[job.slug] for job in [*wanted, *others] if job.slug in results]
            certificate = writer.write_front(ordered, _ingest_runs(plan, work))
            (work / PROGRESS_FILE).unlink()
    log.info("%d packs, %d failed", len(ordered), sum(bool(one.error) for one in ordered))
    return QuarterlyRun(plan.target, ordered, changed, certificate.findings, plan.inputs)


def _is_begun(work: Path) -> bool:
    """True for a work folder the next run can go on with: its snapshot is complete."""
    return (work / PROGRESS_FILE).is_file()


def _is_worth_keeping(work: Path) -> bool:
    """True too for one that is whole, where only its change of place failed."""
    return _is_begun(work) or (work / MANIFEST_FILE).is_file()


def _find_all(
    plan: QuarterPlan, kept: list[KeptQuarter], units: list[str] | None
) -> list[PackResult]:
    """The packs asked for, if the issued quarter has all of them as they would come out again."""
    issued = next((one for one in kept if one.folder == plan.target), None)
    if issued is None or not issued.has_packs_for(plan.inputs):
        return []
    portfolio = read_portfolio_snapshot(issued.folder / "snapshot")
    wanted, others = plan_jobs(plan, portfolio, issued.folder, units)
    found = issued.find_packs([*wanted, *others])
    is_whole = all(
        job.slug in found and set(plan.formats) <= find_formats(job.slug, found[job.slug].files)
        for job in wanted
    )
    return list(found.values()) if is_whole else []


def _prepare(
    plan: QuarterPlan,
    work: Path,
    kept: list[KeptQuarter],
    options: RunOptions,
    tell: Callable[[str, str], None],
    frozen: FrozenQuarter | None,
) -> list[KeptQuarter]:
    """Put the snapshot into the work folder: an earlier run's, else made anew.

    Returns:
        The earlier runs whose files are still there.
    """
    source = next((one for one in kept if one.has_snapshot_for(plan.inputs)), None)
    if source is None or source.folder != work:
        kept = [one for one in kept if one.folder != work]
        for path in work.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if source is None and frozen is not None:
        source = KeptQuarter(frozen.folder)
    if source is not None:
        source.hand_over(work, "snapshot", INGEST_FOLDER)
        return kept
    own = {**plan.ingest_parameters, "snapshot_dir": str((work / "snapshot").resolve())}
    for notebook, output in zip(plan.ingest_notebooks, _ingest_runs(plan, work), strict=True):
        tell(notebook.name, "running")
        run_notebook(notebook, output, own, folder=plan.folder, options=options)
        tell(notebook.name, "done")
    return kept


def _ingest_runs(plan: QuarterPlan, work: Path) -> list[Path]:
    """The executed ingest notebooks."""
    return [work / INGEST_FOLDER / notebook.name for notebook in plan.ingest_notebooks]


def _take_over(
    plan: QuarterPlan, work: Path, kept: list[KeptQuarter], jobs: list[PackJob]
) -> dict[str, PackResult]:
    """Bring the packs that would come out again into the work folder; all others leave it."""
    results: dict[str, PackResult] = {}
    for source in kept:
        if source.has_packs_for(plan.inputs):
            found = source.find_packs([job for job in jobs if job.slug not in results])
            for slug in found:
                source.hand_over(work, *found[slug].files, f"notebooks/{slug}")
            results |= found
    ours = {name for one in results.values() for name in one.files} | {PROGRESS_FILE}
    runs = {*results, Path(INGEST_FOLDER).name}
    stale = [path for path in work.iterdir() if path.is_file() and path.name not in ours]
    stale += [path for path in (work / "notebooks").iterdir() if path.name not in runs]
    stale += [path for path in work.glob("data/*") if path.name not in results]
    for path in stale:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return results
