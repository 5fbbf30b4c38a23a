"""The command that says what was made of export files: `check`."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from pathlib import Path
from typing import Any

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from dualtrack.analyses import measure_accounting
from dualtrack.config import Settings, read_settings
from dualtrack.errors import ExportError
from dualtrack.exports import Export, read_export
from dualtrack.exports.column_map import plain
from dualtrack.exports.formats import read_sheets
from dualtrack.exports.label_lines import offer_label_lines
from dualtrack.exports.read import is_export, list_exports
from dualtrack.exports.suggest import suggest_fields, write_suggested_map
from dualtrack.portfolio import Portfolio
from dualtrack.records import NO_PROJECT, build_portfolio

__all__ = ["add_commands", "check"]

_MOST_LABELS = 10
_MOST_UNUSED = 40


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(check)


def check(
    files: list[Path] = typer.Argument(..., help="Export files, or folders of them."),
    settings_file: Path | None = typer.Option(None, "--settings", help="portfolio.toml."),
    quarter: str = typer.Option(
        "",
        help="Quarter, for the day calendars are read up to; the latest with exports if left out.",
    ),
    as_json: bool = typer.Option(False, "--json", help="Print it for machines."),
    write_map: Path | None = typer.Option(
        None, "--write-map", help="Write a suggested column map for one list, ready to edit."
    ),
) -> None:
    """Recognise export files, read them, and account for every row."""
    if write_map is not None:
        _write_map(files, write_map)
        return
    settings = read_settings(settings_file)
    as_of_date = settings.as_of_date(settings.quarter(quarter or settings.latest_quarter()))
    exports, errors = _read_all(files, settings, until=as_of_date.date())
    portfolio = None
    if any(len(one.frame) and one.table_name == "projects" for one in exports):
        portfolio = build_portfolio(exports, settings, as_of_date=as_of_date)
    facts = [_facts(export, portfolio) for export in exports]
    if as_json:
        told = {"files": facts, "errors": errors}
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        if errors:
            raise typer.Exit(2)
        return
    console = Console(soft_wrap=True)
    for export, fact in zip(exports, facts, strict=True):
        _print_file(console, export, fact)
    if portfolio is not None:
        _print_next(console, files, settings)
    for message in errors.values():
        Console(stderr=True, soft_wrap=True).print(f"ExportError: {message}", markup=False)
    if errors:
        raise typer.Exit(2)


def _read_all(
    files: list[Path], settings: Settings, *, until: dt.date
) -> tuple[list[Export], dict[str, str]]:
    """Read every file; one that cannot be read is told, and the others are read all the same."""
    exports: list[Export] = []
    errors: dict[str, str] = {}
    paths = [one for path in files for one in (list_exports(path) if path.is_dir() else [path])]
    for path in filter(is_export, paths):
        try:
            exports += read_export(path, settings, until=until)
        except ExportError as fault:
            errors[str(path)] = str(fault)
    if errors and not exports:
        raise ExportError("\n".join(errors.values()))
    return exports, errors


def _write_map(files: list[Path], target: Path) -> None:
    """Suggest a field for each heading of the first heading-like row of a list."""
    if len(files) != 1 or target.exists():
        raise ExportError(
            f"--write-map takes one list and a new file; {target} must not exist yet."
        )
    sheet = read_sheets(files[0], files[0].read_bytes(), until=dt.date(2100, 1, 1))[0]
    row = max(sheet.rows[:25], key=lambda cells: sum(cell not in (None, "") for cell in cells))
    headings = [str(cell or "") for cell in row]
    target.write_text(write_suggested_map(headings, tool=files[0].stem), encoding="utf-8")
    Console(soft_wrap=True).print(f"{target}: a suggested map. Read it before you use it.")


def _facts(export: Export, portfolio: Portfolio | None) -> dict[str, Any]:
    """What `--json` says of one sheet."""
    counts: dict[str, int] = {}
    issues: list[dict[str, Any]] = []
    if portfolio is not None:
        own = portfolio.row_outcomes[
            (portfolio.row_outcomes["source_file"] == export.source_file)
            & (portfolio.row_outcomes["sheet_name"].fillna("") == export.sheet_name)
        ]
        accounted = measure_accounting(own, portfolio.sources)
        counts = accounted.groupby("outcome_type")["row_count"].sum().astype(int).to_dict()
        found = portfolio.issues[portfolio.issues["source_file"] == export.source_file]
        for rule, rows in found.groupby("rule_name"):
            cells = rows["value"].dropna().head(3).tolist()
            issues.append({"rule": str(rule), "count": len(rows), "cells": cells})
    else:
        counts = {"kept": len(export.frame), "set_aside": len(export.set_aside)}
    return {
        "path": export.source_file,
        "sheet": export.sheet_name,
        "tool": export.source_tool,
        "format": export.note,
        "table": export.table_name,
        "recognized_by": export.recognized_by,
        "date_order": _date_order(export, portfolio),
        "rows": export.row_count,
        "records": _count_records(export),
        "projects": counts.get("project", 0),
        "rolled_up": counts.get("rolled_up", 0),
        "merged": counts.get("merged", 0),
        "kept": counts.get("kept", 0),
        "set_aside": counts.get("set_aside", 0),
        "columns": [
            {"field": field, "heading": name, "known": export.column_map.known_of(field, name)}
            for field, headings in export.mapped_headings.items()
            for name in dict.fromkeys(headings)
        ],
        "label_lines": _label_lines(export),
        "issues": issues,
    }


def _label_lines(export: Export) -> list[dict[str, Any]]:
    """Fields kept inside descriptions, the most frequent ones, where they are not columns yet."""
    offered = offer_label_lines(export)
    taken = {plain(heading) for heading in export.headings}
    fresh = offered[~offered["label"].map(plain).isin(taken)]
    return [
        {name: (None if pd.isna(cell) else cell) for name, cell in row.items()}
        for row in fresh.head(_MOST_LABELS).to_dict("records")
    ]


def _count_records(export: Export) -> int:
    """Rows that are records of the tool: not those made for the file's own project."""
    made = {one.casefold() for one in export.column_map.rows.made_types}
    if not made or "type" not in export.frame:
        return len(export.frame)
    return int((~export.frame["type"].astype("str").str.casefold().isin(made)).sum())


