"""How the portfolio is spread over the two paths, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.schema import TABLES, TRACKS, conform

__all__ = ["ALL_GROUPS", "measure_fragility", "measure_mix"]

ALL_GROUPS = "All"
NO_GROUP = "(none)"
DRAWS = 1000  # the ends of a 90 % interval then move by about half a point between seeds
INTERVAL = (5, 95)  # percentiles of a 90 % interval
_CHUNK = 100  # draws at once: 5,000 projects stay under 50 MB
_TRACK_COLUMNS = ["p_operational", "p_strategic", "p_maintenance"]


def measure_mix(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    by: str = "unit_name",
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """Projects, budget and effort by track, for the whole and for each group.

    Shares are of the two paths: maintenance and undecided amounts stand beside them. A share is
    the median, and its interval the middle 90 %, of 1,000 draws in which every project gets a track
    by its probabilities and the probabilities themselves shift by the calibration's own error.
    Undecided projects take part in the draws, so doubt widens the interval.

    Args:
        projects: `project_id`, the `by` column, `budget_cost`, effort columns.
        sorting: One row per project: `track` and the three probabilities.
        by: Column to group by.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `mix` table: groups in alphabetical order after `All`. Effort is planned hours, where
        none are planned the hours worked. Negative amounts count as not known.
    """
    rows = _join(projects, sorting)
    amounts = _amounts(rows)
    groups = rows[by].fillna(NO_GROUP) if by in rows else pd.Series(NO_GROUP, index=rows.index)
    names = [ALL_GROUPS, *sorted(groups.unique())]
    members = (
        np.column_stack(
            [np.ones(len(rows))] + [(groups == name).to_numpy(float) for name in names[1:]]
        )
        if len(rows)
        else np.zeros((0, 1))
    )
    shares = _draw_shares(rows, amounts, members, temperature_error, seed)
    parts = []
    for group_place, group in enumerate(names if len(rows) else [ALL_GROUPS]):
        is_member = members[:, group_place] > 0
        for quantity_place, quantity in enumerate(amounts):
            drawn = shares[:, group_place, quantity_place]
            parts.append(
                _one_mix(rows[is_member], amounts.loc[is_member, quantity], drawn).assign(
                    group_name=group, quantity_type=quantity
                )
            )
    return conform(pd.concat(parts, ignore_index=True), TABLES["mix"])


def _join(projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    wanted = sorting[["project_id", "track", *_TRACK_COLUMNS]]
    return projects.merge(wanted, on="project_id", how="left", validate="one_to_one")


def _amounts(rows: pd.DataFrame) -> pd.DataFrame:
    effort = rows["planned_effort_hours"].fillna(rows["actual_effort_hours"])
    amounts = pd.DataFrame(
        {"projects": 1.0, "budget_cost": rows["budget_cost"], "effort_hours": effort},
        index=rows.index,
    )
    # A negative amount (a sale, a refund) has no share of a whole: it counts as not known.
    return amounts.where(amounts >= 0)


def _draw_shares(
    rows: pd.DataFrame,
    amounts: pd.DataFrame,
    members: np.ndarray,
    temperature_error: float,
    seed: int,
) -> np.ndarray:
    """Strategic share of the two paths: draws x groups x quantities; NaN where both are nothing."""
    rng = np.random.default_rng(seed)
    logs = np.log(rows[_TRACK_COLUMNS].to_numpy(float).clip(1e-9, 1))
    weights = (members[:, :, None] * amounts.fillna(0).to_numpy()[:, None, :]).reshape(
        len(rows), members.shape[1] * amounts.shape[1]
    )
    shares = []
    for _ in range(DRAWS // _CHUNK):
        temperature = rng.normal(1.0, temperature_error, _CHUNK).clip(0.5, 2.0)
        raised = np.exp(logs[None] / temperature[:, None, None])
        upper = np.cumsum(raised, axis=2) / raised.sum(axis=2, keepdims=True)
        chance = rng.random((_CHUNK, len(rows)))
        is_operational = chance < upper[:, :, 0]
        is_strategic = ~is_operational & (chance < upper[:, :, 1])
        strategic = is_strategic @ weights
        both = strategic + is_operational @ weights
        with np.errstate(invalid="ignore"):
            shares.append(strategic / np.where(both > 0, both, np.nan))
    return np.concatenate(shares).reshape(DRAWS, members.shape[1], amounts.shape[1])


def _one_mix(rows: pd.DataFrame, amount: pd.Series, drawn: np.ndarray) -> pd.DataFrame:
    sums = amount.groupby(rows["track"]).sum().reindex(list(TRACKS)).fillna(0.0)
    if np.isnan(drawn).all():
        middle = low = high = float("nan")
    else:
        # The median, not the mean: with few projects a mean can lie outside its own interval.
        middle = float(np.nanmedian(drawn))
        low, high = (float(end) for end in np.nanpercentile(drawn, INTERVAL))
    nan = float("nan")
    return pd.DataFrame(
        {
            "track": list(TRACKS),
            "amount": sums.to_numpy(),
            "share": [1 - middle, middle, nan, nan],
            "share_low": [1 - high, low, nan, nan],
            "share_high": [1 - low, high, nan, nan],
            "unknown_count": int(amount.isna().sum()),
        }
    )


def measure_fragility(projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    """The fewest projects whose relabelling would turn which path holds more.

    The largest projects of the larger path move over, one by one, until the other path holds more;
    no smaller number can do it.

    Args:
        projects: As for `measure_mix`.
        sorting: As for `measure_mix`.

    Returns:
        The `fragility` table, the projects in the order they would move; no rows for a quantity
        that is nowhere known.
    """
    rows = _join(projects, sorting)
    amounts = _amounts(rows)
    parts = []
    for quantity in amounts:
        known = rows.assign(amount=amounts[quantity]).dropna(subset=["amount"])
        sums = known.groupby("track")["amount"].sum()
        gap = float(sums.get("strategic", 0.0) - sums.get("operational", 0.0))
        if gap == 0:
            continue
        larger = known[known["track"] == ("strategic" if gap > 0 else "operational")]
        larger = larger.sort_values(["amount", "project_id"], ascending=[False, True])
        needed = int((larger["amount"].cumsum() * 2 <= abs(gap)).sum()) + 1
        moved = larger.head(needed)
        parts.append(
            moved[["project_id", "title", "track", "amount"]].assign(
                quantity_type=quantity, rank=range(1, len(moved) + 1)
            )
        )
    return conform(pd.concat(parts) if parts else pd.DataFrame(), TABLES["fragility"])
