"""How much of each path is followed up in a way that does not fit it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import draw_tracks, middle_and_ends, sum_drawn
from dualtrack.analyses.rhythm import check_forum, check_path
from dualtrack.analyses.rhythm_norms import NORMED_TRACKS, PathNorm, RhythmNorms
from dualtrack.schema import TABLES, conform
from dualtrack.schema.portfolio_tables import LEVELS

__all__ = ["measure_rhythm_shares"]

# What does not fit: the column of the rhythm table and its value.
CHECKS = {
    "reviewed too often": ("rhythm_type", "too often"),
    "reviewed too seldom": ("rhythm_type", "too seldom"),
    "goes to a forum of another path": ("forum_type", "other path"),
    "sponsored too low": ("sponsor_type", "too low"),
    "sponsored too high": ("sponsor_type", "too high"),
    "passes no gates": ("gate_type", "missing"),
    "passes gates it does not need": ("gate_type", "not needed"),
    "planned too short": ("horizon_type", "too short"),
    "planned too long": ("horizon_type", "too long"),
}


def measure_rhythm_shares(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    rhythm: pd.DataFrame,
    norms: RhythmNorms,
    *,
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """How much of each path is followed up in a way that does not fit it, with intervals.

    The share is of the projects whose column is recorded. Its interval lets every project be on
    the path the sort gives it by its probabilities, and judges it by that path's norm.

    Args:
        projects: As for `measure_rhythm`.
        sorting: Tracks and the three probabilities.
        rhythm: As `measure_rhythm` returns.
        norms: The same norms.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `rhythm_shares` table: for each path the checks that can fail on it.
    """
    dates = projects[["project_id", "start_date", "baseline_finish_date"]]
    rows = rhythm.merge(dates, on="project_id", how="left", validate="one_to_one")
    ordered = rows[["project_id"]].merge(sorting, on="project_id", how="left", validate="1:1")
    tracks = draw_tracks(ordered, temperature_error=temperature_error, seed=seed)
    parts = []
    for path in NORMED_TRACKS:
        as_path = _as_if(rows, path, norms)
        for check, (name, word) in CHECKS.items():
            if not _can_fail(check, norms.of(path)):
                continue
            is_known = (as_path[name] != "not recorded").to_numpy()
            is_misfit = (as_path[name] == word).to_numpy()
            weights = np.column_stack([is_misfit, is_known]).astype(float)
            drawn = sum_drawn(tracks, weights, path)
            with np.errstate(invalid="ignore", divide="ignore"):
                middle, low, high = middle_and_ends(drawn[:, 0] / drawn[:, 1])
            own = (rows["track"] == path).to_numpy()
            parts.append(
                {
                    "track": path,
                    "check_type": check,
                    "project_count": int(own.sum()),
                    "known_count": int((own & is_known).sum()),
                    "misfit_count": int((own & is_misfit).sum()),
                    "share": middle,
                    "share_low": low,
                    "share_high": high,
                }
            )
    return conform(pd.DataFrame(parts), TABLES["rhythm_shares"])


def _as_if(rows: pd.DataFrame, path: str, norms: RhythmNorms) -> pd.DataFrame:
    """The types the projects would have if all were on one path."""
    track = pd.Series(path, index=rows.index, dtype="str")
    gates = rows["gate_count"]
    misfit, is_misfit = (
        ("missing", gates == 0) if norms.of(path).needs_gates else ("not needed", gates > 0)
    )
    gate_type = pd.Series("fits", index=rows.index).mask(is_misfit.fillna(False), misfit)
    return pd.DataFrame(
        {
            **check_path(rows, track, norms),
            "forum_type": check_forum(rows["forum_track"], track),
            "gate_type": gate_type.mask(gates.isna(), "not recorded"),
        }
    )


def _can_fail(check: str, norm: PathNorm) -> bool:
    impossible = {
        "reviewed too often": norm.shortest_days <= 0,
        "sponsored too low": norm.lowest_level == LEVELS[0],
        "sponsored too high": norm.highest_level == LEVELS[-1],
        "passes no gates": not norm.needs_gates,
        "passes gates it does not need": norm.needs_gates,
        "planned too short": norm.shortest_horizon_days <= 0,
    }
    return not impossible.get(check, False)
