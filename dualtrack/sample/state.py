"""What is true, and what the tools show, at the end of one quarter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.quarter import Quarter
from dualtrack.sample.company import MANAGED
from dualtrack.sample.plant import Plants

__all__ = ["book_hours", "see_quarter"]

_CREATED_BEFORE_START = pd.Timedelta(days=40)
_SHOWN_AFTER_FINISH = pd.Timedelta(days=75)
_GATE_SHARES = {
    "Gate 1 Idea": 0.08,
    "Gate 2 Business case": 0.3,
    "Gate 3 Build": 0.6,
    "Gate 4 Launch": 0.9,
}


def see_quarter(plants: Plants, quarter: Quarter) -> pd.DataFrame:
    """Projects the tools list at the end of a quarter, in the state they are in then.

    Args:
        plants: The company.
        quarter: One of its quarters.

    Returns:
        The visible projects with `status_type`, `progress_pct`, `forecast_finish_date`,
        `actual_finish_date` (NaT while open), `actual_cost`, `label` (word of the unit's tool),
        `last_review_date` and `gates` (name to date) added.
    """
    day = quarter.last_day
    projects = plants.company.projects
    finish = projects["baseline_finish_date"] + pd.to_timedelta(projects["slip_days"], unit="D")
    shown = (projects["start_date"] - _CREATED_BEFORE_START <= day) & (
        finish + _SHOWN_AFTER_FINISH >= day
    )
    seen = projects[shown].copy()
    finish = finish[shown]
    span = (finish - seen["start_date"]).dt.days
    elapsed = ((day - seen["start_date"]).dt.days / span).clip(0, 1)
    is_done = finish <= day
    known_slip = (seen["slip_days"] * elapsed.clip(0.2, 1)).round()
    seen["status_type"] = np.select(
        [seen["is_cancelled"] & (elapsed > 0.5), is_done, seen["start_date"] > day],
        ["cancelled", "done", "proposed"],
        "active",
    )
    seen["progress_pct"] = (100 * elapsed).round(-1)
    seen["forecast_finish_date"] = seen["baseline_finish_date"] + pd.to_timedelta(
        known_slip, unit="D"
    )
    seen["actual_finish_date"] = finish.where(is_done & (seen["status_type"] == "done"))
    seen["actual_cost"] = (seen["budget_cost"] * elapsed * seen["overrun"]).round(2)
    is_before_relabel = (seen["relabelled_from"] != "") & (quarter != plants.company.quarters[-1])
    seen["declared"] = seen["declared"].where(~is_before_relabel, seen["relabelled_from"])
    seen["label"] = [
        _label_word(plants, unit, track)
        for unit, track in zip(seen["unit_name"], seen["declared"], strict=True)
    ]
    seen["last_review_date"] = _last_review(seen, day)
    seen["gates"] = [
        _gates(row.start_date, row.baseline_finish_date) if row.has_gates else {}
        for row in seen.itertuples()
    ]
    faulty = seen["has_date_fault"]
    seen.loc[faulty, "forecast_finish_date"] = seen.loc[faulty, "start_date"] - pd.Timedelta(days=9)
    return seen.reset_index(drop=True)


def _label_word(plants: Plants, unit_name: str, track: str) -> str:
    if not track:
        return ""
    unit = next(one for one in plants.company.units if one.name == unit_name)
    return unit.words[list(MANAGED).index(track)]


def _last_review(seen: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    interval = pd.to_timedelta(seen["review_interval_days"], unit="D")
    # A rhythm that is kept: the last review lies a part of the interval back.
    part = (seen["title"].str.len() % 10) / 10
    on_time = day - (interval * part)
    late = day - pd.Timedelta(days=152)
    held = on_time.where(~seen["is_review_late"], late).dt.normalize()
    return held.where(held >= seen["start_date"])


def _gates(start: pd.Timestamp, finish: pd.Timestamp) -> dict[str, pd.Timestamp]:
    return {
        name: (start + (finish - start) * share).normalize() for name, share in _GATE_SHARES.items()
    }


def book_hours(plants: Plants, quarter: Quarter) -> pd.DataFrame:
    """Hours people book on the projects of their unit in the months of a quarter.

    Returns:
        `name`, `role_name`, `key` (of the project in its own tool), `month`, `effort_hours`.
    """
    rng = np.random.default_rng([plants.company.seed, quarter.year, quarter.number])
    seen = see_quarter(plants, quarter)
    people = plants.company.people
    rows: list[tuple[str, str, str, pd.Timestamp, float]] = []
    for month in pd.date_range(quarter.first_day, periods=3, freq="MS"):
        active = seen[
            (seen["start_date"] <= month + pd.offsets.MonthEnd(0))
            & (seen["actual_finish_date"].isna() | (seen["actual_finish_date"] >= month))
            & (seen["status_type"] != "proposed")
        ]
        for person in people.itertuples():
            rows += _book_person(rng, person, active, month, plants, quarter)
    return pd.DataFrame(rows, columns=["name", "role_name", "key", "month", "effort_hours"])


def _book_person(
    rng: np.random.Generator,
    person: object,
    active: pd.DataFrame,
    month: pd.Timestamp,
    plants: Plants,
    quarter: Quarter,
) -> list[tuple[str, str, str, pd.Timestamp, float]]:
    name, unit, level = person.name, person.unit_name, person.level_type  # type: ignore[attr-defined]
    capacity = float(person.capacity_hours)  # type: ignore[attr-defined]
    if unit == "Group":
        pool = active[active["sponsor"] == name]
    else:
        pool = active[active["unit_name"] == unit]
    if pool.empty:
        return []
    load = float(rng.uniform(0.55, 0.98))
    if name == plants.overloaded and quarter == plants.company.quarters[-1]:
        load = 1.3
    weights = pool["size"].map({"S": 1.0, "M": 2.5, "L": 6.0}).to_numpy()
    count = int(min(len(pool), 1 + rng.poisson(1.1)))
    picked = rng.choice(len(pool), size=count, replace=False, p=weights / weights.sum())
    chosen = pool.iloc[picked]
    if name in plants.straddlers:
        both = pool.drop_duplicates("nature").set_index("nature")
        chosen = both.reindex(["operational", "strategic"]).dropna(subset=["key"])
    hours = rng.dirichlet(np.full(len(chosen), 2.0)) * capacity * load
    role = {"frontline": "Specialist", "manager": "Lead"}.get(str(level), "Sponsor")
    return [
        (name, role, str(key), month, round(float(hour) * 4) / 4)
        for key, hour in zip(chosen["key"], hours, strict=True)
        if hour >= 1
    ]
