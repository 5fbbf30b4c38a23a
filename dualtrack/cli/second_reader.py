"""The command of the second reader: `second-read`, the only one that sends texts of projects."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dualtrack.config import SecondReaderSettings
from dualtrack.errors import ConfigError, SortingError
from dualtrack.records.people import pseudonyms
from dualtrack.sorting.second_reader.answer import read_prompt
from dualtrack.sorting.second_reader.client import is_this_machine
from dualtrack.sorting.second_reader.names import KnownNames, find_names
from dualtrack.sorting.second_reader.reader import plan_second_reading, read_again
from dualtrack.sorting.second_reader.reading import apply_second_reading, measure_second_reading
from dualtrack.workbook import OpenQuarter, open_quarter

__all__ = ["add_commands", "second_read"]

_CHARACTERS_PER_TOKEN = 4  # the usual rule of thumb for English
_NO_REPLY = ("no connection", "timeout", "rate limited", "server error", "request refused")


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command(name="second-read")(second_read)


def second_read(
    quarter: str = typer.Option(..., help="Quarter to read, such as 2026-Q3."),
    settings_file: Path | None = typer.Option(None, "--settings", help="portfolio.toml."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Show what would be sent; send nothing."),
) -> None:
    """Let the language model of the settings read undecided projects again."""
    opened = open_quarter(quarter, settings_file=str(settings_file or ""), names="keep")
    section = opened.settings.second_reader
    names = find_names(opened.portfolio, pseudonym=pseudonyms(opened.settings))
    plan = plan_second_reading(
        opened.portfolio.projects, opened.sorting, opened.settings, names=names
    )
    console = Console(soft_wrap=True, markup=False, highlight=False, emoji=False)
    if dry_run:
        _print_plan(console, plan, section)
        return
    if not section.url:
        raise ConfigError(
            "[second_reader] url is blank: no second reader. Set url and model in portfolio.toml "
            "(docs/second-reader.md), or see with --dry-run what would be sent."
        )
    console.print(_word_cost(plan, section))
    readings = _read(opened, names)
    _print_readings(console, readings, opened)
    faults = readings["fault"].dropna()
    if len(faults) == len(readings) and faults.isin(_NO_REPLY).any():
        raise SortingError(
            f"{section.url}: no reply to any request ({faults.iloc[0]}). Start the server, or mend "
            f"url, model or api_key_variable of [second_reader]."
        )


def _read(opened: OpenQuarter, names: KnownNames) -> pd.DataFrame:
    columns = (
        TextColumn("reading again"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("reading", total=None)
        return read_again(
            opened.portfolio.projects,
            opened.sorting,
            opened.settings,
            names=names,
            on_change=lambda done, total: progress.update(bar, completed=done, total=total),
        )


def _print_plan(console: Console, plan: pd.DataFrame, section: SecondReaderSettings) -> None:
    if section.url:
        where = "this machine" if is_this_machine(section.url) else "another machine"
        plain = " unencrypted" if section.url.startswith("http:") and where[0] == "a" else ""
        console.print(f"to {section.url} ({where}{plain}), model {section.model}")
    else:
        console.print("no url in [second_reader]: nothing is ever sent")
    console.print(_word_cost(plan, section))
    console.print(f"\nbefore each text, the question:\n{read_prompt()}")
    asked = plan[(plan["text"] != "") & ~plan["is_cached"]].drop_duplicates("text")
    for project_id, text in zip(asked["project_id"], asked["text"], strict=True):
        console.print(f"\n--- {project_id} (the key is not sent)\n{text}")


def _word_cost(plan: pd.DataFrame, section: SecondReaderSettings) -> str:
    texts = plan.loc[(plan["text"] != "") & ~plan["is_cached"], "text"].drop_duplicates()
    tokens = (texts.str.len().sum() + len(texts) * len(read_prompt())) / _CHARACTERS_PER_TOKEN
    minutes = len(texts) / section.requests_per_minute
    return (
        f"{len(plan)} projects: {int(plan['is_cached'].sum())} answered before, "
        f"{int((plan['text'] == '').sum())} without text; {len(texts)} requests, with retries at "
        f"most {len(texts) * (section.retries + 1)}; about {tokens:,.0f} tokens to read; "
        f"{minutes:.1f} minutes or more at {section.requests_per_minute} requests a minute"
    )


def _print_readings(console: Console, readings: pd.DataFrame, opened: OpenQuarter) -> None:
    each = readings.drop_duplicates("project_id")
    tracks = each["second_track"].value_counts()
    faults = each["fault"].value_counts()
    console.print(
        f"{int(each['fault'].isna().sum())} read: "
        + (", ".join(f"{count} {track}" for track, count in tracks.items()) or "none")
    )
    if not faults.empty:
        dropped = ", ".join(f"{count} {fault}" for fault, count in faults.items())
        console.print(f"{int(faults.sum())} without a reading: {dropped}")
    settled = apply_second_reading(
        opened.sorting, readings, decide_at=opened.settings.sort.decide_at
    )
    count = int((settled["decided_by"] == "second_reader").sum())
    console.print(f"{count} undecided projects settled by the second reader")
    agreement = measure_second_reading(readings, opened.sorting)
    if agreement["project_count"].iloc[0]:
        console.print("agreement with the evidence, where both decide:")
        console.print(agreement.round(2).to_string(index=False))
    else:
        console.print('agreement with the evidence: no project both decide; only = "all" reads all')
