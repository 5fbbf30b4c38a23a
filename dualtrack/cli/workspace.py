"""Commands that make data to work on: `sample`."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from dualtrack.sample import write_sample

__all__ = ["add_commands", "sample"]


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(sample)


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
