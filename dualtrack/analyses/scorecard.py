"""The five questions scored: what each is made of, how sure it is, and what would raise it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import INTERVAL
from dualtrack.analyses.question_list import QuestionList
from dualtrack.schema import TABLES, conform

__all__ = ["measure_question_parts", "measure_scorecard"]

_DRAWS = 4000  # the ends of an interval then move by about a third of a point between seeds
_MOST_NAMED = 3
_FEWEST_RATERS = 3  # of fewer, the mean would tell who said what
_BEST_RATING, _WORST_RATING = 5, 1


def measure_question_parts(
    checks: pd.DataFrame, questions: QuestionList, *, seed: int = 0
) -> pd.DataFrame:
    """How far each part of each question is met.

    The interval is that of a share seen on so many things, with Jeffreys' prior: a part looked at
    in three projects is less sure than one looked at in a hundred.

    Args:
        checks: As `measure_checks` returns.
        questions: As `read_questions` returns.
        seed: Seed of the draws.

    Returns:
        The `question_parts` table: every part, those not looked at with a missing share. The
        weights are those within the question; lost points are against the parts that are known.

    Source: Jeffreys' interval, Brown, Cai and DasGupta, Statistical Science 16, 2001.
    """
    sums = checks.groupby(["question_id", "part_id"])[["met_count", "checked_count"]].sum()
    parts = questions.parts.merge(
        sums.reset_index(), on=["question_id", "part_id"], how="left", validate="one_to_one"
    )
    counts = parts[["met_count", "checked_count"]].astype(float).fillna(0.0)
    known = counts["checked_count"] > 0
    drawn = _draw(parts, counts, seed)
    low, high = np.percentile(drawn, INTERVAL, axis=1)
    share = (counts["met_count"] / counts["checked_count"].where(known)).astype(float)
    weight = parts["weight"].where(known, 0.0)
    whole = weight.groupby(parts["question_id"]).transform("sum")
    lost = 100 * (1 - share) * weight / whole.where(whole > 0)
    return conform(
        parts.drop(columns="mend").assign(
            met_count=counts["met_count"].astype(int),
            checked_count=counts["checked_count"].astype(int),
            share=share,
            share_low=np.minimum(low, share),
            share_high=np.maximum(high, share),
            lost_points=lost,
        ),
        TABLES["question_parts"],
    )


def measure_scorecard(
    checks: pd.DataFrame,
    ratings: pd.DataFrame,
    questions: QuestionList,
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """Score of each question with its interval, its weakest part and the leaders' own rating.

    The score is the weighted share of what is as it should be, of the parts that could be looked
    at. It is missing where less than `least_known_weight` of the weight is known, or fewer than
    `least_checks` things were looked at.

    Args:
        checks: As `measure_checks` returns.
        ratings: `question_id`, `rater_id`, `rating` 1 to 5; may be empty.
        questions: As `read_questions` returns.
        seed: Seed of the draws.

    Returns:
        The `scorecard` table, a row a question. A mean rating of under three leaders is withheld.
    """
    parts = measure_question_parts(checks, questions, seed=seed)
    counts = parts[["met_count", "checked_count"]].astype(float)
    drawn = _draw(parts, counts, seed)
    rated = _mean_ratings(ratings)
    rows = []
    for question in questions.questions.itertuples(index=False):
        is_own = (parts["question_id"] == question.question_id).to_numpy()
        own = parts[is_own]
        known = own["checked_count"].to_numpy() > 0
        weight = own["weight"].to_numpy()[known]
        row = {
            "question_id": question.question_id,
            "asks": question.asks,
            "short": question.short,
            "known_weight": float(weight.sum()),
            "checked_count": int(own["checked_count"].sum()),
            **rated.get(str(question.question_id), {"leaders_score": np.nan, "rater_count": 0}),
        }
        enough = weight.sum() >= questions.least_known_weight - 1e-9
        if enough and row["checked_count"] >= questions.least_checks:
            share = own["share"].to_numpy(float)[known]
            score = 100 * float(weight @ share / weight.sum())
            spread = 100 * (weight @ drawn[is_own][known]) / weight.sum()
            low, high = np.percentile(spread, INTERVAL)
            row |= {
                "score": score,
                "score_low": min(low, score),
                "score_high": max(high, score),
                "gap": row["leaders_score"] - score,
            }
        rows.append(row | _find_weakest(own, checks, questions))
    return conform(pd.DataFrame(rows), TABLES["scorecard"])


def _draw(parts: pd.DataFrame, counts: pd.DataFrame, seed: int) -> np.ndarray:
    """Shares each part may have: parts x draws."""
    met = counts["met_count"].to_numpy()[:, None] + 0.5
    missed = (counts["checked_count"] - counts["met_count"]).to_numpy()[:, None] + 0.5
    return np.random.default_rng(seed).beta(met, missed, (len(parts), _DRAWS))


def _find_weakest(
    own: pd.DataFrame, checks: pd.DataFrame, questions: QuestionList
) -> dict[str, object]:
    """The part that loses the most points, and what of it is dearest."""
    lost = own[own["lost_points"] > 0]
    if lost.empty:
        return {}
    part = lost.loc[lost["lost_points"].idxmax()]
    missed = checks[
        (checks["part_id"] == part["part_id"]) & (checks["met_count"] < checks["checked_count"])
    ]
    missed = missed.assign(missing=missed["checked_count"] - missed["met_count"])
    # Money first; of things without money those that stand for more.
    missed = missed.sort_values(
        ["budget_cost", "missing", "subject_id"],
        ascending=[False, False, True],
        na_position="last",
    )
    named = missed.head(_MOST_NAMED)
    others = len(missed) - len(named)
    evidence = [
        f"{title} [{key}]" if kind == "project" else str(title)
        for kind, key, title in zip(
            named["subject_type"],
            named["subject_id"],
            named["title"].fillna(named["subject_id"]),
            strict=True,
        )
    ]
    names = "; ".join(evidence) + (f" and {others} more" if others else "")
    mends = questions.parts.set_index("part_id")["mend"]
    return {
        "weakest_part": part["part_id"],
        "lost_points": part["lost_points"],
        "mend": str(mends[part["part_id"]]).replace("{names}", names),
        "evidence": "; ".join(evidence),
    }


def _mean_ratings(ratings: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Mean rating of each question on the scale of the score, where enough leaders rated."""
    found = {}
    for question_id, own in ratings.dropna(subset=["rating"]).groupby("question_id"):
        mean = (own["rating"].mean() - _WORST_RATING) / (_BEST_RATING - _WORST_RATING) * 100
        few = own["rater_id"].nunique() < _FEWEST_RATERS
        found[str(question_id)] = {
            "leaders_score": np.nan if few else float(mean),
            "rater_count": int(own["rater_id"].nunique()),
        }
    return found
