"""One export of projects cleaned: values read, items rolled up, every doubt an issue."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from dualtrack.config import Settings
from dualtrack.exports import Export
from dualtrack.exports.rollup import roll_up
from dualtrack.records.columns import DATE_COLUMNS, clean_columns
from dualtrack.records.costs import clean_costs
from dualtrack.records.dates import DateOrder, find_date_order
from dualtrack.records.findings import list_outcomes, list_set_aside, make_issues
from dualtrack.records.milestones import list_milestones
from dualtrack.records.sums import sum_items
from dualtrack.records.words import clean_text

__all__ = ["NO_PROJECT", "ProjectRecords", "clean_projects"]

NO_PROJECT = "item without a project"  # rule and reason of orphans


@dataclass(frozen=True)
class ProjectRecords:
    """Tables made of one export of projects; columns as in `dualtrack.schema`.

    Attributes:
        keys: `item_key` to `project_id`, items of a project too: how bookings find it.
    """

    projects: pd.DataFrame
    work_items: pd.DataFrame
    milestones: pd.DataFrame
    conversions: pd.DataFrame
    issues: pd.DataFrame
    row_outcomes: pd.DataFrame
    keys: pd.DataFrame
    date_order: DateOrder


def clean_projects(export: Export, settings: Settings) -> ProjectRecords:
    """Clean an export of projects and roll its items up.

    Args:
        export: A recognised project list.
        settings: For currency and rates.

    Returns:
        Projects with their items, gates, conversions, issues and row outcomes.
    """
    rolled = _name_projects(roll_up(export.frame), export)
    order = find_date_order(
        [rolled[name] for name in DATE_COLUMNS if name in rolled], stated=export.day_first
    )
    cleaned, issues = clean_columns(
        rolled, export, order, hours_per_day=settings.portfolio.hours_per_day
    )
    money, conversions, money_issues = clean_costs(rolled, export, settings)
    cleaned = cleaned.assign(**money)
    is_project = rolled["is_project"].astype(bool)
    is_item = ~is_project & rolled["project_id"].notna()
    is_orphan = ~is_project & rolled["project_id"].isna()
    cleaned = sum_items(rolled, cleaned)
    projects = cleaned[is_project].assign(
        unit_name=_unit_names(rolled[is_project], export),
        parent_id=rolled.loc[is_project, "parent_key"],
    )
    orphans = rolled[is_orphan].assign(value=cleaned.loc[is_orphan, "title"])
    all_issues = [
        *issues,
        *money_issues,
        make_issues(
            orphans,
            rule_name=NO_PROJECT,
            table_name="work_items",
            message="No project stands above it. Export its parent too.",
        ),
        _order_issue(order, export),
        _realigned_issue(rolled),
        _shifted_issue(rolled),
    ]
    outcomes = [
        list_set_aside(export),
        list_outcomes(export, projects, outcome_type="project"),
        list_outcomes(
            export, rolled[is_item], outcome_type="rolled_up", reason="item of a project"
        ),
        list_outcomes(
            export,
            orphans[["source_row"]],
            outcome_type="set_aside",
            reason=NO_PROJECT,
        ),
    ]
    return ProjectRecords(
        projects=projects,
        work_items=_list_work_items(cleaned[is_item]),
        milestones=list_milestones(rolled, cleaned, order),
        conversions=conversions,
        issues=pd.concat([one for one in all_issues if not one.empty] or [pd.DataFrame()]),
        row_outcomes=pd.concat(outcomes),
        keys=rolled.loc[rolled["project_id"].notna(), ["item_key", "project_id"]].dropna(),
        date_order=order,
    )


def _name_projects(rolled: pd.DataFrame, export: Export) -> pd.DataFrame:
    """Give each project its id; rows without a key are named by their title.

    A repeated key gets `#2`, so that no row is lost; `check` reports it.
    """
    prefix = export.source_tool
    if prefix == "generic" or export.column_map.tool.startswith("list"):
        prefix = re.sub(r"\.[^.]+$", "", export.source_file)
    is_project = rolled["is_project"].astype(bool)
    titles = rolled["title"].map(lambda cell: re.sub(r"\W+", "-", str(cell).casefold()).strip("-"))
    has_key = rolled["item_key"].notna() & ~rolled["item_key"].astype("str").str.startswith("row ")
    own = rolled["item_key"].where(has_key, titles.str.slice(0, 60))
    repeat = own[is_project].groupby(own[is_project]).cumcount()
    ids = prefix + ":" + own[is_project].astype("str")
    ids = ids.where(repeat == 0, ids + "#" + (repeat + 1).astype("str"))
    of_key = dict(zip(rolled.loc[is_project, "item_key"], ids, strict=True))
    of_item = rolled["root_key"].map(lambda key: of_key.get(key) if key is not None else None)
    project_id = of_item.where(~is_project, ids.reindex(rolled.index))
    return rolled.assign(
        project_id=project_id.astype("str"),
        source_file=export.source_file,
        item_key=rolled["item_key"].where(has_key, None),
    )


def _unit_names(projects: pd.DataFrame, export: Export) -> pd.Series:
    """Unit from the row, else as stated in the settings for the file."""
    blank = pd.Series(None, index=projects.index, dtype=object)
    units = clean_text(projects.get("unit_name", blank))
    return units.fillna(export.unit_name) if export.unit_name else units


def _list_work_items(items: pd.DataFrame) -> pd.DataFrame:
    columns = [
        "source_file",
        "source_row",
        "project_id",
        "title",
        "description",
        "type",
        "status_type",
    ]
    return items[[name for name in columns if name in items]]


def _realigned_issue(rolled: pd.DataFrame) -> pd.DataFrame:
    if "is_realigned" not in rolled:  # a sheet beside the list
        return pd.DataFrame()
    moved = rolled[rolled["is_realigned"].astype(bool)]
    return make_issues(
        moved[["project_id", "source_file", "source_row"]].assign(value=moved["title"]),
        rule_name="row realigned",
        message="It had more cells than headings; the surplus fits behind one field only. "
        "Check the row, or export again with a heading for each value.",
    )


def _shifted_issue(rolled: pd.DataFrame) -> pd.DataFrame:
    """Rows without a status that hold one of the file's statuses in another column."""
    if "status_type" not in rolled:
        return pd.DataFrame()
    known = set(rolled["status_type"].dropna().astype("str"))
    blank = rolled[rolled["status_type"].isna()]
    others = [name for name in ("owner", "labels", "type", "team_name") if name in rolled]
    is_shifted = blank[others].isin(known).any(axis=1)
    return make_issues(
        blank.loc[is_shifted, ["project_id", "source_file", "source_row", "title"]].rename(
            columns={"title": "value"}
        ),
        rule_name="cells may be shifted",
        message="The status stands in another column of this row. Check it where it came from.",
    )


def _order_issue(order: DateOrder, export: Export) -> pd.DataFrame:
    if order.is_sure:
        return pd.DataFrame()
    row = pd.DataFrame({"source_file": [export.source_file], "value": [order.reason]})
    return make_issues(
        row,
        rule_name="date order not sure",
        column_name="start_date",
        message="State it in portfolio.toml: [[export]] match, day_first = true or false.",
    )
