"""Each path against its band: what was measured, the verdict, and how little would turn it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends, sum_drawn
from dualtrack.analyses.mix import ALL_GROUPS, NO_GROUP
from dualtrack.schema import TABLES, conform

__all__ = [
    "judge_bands",
    "measure_target_fragility",
    "measure_target_readings",
    "measure_target_verdicts",
]

PATHS = ("operational", "strategic")
BUDGET_TARGETS = {
    "strategic_budget_share": ("strategic", PATHS),
    "operational_budget_share": ("operational", PATHS),
    "maintenance_budget_share": ("maintenance", DRAWN_TRACKS),
}


def measure_target_readings(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    by: str = "",
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """What the targets of the mix are measured at: budget shares of the tracks, in per cent.

    The draws are those of `measure_mix`, so the figures are the same. Readings of other analyses
    join as further rows: one for each group and target, in the target's own unit.

    Args:
        projects: `project_id`, `budget_cost` (portfolio currency), the `by` column.
        sorting: One row per project: the three probabilities.
        by: Column to group by beside the whole; blank for the whole alone.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `target_readings` table; a share that cannot be told names the column that would let it.
    """
    wanted = sorting[["project_id", *(f"p_{track}" for track in DRAWN_TRACKS)]]
    rows = projects.merge(wanted, on="project_id", how="left", validate="one_to_one")
    budget = rows["budget_cost"].where(rows["budget_cost"] >= 0).fillna(0.0).to_numpy()
    groups = rows[by].fillna(NO_GROUP) if by else pd.Series(ALL_GROUPS, index=rows.index)
    names = [ALL_GROUPS, *(sorted(groups.unique()) if by else [])]
    weights = np.column_stack(
        [budget * (groups == name).to_numpy() if name != ALL_GROUPS else budget for name in names]
    )
    tracks = draw_tracks(rows, temperature_error=temperature_error, seed=seed)
    sums = {track: sum_drawn(tracks, weights, track) for track in DRAWN_TRACKS}
    readings = []
    for target_id, (track, whole) in BUDGET_TARGETS.items():
        total = sum(sums[one] for one in whole)
        share = 100 * np.divide(
            sums[track], total, out=np.full_like(total, np.nan), where=total > 0
        )
        for place, name in enumerate(names):
            middle, low, high = middle_and_ends(share[:, place])
            readings.append((name, target_id, middle, low, high))
    columns = ["group_name", "target_id", "value", "value_low", "value_high"]
    frame = pd.DataFrame(readings, columns=columns)
    missing = pd.Series("budget_cost", index=frame.index).where(frame["value"].isna())
    return conform(frame.assign(missing_column=missing), TABLES["target_readings"])


def measure_target_verdicts(readings: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Each reading against its target's band.

    A verdict needs the whole 90 % interval on one side of an edge: within, below or above the
    band; where the interval straddles an edge the verdict is open. Being above one path's band is
    as much a finding as being below: targets are for balance, not to be exceeded.

    Args:
        readings: As `measure_target_readings` returns, perhaps with rows of other analyses; a
            reading without interval counts as exact.
        targets: As `read_targets` returns.

    Returns:
        The `target_verdicts` table, a row per reading whose target is judged, in their order.
    """
    judged = targets[targets["measures"].notna()].drop(columns="measures")
    rows = readings.merge(judged, on="target_id", how="inner", validate="many_to_one")
    verdict = judge_bands(rows)
    high = rows["value_high"].fillna(rows["value"])
    under_floor = (high < rows["floor_value"]).astype("boolean").where(rows["value"].notna())
    warning = (
        rows["below_warning"]
        .where(verdict == "below", rows["above_warning"].where(verdict == "above"))
        .astype("str")
    )
    return conform(
        rows.assign(verdict_type=verdict, is_under_floor=under_floor, warning=warning),
        TABLES["target_verdicts"],
    )


def judge_bands(rows: pd.DataFrame) -> pd.Series:
    """The verdict on each row, one of `VERDICTS`.

    Args:
        rows: `value`, `value_low`, `value_high`, `low_value`, `high_value`; a missing edge of the
            band is no edge.
    """
    low = rows["value_low"].fillna(rows["value"])
    high = rows["value_high"].fillna(rows["value"])
    floor, ceiling = rows["low_value"].fillna(-np.inf), rows["high_value"].fillna(np.inf)
    verdict = np.select(
        [rows["value"].isna(), high < floor, low > ceiling, (low >= floor) & (high <= ceiling)],
        ["not answerable", "below", "above", "within"],
        "open",
    )
    return pd.Series(verdict, index=rows.index, dtype="str")


def measure_target_fragility(
    projects: pd.DataFrame, sorting: pd.DataFrame, targets: pd.DataFrame
) -> pd.DataFrame:
    """The fewest projects whose relabelling would change a target's verdict, by name.

    Counted on the tracks as decided, undecided budgets left out. A project moves between the two
    paths (for maintenance: between it and the path that is larger), the largest first, until the
    share crosses the nearest edge of the band that fewer projects reach; as the whole stays the
    same under such moves, no smaller number can do it.

    Args:
        projects: `project_id`, `title`, `budget_cost`.
        sorting: `project_id`, `track`.
        targets: As `read_targets` returns.

    Returns:
        The `target_fragility` table, in the order of moving; no rows for a target that nothing
        can turn or that cannot be told.
    """
    rows = projects[["project_id", "title", "budget_cost"]].merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    rows = rows[rows["budget_cost"] > 0].rename(columns={"budget_cost": "amount"})
    bands = targets.set_index("target_id")[["low_value", "high_value"]]
    parts = []
    for target_id, (track, whole) in BUDGET_TARGETS.items():
        own = rows[rows["track"].isin(whole)]
        if target_id in bands.index and len(own):
            parts.append(_turn(own, track, bands.loc[target_id]).assign(target_id=target_id))
    return conform(pd.concat(parts) if parts else pd.DataFrame(), TABLES["target_fragility"])


def _turn(own: pd.DataFrame, track: str, band: pd.Series) -> pd.DataFrame:
    total, inside = own["amount"].sum(), own["track"] == track
    share = 100 * own.loc[inside, "amount"].sum() / total
    other = (
        own.loc[~inside]
        .groupby("track")["amount"]
        .sum()
        .reindex(PATHS)
        .drop(track, errors="ignore")
    )
    partner = str(other.fillna(0.0).idxmax())
    now = _place(share, band)
    ways = []
    for is_down in (True, False):
        moving = own[inside == is_down].sort_values(
            ["amount", "project_id"], ascending=[False, True]
        )
        step = moving["amount"].cumsum() * (-100 if is_down else 100) / total
        moving = moving.assign(value=share + step, to_track=partner if is_down else track)
        turned = moving["value"].map(lambda value: _place(value, band)) != now
        if turned.any():
            needed = int(np.argmax(turned.to_numpy())) + 1
            after = _place(float(moving["value"].iloc[needed - 1]), band)
            ways.append(
                moving.head(needed).assign(rank=range(1, needed + 1), to_verdict_type=after)
            )
    return min(ways, key=lambda way: (len(way), way["amount"].sum())) if ways else own.head(0)


def _place(value: float, band: pd.Series) -> str:
    # A share within a billionth of an edge is on it: sums of cents do not decide a verdict.
    if value < band["low_value"] - 1e-9:
        return "below"
    return "above" if value > band["high_value"] + 1e-9 else "within"
