"""Concentration and dilution: too many breakthroughs, money in few hands, too small to matter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends
from dualtrack.analyses.mix import ALL_GROUPS, NO_GROUP
from dualtrack.analyses.targets import judge_bands
from dualtrack.schema import TABLES, conform

__all__ = [
    "BREAKTHROUGHS_TARGET",
    "find_under_way",
    "measure_breakthroughs",
    "measure_concentration",
]

BREAKTHROUGHS_TARGET = "breakthroughs_per_unit"
_UNDER_WAY = ("active", "on_hold")  # begun and not ended: these take attention
TOP = 3
TAIL_SHARE = 0.05  # house default: what together holds a twentieth of a path's money


def find_under_way(projects: pd.DataFrame) -> pd.Series:
    """Which projects have begun and not ended: these take attention.

    A blank status is no "no": without one a project counts unless it has an actual finish.

    Args:
        projects: `status_type`, `actual_finish_date`.

    Returns:
        True or False, on the index of `projects`.
    """
    status = projects["status_type"]
    is_silent = status.isna() & projects["actual_finish_date"].isna()
    return status.isin(_UNDER_WAY) | is_silent


def measure_breakthroughs(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    by: str = "unit_name",
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """Strategic initiatives under way in each unit, against the band for a unit.

    Args:
        projects: `project_id`, `status_type`, `actual_finish_date`, the `by` column.
        sorting: One row per project: `track` and the three probabilities.
        targets: As `read_targets` returns; the band is `breakthroughs_per_unit`.
        by: Column to group by.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `breakthroughs` table, groups in alphabetical order, those without open projects too.
        Projects without a group have no row: the band is for a unit.

    Source: the band is a house default after practitioners' guides to hoshin kanri (grade C).
    """
    rows = _join(projects, sorting)
    rows = rows[rows[by].notna()] if by in rows else rows.head(0)
    is_open = find_under_way(rows).to_numpy()
    tracks = draw_tracks(rows, temperature_error=temperature_error, seed=seed)
    is_strategic = (tracks == DRAWN_TRACKS.index("strategic")) & is_open
    counted = []
    for name, places in rows.reset_index().groupby(by).indices.items() if len(rows) else ():
        middle, low, high = middle_and_ends(is_strategic[:, places].sum(axis=1).astype(float))
        decided = int(((rows["track"] == "strategic").to_numpy() & is_open)[places].sum())
        counted.append((name, decided, middle, low, high))
    columns = ["group_name", "strategic_count", "value", "value_low", "value_high"]
    band = targets[targets["target_id"] == BREAKTHROUGHS_TARGET]
    kept = [name for name in TABLES["breakthroughs"].column_names if name in band]
    whole = pd.DataFrame(counted, columns=columns).merge(band[kept], how="cross")
    return conform(whole.assign(verdict_type=judge_bands(whole)), TABLES["breakthroughs"])


def measure_concentration(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    by: str = "unit_name",
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """How few projects hold a path's money, and how many together hold next to none.

    Args:
        projects: `project_id`, `title`, `status_type`, `actual_finish_date`, `budget_cost`
            (portfolio currency), the `by` column; only projects under way count.
        sorting: One row per project: `track` and the three probabilities.
        by: Column to group by.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `concentration` table: the two paths of the whole and of each group. `top_share` is
        what the three largest hold, `tail_count` the smallest that together hold at most 5 %
        (a house default), `effective_count` the number of equal projects as concentrated.

    Source: effective number as in Laakso & Taagepera (1979), the inverse of the
    Hirschman-Herfindahl index.
    """
    rows = _join(projects, sorting)
    rows = rows[find_under_way(rows)].reset_index(drop=True)
    tracks = draw_tracks(rows, temperature_error=temperature_error, seed=seed)
    groups = rows[by].fillna(NO_GROUP) if by in rows else pd.Series(NO_GROUP, index=rows.index)
    parts = []
    for name in [ALL_GROUPS, *sorted(groups.unique())]:
        places = np.flatnonzero((groups == name) | (name == ALL_GROUPS))
        own, drawn = rows.iloc[places], tracks[:, places]
        parts += [
            {"group_name": name, "track": track, **_one_path(own, drawn, track)}
            for track in ("operational", "strategic")
        ]
    return conform(pd.DataFrame(parts), TABLES["concentration"])


def _join(projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    wanted = sorting[["project_id", "track", *(f"p_{track}" for track in DRAWN_TRACKS)]]
    return projects.merge(wanted, on="project_id", how="left", validate="one_to_one")


def _one_path(own: pd.DataFrame, drawn: np.ndarray, track: str) -> dict[str, object]:
    decided = own[own["track"] == track]
    known = decided[decided["budget_cost"] > 0].sort_values(
        ["budget_cost", "project_id"], ascending=[False, True]
    )
    total = float(known["budget_cost"].sum())
    shares = known["budget_cost"].to_numpy() / total if total else np.zeros(0)
    small = np.cumsum(shares[::-1])
    in_tail = small <= TAIL_SHARE + 1e-12
    middle, low, high = middle_and_ends(_top_shares(own["budget_cost"], drawn, track))
    return {
        "project_count": len(decided),
        "known_count": len(known),
        "budget_cost": total if len(known) else float("nan"),
        "top_count": min(TOP, len(known)),
        "top_share": middle,
        "top_low": low,
        "top_high": high,
        "top_titles": "; ".join(known["title"].head(TOP).fillna("(no name)")) or None,
        "tail_count": int(in_tail.sum()),
        "tail_share": float(small[in_tail][-1]) if in_tail.any() else 0.0,
        "effective_count": float(1 / (shares**2).sum()) if len(shares) else float("nan"),
    }


def _top_shares(budget: pd.Series, drawn: np.ndarray, track: str) -> np.ndarray:
    """Share of the path's money in its largest projects, in each drawn portfolio."""
    amounts = budget.where(budget > 0).fillna(0.0).sort_values(ascending=False)
    order = budget.index.get_indexer(amounts.index)
    is_on = drawn[:, order] == DRAWN_TRACKS.index(track)
    # The columns stand by size: the first three that are on the track are its largest.
    is_top = is_on & (np.cumsum(is_on, axis=1, dtype=np.int32) <= TOP)
    total, top = is_on @ amounts.to_numpy(), is_top @ amounts.to_numpy()
    share: np.ndarray = np.divide(top, total, out=np.full(len(drawn), np.nan), where=total > 0)
    return share
