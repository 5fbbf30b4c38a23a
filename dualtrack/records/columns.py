"""The columns of a project list cleaned, each by the cleaner of its kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from dualtrack.exports import Export
from dualtrack.records.cleaned import Cleaned
from dualtrack.records.dates import DateOrder, clean_dates
from dualtrack.records.effort import clean_effort, clean_progress
from dualtrack.records.findings import find_faults
from dualtrack.records.words import clean_names, clean_rhythm, clean_text, clean_words

__all__ = ["DATE_COLUMNS", "clean_columns"]

DATE_COLUMNS = (
    "start_date",
    "baseline_finish_date",
    "forecast_finish_date",
    "actual_finish_date",
    "last_review_date",
)
_EFFORT_COLUMNS = ("planned_effort_hours", "actual_effort_hours")
_NAME_COLUMNS = ("owner", "sponsor")
_TEXT_COLUMNS = (
    "title",
    "description",
    "type",
    "team_name",
    "declared_label",
    "objective_id",
    "risk_type",
    "review_forum",
    "labels",
)


def clean_columns(
    rolled: pd.DataFrame, export: Export, order: DateOrder, *, hours_per_day: float = 8.0
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Clean every column but money and unit.

    Args:
        rolled: Raw records with `project_id`, `source_file`, `source_row`.
        export: For how its tool writes values.
        order: Date order of the file.
        hours_per_day: Of a working day, where effort is written in days.

    Returns:
        The cleaned columns on the index of `rolled`, and the issues found.
    """
    cleaned = rolled[["project_id", "source_file", "source_row"]].copy()
    issues: list[pd.DataFrame] = []
    for name, clean in _cleaners(export, order, hours_per_day).items():
        if name in rolled:
            result = clean(rolled[name])
            cleaned[name] = result.series
            issues.append(find_faults(rolled, rolled[name], result.faults, name))
    cleaned["status_type"], status_issues = _clean_status(rolled, cleaned)
    return cleaned, [*issues, status_issues]


def _cleaners(
    export: Export, order: DateOrder, hours_per_day: float
) -> dict[str, Callable[[pd.Series], Cleaned]]:
    rules = export.column_map.cell_rules
    effort = partial(clean_effort, unit=rules.effort_unit, hours_per_day=hours_per_day)
    return {
        **dict.fromkeys(_TEXT_COLUMNS, _without_faults(clean_text)),
        **dict.fromkeys(_NAME_COLUMNS, _without_faults(clean_names)),
        **dict.fromkeys(DATE_COLUMNS, partial(clean_dates, order=order)),
        **dict.fromkeys(_EFFORT_COLUMNS, effort),
        "progress_pct": partial(clean_progress, is_fraction=rules.progress_is_fraction),
        "review_interval_days": clean_rhythm,
        "rag_type": partial(clean_words, kind="rag"),
        "sponsor_level": partial(clean_words, kind="level"),
    }


def _without_faults(clean: Callable[[pd.Series], pd.Series]) -> Callable[[pd.Series], Cleaned]:
    """Text can always be read: its cleaner has nothing to report."""
    return lambda cells: Cleaned(clean(cells), pd.Series(None, index=cells.index, dtype="str"))


def _clean_status(rolled: pd.DataFrame, cleaned: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Status from its word, else from its category, else from progress and finish."""
    blank = pd.Series(None, index=rolled.index, dtype=object)
    word = clean_words(rolled.get("status_type", blank), "status")
    category = clean_words(rolled.get("status_category", blank), "status")
    status = word.series.fillna(category.series)
    faults = word.faults.where(status.isna())
    if "actual_finish_date" in cleaned:
        is_done = status.isna() & cleaned["actual_finish_date"].notna()
        status = status.mask(is_done, "done")
    if "progress_pct" in cleaned:
        progress = cleaned["progress_pct"]
        from_progress = pd.Series("active", index=rolled.index).mask(progress == 0, "proposed")
        from_progress = from_progress.mask(progress == 100, "done").where(progress.notna())
        status = status.fillna(from_progress.astype("str"))
    issues = find_faults(rolled, rolled.get("status_type", blank), faults, "status_type")
    return status, issues
