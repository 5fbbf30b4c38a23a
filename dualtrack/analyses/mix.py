"""How the portfolio is spread over the two paths, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends, sum_drawn
from dualtrack.schema import TABLES, TRACKS, conform

__all__ = [
    "ALL_GROUPS",
    "MIX_QUANTITIES",
    "measure_fragility",
    "measure_mix",
    "measure_mix_quarters",
    "name_objectives",
]

ALL_GROUPS = "All"
NO_GROUP = "(none)"
MIX_QUANTITIES = ("projects", "budget_cost", "effort_hours")
_TRACK_COLUMNS = [f"p_{track}" for track in DRAWN_TRACKS]
_COST_AND_EFFORT = ["budget_cost", "actual_cost", "planned_effort_hours", "actual_effort_hours"]


def measure_mix(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    by: str = "unit_name",
    quantities: tuple[str, ...] = MIX_QUANTITIES,
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
        by: Column to group by: unit, team, or `objective_name` of `name_objectives`.
        quantities: Of `projects`, `budget_cost`, `actual_cost`, `effort_hours`,
            `planned_effort_hours`, `actual_effort_hours`.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `mix` table: groups in alphabetical order after `All`. Effort is planned hours, where
        none are planned the hours worked. Negative amounts count as not known.
    """
    rows = _join(projects, sorting)
    amounts = _amounts(rows)[list(quantities)]
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


def measure_mix_quarters(
    quarters: Sequence[tuple[str, pd.DataFrame, pd.DataFrame]],
    *,
    quantities: tuple[str, ...] = MIX_QUANTITIES,
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """The mix of each quarter as a group of its own.

    Args:
        quarters: Name, projects and sorting of each quarter, oldest first.
        quantities: As for `measure_mix`.
        temperature_error: As for `measure_mix`.
        seed: As for `measure_mix`; the same for all quarters.

    Returns:
        The `mix` table: a group per quarter, in the order given; no group `All`, since a project
        stands in several quarters.
    """
    parts = []
    for name, projects, sorting in quarters:
        mix = measure_mix(
            projects.assign(quarter=name),
            sorting,
            by="quarter",
            quantities=quantities,
            temperature_error=temperature_error,
            seed=seed,
        )
        parts.append(mix[mix["group_name"] == ALL_GROUPS].assign(group_name=name))
    return conform(pd.concat(parts) if parts else pd.DataFrame(), TABLES["mix"])


def name_objectives(projects: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """Projects with `objective_name`: key and wording, to group the mix by.

    Args:
        projects: With `objective_id`.
        objectives: `objective_id`, `title`; a key that is not among them stands by itself.
    """
    titles = objectives.drop_duplicates("objective_id").set_index("objective_id")["title"]
    named = projects["objective_id"] + " " + projects["objective_id"].map(titles)
    return projects.assign(objective_name=named.fillna(projects["objective_id"]))


def _join(projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    wanted = sorting[["project_id", "track", *_TRACK_COLUMNS]]
    return projects.merge(wanted, on="project_id", how="left", validate="one_to_one")


def _amounts(rows: pd.DataFrame) -> pd.DataFrame:
    effort = rows["planned_effort_hours"].fillna(rows["actual_effort_hours"])
    amounts = rows.reindex(columns=_COST_AND_EFFORT).assign(projects=1.0, effort_hours=effort)
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
    tracks = draw_tracks(rows, temperature_error=temperature_error, seed=seed)
    weights = (members[:, :, None] * amounts.fillna(0).to_numpy()[:, None, :]).reshape(
        len(rows), members.shape[1] * amounts.shape[1]
    )
    strategic = sum_drawn(tracks, weights, "strategic")
    both = strategic + sum_drawn(tracks, weights, "operational")
    shares = np.divide(strategic, both, out=np.full_like(both, np.nan), where=both > 0)
    shaped: np.ndarray = shares.reshape(len(tracks), members.shape[1], amounts.shape[1])
    return shaped


def _one_mix(rows: pd.DataFrame, amount: pd.Series, drawn: np.ndarray) -> pd.DataFrame:
    sums = amount.groupby(rows["track"]).sum().reindex(list(TRACKS)).fillna(0.0)
    middle, low, high = middle_and_ends(drawn)
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
    amounts = _amounts(rows)[list(MIX_QUANTITIES)]
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
