"""Small frames of readings for the tests of metrics."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform

DAY = pd.Timestamp("2026-09-30")


def make_series(
    metric_id: str,
    values: list[float | None],
    *,
    project_id: str | None = "list:1",
    freq: str = "MS",
    end: str = "2026-09-01",
    **columns: object,
) -> pd.DataFrame:
    """Readings of one metric, the last on `end` or before; other columns as given."""
    days = pd.date_range(end=end, periods=len(values), freq=freq)
    return conform(
        pd.DataFrame(
            {
                "metric_id": metric_id,
                "measured_date": days,
                "project_id": project_id,
                "value": values,
                **columns,
            }
        ),
        TABLES["measures"],
    )


def join(*frames: pd.DataFrame) -> pd.DataFrame:
    """Readings of several metrics."""
    return conform(pd.concat(frames, ignore_index=True), TABLES["measures"])


def make_objectives(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """Objectives of key, level and parent."""
    frame = pd.DataFrame(rows, columns=["objective_id", "level", "parent_id"])
    return conform(frame.assign(title="Aim " + frame["objective_id"]), TABLES["objectives"])
