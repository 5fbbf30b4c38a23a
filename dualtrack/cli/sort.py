"""Commands of the sort: `sort`, `explain`, `evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from dualtrack.config import read_settings
from dualtrack.errors import SortingError
from dualtrack.sorting import (
    evaluate_labels,
    find_flips,
    list_learned,
    read_criteria,
    read_labelled,
)
from dualtrack.tables import tabulate_evidence
from dualtrack.tables.display import format_cell
from dualtrack.workbook import OpenQuarter, open_quarter

__all__ = ["add_commands", "evaluate", "explain", "sort"]

_QUARTER = typer.Option("", help="Such as 2026-Q3; the latest with exports if left out.")
_SETTINGS = typer.Option(None, "--settings", help="portfolio.toml; the nearest if left out.")


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(sort)
    app.command()(explain)
    app.command()(evaluate)


def sort(
    out: Path = typer.Argument(..., help="CSV file to write, one row a project."),
    quarter: str = _QUARTER,
    settings_file: Path | None = _SETTINGS,
    explain_learning: bool = typer.Option(
        False, "--explain-learning", help="Show what the ledger's decisions taught."
    ),
) -> None:
    """Sort every project of a quarter and write the result."""
    opened = open_quarter(quarter, settings_file=str(settings_file or ""), names="keep")
    titles = opened.portfolio.projects[["project_id", "title", "unit_name"]]
    rows = titles.merge(opened.sorting, on="project_id", how="left", validate="one_to_one")
    rows.to_csv(out, index=False)
    counts = opened.sorting["track"].value_counts()
    summary = ", ".join(f"{count} {track}" for track, count in counts.items())
    Console().print(f"{out}: {len(rows)} projects: {summary}")
    if explain_learning:
        _print_learning(opened)


def _print_learning(opened: OpenQuarter) -> None:
    """The words the ledger taught, and the projects that changed track by them."""
    learned = list_learned(opened.evidence)
    console = Console(soft_wrap=True)
    if learned.empty:
        console.print("Learnt nothing yet: that takes eight decisions and words they share.")
        return
    grid = Table("word", "speaks for", "adds (log-odds)", "projects")
    for row in learned.itertuples():
        grid.add_row(row.word, row.toward_track, f"{row.weight:.2f}", str(row.project_count))
    console.print(grid)
    moved = opened.sorting[opened.sorting["decided_by"] == "learned"]
    console.print(f"{len(moved)} projects stand elsewhere than the shipped weights alone put them:")
    for row in moved.itertuples():
        console.print(f"  {row.project_id}: {row.track}", markup=False)


def explain(
    project_id: str = typer.Argument(..., help="Such as jira:OPS-142."),
    quarter: str = _QUARTER,
    settings_file: Path | None = _SETTINGS,
) -> None:
    """Print the evidence card of one project."""
    opened = open_quarter(quarter, settings_file=str(settings_file or ""), names="keep")
    sorting = opened.sorting.set_index("project_id")
    if project_id not in sorting.index:
        raise SortingError(
            f"No project {project_id!r} in {opened.quarter}. `dualtrack sort out.csv` lists all."
        )
    row = sorting.loc[project_id]
    projects = opened.portfolio.projects.set_index("project_id")
    console = Console()
    console.print(str(projects.at[project_id, "title"]), style="bold", markup=False)
    chances = ", ".join(
        f"{track} {row[f'p_{track}']:.2f}" for track in ("operational", "strategic", "maintenance")
    )
    reason = "" if pd.isna(row["undecided_reason"]) else f" ({row['undecided_reason']})"
    console.print(f"track: {row['track']}{reason}, decided by {row['decided_by']}; {chances}")
    table = tabulate_evidence(opened.evidence, project_id=project_id)
    grid = Table(*(column.heading for column in table.columns))
    names = [column.name for column in table.columns]
    for values in table.frame[names].itertuples(index=False, name=None):
        grid.add_row(
            *(format_cell(v, c.format) for v, c in zip(values, table.columns, strict=True))
        )
    console.print(grid)
    flip = find_flips(pd.Series([project_id]), opened.evidence, opened.criteria).iloc[0]
    if pd.notna(flip["flip_count"]):
        console.print(
            f"would flip to {flip['flip_track']}: without {flip['flip_criteria']} "
            f"(last: {flip['flip_quote']!r}), a margin of {flip['margin']:.1f} log-odds",
            markup=False,
        )


def evaluate(
    labels: Path = typer.Argument(..., help="CSV with title, description, label."),
    settings_file: Path | None = _SETTINGS,
    as_json: bool = typer.Option(False, "--json", help="Print it for machines."),
) -> None:
    """Compare the sort with labelled records."""
    settings = read_settings(settings_file)
    file = settings.sort.criteria_file
    criteria = read_criteria(settings.path(file) if file else None)
    found = evaluate_labels(
        read_labelled(labels),
        criteria,
        decide_at=settings.sort.decide_at,
        error_rate=settings.sort.error_rate,
    )
    figures = {
        name: round(getattr(found, name), 4)
        for name in ("accuracy", "macro_f1", "binary_f1", "coverage", "decided_accuracy", "ece")
    }
    if as_json:
        typer.echo(json.dumps(figures, indent=1))
        return
    console = Console()
    for name, figure in figures.items():
        console.print(f"{name:18s}{figure:.3f}")
    console.print(found.confusion.to_string())
    if not found.by_source.empty:
        console.print(found.by_source.to_string(index=False))
