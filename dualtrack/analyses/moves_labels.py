"""Labels over time: relabelling near budget dates, and how many called strategic are not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import draw_tracks, middle_and_ends, sum_drawn
from dualtrack.analyses.moves import list_quarters
from dualtrack.analyses.moves_states import CLOSED
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["measure_label_inflation", "measure_relabelling"]

NOT_STATED = "not stated"


def measure_relabelling(
    moves: pd.DataFrame,
    states: pd.DataFrame,
    *,
    budget_dates: tuple[str, ...] = (),
    fiscal_year_start: int = 1,
    window_days: int = 45,
) -> pd.DataFrame:
    """Projects relabelled in each quarter, and whether a budget date was near.

    An export does not say on which day a label changed, only that it was between two exports; the
    quarter is near a budget date when at least half of it, or as many days as the window has on
    one side, lie within the window around the date.

    Args:
        moves: As `measure_moves` returns.
        states: As `gather_states` returns.
        budget_dates: Month and day of each budget, `01-01`; blank takes the first day of the fiscal
            year.
        fiscal_year_start: Month the fiscal year starts in.
        window_days: Days before and after a budget date that count as near.

    Returns:
        The `relabelling` table, oldest quarter first; empty with fewer than two quarters.
    """
    quarters = list_quarters(states)
    days = states.groupby("quarter_name")["as_of_date"].min()
    dates = budget_dates or (f"{fiscal_year_start:02d}-01",)
    parts = []
    for before, after in zip(quarters, quarters[1:], strict=False):
        own = moves[moves["quarter_name"] == after]
        changed = own[own["move_type"] == "relabelled only"]
        start, end = days[before] + pd.Timedelta(days=1), days[after]
        labelled = own["declared_track"].notna() & own["earlier_declared_track"].notna()
        directions = changed["label_direction"].value_counts()
        parts.append(
            {
                "quarter_name": after,
                "previous_name": before,
                "start_date": start,
                "end_date": end,
                "budget_date": _near(start, end, dates, window_days),
                "labelled_count": int(labelled.sum()),
                "relabelled_count": len(changed),
                "toward_count": int(directions.get("toward what it is", 0)),
                "away_count": int(directions.get("away from what it is", 0)),
                "budget_cost": changed["budget_cost"].sum(min_count=1),
            }
        )
    return conform(pd.DataFrame(parts), TABLES["relabelling"])


def _near(
    start: pd.Timestamp, end: pd.Timestamp, dates: tuple[str, ...], window_days: int
) -> pd.Timestamp | None:
    """The budget date whose window covers most of a stretch, if it covers enough of it."""
    around = pd.Timedelta(days=window_days)
    whole = (end - start).days + 1
    best, most = None, 0
    for year in range(start.year - 1, end.year + 2):
        for date in dates:
            day = pd.Timestamp(f"{year}-{date}")
            shared = (min(end, day + around) - max(start, day - around)).days + 1
            if shared > most:
                best, most = day, shared
    return best if most >= min(window_days, whole / 2) else None


def measure_label_inflation(
    states: pd.DataFrame, *, temperature_error: float = 0.1, seed: int = 0
) -> pd.DataFrame:
    """Of the open projects called strategic, how many are operational, by unit and sponsor level.

    Args:
        states: As `gather_states` returns.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `label_inflation` table, oldest quarter first: `All`, then units, then sponsor levels.
        The share is the median of 1,000 draws, its interval their middle 90 %; undecided projects
        take part in them. Groups without a project called strategic have no row.
    """
    is_open = ~states["status_type"].isin(CLOSED)
    called = states[is_open & (states["declared_track"] == "strategic")].reset_index(drop=True)
    if called.empty:
        return empty_frame(TABLES["label_inflation"])
    drawn = draw_tracks(called, temperature_error=temperature_error, seed=seed)
    groups = {
        "whole": pd.Series("All", index=called.index),
        "unit": called["unit_name"].fillna(NOT_STATED),
        "sponsor level": called["sponsor_level"].fillna(NOT_STATED),
    }
    parts = []
    for group_type, names in groups.items():
        keys = pd.MultiIndex.from_arrays([called["quarter_name"], names])
        codes, order = pd.factorize(keys, sort=True)
        belongs = np.eye(len(order))[codes]
        shares = sum_drawn(drawn, belongs, "operational") / belongs.sum(axis=0)
        is_inflated = (called["track"] == "operational").to_numpy()
        money = called["budget_cost"].where(is_inflated)
        for place, (quarter, name) in enumerate(order):
            own = codes == place
            middle, low, high = middle_and_ends(shares[:, place])
            parts.append(
                {
                    "quarter_name": quarter,
                    "group_type": group_type,
                    "group_name": name,
                    "called_count": int(own.sum()),
                    "inflated_count": int((own & is_inflated).sum()),
                    "share": middle,
                    "share_low": low,
                    "share_high": high,
                    "budget_cost": money[own].sum(min_count=1),
                }
            )
    order_of = {name: place for place, name in enumerate([*list_quarters(states), *groups])}
    found = pd.DataFrame(parts).sort_values(
        ["quarter_name", "group_type"], key=lambda cells: cells.map(order_of), kind="stable"
    )
    return conform(found, TABLES["label_inflation"])
