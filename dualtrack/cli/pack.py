"""The command that makes a quarter's review packs: `pack`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dualtrack.config import find_settings_file, read_settings
from dualtrack.errors import PackError
from dualtrack.pack.quarterly import QuarterlyRun, write_quarter_packs
from dualtrack.pack.run import RunOptions

__all__ = ["add_commands", "pack"]


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(pack)


def pack(
    quarter: str = typer.Option(..., help="Quarter to report, such as 2026-Q3."),
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
) -> None:
    """Make a review pack for every unit and for the whole; those still up to date are kept."""
    file = settings_file or find_settings_file()
    settings = read_settings(file)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    states: dict[str, str] = {}
    with Progress(*columns, console=console, transient=False) as progress:
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
            workers=workers,
            options=RunOptions.from_settings(settings.pack, engine=engine),
            force=force,
            on_plan=lambda count: packs_planned.update(count=count),
            on_change=on_change,
        )
    for one in run.failed:
        console.print(f"{one.job.name} failed: {one.error}", style="red", markup=False)
    print_to = Console(soft_wrap=True)
    print_to.print(_told(run), markup=False)
    print_to.print(f"Open {run.folder / 'index.html'}", markup=False)
    if run.failed:
        raise typer.Exit(1)


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
