"""The command line: one file a family of commands, each command calls one function."""

from __future__ import annotations

import logging
import sys
import traceback

import typer
from rich.console import Console
from rich.logging import RichHandler

from dualtrack.cli import (
    analyse,
    audit,
    check,
    decide,
    pack,
    present,
    second_reader,
    sort,
    train,
    whatif,
    workspace,
)
from dualtrack.errors import DualtrackError, tell_fault

__all__ = ["app", "main"]

USAGE_ERROR = 2

app = typer.Typer(
    name="dualtrack",
    help="Sort a project portfolio onto two paths and write the quarterly review packs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    debug: bool = typer.Option(False, "--debug", help="Show tracebacks and what each step does."),
) -> None:
    """Sort a project portfolio onto two paths and write the quarterly review packs."""
    if debug:
        logging.basicConfig(
            level=logging.INFO,
            format="%(message)s",
            handlers=[RichHandler(console=Console(stderr=True), show_path=False)],
        )


for family in (
    workspace,
    check,
    sort,
    second_reader,
    decide,
    audit,
    train,
    pack,
    present,
    analyse,
    whatif,
):
    family.add_commands(app)


def main() -> None:
    """Run the command line; an error of ours is one paragraph on stderr and exit code 2.

    So is what the system refuses: a full disk, a file another program holds, missing memory.
    """
    try:
        app()
    except (DualtrackError, OSError, MemoryError) as fault:
        text = str(fault) if isinstance(fault, DualtrackError) else tell_fault(fault)
        if "--debug" in sys.argv:
            traceback.print_exc()
        else:
            Console(stderr=True, soft_wrap=True).print(
                f"{type(fault).__name__}: {text}", style="bold red", markup=False, highlight=False
            )
        raise SystemExit(USAGE_ERROR) from None
