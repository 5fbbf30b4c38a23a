"""Commands of the audit: `audit draw` (a sample to label) and `audit report` (what it says)."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from dualtrack.config import read_settings
from dualtrack.errors import SortingError
from dualtrack.schema import TRACKS
from dualtrack.sorting import draw_audit, list_labels, measure_audit, read_labels
from dualtrack.sorting.audit.estimate import Audit
from dualtrack.sorting.ledger.cells import (
    bare_cell,
    decode_table,
    find_separator,
    guard_cell,
    one_line,
)
from dualtrack.tables.display import format_cell
from dualtrack.workbook import open_quarter

__all__ = ["add_commands", "draw", "report"]

_QUARTER = typer.Option("", help="Such as 2026-Q3; the latest with exports if left out.")
_SETTINGS = typer.Option(None, "--settings", help="portfolio.toml; the nearest if left out.")
_DRAWN_COLUMNS = ["quarter", "project_id", "drawn_track", "inclusion_probability"]


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    audit = typer.Typer(help="Check the sort on your own list with some 50 labels.")
    audit.command()(draw)
    audit.command()(report)
    app.add_typer(audit, name="audit", no_args_is_help=True)


def draw(
    out: Path = typer.Argument(..., help="CSV file to write, for a person to label."),
    quarter: str = _QUARTER,
    size: int = typer.Option(50, min=1, help="Projects to draw."),
    seed: int = typer.Option(1, min=0, help="The same seed draws the same projects."),
    settings_file: Path | None = _SETTINGS,
) -> None:
    """Draw projects for a person to label without seeing the sort's answer."""
    drawn_file = _drawn_file(out)
    kept = [path for path in (out, drawn_file) if path.exists()]
    if kept or not out.parent.is_dir():
        raise SortingError(
            f"{out}: labels are written to an existing folder, and over no file; "
            f"{kept[0].name + ' is there' if kept else 'there is no such folder'}."
        )
    opened = open_quarter(quarter, settings_file=str(settings_file or ""), names="keep")
    drawn = draw_audit(opened.sorting, size=size, seed=seed)
    labels = list_labels(drawn, opened.portfolio.projects)
    texts = labels.map(lambda cell: "" if pd.isna(cell) else guard_cell(one_line(str(cell))))
    # With a byte order mark, so that spreadsheets read letters beyond ASCII.
    texts.to_csv(out, index=False, encoding="utf-8-sig")
    drawn.assign(quarter=str(opened.quarter))[_DRAWN_COLUMNS].to_csv(
        drawn_file, index=False, encoding="utf-8"
    )
    console = Console(soft_wrap=True, highlight=False)
    console.print(
        f"{out}: {len(drawn)} of {len(opened.sorting)} projects. In the column label write "
        f"{', '.join(TRACKS[:3])}; leave it blank if the text does not tell.",
        markup=False,
    )
    console.print(
        f"{drawn_file}: what was drawn with which chance, and what the sort says. Keep it beside "
        f"the labels, and do not look into it before they are done.",
        markup=False,
    )


def report(
    labelled: Path = typer.Argument(..., help="The file `audit draw` wrote, labelled."),
    quarter: str = _QUARTER,
    drawn_file: Path | None = typer.Option(
        None, "--drawn", help="What was drawn; beside the labels if left out."
    ),
    settings_file: Path | None = _SETTINGS,
    as_json: bool = typer.Option(False, "--json", help="Print it for machines."),
) -> None:
    """Compare the labels with the sort, and correct the mix for the error found."""
    quarter = quarter or read_settings(settings_file).latest_quarter()
    drawn = _read_drawn(drawn_file or _drawn_file(labelled), quarter)
    labels = read_labels(_read_table(labelled), drawn, source_file=str(labelled))
    opened = open_quarter(quarter, settings_file=str(settings_file or ""), names="keep")
    audit = measure_audit(labels, opened.sorting, opened.portfolio.projects)
    if as_json:
        typer.echo(json.dumps(_tell(audit), indent=1, ensure_ascii=False, allow_nan=False))
    else:
        _print(audit)


def _drawn_file(labels: Path) -> Path:
    return labels.with_name(f"{labels.stem}.drawn.csv")


