"""The commands that make a quarter's review packs and check them: `pack`, `verify`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dualtrack.config import NAMES_VARIABLE, find_settings_file, read_settings
from dualtrack.errors import PackError
from dualtrack.pack.cluster import ClusterRunner
from dualtrack.pack.file_names import FORMAT_NAMES, find_formats
from dualtrack.pack.frozen import FrozenQuarter, compare_files, read_frozen
from dualtrack.pack.quarterly import QuarterlyRun, write_quarter_packs
from dualtrack.pack.run import RunOptions, run_notebook
from dualtrack.pack.verify import verify_quarter

__all__ = ["add_commands", "pack", "verify"]

INTERRUPTED = 130  # 128 and the signal's number, as a shell tells it


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(pack)
    app.command()(verify)


def pack(
    exports: Path | None = typer.Argument(
        None,
        exists=True,
        help="One export, or a folder of them; as portfolio.toml says if left out.",
    ),
    quarter: str = typer.Option(
        "", help="Quarter to report, such as 2026-Q3; the latest with exports if left out."
    ),
    settings_file: Path | None = typer.Option(None, "--settings", help="portfolio.toml."),
    unit: list[str] | None = typer.Option(None, help="Only this unit (repeat for more)."),
    parameter: list[str] | None = typer.Option(
        None, "--parameter", "-p", help="name=value for the notebooks; values as in JSON."
    ),
    workers: int | None = typer.Option(
        None, min=1, help="Notebooks at the same time; as many as cores if left out."
    ),
    force: bool = typer.Option(
        False, "--force", help="Make all packs anew, even where nothing they rest on has changed."
    ),
    engine: str = typer.Option(
        "", help="How notebooks are run: auto, fork, kernels or plain (papermill's own)."
    ),
    formats: str = typer.Option(
        "", "--format", help="Comma-separated: html, slides, pdf, pptx, xlsx, data; or all."
    ),
    from_snapshot: Path | None = typer.Option(
        None, help="An issued quarter's folder: render it again, reading no exports."
    ),
    names: str = typer.Option(
        "", help="People's names in texts: hide or keep; as portfolio.toml says if left out."
    ),
    dask: str = typer.Option("", help="Scheduler of a Dask cluster, such as tcp://host:8786."),
    dask_results: str = typer.Option(
        "", help="Folder or URL all workers can write, where results should not pass the scheduler."
    ),
    to: Path | None = typer.Option(
        None, help="Folder to make; reports/<quarter>, or <quarter>-again with --from-snapshot."
    ),
) -> None:
    """Make a review pack for every unit and for the whole; those still up to date are kept."""
    if names:
        os.environ[NAMES_VARIABLE] = names  # notebooks are run by processes of their own
    file = settings_file or find_settings_file()
    settings = read_settings(file)
    frozen = _read_frozen(from_snapshot, quarter)
    quarter = quarter or (frozen.quarter if frozen else settings.latest_quarter())
    target = to or (frozen.folder.parent / f"{quarter}-again" if frozen else None)
    cluster = ClusterRunner(dask, results_url=dask_results) if dask else None
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    states: dict[str, str] = {}
    with (
        _interruption_told(console),
        Progress(*columns, console=console, transient=False) as progress,
    ):
        bar = progress.add_task("reading exports", total=None)

        def on_change(name: str, state: str) -> None:
            states[name] = state
            packs = [one for step, one in states.items() if not step.endswith(".ipynb")]
            total = packs_planned.get("count")
            done, failed = packs.count("done"), packs.count("failed")
            if packs:
                text = f"packs: {done} done, {packs.count('running')} running, {failed} failed"
                progress.update(bar, description=text, total=total, completed=done + failed)
            else:
                progress.update(bar, description=f"{name} {state}")

        packs_planned: dict[str, int | None] = {"count": None}
        run = write_quarter_packs(
            settings,
            quarter,
            settings_file=file,
            units=unit or None,
            parameters=_read_parameters(parameter or []),
            workers=workers or (cluster.workers if cluster else None),
            run=cluster or run_notebook,
            options=RunOptions.from_settings(settings.pack, engine=engine),
            force=force,
            formats=_read_formats(formats) or (list(frozen.formats) if frozen else None),
            frozen=frozen,
            target=target,
            export_dir=exports,
            on_plan=lambda count: packs_planned.update(count=count),
            on_change=on_change,
        )
    if cluster:
        cluster.close()
    for one in run.failed:
        console.print(f"{one.job.name} failed: {one.error}", style="red", markup=False)
    print_to = Console(soft_wrap=True)
    print_to.print(_told(run), markup=False)
    for line in run.findings:
        console.print(f"The packs do not hold together: {line}", style="red", markup=False)
    is_same = frozen is None or _tell_compared(print_to, frozen, run)
    print_to.print(f"Open {run.folder / 'index.html'}", markup=False)
    if run.failed or run.findings or not is_same:
        raise typer.Exit(1)


def verify(
    folder: Path = typer.Argument(..., help="An issued quarter, such as reports/2026-Q3."),
) -> None:
    """Check an issued quarter: files against their checksums, units against the whole."""
    found = verify_quarter(folder)
    console, fault = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
    for line in found.notes:
        console.print(f"Note: {line}", markup=False, highlight=False)
    for line in found.findings:
        fault.print(line, style="red", markup=False, highlight=False)
    counted = f"{found.file_count} files and {found.sum_count} sums compared"
    if found.holds:
        console.print(f"{folder}: as it was issued; {counted}.", markup=False, highlight=False)
    else:
        fault.print(
            f"{folder}: not as it was issued; {counted}, {len(found.findings)} found wrong.",
            style="red",
            markup=False,
            highlight=False,
        )
    console.print(f"Manifest {found.manifest_sha256}", markup=False, highlight=False)
    if not found.holds:
        raise typer.Exit(1)


@contextmanager
def _interruption_told(console: Console) -> Iterator[None]:
    """Ctrl-C ends the command with a line of what is left, and no traceback."""
    try:
        yield
    except KeyboardInterrupt:
        console.print(
            "Interrupted. What is finished is kept: give the same command again to go on.",
            style="red",
            markup=False,
        )
        raise typer.Exit(INTERRUPTED) from None


def _read_frozen(folder: Path | None, quarter: str) -> FrozenQuarter | None:
    if folder is None:
        return None
    frozen = read_frozen(folder)
    if quarter and frozen.quarter != quarter:
        raise PackError(
            f"{folder}: holds {frozen.quarter}, not {quarter}. Say --quarter {frozen.quarter}."
        )
    return frozen


def _read_formats(text: str) -> list[str] | None:
    """Formats of the command line; None where it names none."""
    if text.strip() == "all":
        return list(FORMAT_NAMES)
    return [one for one in text.split(",") if one.strip()] or None


def _tell_compared(console: Console, frozen: FrozenQuarter, run: QuarterlyRun) -> bool:
    """Say whether the files came out as they were issued."""
    made = {name: sha for one in run.results for name, sha in one.files.items()}
    if any({*frozen.formats} != find_formats(one.job.slug, one.files) for one in run.results):
        made = {name: sha for name, sha in made.items() if not name.endswith(".html")}
        console.print("Pages are not compared: they link other formats.", markup=False)
    same, other = compare_files(frozen, made)
    text = f"{len(same)} of {len(same) + len(other)} files are the same bytes as those issued"
    changed = [name for name in frozen.inputs if frozen.inputs[name] != run.inputs.get(name)]
    if other and changed:
        text += f"; changed since are {', '.join(changed)}"
    if other:
        text += f". Not the same: {', '.join(other[:5])}"
    console.print(f"{text}.", markup=False, highlight=False)
    return not other


def _told(run: QuarterlyRun) -> str:
    """How many packs were made, how many kept, and why."""
    there = len(run.results) - len(run.failed)
    text = f"{there} packs in {run.folder}"
    if run.kept:
        made = there - len(run.kept)
        text += (
            f": {made or 'none'} made, {len(run.kept)} kept, since their exports, settings, "
            f"decisions, code and notebooks are the same (--force makes them anew)"
        )
    elif run.changed:
        text += f", made anew: changed since the last run are {', '.join(run.changed)}"
    return text


def _read_parameters(pairs: list[str]) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or not name:
            raise PackError(f"Parameter {pair!r} is not name=value.")
        try:
            parameters[name] = json.loads(text)
        except json.JSONDecodeError:
            parameters[name] = text
    return parameters
