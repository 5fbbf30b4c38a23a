"""The three readings of every project side by side, and what each blur would need to be mended."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.blur_mends import find_mends
from dualtrack.analyses.clarity import UNDECLARED
from dualtrack.schema import TABLES, conform

__all__ = ["NOT_RECORDED", "measure_confusion", "measure_readings"]

NOT_RECORDED = "not recorded"
_PATHS = ("operational", "strategic")
_RUN_WORDS = {
    1: "daily",
    7: "weekly",
    14: "every two weeks",
    30: "monthly",
    90: "quarterly",
    91: "quarterly",
}


def measure_readings(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    evidence: pd.DataFrame,
    forms: pd.DataFrame,
) -> pd.DataFrame:
    """What each project is called, is, and how it is run; the blur, the money and the mend.

    Args:
        projects: `project_id`, `title`, `unit_name`, `declared_label`, `budget_cost`, and the
            columns of how it is run.
        sorting: The three readings and `blur_type`.
        evidence: The evidence of all three readings.
        forms: As `measure_forms` returns: where a form, not people, makes the label.

    Returns:
        The `readings` table, every project: blurred ones first, then split ones, by budget.
        `second_blur_type` is the way a mislabelled project is also run wrongly. `is_split` marks a
        project called one path and run as the other: whichever it is, one of the two does not fit.
    """
    rows = sorting.merge(
        projects.drop(columns=["source_file", "source_row"]),
        on="project_id",
        how="left",
        validate="one_to_one",
    )
    called = evidence[evidence["reading"] == "declared"].drop_duplicates("project_id")
    label = rows["project_id"].map(called.set_index("project_id")["quote"]).astype("str")
    tool = rows["project_id"].str.split(":", n=1).str[0]
    rows = rows.assign(
        source_tool=tool,
        declared_label=label.fillna(rows["declared_label"]),
        second_blur_type=_second_blur(rows),
        is_split=_is_split(rows),
        run_says=_say_run(rows),
        p_track=_chance(rows),
    )
    rows = rows.merge(_strongest(rows, evidence), on="project_id", how="left", validate="1:1")
    rows = rows.merge(
        forms.loc[
            forms["is_form_made"].fillna(False), ["source_tool", "track", "declared_label"]
        ].assign(is_form_made=True),
        on=["source_tool", "track", "declared_label"],
        how="left",
        validate="many_to_one",
    )
    rows = rows.assign(is_form_made=rows["is_form_made"].astype("boolean").fillna(False))
    rows = rows.merge(find_mends(rows, evidence), on="project_id", how="left", validate="1:1")
    is_clear = rows["blur_type"].fillna("none") == "none"
    rows = rows.assign(is_clear=is_clear, is_whole=~(is_clear & rows["is_split"])).sort_values(
        ["is_clear", "is_whole", "budget_cost", "p_track", "project_id"],
        ascending=[True, True, False, False, True],
    )
    table = TABLES["readings"]
    return conform(rows[table.column_names], table)


def _second_blur(rows: pd.DataFrame) -> pd.Series:
    """A label's blur is named first; how the project is run may be a second one."""
    run, blur = rows["managed_track"], rows["blur_type"]
    return (
        pd.Series("none", index=rows.index)
        .mask((blur == "label inflation") & (run == "strategic"), "over-governed improvement")
        .mask((blur == "hidden strategy") & (run == "operational"), "under-governed transformation")
    )


def _is_split(rows: pd.DataFrame) -> pd.Series:
    called, run = rows["declared_track"], rows["managed_track"]
    return called.isin(_PATHS) & run.isin(_PATHS) & (called != run)


def _chance(rows: pd.DataFrame) -> pd.Series:
    chances = rows[["p_operational", "p_strategic", "p_maintenance"]]
    own = chances.max(axis=1).where(rows["track"] != "undecided")
    for track in (*_PATHS, "maintenance"):
        own = own.mask(rows["track"] == track, rows[f"p_{track}"])
    return own


def _say_run(rows: pd.DataFrame) -> pd.Series:
    days = rows["review_interval_days"]
    spelled = days.map(_RUN_WORDS).astype("str")
    rhythm = spelled.fillna("every " + days.map("{:.0f}".format).astype("str") + " days")
    parts = [
        rows["review_forum"],
        rhythm.where(days.notna()),
        "sponsor: " + rows["sponsor_level"].astype("str"),
    ]
    said = pd.Series("", index=rows.index)
    for part in parts:
        join = pd.Series(", ", index=rows.index).where((said != "") & part.notna(), "")
        said = said + join + part.fillna("").astype("str")
    return said.where(said != "")


def _strongest(rows: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    own = evidence[evidence["reading"] == "evidence"].merge(
        rows[["project_id", "track"]], on="project_id", how="inner", validate="many_to_one"
    )
    own = own[own["toward_track"] == own["track"]].sort_values("contribution", ascending=False)
    return own.drop_duplicates("project_id")[["project_id", "says", "quote"]]


def measure_confusion(projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    """Called x is x run, in projects and budget.

    Args:
        projects: `project_id`, `budget_cost`.
        sorting: The three readings.

    Returns:
        The `confusion` table: one row for each combination that occurs. A label that names no
        track counts as `undeclared`, a project without a sign of how it is run as `not recorded`.
        The budget of a cell is missing where none of its projects has one.
    """
    readings = ["declared_track", "track", "managed_track"]
    rows = sorting[["project_id", *readings]].merge(
        projects[["project_id", "budget_cost"]], on="project_id", how="left", validate="1:1"
    )
    rows = rows.assign(
        declared_track=rows["declared_track"].fillna(UNDECLARED),
        managed_track=rows["managed_track"].fillna(NOT_RECORDED),
        is_unknown=rows["budget_cost"].isna(),
    )
    by_cell = rows.groupby(readings)
    counted = by_cell.agg(project_count=("project_id", "size"), unknown_count=("is_unknown", "sum"))
    counted = counted.assign(budget_cost=by_cell["budget_cost"].sum(min_count=1))
    return conform(counted.reset_index(), TABLES["confusion"])
