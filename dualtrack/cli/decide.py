"""Commands for people's decisions: `queue` (what to decide first) and `decide`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dualtrack.config import read_settings
from dualtrack.errors import SortingError
from dualtrack.schema import TRACKS
from dualtrack.sorting import (
    append_decision,
    match_ledger,
    measure_agreement,
    rank_queue,
    read_criteria,
    read_ledger,
    sort_projects,
)
from dualtrack.sorting.ledger.decisions import settle_decisions
from dualtrack.tables.display import format_cell
from dualtrack.workbook import OpenQuarter, open_quarter, open_records

__all__ = ["add_commands", "decide", "queue"]

_QUARTER = typer.Option("", help="Such as 2026-Q3; the latest with exports if left out.")
_SETTINGS = typer.Option(None, "--settings", help="portfolio.toml; the nearest if left out.")
_CHANCES = [f"p_{name}" for name in TRACKS[:3]]


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(queue)
    app.command()(decide)


def queue(
    quarter: str = _QUARTER,
    top: int = typer.Option(10, min=1, help="Projects to list."),
    settings_file: Path | None = _SETTINGS,
) -> None:
    """List the projects whose decision settles the most: doubt times money."""
    opened = open_quarter(quarter, settings_file=str(settings_file or ""), names="keep")
    ranked = rank_queue(opened.sorting, opened.portfolio.projects)
    console = Console(soft_wrap=True, highlight=False)
    if ranked.empty:
        console.print("Nothing to decide: no project is undecided or doubtful.")
    else:
        console.print(_tabulate(ranked.head(top), opened))
        settled = format_cell(ranked["settled_share"].head(top).iloc[-1], "share")
        console.print(
            f"Undecided or doubtful: {len(ranked)}. Deciding the first {min(top, len(ranked))} "
            f"settles {settled} of the doubtful money. "
            f"Next: dualtrack decide PROJECT_ID TRACK --why TEXT --by NAME"
        )
    _print_reviewers(console, opened)


def decide(
    project_id: str = typer.Argument(..., help="Such as jira:OPS-142."),
    track: str = typer.Argument(..., help="operational, strategic, maintenance; or withdrawn."),
    why: str = typer.Option(..., help="The reason, in words."),
    by: str = typer.Option(..., help="Who decides."),
    quarter: str = _QUARTER,
    settings_file: Path | None = _SETTINGS,
) -> None:
    """Put a project on a track: one line at the end of the ledger."""
    settings = read_settings(settings_file)
    quarter = quarter or settings.latest_quarter()
    portfolio = open_records(quarter, settings_file=str(settings_file or ""))
    project = portfolio.projects[portfolio.projects["project_id"] == project_id]
    if project.empty:
        raise SortingError(
            f"No project {project_id!r} in {quarter}. `dualtrack queue` lists those to decide, "
            f"`dualtrack sort out.csv` all."
        )
    ledger = settings.path(settings.sort.decisions_file)
    before = settle_decisions(read_ledger(ledger), portfolio.projects)
    file = settings.sort.criteria_file
    evidence_alone = sort_projects(
        replace(portfolio, projects=project.reset_index(drop=True)),
        read_criteria(settings.path(file) if file else None),
        before.iloc[:0],
        decide_at=settings.sort.decide_at,
    )[0]
    append_decision(
        ledger, project.iloc[0], evidence_alone.iloc[0], track=track.casefold(), by=by, why=why
    )
    said = evidence_alone["evidence_track"].iloc[0]
    console = Console(soft_wrap=True, highlight=False)
    console.print(
        f"{ledger}: {project_id} is {track.casefold()}; evidence says {said}.", markup=False
    )
    earlier = before[before["project_id"] == project_id]
    if not earlier.empty:
        console.print(f"Decided before: {earlier['said'].iloc[0]}.", markup=False)


def _tabulate(ranked: pd.DataFrame, opened: OpenQuarter) -> Table:
    titles = opened.portfolio.projects[["project_id", "title", "unit_name"]]
    sorting = opened.sorting[["project_id", "track", *_CHANCES]]
    rows = ranked.merge(titles, on="project_id", how="left", validate="one_to_one").merge(
        sorting, on="project_id", how="left", validate="one_to_one"
    )
    grid = Table(box=None, padding=(0, 2, 1, 0))
    grid.add_column("", justify="right")
    grid.add_column("project", overflow="fold")
    grid.add_column("best two", no_wrap=True)
    grid.add_column(f"stake, {opened.portfolio.currency}", justify="right", no_wrap=True)
    grid.add_column("settled", justify="right", no_wrap=True)
    for place, row in enumerate(rows.to_dict("records"), start=1):
        best = sorted(_CHANCES, key=lambda name: -row[name])[:2]
        source = "" if row["stake_from"] == "budget" else f"\nby {row['stake_from']}"
        grid.add_row(
            str(place),
            escape(
                f"{row['project_id']}\n{format_cell(row['title'], 'text')} "
                f"({format_cell(row['unit_name'], 'text')}, now {row['track']})"
            ),
            "\n".join(f"{row[name]:.2f} {name.removeprefix('p_')}" for name in best),
            format_cell(row["stake_cost"], "money") + source,
            format_cell(row["settled_share"], "share"),
        )
    return grid


def _print_reviewers(console: Console, opened: OpenQuarter) -> None:
    """Where reviewers differ, how far they agree, and decisions to look at again."""
    ledger = read_ledger(opened.settings.path(opened.settings.sort.decisions_file))
    agreement, _ = measure_agreement(match_ledger(ledger, opened.portfolio.projects))
    for pair in agreement.itertuples():
        kappa = (
            f"no kappa: {pair.reason}"
            if pd.isna(pair.kappa)
            else f"kappa {pair.kappa:.2f} (90 % interval {pair.kappa_low:.2f} to "
            f"{pair.kappa_high:.2f})"
        )
        console.print(
            f"{pair.reviewer_a} and {pair.reviewer_b}: {pair.project_count} decided by both, "
            f"{format_cell(pair.agreed_share, 'share')} alike; {kappa}.",
            markup=False,
        )
    issues = opened.portfolio.issues
    about = issues[issues["source_file"] == Path(opened.settings.sort.decisions_file).name]
    for issue in about[about["severity_type"] != "info"].itertuples():
        console.print(
            f"{issue.project_id}: {issue.rule_name} ({issue.value}). {issue.message}", markup=False
        )
