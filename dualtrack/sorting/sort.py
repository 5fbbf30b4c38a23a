"""The whole step from a portfolio to its sorting and evidence."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd

from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform
from dualtrack.sorting.assign import assign_tracks
from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.learn import learn_words, score_learned
from dualtrack.sorting.readings import read_declared, read_managed
from dualtrack.sorting.score import measure_coverage, score_evidence, score_tracks
from dualtrack.sorting.text import gather_texts

__all__ = ["sort_projects"]

log = logging.getLogger(__name__)


def sort_projects(
    portfolio: Portfolio,
    criteria: Criteria,
    decisions: pd.DataFrame,
    *,
    decide_at: float = 0.70,
    error_rate: float = 0.04,
    cache_file: Path | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sort every project of a portfolio.

    Args:
        portfolio: As `read_portfolio` returns.
        criteria: As `read_criteria` returns.
        decisions: As `read_decisions` returns.
        decide_at: Probability a track needs to be decided.
        error_rate: Share of each track's own projects that may be missed.
        cache_file: Where readings of the text model are kept; None keeps none.

    Returns:
        `sorting` (one row per project) and `evidence` (all three readings), as in the schema.
    """
    projects = portfolio.projects
    texts = gather_texts(projects, portfolio.work_items, portfolio.objectives)
    evidence = score_evidence(texts, criteria, cache_file=cache_file)
    scores = score_tracks(projects["project_id"], evidence, criteria)
    learned = score_learned(texts, learn_words(texts, decisions, scores))
    evidence = pd.concat([evidence, learned], ignore_index=True) if len(learned) else evidence
    declared, declared_evidence = read_declared(projects)
    managed, managed_evidence = read_managed(projects, portfolio.milestones)
    readings = pd.DataFrame(
        {
            "project_id": projects["project_id"],
            "declared_track": declared,
            "managed_track": managed,
            "coverage": measure_coverage(texts, projects["project_id"]).to_numpy(),
        }
    )
    sorting = assign_tracks(
        readings, evidence, criteria, decisions, decide_at=decide_at, error_rate=error_rate
    )
    parts = [one for one in (evidence, declared_evidence, managed_evidence) if not one.empty]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    log.info(
        "%d projects sorted, %d undecided", len(sorting), (sorting["track"] == "undecided").sum()
    )
    return sorting, conform(whole, TABLES["evidence"])
