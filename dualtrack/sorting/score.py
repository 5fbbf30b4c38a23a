"""The evidence reading: what shows each criterion turned into contributions and probabilities.

A criterion is shown by phrases (`criteria.toml`) and by the text model; both add to the score of
its track, so that the contributions of a project add up to its scores.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.fit import softmax
from dualtrack.sorting.passages import gather_passages
from dualtrack.sorting.reading_cache import read_passages_once
from dualtrack.sorting.text import READ_COLUMNS, find_quotes
from dualtrack.sorting.text_model import PassageReading, read_text_model

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
# A criterion the text model sees less of than this adds nothing: it would be no evidence to show.
_LEAST_CONTRIBUTION = 0.10


def score_evidence(
    texts: pd.DataFrame, criteria: Criteria, *, cache_file: Path | None = None
) -> pd.DataFrame:
    """Evidence rows: every criterion a project's texts show, with the words that show it.

    Args:
        texts: As `gather_texts` returns.
        criteria: As `read_criteria` returns.
        cache_file: Where readings of the text model are kept; None keeps none.

    Returns:
        Rows of the `evidence` table, reading `evidence`; `contribution` is what phrases and text
        model add for the criterion (log-odds toward `toward_track`). Where both see it, the quote
        is the phrase's.
    """
    known = pd.DataFrame(
        [(one.criterion_id, one.says, one.track, one.weight) for one in criteria.criteria],
        columns=["criterion_id", "says", "toward_track", "weight"],
    )
    quotes = find_quotes(texts, criteria).merge(
        known[["criterion_id", "weight"]], on="criterion_id", how="left", validate="many_to_one"
    )
    factor = quotes["column_name"].map(criteria.column_weights)
    by_phrase = quotes.assign(contribution=quotes["weight"] * factor).drop(columns="weight")
    passages = gather_passages(texts)
    model = read_text_model()
    reading = read_passages_once(passages, model, cache_file=cache_file)
    by_model = _list_readings(passages, reading)
    by_model = by_model[by_model["criterion_id"].isin(known["criterion_id"])]
    both = pd.concat([by_phrase, by_model], ignore_index=True)
    evidence = both.groupby(["project_id", "criterion_id"], sort=False, as_index=False).agg(
        column_name=("column_name", "first"),
        quote=("quote", "first"),
        contribution=("contribution", "sum"),
    )
    return evidence.merge(
        known.drop(columns="weight"), on="criterion_id", how="left", validate="many_to_one"
    ).assign(reading="evidence")


def _list_readings(passages: pd.DataFrame, reading: PassageReading) -> pd.DataFrame:
    """One row per passage and criterion the text model sees, with its words."""
    model = read_text_model()
    contribution = reading.shown * model.weights
    rows, columns = np.nonzero(contribution >= _LEAST_CONTRIBUTION)
    in_body = reading.in_body[rows, columns]
    titles, bodies = passages["title"].to_numpy(object), passages["body"].to_numpy(object)
    texts = np.where(in_body, bodies[rows], titles[rows])
    spans = zip(texts, reading.starts[rows, columns], reading.ends[rows, columns], strict=True)
    return pd.DataFrame(
        {
            "project_id": passages["project_id"].to_numpy(object)[rows],
            "criterion_id": np.array(model.criterion_ids, dtype=object)[columns],
            "column_name": np.where(
                in_body, passages["body_column"].to_numpy(object)[rows], "title"
            ),
            "quote": [text[start:end] for text, start, end in spans],
            "contribution": contribution[rows, columns],
        }
    )


def score_tracks(
    project_ids: pd.Series, evidence: pd.DataFrame, criteria: Criteria
) -> pd.DataFrame:
    """Score of each project for each track: the prior plus its contributions.

    Args:
        project_ids: Projects, each once; one without evidence has the prior alone.
        evidence: Rows of `score_evidence`.
        criteria: For the prior of a company; that of the text model is added.

    Returns:
        Index project_id, columns operational, strategic, maintenance (log-odds).
    """
    prior = pd.Series(criteria.prior) + pd.Series(read_text_model().prior)
    return sum_contributions(project_ids, evidence) + prior[list(NATURES)]


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
    shares = softmax(scores.to_numpy(dtype=float) / temperature)
    return pd.DataFrame(shares, index=scores.index, columns=scores.columns)


def measure_coverage(texts: pd.DataFrame, project_ids: pd.Series) -> pd.Series:
    """Share of the readable columns that held anything, per project (0 to 1)."""
    filled = texts.groupby("project_id")["column_name"].nunique()
    return filled.reindex(project_ids).fillna(0) / len(READ_COLUMNS)
