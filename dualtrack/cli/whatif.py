"""Command that tries a scenario: `whatif`."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dualtrack.analyses import (
    WhatIf,
    apply_scenario,
    measure_pausing,
    measure_whatif,
    read_scenario,
    read_targets,
)
from dualtrack.analyses.whatif_actions import FitSettings, Scenario
from dualtrack.analyses.whatif_apply import name_fit
from dualtrack.claims import Claim, state_pausing, state_whatif
from dualtrack.errors import ConfigError
from dualtrack.tables import (
    DisplayTable,
    tabulate_limits,
    tabulate_pausing,
    tabulate_whatif,
)
from dualtrack.tables.display import format_cell
from dualtrack.workbook import OpenQuarter, open_quarter

__all__ = ["add_commands", "whatif"]

_BAND_TARGET = "strategic_budget_share"


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(whatif)


def whatif(
    scenario: Path = typer.Argument(..., help="TOML file; docs/what-if.md shows one."),
    quarter: str = typer.Option("", help="Such as 2026-Q3; the latest with exports if left out."),
    unit: str = typer.Option("", help="Narrow to a unit; the whole if left out."),
    everything: bool = typer.Option(False, "--all", help="Print what stays the same too."),
    as_json: bool = typer.Option(False, "--json", help="Print it for machines."),
    settings_file: Path | None = typer.Option(
        None, "--settings", help="portfolio.toml; the nearest if left out."
    ),
) -> None:
    """Try a scenario: mix, load and targets before and after, and what to pause so that it fits."""
    read = read_scenario(scenario)
    opened = open_quarter(
        quarter, settings_file=str(settings_file or ""), unit_name=unit, names="keep"
    )
    portfolio, pack = opened.portfolio, opened.settings.pack
    before = WhatIf(portfolio.projects, portfolio.assignments, portfolio.capacity, opened.sorting)
    try:
        after = apply_scenario(before, read, hours_per_fte_month=pack.hours_per_fte_month)
    except ConfigError as fault:
        raise ConfigError(f"{scenario}: {fault}") from fault
    targets = read_targets(opened.settings.targets)
    told = measure_whatif(
        before,
        after,
        targets=targets,
        hours_per_fte_month=pack.hours_per_fte_month,
        smallest_group=pack.smallest_group,
        temperature_error=opened.criteria.temperature_error,
    )
    claim = state_whatif(told, after.actions, title=read.title)
    plan = _seek(read.fit, after, opened, targets) if read.fit else None
    if as_json:
        typer.echo(_to_json(read, after, told, claim, plan, portfolio.currency))
        return
    console = Console(soft_wrap=True, highlight=False)
    if read.action:
        _print(console, claim)
        _print_actions(console, after.actions, portfolio.currency)
        _print_table(console, tabulate_whatif(told, changed_only=not everything))
    if plan:
        _print(console, state_pausing(*plan, currency=portfolio.currency))
        _print_table(console, tabulate_pausing(plan[0], currency=portfolio.currency))
        _print_table(console, tabulate_limits(plan[1], binding_only=not everything))


def _seek(
    fit: FitSettings, after: WhatIf, opened: OpenQuarter, targets: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The plan of pauses `[fit]` asks for; without a band of its own, the target's."""
    bands = {one.quantity: (one.low, one.high) for one in fit.band}
    if not bands and fit.use_targets:
        target = targets.set_index("target_id").loc[_BAND_TARGET, ["low_value", "high_value"]]
        low, high = target.fillna({"low_value": 0.0, "high_value": 100.0}).astype(float) / 100
        bands = {"budget_cost": (low, high)}
    pack = opened.settings.pack
    keep, priorities = name_fit(after.projects, fit)
    return measure_pausing(
        after.projects,
        after.assignments,
        after.capacity,
        after.sorting,
        by=fit.by,
        use_at_most=fit.use_at_most,
        bands={str(name): band for name, band in bands.items()},
        keep=keep,
        priorities=priorities,
        hours_per_fte_month=pack.hours_per_fte_month,
        smallest_group=pack.smallest_group,
    )


def _print(console: Console, claim: Claim) -> None:
    console.print(claim.title, style="bold", markup=False)
    console.print(claim.reading, markup=False)


def _print_actions(console: Console, actions: pd.DataFrame, currency: str) -> None:
    for row in actions.to_dict("records"):
        about = "" if pd.isna(row["project_id"]) else f"{row['title']} ({row['project_id']}): "
        amounts = [f"{row['effort_hours']:,.0f} h"] if row["effort_hours"] else []
        amounts += [] if pd.isna(row["cost"]) else [f"{currency} {row['cost']:,.0f}"]
        console.print(
            f"  {row['action_number']} {row['action_type']}: {about}{row['words']}"
            + (f" ({', '.join(amounts)})" if amounts else ""),
            markup=False,
        )


def _print_table(console: Console, table: DisplayTable) -> None:
    if table.frame.empty:
        return
    grid = Table(box=None, padding=(0, 2, 0, 0))
    for column in table.columns:
        grid.add_column(
            column.heading,
            justify="left" if column.format == "text" else "right",
            overflow="fold",
        )
    for row in table.frame.to_dict("records"):
        grid.add_row(
            *(escape(format_cell(row[column.name], column.format)) for column in table.columns)
        )
    console.print(grid)
    console.print(table.note, style="dim", markup=False)


def _to_json(
    read: Scenario,
    after: WhatIf,
    told: pd.DataFrame,
    claim: Claim,
    plan: tuple[pd.DataFrame, pd.DataFrame] | None,
    currency: str,
) -> str:
    whole: dict[str, Any] = {
        "scenario": read.title,
        "currency": currency,
        "title": claim.title,
        "reading": claim.reading,
        "actions": _rows(after.actions),
        "measures": _rows(told),
    }
    if plan:
        said = state_pausing(*plan, currency=currency)
        whole["pausing"] = {
            "title": said.title,
            "reading": said.reading,
            "projects": _rows(plan[0]),
            "limits": _rows(plan[1]),
        }
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Records of plain values; what is missing or without limit is null."""
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    if value is None or pd.isna(value) or value == math.inf:
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return value.item() if hasattr(value, "item") else value
