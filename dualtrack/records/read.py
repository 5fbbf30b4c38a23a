"""The whole step from a folder of exports to a checked portfolio."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd

from dualtrack.config import Settings
from dualtrack.errors import RecordError
from dualtrack.exports import Export, read_exports
from dualtrack.portfolio import Portfolio
from dualtrack.records.check import check_portfolio
from dualtrack.records.clean import ProjectRecords, clean_projects
from dualtrack.records.lists import ListRecords, clean_list
from dualtrack.records.match import match_projects, read_matches
from dualtrack.records.people import pseudonyms
from dualtrack.records.repeats import part_repeats
from dualtrack.schema import PORTFOLIO_TABLES, TABLES, conform, empty_frame

__all__ = ["build_portfolio", "read_portfolio"]

log = logging.getLogger(__name__)


def read_portfolio(export_dir: Path, settings: Settings, *, as_of_date: pd.Timestamp) -> Portfolio:
    """Read a quarter's exports into a checked portfolio.

    Args:
        export_dir: Folder of the quarter's exports, or a file.
        settings: `portfolio.toml`.
        as_of_date: The day the exports show.

    Raises:
        ExportError: A file cannot be read or recognised.
        RecordError: No file holds projects, or the row accounting does not balance.
    """
    exports = read_exports(export_dir, settings, until=as_of_date.date())
    return build_portfolio(exports, settings, as_of_date=as_of_date)


def build_portfolio(
    exports: list[Export], settings: Settings, *, as_of_date: pd.Timestamp
) -> Portfolio:
    """Clean, match and check exports already read.

    Args:
        exports: All exports of the quarter.
        settings: `portfolio.toml`.
        as_of_date: The day the exports show.

    Raises:
        RecordError: No export holds projects, or the row accounting does not balance.
    """
    lists = [one for one in exports if one.table_name == "projects"]
    if not any(len(one.frame) for one in lists):
        names = [one.source_file for one in exports]
        raise RecordError(
            f"No list of projects among {names}. Put the export of a PM tool beside them."
        )
    records = part_repeats(clean_projects(export, settings) for export in lists)
    projects = _stack([one.projects for one in records], "projects")
    projects, merged, match_issues = match_projects(
        projects, read_matches(settings.path(settings.portfolio.matches_file))
    )
    keys = _find_keys(records, merged)
    others = [
        clean_list(
            export,
            keys,
            pseudonyms(settings),
            hours_per_day=settings.portfolio.hours_per_day,
        )
        for export in exports
        if export.table_name != "projects"
    ]
    tables = _gather(records, others, merged)
    tables["projects"] = projects
    tables["sources"] = _list_sources(exports, lists, records)
    checks = check_portfolio(
        projects, tables["objectives"], tables["assignments"], as_of_date=as_of_date
    )
    tables["issues"] = _stack([tables["issues"], match_issues, checks], "issues")
    _assert_balance(tables["sources"], tables["row_outcomes"])
    log.info("%d projects, %d issues", len(projects), len(tables["issues"]))
    return Portfolio.from_tables(
        tables,
        as_of_date=as_of_date,
        currency=settings.money.currency,
        named=frozenset().union(*(one.named for one in others)),
    )


def _stack(frames: list[pd.DataFrame], name: str) -> pd.DataFrame:
    """One table of a kind out of the parts of several files."""
    table = TABLES[name]
    filled = [frame for frame in frames if not frame.empty]
    if not filled:
        return empty_frame(table)
    parts = [frame[[c for c in table.column_names if c in frame]] for frame in filled]
    return conform(
        pd.concat([_without_empty_columns(part) for part in parts], ignore_index=True), table
    )


def _without_empty_columns(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.dropna(axis="columns", how="all")


def _find_keys(records: list[ProjectRecords], merged: pd.DataFrame) -> dict[str, str]:
    """A tool's key to the project it stands for; a merged one to the project that stayed.

    After all keys, titles that name one project alone: lists without keys are booked on by title.
    """
    into = dict(zip(merged["project_id"], merged["into_id"], strict=True))
    keys: dict[str, str] = {}
    for one in records:
        for key, project_id in zip(one.keys["item_key"], one.keys["project_id"], strict=True):
            keys.setdefault(str(key), into.get(project_id, project_id))
    by_title: dict[str, set[str]] = {}
    for one in records:
        for title, project_id in zip(
            one.projects["title"], one.projects["project_id"], strict=True
        ):
            by_title.setdefault(str(title), set()).add(into.get(project_id, project_id))
    for title, found in by_title.items():
        if len(found) == 1:
            keys.setdefault(title, *found)
    return keys


def _gather(
    records: list[ProjectRecords], others: list[ListRecords], merged: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    into = dict(zip(merged["project_id"], merged["into_id"], strict=True))
    for name in ("work_items", "milestones", "conversions", "issues", "row_outcomes"):
        parts = [getattr(one, name) for one in records]
        if name in {"issues", "row_outcomes"}:
            parts += [getattr(one, name) for one in others]
        tables[name] = _stack(parts, name)
    for name in ("work_items", "milestones"):
        moved = tables[name]["project_id"].replace(into)
        tables[name] = tables[name].assign(project_id=moved)
    tables["milestones"] = tables["milestones"].drop_duplicates(["project_id", "title"])
    for table in PORTFOLIO_TABLES:
        if table.name not in tables and table.name not in {"projects", "sources"}:
            parts = [one.frame for one in others if one.table_name == table.name]
            tables[table.name] = _stack_list(parts, table.name)
    is_merged = (tables["row_outcomes"]["outcome_type"] == "project") & tables["row_outcomes"][
        "project_id"
    ].isin(merged["project_id"])
    tables["row_outcomes"] = tables["row_outcomes"].assign(
        outcome_type=tables["row_outcomes"]["outcome_type"].mask(is_merged, "merged"),
        reason=tables["row_outcomes"]["reason"].mask(is_merged, "same project in two tools"),
        project_id=tables["row_outcomes"]["project_id"].replace(into),
    )
    return tables


def _stack_list(parts: list[pd.DataFrame], name: str) -> pd.DataFrame:
    """Two lists of the same kind may repeat a row; the first stands."""
    key = list(TABLES[name].key)
    filled = [part for part in parts if not part.empty]
    if not filled:
        return empty_frame(TABLES[name])
    rows = pd.concat(filled, ignore_index=True)
    if name == "assignments":
        rows = rows.groupby(key, as_index=False).agg(
            role_name=("role_name", "first"), effort_hours=("effort_hours", "sum")
        )
    return _stack([rows.drop_duplicates(key)], name)


def _list_sources(
    exports: list[Export], lists: list[Export], records: list[ProjectRecords]
) -> pd.DataFrame:
    orders = {id(export): one.date_order.reason for export, one in zip(lists, records, strict=True)}
    rows = [
        {
            "source_file": export.source_file,
            "sheet_name": export.sheet_name,
            "source_tool": export.source_tool,
            "table_name": export.table_name,
            "recognized_by": export.recognized_by,
            "date_order": orders.get(id(export)),
            "exported_at": export.exported_at,
            "row_count": export.row_count,
            "sha256": export.sha256,
        }
        for export in exports
    ]
    return _stack([pd.DataFrame(rows)], "sources")


def _assert_balance(sources: pd.DataFrame, outcomes: pd.DataFrame) -> None:
    """Rows read = projects + rolled up + merged + kept + set aside, sheet by sheet."""
    by = ["source_file", "sheet_name"]
    counted = outcomes.fillna({"sheet_name": ""}).groupby(by).size().rename("outcome_count")
    read = sources.fillna({"sheet_name": ""}).set_index(by)["row_count"]
    both = pd.concat([read, counted], axis="columns").fillna(0)
    off = both[both["row_count"] != both["outcome_count"]]
    if not off.empty:
        raise RecordError(
            f"Row accounting does not balance for {off.index.tolist()[:3]}: "
            f"{off.iloc[0].to_dict()}. This is a fault of dualtrack, please report it."
        )
