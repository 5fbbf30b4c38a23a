"""How each open project is followed up, against the norm of its path."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dualtrack.analyses.open_work import is_running
from dualtrack.analyses.rhythm_norms import NORMED_TRACKS, PathNorm, RhythmNorms
from dualtrack.schema import TABLES, conform
from dualtrack.schema.portfolio_tables import LEVELS

__all__ = ["check_forum", "check_path", "check_reviews", "measure_rhythm"]

_KEPT = [
    "project_id",
    "title",
    "unit_name",
    "budget_cost",
    "review_forum",
    "review_interval_days",
    "last_review_date",
    "sponsor_level",
]


def measure_rhythm(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    evidence: pd.DataFrame,
    milestones: pd.DataFrame,
    norms: RhythmNorms,
    *,
    as_of_date: pd.Timestamp,
) -> pd.DataFrame:
    """Rhythm, forum, sponsor, gates and horizon of each open project against its path's norm.

    Only projects under way or on hold are followed up. Maintenance and undecided projects
    have no norm here, but their reviews can be overdue like any other.

    Args:
        projects: One row per project: forum, interval, last review, sponsor level, dates.
        sorting: `project_id`, `track`.
        evidence: Reading `managed`: which path a forum is one of.
        milestones: Gates: `project_id`, `planned_date`, `is_passed`.
        norms: As `read_rhythm_norms` returns.
        as_of_date: The day the exports show.

    Returns:
        The `rhythm` table, in the order of `projects`. A missing last review is `never held` only
        in a tool that records reviews and once a first one was due; a missing gate is `missing`
        only in a tool that records gates.

    Source: norms with their sources in `reference/rhythm_norms.toml`.
    """
    rows = projects[is_running(projects, as_of_date)].merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    forum_track = _read_forum(rows, evidence)
    checked = rows[[*_KEPT, "track"]].assign(
        forum_track=forum_track,
        forum_type=check_forum(forum_track, rows["track"]),
        **check_reviews(rows, norms, as_of_date),
        **_check_gates(rows, milestones, norms, as_of_date),
        **check_path(rows, rows["track"], norms),
    )
    return conform(checked, TABLES["rhythm"])


def check_path(rows: pd.DataFrame, track: pd.Series, norms: RhythmNorms) -> dict[str, pd.Series]:
    """Rhythm, sponsor and horizon against the norm of a path.

    Args:
        rows: Projects with interval, sponsor level, start and baseline finish.
        track: Path each is judged by.
        norms: As `read_rhythm_norms` returns.

    Returns:
        `rhythm_type`, `sponsor_type`, `horizon_type` and `horizon_days`.
    """
    horizon = (rows["baseline_finish_date"] - rows["start_date"]).dt.days.astype("float64")
    levels = rows["sponsor_level"].map({level: place for place, level in enumerate(LEVELS)})
    types = {
        "rhythm_type": (rows["review_interval_days"], _days, ("too often", "too seldom")),
        "sponsor_type": (levels.astype("float64"), _levels, ("too low", "too high")),
        "horizon_type": (horizon, _horizons, ("too short", "too long")),
    }
    found = {
        name: _in_band(values, track, norms, band, words)
        for name, (values, band, words) in types.items()
    }
    return {**found, "horizon_days": horizon}


def _days(norm: PathNorm) -> tuple[float, float]:
    return norm.shortest_days, norm.longest_days


def _levels(norm: PathNorm) -> tuple[float, float]:
    return LEVELS.index(norm.lowest_level), LEVELS.index(norm.highest_level)


def _horizons(norm: PathNorm) -> tuple[float, float]:
    return norm.shortest_horizon_days, norm.longest_horizon_days


def _in_band(
    values: pd.Series,
    track: pd.Series,
    norms: RhythmNorms,
    band: Callable[[PathNorm], tuple[float, float]],
    words: tuple[str, str],
) -> pd.Series:
    bands = {one: band(norms.of(one)) for one in NORMED_TRACKS}
    low = track.map({one: ends[0] for one, ends in bands.items()}).astype("float64")
    high = track.map({one: ends[1] for one, ends in bands.items()}).astype("float64")
    return (
        pd.Series("fits", index=values.index)
        .mask(values < low, words[0])
        .mask(values > high, words[1])
        .mask(low.isna(), "no norm")
        .mask(values.isna(), "not recorded")
    )


def _read_forum(rows: pd.DataFrame, evidence: pd.DataFrame) -> pd.Series:
    is_forum = (evidence["reading"] == "managed") & (evidence["column_name"] == "review_forum")
    signs = evidence[is_forum].sort_values("contribution", ascending=False)
    path = signs.drop_duplicates("project_id").set_index("project_id")["toward_track"]
    return rows["project_id"].map(path).astype("str")


def check_forum(forum_track: pd.Series, track: pd.Series) -> pd.Series:
    """Whether each project's forum is one of its path; both on the same index."""
    return (
        pd.Series("fits", index=track.index)
        .mask(forum_track != track, "other path")
        .mask(~track.isin(NORMED_TRACKS), "no norm")
        .mask(forum_track.isna(), "not recorded")
    )


