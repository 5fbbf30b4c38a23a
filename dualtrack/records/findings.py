"""How cleaners and checks write rows of the `issues` and `row_outcomes` tables."""

from __future__ import annotations

import pandas as pd

from dualtrack.exports import Export

__all__ = ["find_faults", "list_outcomes", "list_set_aside", "make_issues"]

_LONGEST_VALUE = 120  # enough to find the cell again; whole descriptions would swell the table


def make_issues(
    rows: pd.DataFrame,
    *,
    rule_name: str,
    message: str,
    severity_type: str = "warning",
    table_name: str = "projects",
    column_name: str | None = None,
) -> pd.DataFrame:
    """Rows of `issues` for one rule.

    Args:
        rows: What was found: `project_id`, `source_file`, `source_row`, `value`, as far as known.
        rule_name: Name of the rule, the same in every quarter.
        message: What it means and what to do.
        severity_type: info, warning or severe.
        table_name: Table concerned.
        column_name: Column concerned.
    """
    known = [c for c in ("project_id", "source_file", "source_row", "value") if c in rows]
    found = rows[known].reset_index(drop=True)
    if "value" in found:
        found = found.assign(value=found["value"].astype("str").str.slice(0, _LONGEST_VALUE))
    return found.assign(
        severity_type=severity_type,
        table_name=table_name,
        column_name=column_name,
        rule_name=rule_name,
        message=message,
    )


def find_faults(
    records: pd.DataFrame, cells: pd.Series, faults: pd.Series, column_name: str
) -> pd.DataFrame:
    """Issues for the cells a cleaner could not use.

    Args:
        records: `project_id`, `source_file`, `source_row` on the index of `cells`.
        cells: Raw cells.
        faults: Reason per cell, missing if fine.
        column_name: Column concerned.
    """
    is_faulty = faults.notna()
    if not is_faulty.any():
        return pd.DataFrame()
    rows = records.loc[is_faulty, ["project_id", "source_file", "source_row"]]
    rows = rows.assign(value=cells[is_faulty].astype("str"), reason=faults[is_faulty])
    return pd.concat(
        [
            make_issues(
                group,
                rule_name=str(reason),
                column_name=column_name,
                message=f"The cell was left empty. Mend it in the tool, or in the file: {reason}.",
            )
            for reason, group in rows.groupby("reason")
        ]
    )


def list_set_aside(export: Export) -> pd.DataFrame:
    """Rows of `row_outcomes` for what the reader itself set aside."""
    aside = export.set_aside
    return pd.DataFrame(
        {
            "source_file": export.source_file,
            "sheet_name": export.sheet_name,
            "source_row": aside["source_row"],
            "outcome_type": "set_aside",
            "project_id": None,
            "reason": aside["reason"].str.replace(r"^ragged: .*", "ragged row", regex=True),
        }
    )


def list_outcomes(
    export: Export,
    rows: pd.DataFrame,
    *,
    outcome_type: str,
    reason: str = "",
) -> pd.DataFrame:
    """Rows of `row_outcomes` for records that had the same fate.

    Args:
        export: The sheet they came from.
        rows: `source_row` and, where known, `project_id`.
        outcome_type: project, rolled_up, merged, kept or set_aside.
        reason: Why.
    """
    return pd.DataFrame(
        {
            "source_file": export.source_file,
            "sheet_name": export.sheet_name,
            "source_row": rows["source_row"],
            "outcome_type": outcome_type,
            "project_id": rows.get("project_id"),
            "reason": reason,
        }
    )
