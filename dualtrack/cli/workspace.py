"""Commands that make something to work on: `init`, `rules`, `sample`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import typer
from rich.console import Console

from dualtrack.quarter import Quarter
from dualtrack.sample import write_sample
from dualtrack.start import write_workspace
from dualtrack.start.rules import RULE_FILES, copy_rules

__all__ = ["add_commands", "init", "rules", "sample"]


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(init)
    app.command()(rules)
    app.command()(sample)


def init(
    folder: Path = typer.Argument(Path(), help="Folder of the workspace; made if missing."),
    name: str = typer.Option("Portfolio", help="Name of the portfolio."),
    quarter: str = typer.Option("", help="Quarter to begin with, such as 2026-Q3; blank: now."),
) -> None:
    """Write a workspace: commented settings, notebooks, empty decision files and a README."""
    today = dt.date.today()
    begun = Quarter.parse(quarter) if quarter else Quarter.of(today)
    written = write_workspace(folder, name=name, quarter=begun)
    console = Console(soft_wrap=True)
    console.print(f"{len(written)} files in {folder.resolve()}", highlight=False)
    console.print(
        f"Put the exports of {begun} into {folder / 'exports' / str(begun)}, then run "
        f"`dualtrack pack --quarter {begun}` there.",
        highlight=False,
    )


def rules(
    name: str = typer.Argument("", help="File to copy, such as criteria.toml; blank lists them."),
    to: Path | None = typer.Argument(None, help="File to write; of that name, here, if left out."),
) -> None:
    """List the files of rules you may replace by your own, or copy one to change it."""
    console = Console(soft_wrap=True)
    if not name:
        for one, key in RULE_FILES.items():
            console.print(f"{one:20s}{key}", markup=False, highlight=False)
        return
    target = to or Path(name)
    copy_rules(name, target)
    console.print(
        f"{target} written. It counts once portfolio.toml names it: "
        f'{RULE_FILES[name]} = "{target.name}"',
        markup=False,
        highlight=False,
    )


def sample(
    folder: Path = typer.Argument(..., help="Folder to write into; made if missing."),
    seed: int = typer.Option(7, help="The same seed writes the same files."),
    quarters: int = typer.Option(4, help="Quarters, the last is 2026-Q3."),
    units: int = typer.Option(6, help="Business units, 1 to 6."),
) -> None:
    """Write the exports of a made-up company, with the truth recorded beside them."""
    written = write_sample(folder, seed=seed, quarters=quarters, units=units)
    console = Console()
    for path in written:
        console.print(f"{path}: {sum(1 for _ in path.iterdir())} exports")
    console.print(f"Settings: {folder / 'portfolio.toml'}")
