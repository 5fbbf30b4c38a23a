"""Blur made by a form: one wrong label on most of a tool's projects of one path."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["measure_forms", "wilson_interval"]

FEWEST = 5  # labelled projects of a path in a tool, below which a habit cannot be told from a form
MOST = 0.5  # share with the same wrong label from which the form is named
_Z90 = 1.645  # two-sided 90 %


def measure_forms(
    sorting: pd.DataFrame,
    evidence: pd.DataFrame,
    *,
    fewest: int = FEWEST,
    most: float = MOST,
) -> pd.DataFrame:
    """For each tool and path, how often the same wrong label is chosen.

    Where most projects of a path carry the same wrong label in one tool, its pick-list has no
    right choice for them, or its default is another: the form is to be mended, not the people.

    Args:
        sorting: `project_id`, `declared_track`, `track`.
        evidence: Reading `declared`: the column the label stood in, and the label.
        fewest: Labelled projects of the path the tool must have.
        most: Share with the same wrong label from which, and with no right label more often, the
            form is named; the lower end of the 90 % interval must be above a third.

    Returns:
        The `forms` table, a row for each tool and path that has a labelled project.

    Source: interval of a share: Wilson (1927). The rule is a house default.
    """
    paths = sorting[sorting["track"].isin(("operational", "strategic"))]
    called = evidence[evidence["reading"] == "declared"].drop_duplicates("project_id")
    rows = paths[["project_id", "declared_track", "track"]].merge(
        called[["project_id", "column_name", "quote"]],
        on="project_id",
        how="left",
        validate="one_to_one",
    )
    rows = rows.assign(
        source_tool=rows["project_id"].str.split(":", n=1).str[0],
        is_labelled=rows["declared_track"].notna(),
        is_right=rows["declared_track"] == rows["track"],
    )
    keys = ["source_tool", "track"]
    counts = rows.groupby(keys, as_index=False).agg(
        project_count=("project_id", "size"),
        labelled_count=("is_labelled", "sum"),
        right_count=("is_right", "sum"),
    )
    wrong = rows[rows["is_labelled"] & ~rows["is_right"]].rename(
        columns={"quote": "declared_label"}
    )
    by_label = (
        wrong.groupby([*keys, "column_name", "declared_label"])
        .size()
        .reset_index(name="wrong_count")
    )
    worst = by_label.sort_values(
        ["wrong_count", "declared_label"], ascending=[False, True]
    ).drop_duplicates(keys)
    found = counts[counts["labelled_count"] > 0].merge(
        worst, on=keys, how="left", validate="one_to_one"
    )
    found = found.assign(wrong_count=found["wrong_count"].fillna(0))
    low, high = wilson_interval(found["wrong_count"], found["labelled_count"])
    share = found["wrong_count"] / found["labelled_count"]
    is_form = (found["labelled_count"] >= fewest) & (share >= most) & (low > 1 / 3)
    found = found.assign(
        share=share,
        share_low=low,
        share_high=high,
        is_form_made=is_form & (found["wrong_count"] > found["right_count"]),
    )
    return conform(
        found.sort_values(["share", *keys], ascending=[False, True, True]), TABLES["forms"]
    )


def wilson_interval(events: pd.Series, base: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Ends of the 90 % interval of a share; missing where the base is nothing.

    Args:
        events: How often it happened.
        base: How often it could have.

    Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    """
    size = base.astype("float64").where(base > 0)
    share = events.astype("float64") / size
    spread = _Z90 * np.sqrt(share * (1 - share) / size + _Z90**2 / (4 * size**2))
    scale = 1 + _Z90**2 / size
    middle = share + _Z90**2 / (2 * size)
    return ((middle - spread) / scale).clip(0, 1), ((middle + spread) / scale).clip(0, 1)