def check_reviews(
    rows: pd.DataFrame, norms: RhythmNorms, as_of_date: pd.Timestamp
) -> dict[str, pd.Series]:
    """Whether reviews are held.

    Args:
        rows: Projects with id, interval, last review and start.
        norms: Grace, and the share of a tool's projects from which a gap means something.
        as_of_date: The day the exports show.

    Returns:
        `due_date`, `overdue_days`, `review_type`.
    """
    interval = rows["review_interval_days"]
    step = pd.to_timedelta(interval, unit="D")
    due = rows["last_review_date"] + step
    grace = (interval * norms.grace_share).clip(lower=norms.grace_days)
    overdue = (as_of_date - due).dt.days.astype("float64")
    since_start = (as_of_date - (rows["start_date"] + step)).dt.days
    is_reviewed = interval.notna()
    shares = (
        rows["last_review_date"].notna().where(is_reviewed).groupby(_tools(rows)).transform("mean")
    )
    is_never = rows["last_review_date"].isna() & is_reviewed & rows["start_date"].notna()
    is_never &= shares.astype("float64") >= norms.recorded_share
    review_type = (
        pd.Series("not recorded", index=rows.index)
        .mask(overdue.notna(), "held")
        .mask(overdue > grace, "overdue")
        .mask(is_never, "not due")
        .mask(is_never & (since_start > grace), "never held")
    )
    return {"due_date": due, "overdue_days": overdue, "review_type": review_type}


def _tools(rows: pd.DataFrame) -> pd.Series:
    """The tool a project is listed in: the part of its id before the colon."""
    return rows["project_id"].str.split(":", n=1).str[0]


def _check_gates(
    rows: pd.DataFrame, milestones: pd.DataFrame, norms: RhythmNorms, as_of_date: pd.Timestamp
) -> dict[str, pd.Series]:
    is_late = (milestones["planned_date"] < as_of_date) & ~milestones["is_passed"].fillna(True)
    counted = milestones.assign(late=is_late).groupby("project_id")["late"].agg(["size", "sum"])
    gates = rows["project_id"].map(counted["size"])
    is_kept = gates.notna().groupby(_tools(rows)).transform("any")
    needs = rows["track"].map({one: norms.of(one).needs_gates for one in NORMED_TRACKS})
    gate_type = (
        pd.Series("fits", index=rows.index)
        .mask(needs.eq(True) & gates.isna(), "missing")
        .mask(needs.eq(False) & gates.notna(), "not needed")
        .mask(needs.isna(), "no norm")
        .mask(~is_kept, "not recorded")
    )
    return {
        "gate_count": gates.fillna(0).where(is_kept).astype("Int64"),
        "late_gate_count": rows["project_id"].map(counted["sum"]).astype("Int64"),
        "gate_type": gate_type,
    }
