"""Natural process limits: readings in order, phases between rebases, limits of each phase."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from dualtrack.analyses.control_rules import ControlRules
from dualtrack.errors import RecordError
from dualtrack.schema import TABLES, conform

__all__ = ["FULL_PHASE", "measure_limits", "order_readings"]

FULL_PHASE = 13  # readings; limits of fewer are trial limits (NHSRplotthedots warns below 13)
SCREEN_CONSTANT = 3.267  # moving ranges from this many means on are outlying; Nelson (1982)
SERIES = ["metric_id", "project_id"]
_COLUMNS = [*SERIES, "measured_date", "value", "better_when", "target_value"]


def measure_limits(
    measures: pd.DataFrame, rules: ControlRules, *, rebases: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Centre line and natural process limits of each metric, anew after each rebase.

    A moving range is the distance of two successive readings; there is none across a rebase and
    none across a missing reading.

    Args:
        measures: `metric_id`, `measured_date`, `value`; `project_id` where metrics have one.
        rules: The rule set, with its constants.
        rebases: `metric_id`, `start_date`, `cause` of each stated rebase.

    Returns:
        The `control_limits` table. A phase with fewer than two readings has no limits.

    Raises:
        RecordError: A rebase without cause, or one that opens a phase without readings.

    Source: Wheeler, Making Sense of Data (2003): centre +/- 2.660 mean or 3.145 median moving
        ranges; range limit 3.268 or 3.865 of them. Screening of moving ranges: Nelson (1982).
    """
    readings = order_readings(measures, rebases)
    causes = _read_causes(readings, rebases)
    parts: list[dict[str, Any]] = []
    for key, own in readings.groupby([*SERIES, "phase"], dropna=False, sort=False):
        metric_id, project_id, phase = key
        parts.append(
            {
                "metric_id": metric_id,
                "project_id": project_id,
                "phase": phase,
                "start_date": own["measured_date"].iloc[0],
                "end_date": own["measured_date"].iloc[-1],
                "cause": causes.get((metric_id, phase)),
                **_limits_of(own["value"].to_numpy(float), rules),
                "rule_set": f"{rules.title}: {rules.says}",
                "limit_method": rules.limits_say,
            }
        )
    return conform(pd.DataFrame(parts), TABLES["control_limits"])


def order_readings(measures: pd.DataFrame, rebases: pd.DataFrame | None = None) -> pd.DataFrame:
    """Readings by metric and day, with the phase each is in.

    Args:
        measures: As for `measure_limits`.
        rebases: As for `measure_limits`.

    Returns:
        `metric_id`, `project_id`, `measured_date`, `value`, `better_when`, `target_value`,
        `phase` (from 1), `moving_range` (missing where there is none).
    """
    wanted = [name for name in _COLUMNS if name in measures]
    readings = conform(measures[wanted], TABLES["measures"])[_COLUMNS]
    readings = readings.sort_values([*SERIES, "measured_date"], ignore_index=True)
    starts = _read_rebases(rebases)
    phases = pd.Series(1, index=readings.index, dtype="Int64")
    for metric_id, own in readings.groupby("metric_id", sort=False):
        days = starts.loc[starts["metric_id"] == metric_id, "start_date"].sort_values()
        phases.loc[own.index] = 1 + np.searchsorted(
            days.to_numpy(), own["measured_date"].to_numpy(), side="right"
        )
    readings = readings.assign(phase=phases)
    moves = readings.groupby([*SERIES, "phase"], dropna=False, sort=False)["value"].diff().abs()
    return readings.assign(moving_range=moves)


def _read_rebases(rebases: pd.DataFrame | None) -> pd.DataFrame:
    found = conform(rebases if rebases is not None else pd.DataFrame(), TABLES["rebases"])
    unsaid = found[found["cause"].fillna("").str.strip() == ""]
    if len(unsaid):
        row = unsaid.iloc[0]
        raise RecordError(
            f"The rebase of {row['metric_id']} on {row['start_date']:%Y-%m-%d} states no cause. "
            f"Limits begin anew only for a known change of the process: name it."
        )
    return found


def _read_causes(
    readings: pd.DataFrame, rebases: pd.DataFrame | None
) -> dict[tuple[str, int], str]:
    """Cause of each phase after the first; every rebase must part readings from readings."""
    causes: dict[tuple[str, int], str] = {}
    for metric_id, own in _read_rebases(rebases).groupby("metric_id", sort=False):
        phases = set(readings.loc[readings["metric_id"] == metric_id, "phase"])
        ordered = own.sort_values("start_date")
        for number, row in enumerate(ordered.itertuples(), start=2):
            if not {number - 1, number} <= phases:
                raise RecordError(
                    f"The rebase of {metric_id} on {row.start_date:%Y-%m-%d} has no readings "
                    f"before or after it to tell apart. Give a day within the series."
                )
            causes[str(metric_id), number] = str(row.cause)
    return causes


def _limits_of(values: np.ndarray, rules: ControlRules) -> dict[str, Any]:
    known = values[~np.isnan(values)]
    moves = np.abs(np.diff(values))
    moves = moves[~np.isnan(moves)]
    centre = _centre_of(known, rules.centre_type)
    basis = _centre_of(moves, rules.moving_range_type)
    screened = 0
    if rules.is_screening and len(moves) and basis > 0:
        kept = moves[moves < SCREEN_CONSTANT * basis]
        screened = len(moves) - len(kept)
        basis = _centre_of(kept, "mean")
    return {
        "centre_value": centre,
        "moving_range_value": basis,
        "lower_limit": centre - rules.limit_constant * basis,
        "upper_limit": centre + rules.limit_constant * basis,
        "range_limit": rules.range_constant * basis,
        "reading_count": len(known),
        "missing_count": len(values) - len(known),
        "screened_count": screened,
        "is_trial": len(known) < FULL_PHASE,
        "decimal_count": _decimals(basis, known),
    }


def _centre_of(values: np.ndarray, kind: str) -> float:
    if not len(values):
        return math.nan
    # fsum: a constant series has its own value as mean, so its readings lie on the line.
    return math.fsum(values) / len(values) if kind == "mean" else float(np.median(values))


def _decimals(basis: float, known: np.ndarray) -> int:
    """Decimals that print a moving range to two figures; those of the readings if there is none."""
    if not basis > 0:
        return next((places for places in range(8) if (known.round(places) == known).all()), 8)
    return min(max(1 - math.floor(math.log10(basis)), 0), 8)
