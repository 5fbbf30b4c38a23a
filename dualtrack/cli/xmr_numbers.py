"""The numbers of a process behaviour chart as `dualtrack xmr --json` prints them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dualtrack.analyses import ControlRules

__all__ = ["UNSAID", "tell_chart"]

UNSAID = "not stated"  # a cause that was not given; null in what is printed


def tell_chart(
    control: pd.DataFrame, limits: pd.DataFrame, verdict: pd.Series, rules: ControlRules
) -> dict[str, Any]:
    """What `--json` prints: the last phase's limits, every reading, the verdicts.

    `mean` and `mean_moving_range` are what the limits rest on: medians where those were asked for,
    as `centre` and `moving_range` say.

    Args:
        control: As `measure_control` returns.
        limits: As `measure_limits` returns.
        verdict: The row of `measure_verdicts`.
        rules: The rule set in force.
    """
    own = control.assign(date=_write_dates(control["measured_date"]))
    causes = limits[limits["phase"] > 1]
    return {
        **_tell_limits(verdict),
        "points": [_tell_point(point) for _, point in own.iterrows()],
        "variation": _plain(verdict["variation_type"]),
        "assurance": _plain(verdict["assurance_type"]),
        "rules": rules.name,
        "rule_set": verdict["rule_set"],
        "limit_method": verdict["limit_method"],
        "limit_constant": rules.limit_constant,
        "range_constant": rules.range_constant,
        "centre": rules.centre_type,
        "moving_range": rules.moving_range_type,
        "screened": rules.is_screening,
        "target": _plain(verdict["target_value"]),
        "trial_limits": bool(verdict["is_trial"]),
        "reading_count": int(verdict["reading_count"]),
        "missing_count": int(control["value"].isna().sum()),
        "phases": [
            {
                "start": row["start_date"].date().isoformat(),
                "cause": _plain(row["cause"]),
                **_tell_limits(row),
                "trial_limits": bool(row["is_trial"]),
                "reading_count": int(row["reading_count"]),
            }
            for _, row in limits.iterrows()
        ],
        "rebases": [
            {
                "date": row["start_date"].date().isoformat(),
                "cause": None if row["cause"] == UNSAID else row["cause"],
            }
            for _, row in causes.iterrows()
        ],
    }


def _tell_limits(row: pd.Series) -> dict[str, Any]:
    return {
        "mean": _plain(row["centre_value"]),
        "mean_moving_range": _plain(row["moving_range_value"]),
        "lower_limit": _plain(row["lower_limit"]),
        "upper_limit": _plain(row["upper_limit"]),
        "range_limit": _plain(row["range_limit"]),
    }


def _tell_point(point: pd.Series) -> dict[str, Any]:
    found = _plain(point["rules"])
    return {
        "date": point["date"],
        "value": _plain(point["value"]),
        "rules": found.split() if found else [],
        "special_cause_type": _plain(point["signal_words"]) or "Common Cause",
        "point_type": _plain(point["signal_type"]),
        "moving_range": _plain(point["moving_range"]),
        "moving_range_outside": _plain(point["is_range_outside"]),
        "phase": int(point["phase"]),
        "mean": _plain(point["centre_value"]),
        "lower_limit": _plain(point["lower_limit"]),
        "upper_limit": _plain(point["upper_limit"]),
    }


def _plain(value: Any) -> Any:
    """A cell as JSON knows it: missing values are null."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _write_dates(days: pd.Series) -> list[str]:
    """Days as 2026-03-01; with the time where any reading has one."""
    has_time = (days != days.dt.normalize()).any()
    return [day.isoformat() if has_time else day.date().isoformat() for day in days]