def _read_table(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise SortingError(f"{path}: no such file. `dualtrack audit draw` writes it.")
    text = decode_table(path.read_bytes(), path)
    separator = find_separator(text.partition("\n")[0])
    try:
        cells = pd.read_csv(io.StringIO(text), sep=separator, dtype="str", keep_default_na=False)
    except pd.errors.ParserError as fault:
        raise SortingError(f"{path}: not a table ({fault}). Mend that line.") from fault
    except pd.errors.EmptyDataError as fault:
        raise SortingError(f"{path}: the file is empty. Draw anew.") from fault
    return cells.map(bare_cell)


def _read_drawn(path: Path, quarter: str) -> pd.DataFrame:
    cells = _read_table(path)
    missing = [name for name in _DRAWN_COLUMNS if name not in cells]
    if missing:
        raise SortingError(
            f"{path}: no column {missing}; found {list(cells.columns)}. Give the file that "
            f"`dualtrack audit draw` wrote beside the labels (--drawn)."
        )
    if other := sorted(set(cells["quarter"]) - {quarter}):
        raise SortingError(f"{path}: drawn from {other}, not from {quarter}. Say --quarter.")
    chance = pd.to_numeric(cells["inclusion_probability"], errors="coerce")
    odd = ~chance.between(0, 1, inclusive="right") | ~cells["drawn_track"].isin(TRACKS)
    odd |= cells["project_id"].duplicated()
    if odd.any():
        raise SortingError(
            f"{path}: line {[int(place) + 2 for place in cells.index[odd]]} has been changed. "
            f"Draw anew with the same seed."
        )
    return cells[["project_id", "drawn_track"]].assign(inclusion_probability=chance)


def _tell(audit: Audit) -> dict[str, object]:
    """The figures for machines; what is not known is null."""
    rows = {name: json.loads(getattr(audit, name).to_json(orient="records")) for name in _FRAMES}
    figures = {
        name: None if math.isnan(value := getattr(audit, name)) else round(value, 4)
        for name in ("accuracy", "accuracy_low", "accuracy_high", "coverage")
    }
    counts = {name: getattr(audit, name) for name in _COUNTS}
    return {**figures, **counts, "gone": list(audit.gone), "method": _METHOD, **rows}


def _print(audit: Audit) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(
        f"Right on {format_cell(audit.accuracy, 'share')} of what it decides (90 % interval "
        f"{format_cell(audit.accuracy_low, 'share')} to "
        f"{format_cell(audit.accuracy_high, 'share')}); it decides "
        f"{format_cell(audit.coverage, 'share')} of the projects."
    )
    gone = f", no longer there: {', '.join(audit.gone)}" if audit.gone else ""
    console.print(
        f"Labels: {audit.labelled_count}. Left out: {audit.unlabelled_count} blank{gone}. "
        f"Sorted otherwise since the draw: {audit.moved_count}.",
        markup=False,
    )
    confusion = audit.confusion.pivot_table(
        index="label", columns="evidence_track", values="label_count", aggfunc="sum"
    ).reindex(index=list(TRACKS[:3]))
    sorted_as = [track for track in TRACKS if track in confusion]
    grid = Table("label, and sorted as", *sorted_as)
    for label in confusion.index:
        grid.add_row(label, *(str(confusion.at[label, track]) for track in sorted_as))
    console.print(grid)
    mix = Table("share of", "track", "as sorted", "corrected", "90 % interval")
    for row in audit.mix.itertuples():
        ends = (format_cell(row.corrected_low, "share"), format_cell(row.corrected_high, "share"))
        mix.add_row(
            row.quantity_type,
            row.track,
            format_cell(row.sorted_share, "share"),
            format_cell(row.corrected_share, "share"),
            "–" if pd.isna(row.corrected_share) else " to ".join(ends),
        )
    console.print(mix)
    console.print(_METHOD)


_FRAMES = ("confusion", "mix")
_COUNTS = ("labelled_count", "unlabelled_count", "moved_count")
_METHOD = (
    "Accuracy: weighted by the inverse of the inclusion probabilities, stratified Wilson interval. "
    "Mix: stratified by evidence track, interval from draws of what the labels leave open."
)
