"""Tracks from probabilities, decisions and readings; the blur by its name."""

from __future__ import annotations

import pandas as pd

from dualtrack.schema import TABLES, conform
from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.score import NATURES, find_thin, measure_probabilities, score_tracks

__all__ = ["assign_tracks", "name_blur"]


def assign_tracks(
    readings: pd.DataFrame,
    evidence: pd.DataFrame,
    criteria: Criteria,
    decisions: pd.DataFrame,
    *,
    decide_at: float,
) -> pd.DataFrame:
    """Put each project on a track, or leave it undecided with the reason.

    Args:
        readings: `project_id`, `declared_track`, `managed_track`, `coverage`, one row a project.
        evidence: Rows of `score_evidence`.
        criteria: As `read_criteria` returns.
        decisions: As `read_decisions` returns; a decision stands above the evidence.
        decide_at: Probability a track needs.

    Returns:
        The `sorting` table, one row per project in the order of `readings`.
    """
    scores = score_tracks(readings["project_id"], evidence, criteria)
    shares = measure_probabilities(scores, temperature=criteria.temperature)
    best = shares.max(axis=1)
    evidence_track = shares.idxmax(axis=1).where(best >= decide_at, "undecided")
    is_thin = find_thin(shares, evidence, criteria)
    evidence_track = evidence_track.where(~is_thin, "undecided")
    reason = pd.Series("conflict", index=shares.index).mask(is_thin, "thin")
    decided = decisions.set_index("project_id")["track"].reindex(shares.index)
    track = decided.fillna(evidence_track)
    sorting = readings.set_index("project_id").assign(
        evidence_track=evidence_track,
        track=track,
        **{f"p_{name}": shares[name].where(decided.isna(), decided == name) for name in NATURES},
        decided_by=pd.Series("evidence", index=shares.index).where(decided.isna(), "person"),
        undecided_reason=reason.where(track == "undecided"),
    )
    sorting = sorting.assign(blur_type=name_blur(sorting))
    return conform(sorting.reset_index(names="project_id"), TABLES["sorting"])


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
