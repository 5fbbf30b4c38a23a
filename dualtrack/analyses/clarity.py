"""How clearly the two kinds of work are told apart: called against is, and the blur list."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.schema import TABLES, conform

__all__ = ["UNDECLARED", "measure_blur", "measure_clarity"]

UNDECLARED = "undeclared"


def measure_clarity(projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    """Called against is, for the whole and by unit, in projects and budget.

    Args:
        projects: `project_id`, `unit_name`, `budget_cost`.
        sorting: `declared_track`, `track`.

    Returns:
        The `clarity` table; a project without a label is `undeclared`.
    """
    rows = projects[["project_id", "unit_name", "budget_cost"]].merge(
        sorting[["project_id", "declared_track", "track"]],
        on="project_id",
        how="left",
        validate="one_to_one",
    )
    rows = rows.assign(declared_track=rows["declared_track"].fillna(UNDECLARED))
    whole = rows.assign(group_name=ALL_GROUPS)
    by_unit = rows.assign(group_name=rows["unit_name"]).dropna(subset=["group_name"])
    counted = (
        pd.concat([whole, by_unit])
        .groupby(["group_name", "declared_track", "track"], as_index=False)
        .agg(project_count=("project_id", "size"), budget_cost=("budget_cost", "sum"))
    )
    return conform(counted, TABLES["clarity"])


def measure_blur(
    projects: pd.DataFrame, sorting: pd.DataFrame, evidence: pd.DataFrame
) -> pd.DataFrame:
    """Projects whose readings disagree, the dearest first, with their strongest evidence.

    Args:
        projects: `project_id`, `title`, `unit_name`, `declared_label`, `budget_cost`.
        sorting: The three readings and `blur_type`.
        evidence: For the quote that speaks most for the project's track.

    Returns:
        The `blur` table: only projects with a blur, by budget, then probability.
    """
    blurred = sorting[sorting["blur_type"] != "none"]
    own = evidence[evidence["reading"] == "evidence"].merge(
        blurred[["project_id", "track"]], on="project_id", how="inner", validate="many_to_one"
    )
    own = own[own["toward_track"] == own["track"]].sort_values("contribution", ascending=False)
    strongest = own.drop_duplicates("project_id")[["project_id", "says", "quote"]]
    # Tools without a category column carry the label in a type or among tags.
    called = evidence[evidence["reading"] == "declared"].set_index("project_id")["quote"]
    rows = blurred.merge(
        projects[["project_id", "title", "unit_name", "declared_label", "budget_cost"]],
        on="project_id",
        how="left",
        validate="one_to_one",
    ).merge(strongest, on="project_id", how="left", validate="one_to_one")
    chance = rows["p_strategic"].where(rows["track"] == "strategic", rows["p_operational"])
    labels = rows["declared_label"].fillna(rows["project_id"].map(called).astype("str"))
    rows = rows.assign(p_track=chance, declared_label=labels).sort_values(
        ["budget_cost", "p_track", "project_id"], ascending=[False, False, True]
    )
    table = TABLES["blur"]
    return conform(rows[table.column_names], table)
