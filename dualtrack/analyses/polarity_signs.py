"""The values of the polarity map's signs, computed from the quarters' own exports."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dualtrack.analyses.follow_on import FOLLOW_DAYS, measure_follow_on
from dualtrack.analyses.open_work import is_running, is_unfinished
from dualtrack.analyses.reactive import SLIP_DAYS
from dualtrack.analyses.rhythm import check_path, check_reviews
from dualtrack.analyses.rhythm_norms import RhythmNorms
from dualtrack.schema import TABLES, conform

__all__ = ["measure_signs"]

_Value = tuple[float, int]
_NONE: _Value = (float("nan"), 0)


def measure_signs(
    history: pd.DataFrame, norms: RhythmNorms, *, follow_on_days: int = FOLLOW_DAYS
) -> pd.DataFrame:
    """What each quarter's exports say of the signs of `reference/polarity.toml`.

    Shares are of open projects decided for the path whose tool records what is asked. Signs other
    analyses measure are added as further rows of the same table.

    Args:
        history: As `stack_quarters` returns.
        norms: As `read_rhythm_norms` returns.
        follow_on_days: Days an improvement may take to follow a closed initiative.

    Returns:
        The `signs` table: a row for each quarter and sign, its value missing where nothing can be
        said.
    """
    parts = []
    names = list(dict.fromkeys(history["quarter_name"]))
    for place, name in enumerate(names):
        own = history[history["quarter_name"] == name]
        before = history[history["quarter_name"] == names[place - 1]] if place else own.iloc[:0]
        found = _signs_of(own, before, norms)
        found["erosion"] = _erosion(history, own, follow_on_days)
        parts += [
            {"quarter_name": name, "sign_id": sign, "value": value, "base_count": base}
            for sign, (value, base) in found.items()
        ]
    return conform(pd.DataFrame(parts), TABLES["signs"])


def _signs_of(own: pd.DataFrame, before: pd.DataFrame, norms: RhythmNorms) -> dict[str, _Value]:
    day = own["as_of_date"].iloc[0]
    rows = own[is_running(own, day)].reset_index(drop=True)
    rows = rows.assign(
        rhythm_type=check_path(rows, rows["track"], norms)["rhythm_type"],
        review_type=check_reviews(rows, norms, day)["review_type"],
    )
    strategic = rows[rows["track"] == "strategic"]
    operational = rows[rows["track"] == "operational"]
    has_review = strategic["review_type"].isin(("held", "overdue", "never held"))
    return {
        "improvements_running": _units(rows, operational),
        "improvements_followed": _share(
            operational[operational["rhythm_type"] != "not recorded"],
            lambda those: those["rhythm_type"] != "too seldom",
        ),
        "strategic_share": _budget(rows),
        "strategic_run_as_operations": _share(
            strategic.dropna(subset=["managed_track"]),
            lambda those: those["managed_track"] == "operational",
        ),
        "strategic_starts_stalled": _stalled(own[own["track"] == "strategic"], day),
        "strategic_with_objective": _share(
            _recording(strategic, own), lambda those: those["objective_id"].notna()
        ),
        "strategic_reviews_held": _share(
            strategic[has_review], lambda those: those["review_type"] == "held"
        ),
        "label_inflation": _share(
            operational.dropna(subset=["declared_track"]),
            lambda those: those["declared_track"] == "strategic",
        ),
        "strategic_slips": _slips(own, before),
    }


def _share(rows: pd.DataFrame, is_met: Callable[[pd.DataFrame], pd.Series]) -> _Value:
    return (float(is_met(rows).mean()), len(rows)) if len(rows) else _NONE


def _units(rows: pd.DataFrame, operational: pd.DataFrame) -> _Value:
    """Units with an improvement; teams where there is only one unit."""
    by = "unit_name" if len(rows["unit_name"].dropna().unique()) > 1 else "team_name"
    count = int(rows[by].nunique())
    return (operational[by].nunique() / count, count) if count else _NONE


def _budget(rows: pd.DataFrame) -> _Value:
    known = rows[rows["track"].isin(("operational", "strategic")) & (rows["budget_cost"] >= 0)]
    total = float(known["budget_cost"].sum())
    if total <= 0:
        return _NONE
    own = float(known.loc[known["track"] == "strategic", "budget_cost"].sum())
    return own / total, len(known)


def _stalled(strategic: pd.DataFrame, day: pd.Timestamp) -> _Value:
    begun = strategic.loc[strategic["start_date"] <= day, "start_date"]
    return (float((day - begun.max()).days), len(begun)) if len(begun) else _NONE


def _recording(rows: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Projects of the tools that record objectives."""
    tools = listed["project_id"].str.split(":", n=1).str[0]
    recorded = set(tools[listed["objective_id"].notna()])
    return rows[rows["project_id"].str.split(":", n=1).str[0].isin(recorded)]


def _slips(own: pd.DataFrame, before: pd.DataFrame) -> _Value:
    strategic = own[own["track"] == "strategic"]
    was = before.loc[is_unfinished(before), ["project_id", "forecast_finish_date"]]
    both = strategic.merge(
        was, on="project_id", how="inner", suffixes=("", "_before"), validate="one_to_one"
    )
    finish = both["actual_finish_date"].fillna(both["forecast_finish_date"])
    days = (finish - both["forecast_finish_date_before"]).dt.days.dropna()
    return (float((days >= SLIP_DAYS).mean()), len(days)) if len(days) else _NONE


def _erosion(history: pd.DataFrame, own: pd.DataFrame, days: int) -> _Value:
    followed = measure_follow_on(history, as_of_date=own["as_of_date"].iloc[0], days=days)
    judged = followed[followed["follow_type"].isin(("same objective", "same unit", "none"))]
    return _share(judged, lambda those: those["follow_type"] == "none")
