"""Where every row read has gone."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["measure_accounting"]


def measure_accounting(row_outcomes: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Rows by file, outcome and reason.

    Args:
        row_outcomes: One row per row read.
        sources: One row per sheet, for the tool.

    Returns:
        The `accounting` table; its counts add up to `sources.row_count`, file by file.
    """
    by = ["source_file", "sheet_name", "outcome_type", "reason"]
    filled = row_outcomes.fillna({"sheet_name": "", "reason": ""})
    counted = filled.groupby(by, as_index=False).size().rename(columns={"size": "row_count"})
    tools = sources.fillna({"sheet_name": ""})[["source_file", "sheet_name", "source_tool"]]
    named = counted.merge(
        tools, on=["source_file", "sheet_name"], how="left", validate="many_to_one"
    )
    return conform(named, TABLES["accounting"])
