"""Commands that analyse one file: `xmr`."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from dualtrack.analyses import (
    measure_control,
    measure_limits,
    measure_verdicts,
    read_control_rules,
)
from dualtrack.claims import Claim, state_control
from dualtrack.cli.series import Series, read_day, read_series
from dualtrack.cli.xmr_numbers import UNSAID, tell_chart
from dualtrack.errors import ExportError
from dualtrack.figures import plot_control

__all__ = ["add_commands", "xmr"]

_FIGURES = (".png", ".svg", ".pdf")


class RuleSetName(StrEnum):
    """Rule sets to choose from."""

    WHEELER = "wheeler"
    NHS = "nhs"
    MDC = "mdc"


class Centre(StrEnum):
    """Centre lines and moving ranges to choose from."""

    MEAN = "mean"
    MEDIAN = "median"


class Better(StrEnum):
    """Directions to choose from, as `better_when` of a measure."""

    INCREASE = "increase"
    DECREASE = "decrease"


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(xmr)


def xmr(
    series: Path = typer.Argument(..., help="CSV with the columns date and value."),
    rules: RuleSetName = typer.Option(
        RuleSetName.WHEELER, case_sensitive=False, help="Rule set; docs/process-behaviour-charts.md"
    ),
    centre: Centre = typer.Option(
        Centre.MEAN, case_sensitive=False, help="Centre line and moving range: mean or median."
    ),
    moving_range: Centre | None = typer.Option(
        None, case_sensitive=False, help="Moving range alone, where it differs from the centre."
    ),
    better: Better | None = typer.Option(
        None, case_sensitive=False, help="Which way is better; left out, signals are neutral."
    ),
    target: float | None = typer.Option(None, help="Target, in the unit of the readings."),
    rebase: list[str] | None = typer.Option(
        None, help="Date the limits begin anew (repeat for more); needs its --cause."
    ),
    cause: list[str] | None = typer.Option(
        None, help="Why they do, one for each --rebase in the same order."
    ),
    screen: bool | None = typer.Option(
        None, "--screen/--no-screen", help="Leave out outlying moving ranges; as the rule set does."
    ),
    run_points: int | None = typer.Option(
        None, help="Length of runs and trends, where the rule set leaves it (mdc: 6 or 7)."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print it for machines."),
    figure: Path | None = typer.Option(None, help="Chart to write (PNG, SVG or PDF)."),
) -> None:
    """Draw a process behaviour chart (XmR) of a series, or print its numbers."""
    read = read_series(series)
    chosen = read_control_rules(rules, centre=centre, moving_range=moving_range)
    if screen is not None:
        chosen = replace(chosen, is_screened=screen)
    if run_points is not None:
        chosen = chosen.with_run_points(run_points)
    name = series.stem
    measures = read.frame.assign(
        metric_id=name,
        better_when={"increase": "higher", "decrease": "lower"}.get(better or "", pd.NA),
        target_value=math.nan if target is None else target,
    )
    picture = figure or (None if as_json else series.with_name(f"{name}_xmr.png"))
    rebases = _state_rebases(name, rebase or [], cause or [], read, is_shown=picture is not None)
    limits = measure_limits(measures, chosen, rebases=rebases)
    control = measure_control(measures, chosen, rebases=rebases, limits=limits)
    verdicts = measure_verdicts(control, limits)
    claim = state_control(control, limits, verdicts, name=name.replace("_", " "))
    if picture is not None:
        _write_figure(picture, control, limits, claim)
    if as_json:
        told = tell_chart(control, limits, verdicts.iloc[0], chosen)
        told |= {"title": claim.title, "notes": list(read.notes)}
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False))
        return
    if picture is not None:
        _print_summary(claim, limits, read, picture)


def _state_rebases(
    name: str, days: list[str], causes: list[str], read: Series, *, is_shown: bool
) -> pd.DataFrame:
    """Each rebase with its cause; a chart for people is not drawn without one."""
    if len(causes) > len(days) or (is_shown and len(causes) < len(days)):
        raise ExportError(
            f"{len(days)} --rebase and {len(causes)} --cause. Limits begin anew only for a known "
            f"change of the process: give each rebase its cause, in the same order."
        )
    return pd.DataFrame(
        {
            "metric_id": [name] * len(days),
            "start_date": [read_day(day, read.order) for day in days],
            "cause": [*causes, *[UNSAID] * (len(days) - len(causes))],
        }
    )


def _write_figure(path: Path, control: pd.DataFrame, limits: pd.DataFrame, claim: Claim) -> None:
    if path.suffix.lower() not in _FIGURES or not path.parent.is_dir():
        raise ExportError(
            f"{path}: a chart is written to an existing folder, as one of {', '.join(_FIGURES)}."
        )
    plot_control(control, limits, title=claim.title).savefig(path, dpi=160)


def _print_summary(claim: Claim, limits: pd.DataFrame, read: Series, picture: Path) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(claim.title, style="bold", markup=False)
    console.print(claim.reading, markup=False)
    grid = Table("from", "readings", "lower", "centre", "upper", "range", box=None, padding=(0, 2))
    for row in limits.itertuples():
        numbers = (row.lower_limit, row.centre_value, row.upper_limit, row.range_limit)
        grid.add_row(
            f"{row.start_date:%Y-%m-%d}",
            f"{row.reading_count}{' (trial)' if row.is_trial else ''}",
            *("–" if pd.isna(one) else f"{one:,.{row.decimal_count}f}" for one in numbers),
        )
    console.print(grid)
    last = limits.iloc[-1]
    console.print(f"Rules of {last['rule_set']}. Limits: {last['limit_method']}.", markup=False)
    for note in read.notes:
        console.print(note, markup=False)
    console.print(f"Chart: {picture}", markup=False)
