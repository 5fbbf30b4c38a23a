"""What stands beside the projects: bookings, capacity, objectives, metrics, meetings, ratings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from dualtrack.exports import Export
from dualtrack.records.cleaned import Cleaned
from dualtrack.records.dates import clean_dates, find_date_order
from dualtrack.records.effort import clean_effort, clean_numbers
from dualtrack.records.findings import find_faults, list_outcomes, list_set_aside, make_issues
from dualtrack.records.meetings import find_guests, finish_meetings, join_day_and_time
from dualtrack.records.words import clean_text, clean_words

__all__ = ["ListRecords", "clean_list"]

_DATES = {"assignments": ["work_date"], "capacity": ["month"], "measures": ["measured_date"]}
_NUMBERS = {
    "capacity": ["capacity_hours"],
    "measures": ["value", "plan_value", "target_value"],
    "ratings": ["rating"],
}
_WORDS = {"capacity": {"level_type": "level"}, "measures": {"better_when": "better"}}
_PEOPLE = {"assignments": "person_id", "capacity": "person_id", "ratings": "rater_id"}
# A row that lacks one of these says nothing and is set aside.
_NEEDED = {
    "assignments": ["project_id", "person_id", "work_date", "effort_hours"],
    "capacity": ["person_id", "month", "capacity_hours"],
    "objectives": ["objective_id", "title"],
    "measures": ["metric_id", "measured_date", "value"],
    "reviews": ["review_id", "held_at"],
    "ratings": ["rater_id", "question_id", "rating"],
}


@dataclass(frozen=True)
class ListRecords:
    """Rows of one table from one export, with their issues and outcomes, and who it names."""

    table_name: str
    frame: pd.DataFrame
    issues: pd.DataFrame
    row_outcomes: pd.DataFrame
    named: frozenset[str] = frozenset()


def clean_list(
    export: Export,
    keys: dict[str, str],
    pseudonym: Callable[[str], str],
    *,
    hours_per_day: float = 8.0,
) -> ListRecords:
    """Clean an export that is no project list.

    Args:
        export: A recognised list.
        keys: A tool's key to project_id, for bookings and readings.
        pseudonym: Name of a person to its pseudonym.
        hours_per_day: Of a working day, for bookings in days.

    Returns:
        Rows for the table; bookings are summed by project, person and month.
    """
    table = export.table_name
    raw = export.frame.assign(source_file=export.source_file)
    raw = raw if "project_id" in raw else raw.assign(project_id=None)
    named = find_guests(raw) if table == "reviews" else _list_people(raw, table)
    raw = join_day_and_time(raw, day_first=export.day_first) if table == "reviews" else raw
    cleaned, issues = _clean_columns(raw, table, export, hours_per_day)
    cleaned["source_row"] = raw["source_row"]
    needed = [name for name in _NEEDED[table] if name in cleaned]
    is_whole = cleaned[needed].notna().all(axis=1)
    issues.append(
        make_issues(
            raw[~is_whole]
            .assign(value="lacks one of " + ", ".join(needed))
            .drop(columns="project_id"),
            rule_name="row lacks a needed cell",
            table_name=table,
            message="The row was set aside. Fill the cell in the tool.",
        )
    )
    is_known = pd.Series(True, index=raw.index)
    if table in {"assignments", "measures"}:
        project_id = cleaned["project_id"].map(keys).astype("str")
        is_known = project_id.notna() | (cleaned["project_id"].isna() & (table == "measures"))
        issues.append(
            make_issues(
                raw.loc[is_whole & ~is_known, ["source_file", "source_row"]].assign(
                    value=raw.loc[is_whole & ~is_known, "project_id"].astype("str")
                ),
                rule_name="unknown project key",
                table_name=table,
                column_name="project_id",
                message="No export of the quarter holds this key. Add that tool's export.",
            )
        )
        cleaned["project_id"] = project_id
    if table in _PEOPLE:
        person = _PEOPLE[table]
        cleaned[person] = cleaned[person].map(pseudonym, na_action="ignore").astype("str")
    outcomes = pd.concat(
        [
            list_set_aside(export),
            list_outcomes(
                export, raw.loc[is_whole & is_known, ["source_row"]], outcome_type="kept"
            ),
            list_outcomes(
                export,
                raw.loc[~is_whole, ["source_row"]],
                outcome_type="set_aside",
                reason="row lacks a needed cell",
            ),
            list_outcomes(
                export,
                raw.loc[is_whole & ~is_known, ["source_row"]],
                outcome_type="set_aside",
                reason="unknown project key",
            ),
        ]
    )
    kept = _finish(cleaned[is_whole & is_known], table)
    found = [one for one in issues if not one.empty]
    return ListRecords(table, kept, pd.concat(found) if found else pd.DataFrame(), outcomes, named)


def _list_people(raw: pd.DataFrame, table: str) -> frozenset[str]:
    column = _PEOPLE.get(table, "")
    cells = raw[column].dropna().astype("str").unique() if column in raw else ()
    return frozenset(one for one in map(str.strip, cells) if one)


def _clean_columns(
    raw: pd.DataFrame, table: str, export: Export, hours_per_day: float
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    dates = [name for name in _DATES.get(table, []) if name in raw]
    order = find_date_order([raw[name] for name in dates], stated=export.day_first)
    cleaned = pd.DataFrame(index=raw.index)
    issues: list[pd.DataFrame] = []

    def keep(name: str, result: Cleaned) -> None:
        cleaned[name] = result.series
        known = raw.assign(project_id=None)
        issues.append(find_faults(known, raw[name], result.faults, name))

    fields = [
        name
        for name in raw.columns
        if name
        not in {
            "source_row",
            "source_file",
            "item_key",
            "parent_key",
            "is_project",
            "milestones",
            "is_realigned",
        }
    ]
    for name in fields:
        if name in dates:
            keep(name, clean_dates(raw[name], order))
        elif name == "effort_hours":
            rules = export.column_map.cell_rules
            keep(name, clean_effort(raw[name], unit=rules.effort_unit, hours_per_day=hours_per_day))
        elif name in _NUMBERS.get(table, []):
            keep(name, clean_numbers(raw[name]))
        elif name in _WORDS.get(table, {}):
            keep(name, clean_words(raw[name], _WORDS[table][name]))
        elif table == "reviews" and name in {"held_at", "ends_at"}:
            cleaned[name] = pd.to_datetime(raw[name]).astype("datetime64[us]")
        else:
            cleaned[name] = clean_text(raw[name])
    return cleaned, issues


def _finish(kept: pd.DataFrame, table: str) -> pd.DataFrame:
    """Bring cleaned rows to the table's grain."""
    if table == "assignments":
        month = kept["work_date"].dt.to_period("M").dt.to_timestamp()
        role = kept["role_name"] if "role_name" in kept else pd.Series(pd.NA, index=kept.index)
        return (
            kept.assign(month=month, role_name=role)
            .groupby(["project_id", "person_id", "month"], as_index=False)
            .agg(role_name=("role_name", "first"), effort_hours=("effort_hours", "sum"))
        )
    if table == "reviews":
        return finish_meetings(kept)
    if table == "capacity":
        month = kept["month"].dt.to_period("M").dt.to_timestamp()
        return kept.assign(month=month).drop(columns=["source_row", "project_id"])
    if table == "measures":
        kept = kept.drop_duplicates(["metric_id", "measured_date", "project_id"])
    columns = [name for name in kept if name not in {"source_row", "title_level"}]
    unneeded = [] if table in {"measures"} else ["project_id"]
    return kept[columns].drop(columns=unneeded, errors="ignore")
