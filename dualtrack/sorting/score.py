"""The evidence reading: quotes turned into contributions, contributions into probabilities."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.text import READ_COLUMNS, find_quotes

__all__ = [
    "NATURES",
    "find_thin",
    "measure_coverage",
    "measure_probabilities",
    "score_evidence",
    "score_tracks",
    "sum_contributions",
]

NATURES = ("operational", "strategic", "maintenance")


def score_evidence(texts: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    """Evidence rows: every criterion a project's texts show, with the words that show it.

    Args:
        texts: As `gather_texts` returns.
        criteria: As `read_criteria` returns.

    Returns:
        Rows of the `evidence` table, reading `evidence`; `contribution` is the criterion's weight
        times that of the column quoted (log-odds toward `toward_track`).
    """
    known = pd.DataFrame(
        [(one.criterion_id, one.says, one.track, one.weight) for one in criteria.criteria],
        columns=["criterion_id", "says", "toward_track", "contribution"],
    )
    quotes = find_quotes(texts, criteria)
    evidence = quotes.merge(known, on="criterion_id", how="left", validate="many_to_one")
    factor = evidence["column_name"].map(criteria.column_weights)
    return evidence.assign(reading="evidence", contribution=evidence["contribution"] * factor)


def score_tracks(
    project_ids: pd.Series, evidence: pd.DataFrame, criteria: Criteria
) -> pd.DataFrame:
    """Score of each project for each track: the prior plus its contributions.

    Args:
        project_ids: Projects, each once; one without evidence has the prior alone.
        evidence: Rows of `score_evidence`.
        criteria: For the prior.

    Returns:
        Index project_id, columns operational, strategic, maintenance (log-odds).
    """
    return sum_contributions(project_ids, evidence) + pd.Series(criteria.prior)[list(NATURES)]


def sum_contributions(project_ids: pd.Series, evidence: pd.DataFrame) -> pd.DataFrame:
    """Contributions of each project added up by the track they speak for.

    Args:
        project_ids: Projects, each once; one without evidence has zeros.
        evidence: Rows of the `evidence` table, of one reading.

    Returns:
        Index project_id, columns operational, strategic, maintenance (log-odds).
    """
    sums = evidence.pivot_table(
        index="project_id", columns="toward_track", values="contribution", aggfunc="sum"
    )
    return sums.reindex(index=project_ids, columns=list(NATURES)).fillna(0.0)


def find_thin(shares: pd.DataFrame, evidence: pd.DataFrame, criteria: Criteria) -> pd.Series:
    """Whether a project's evidence is too little to decide on.

    Args:
        shares: As `measure_probabilities` returns, for the projects.
        evidence: Rows of `score_evidence`.
        criteria: For the least sum of contributions.
    """
    weight = evidence.groupby("project_id")["contribution"].sum()
    return weight.reindex(shares.index).fillna(0.0) < criteria.thin_below


def measure_probabilities(scores: pd.DataFrame, *, temperature: float) -> pd.DataFrame:
    """Probabilities of the tracks: softmax of the scores over the temperature.

    Source: temperature scaling, Guo et al., ICML 2017.
    """
    tempered = scores.to_numpy(dtype=float) / temperature
    raised = np.exp(tempered - tempered.max(axis=1, keepdims=True))
    shares = raised / raised.sum(axis=1, keepdims=True)
    return pd.DataFrame(shares, index=scores.index, columns=scores.columns)


def measure_coverage(texts: pd.DataFrame, project_ids: pd.Series) -> pd.Series:
    """Share of the readable columns that held anything, per project (0 to 1)."""
    filled = texts.groupby("project_id")["column_name"].nunique()
    return filled.reindex(project_ids).fillna(0) / len(READ_COLUMNS)
