"""Tracks from probabilities, decisions and readings; the blur by its name."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform
from dualtrack.sorting.conformal import find_single_tracks, find_thresholds
from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.learn import LEARNED_ID
from dualtrack.sorting.score import NATURES, find_thin, measure_probabilities, score_tracks
from dualtrack.sorting.text_model import read_text_model

__all__ = ["assign_tracks", "decide_tracks", "name_blur"]


def assign_tracks(
    readings: pd.DataFrame,
    evidence: pd.DataFrame,
    criteria: Criteria,
    decisions: pd.DataFrame,
    *,
    decide_at: float,
    error_rate: float = 0.04,
) -> pd.DataFrame:
    """Put each project on a track, or leave it undecided with the reason.

    Args:
        readings: `project_id`, `declared_track`, `managed_track`, `coverage`, one row a project.
        evidence: Rows of `score_evidence`.
        criteria: As `read_criteria` returns.
        decisions: As `read_decisions` returns; a decision stands above the evidence.
        decide_at: Probability a track needs.
        error_rate: Share of each track's own projects that may be missed.

    Returns:
        The `sorting` table, one row per project in the order of `readings`.
    """
    ids, options = readings["project_id"], (decide_at, error_rate)
    shares, evidence_track = _read_evidence(ids, evidence, criteria, options)
    is_thin = find_thin(shares, evidence, criteria)
    is_learned = evidence["criterion_id"] == LEARNED_ID
    by_shipped = (
        _read_evidence(ids, evidence[~is_learned], criteria, options)[1]
        if is_learned.any()
        else evidence_track
    )
    reason = pd.Series("conflict", index=shares.index).mask(is_thin, "thin")
    decided = decisions.set_index("project_id")["track"].reindex(shares.index)
    track = decided.fillna(evidence_track)
    sorting = readings.set_index("project_id").assign(
        evidence_track=evidence_track,
        track=track,
        **{f"p_{name}": shares[name].where(decided.isna(), decided == name) for name in NATURES},
        decided_by=pd.Series("evidence", index=shares.index)
        .where(evidence_track == by_shipped, "learned")
        .where(decided.isna(), "person"),
        undecided_reason=reason.where(track == "undecided"),
    )
    sorting = sorting.assign(blur_type=name_blur(sorting))
    return conform(sorting.reset_index(names="project_id"), TABLES["sorting"])


def _read_evidence(
    ids: pd.Series, evidence: pd.DataFrame, criteria: Criteria, options: tuple[float, float]
) -> tuple[pd.DataFrame, pd.Series]:
    """Probabilities of the tracks, and the track the evidence decides or `undecided`."""
    shares = measure_probabilities(
        score_tracks(ids, evidence, criteria), temperature=criteria.temperature
    )
    is_thin = find_thin(shares, evidence, criteria)
    decided = decide_tracks(shares, is_thin, decide_at=options[0], error_rate=options[1])
    return shares, decided.fillna("undecided")


def decide_tracks(
    shares: pd.DataFrame, is_thin: pd.Series, *, decide_at: float, error_rate: float
) -> pd.Series:
    """The track of each project that the evidence decides; missing where it does not.

    Args:
        shares: As `measure_probabilities` returns.
        is_thin: As `find_thin` returns.
        decide_at: Probability a track needs.
        error_rate: Share of each track's own projects that may be missed.
    """
    thresholds = find_thresholds(read_text_model().calibration, error_rate=error_rate)
    return find_single_tracks(shares, thresholds, decide_at=decide_at).where(~is_thin)


def name_blur(sorting: pd.DataFrame) -> pd.Series:
    """Name the disagreement of what a project is called, is, and how it is run.

    What a project is called comes first: a mislabelled project is named for its label even when it
    is run wrongly too. Maintenance and undecided projects carry no blur between the two paths.

    Args:
        sorting: `declared_track`, `track`, `managed_track`.

    Returns:
        One of `schema.BLURS`, on the index of `sorting`.
    """
    called, kind, run = sorting["declared_track"], sorting["track"], sorting["managed_track"]
    is_operational, is_strategic = kind == "operational", kind == "strategic"
    return (
        pd.Series("none", index=sorting.index)
        .mask(is_operational & (run == "strategic"), "over-governed improvement")
        .mask(is_strategic & (run == "operational"), "under-governed transformation")
        .mask(is_strategic & (called == "operational"), "hidden strategy")
        .mask(is_operational & (called == "strategic"), "label inflation")
    )
