"""Table of the bowler."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_bowler"]

_HOW = {"sum": "sum", "mean": "mean", "last": "last of month"}


def tabulate_bowler(bowler_measures: pd.DataFrame) -> DisplayTable:
    """A row per strategic measure: start, actual, target, catch-up, verdict, countermeasure.

    Args:
        bowler_measures: As `measure_bowler_measures` returns.
    """
    rows = bowler_measures
    unit = rows["unit_code"].fillna("").str.strip()
    sign = rows["is_cumulative"].fillna(False).astype(bool).map({True: "", False: "change "})
    catch_up = rows["catch_up_value"].map("{:+,.3g}".format, na_action="ignore").astype("str")
    frame = rows.assign(
        how=rows["aggregation"].map(_HOW),
        name=(rows["metric_id"] + ", " + unit).str.rstrip(", "),
        missed=rows["miss_count"].astype("str") + " of " + rows["judged_count"].astype("str"),
        catch_up=(sign + catch_up).mask(rows["catch_up_value"] == 0, "target reached"),
        countermeasure=rows["countermeasure"].fillna("no miss"),
    )
    return DisplayTable(
        frame,
        (
            DisplayColumn("name", "Measure"),
            DisplayColumn("title", "On"),
            DisplayColumn("better_when", "Better when"),
            DisplayColumn("how", "Month is the"),
            DisplayColumn("start_value", "Start", "decimal"),
            DisplayColumn("actual_value", "Actual", "decimal"),
            DisplayColumn("target_value", "Target", "decimal"),
            DisplayColumn("missed", "Months missed"),
            DisplayColumn("catch_up", "Needed a month"),
            DisplayColumn("verdict", "Last month"),
            DisplayColumn("countermeasure", "Countermeasure to the last miss"),
        ),
        "Start is the last month before the year. Needed a month: what each month left must bring, "
        "or the change a month of a level. A blank month is not a miss.",
    )
