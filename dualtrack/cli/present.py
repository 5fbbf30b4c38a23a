"""The command that presents an issued quarter: `present`."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import typer
from rich.console import Console

from dualtrack.config import find_settings_file, read_settings
from dualtrack.errors import PackError
from dualtrack.pack.present import Presentation, serve_presentation

__all__ = ["add_commands", "present"]


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(present)


def present(
    unit: str = typer.Argument("", help="Unit to present; the whole if left out."),
    quarter: str = typer.Option("", help="Such as 2026-Q3; the latest issued if left out."),
    settings_file: Path | None = typer.Option(None, "--settings", help="portfolio.toml."),
    port: int = typer.Option(8808, min=0, max=65535, help="Of this machine; 0 for any free one."),
    browser: bool = typer.Option(True, help="Open the browser."),
) -> None:
    """Present the review of an issued quarter on this machine, until Ctrl-C."""
    file = settings_file or find_settings_file()
    settings = read_settings(file)
    reports = settings.path(settings.portfolio.reports_dir)
    name = quarter or _latest(reports)
    presentation = Presentation(settings, file, reports / name, name, unit)
    console = Console(soft_wrap=True)
    with serve_presentation(presentation, port=port) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        console.print(f"{unit or settings.portfolio.name}, {name}: {address}", highlight=False)
        console.print("Arrow keys turn, S opens the speaker notes, Ctrl-C here ends.")
        if browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("Ended.")


def _latest(reports: Path) -> str:
    """The latest quarter that was issued."""
    found = sorted(path.parent.name for path in reports.glob("[0-9]*-Q[1-4]/manifest.json"))
    if not found:
        raise PackError(f"{reports}: no issued quarter. Run `dualtrack pack --quarter ...` first.")
    return found[-1]
