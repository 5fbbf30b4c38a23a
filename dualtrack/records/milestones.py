"""Gates of projects: from gate columns of a list, and from milestone tasks of a plan."""

from __future__ import annotations

import re

import pandas as pd

from dualtrack.records.dates import DateOrder, clean_dates

__all__ = ["list_milestones"]

# What tools write for a milestone, in their languages.
_YES = {"1", "1.0", "true", "yes", "ja", "sí", "si", "oui", "sim"}
_WRAPPED = re.compile(r"^custom field \((.+)\)$", re.IGNORECASE)


def list_milestones(rolled: pd.DataFrame, cleaned: pd.DataFrame, order: DateOrder) -> pd.DataFrame:
    """Rows of `milestones`.

    Args:
        rolled: Raw records with `project_id`, `milestones` (heading and cell) and, in plans,
            `is_milestone`.
        cleaned: The same records cleaned: `title`, `forecast_finish_date`, `status_type`.
        order: Date order of the file.

    Returns:
        `project_id`, `title`, `planned_date`, `is_passed` (missing where the export does not say).
    """
    columns = ["project_id", "title", "planned_date", "is_passed"]
    from_columns = pd.DataFrame(
        [
            (project_id, _WRAPPED.sub(r"\1", heading), cell)
            for project_id, found in zip(rolled["project_id"], rolled["milestones"], strict=True)
            for heading, cell in (found if isinstance(found, list) else [])
        ],
        columns=["project_id", "title", "cell"],
    )
    dates = clean_dates(from_columns["cell"], order).series
    from_columns = from_columns.assign(planned_date=dates, is_passed=None)[columns]
    from_tasks = pd.DataFrame(columns=columns)
    if "is_milestone" in rolled:
        told = rolled["is_milestone"].astype("str").str.strip().str.casefold()
        is_gate = told.isin(_YES) & ~rolled["is_project"].astype(bool)
        gates = cleaned[is_gate & rolled["project_id"].notna()]
        from_tasks = pd.DataFrame(
            {
                "project_id": gates["project_id"],
                "title": gates["title"],
                "planned_date": gates.get("forecast_finish_date", pd.NaT),
                "is_passed": (gates["status_type"] == "done") if "status_type" in gates else None,
            }
        )
    parts = [part for part in (from_columns, from_tasks) if not part.empty]
    found = pd.concat(parts) if parts else from_columns
    found = found[found["planned_date"].notna()]
    return found.drop_duplicates(["project_id", "title"]).reset_index(drop=True)