def _date_order(export: Export, portfolio: Portfolio | None) -> str:
    if portfolio is None:
        return ""
    own = portfolio.sources[portfolio.sources["source_file"] == export.source_file]["date_order"]
    return str(own.dropna().iloc[0]) if own.notna().any() else ""


def _level(export: Export) -> str:
    """Which rows are projects, in words."""
    rules = export.column_map.rows
    if rules.hierarchy == "none":
        return "every row is a project"
    if rules.project_types and len(export.frame) and not export.frame["is_project"].all():
        return f"rows of type {' or '.join(rules.project_types)}; the others roll up into them"
    return "rows at the top; those below roll up into them"


def _print_next(console: Console, files: list[Path], settings: Settings) -> None:
    """How packs are made of these files, where one command does it."""
    place = files[0].resolve() if files[0].is_dir() else files[0].resolve().parent
    quarter = settings.latest_quarter()
    if place == settings.export_dir(quarter).resolve():
        console.print(f"\nNext: dualtrack pack --quarter {quarter}", markup=False)
    elif len(files) == 1:
        console.print(f"\nNext: dualtrack pack {shlex.quote(str(files[0]))}", markup=False)


def _print_file(console: Console, export: Export, fact: dict[str, Any]) -> None:
    sheet = f", sheet {fact['sheet']!r}" if fact["sheet"] else ""
    console.print(f"\n{fact['path']}{sheet}", style="bold", markup=False)
    console.print(
        f"  {export.column_map.title}, by {fact['recognized_by']} ({fact['format']})", markup=False
    )
    parts = [
        f"{fact[name]} {name.replace('_', ' ')}"
        for name in ("projects", "rolled_up", "merged", "kept", "set_aside")
        if fact[name]
    ]
    console.print(f"  {fact['rows']} rows read = {' + '.join(parts)}", markup=False)
    for reason, count in export.set_aside["reason"].value_counts().items():
        console.print(f"    set aside: {reason}, {count}", markup=False)
    if fact["date_order"]:
        console.print(f"  dates: {fact['date_order']}", markup=False)
    if export.column_map.table_name == "projects":
        console.print(f"  project level: {_level(export)}", markup=False)
    _print_columns(console, export, fact)
    for issue in fact["issues"]:
        console.print(
            f"  issue: {issue['rule']}, {issue['count']} times {issue['cells']}", markup=False
        )
        if issue["rule"] == NO_PROJECT:
            console.print(
                "    to make them projects, state the level: [[export]] "
                f"match = {fact['path']!r}, project_types = [...]",
                markup=False,
            )


def _print_columns(console: Console, export: Export, fact: dict[str, Any]) -> None:
    """Which heading fills which field, what is not used, and what could be."""
    if export.mapped_headings:
        table = Table("field", "heading", "known", box=None, padding=(0, 2))
        for one in fact["columns"]:
            table.add_row(one["field"], one["heading"], one["known"])
        console.print(table)
    if export.unmapped_headings:
        names = list(dict.fromkeys(export.unmapped_headings))
        more = f" and {len(names) - _MOST_UNUSED} more" if len(names) > _MOST_UNUSED else ""
        console.print(f"  not used: {', '.join(names[:_MOST_UNUSED])}{more}", markup=False)
        for row in suggest_fields(names).head(5).itertuples():
            if row.field not in export.mapped_headings:
                console.print(
                    f"    perhaps {row.heading!r} is {row.field} "
                    f"(like {row.known_as!r}, {row.confidence} %)",
                    markup=False,
                )
    for one in fact["label_lines"]:
        field = f" would fill {one['field']}" if one["field"] else ""
        console.print(
            f"    in descriptions: {one['label']!r} on {one['row_count']} rows, such as "
            f"{one['example'][:40]!r}{field}",
            markup=False,
        )
    if fact["label_lines"]:
        console.print(
            f"    take them as columns: [[export]] match = {fact['path']!r}, label_lines = true",
            markup=False,
        )
