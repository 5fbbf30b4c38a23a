"""What a company's own decisions teach: words that speak for a track, held back by a prior.

The shipped weights stay as they are. Beside them each word of the decided projects may add to one
track; all start at nothing and are pulled back to it, so that a word needs several decisions, and
what was known before is not forgotten.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd

from dualtrack.sorting.fit import fit_additive
from dualtrack.sorting.score import NATURES

__all__ = ["LEARNED_ID", "learn_words", "list_learned", "score_learned"]

LEARNED_ID = "learned_word"
_SAYS = "your own decisions: this word"
_FEWEST_DECISIONS = 8  # below it a ledger says too little to learn from
_FEWEST_PROJECTS = 2  # a word of one project alone would learn that project by heart
_PULL = 0.5  # decisions that hold a word at nothing; docs/sorting.md has the learning curve
_LEAST_WEIGHT = 0.15
_MOST_WEIGHT = 3.0  # no word of a company decides alone against clear evidence
_WORD = re.compile(r"[^\W\d_]{3,}")


def learn_words(texts: pd.DataFrame, decisions: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Fit what the words of decided projects add to the tracks.

    Args:
        texts: As `gather_texts` returns, of all projects.
        decisions: `project_id`, `track`: what people decided.
        scores: As `score_tracks` returns, by evidence alone.

    Returns:
        `word`, `toward_track`, `weight` (log-odds), `decision_count` (decided projects with the
        word), strongest first; empty with fewer than eight decisions.

    Source: maximum a posteriori fit with the shipped scores as offset and prior.
    """
    columns = ["word", "toward_track", "weight", "decision_count"]
    decided = decisions[decisions["project_id"].isin(scores.index)]
    if len(decided) < _FEWEST_DECISIONS:
        return pd.DataFrame(columns=columns)
    words = _words_of(texts[texts["project_id"].isin(decided["project_id"])])
    sets = [words.get(one, frozenset()) for one in decided["project_id"]]
    counted = Counter(word for found in sets for word in found)
    known = sorted(
        word
        for word, count in counted.items()
        if _FEWEST_PROJECTS <= count < len(decided) - _FEWEST_PROJECTS
    )
    if not known:
        return pd.DataFrame(columns=columns)
    shown = np.array([[word in found for word in known] for found in sets], dtype=float)
    tracks = np.tile(np.arange(len(NATURES)), len(known))
    weights, _ = fit_additive(
        np.repeat(shown, len(NATURES), axis=1),
        np.asarray(decided["track"].map(NATURES.index), dtype=np.int64),
        tracks,
        start=np.zeros(len(tracks)),
        pull=_PULL,
        offset=scores.loc[decided["project_id"], list(NATURES)].to_numpy(dtype=float),
        with_prior=False,
    )
    learned = pd.DataFrame(
        {
            "word": np.repeat(known, len(NATURES)),
            "toward_track": np.array(NATURES)[tracks],
            "weight": np.minimum(weights, _MOST_WEIGHT),
            "decision_count": np.repeat([counted[word] for word in known], len(NATURES)),
        }
    )
    kept = learned[learned["weight"] >= _LEAST_WEIGHT]
    return kept.sort_values(["weight", "word"], ascending=[False, True], ignore_index=True)


def score_learned(texts: pd.DataFrame, learned: pd.DataFrame) -> pd.DataFrame:
    """Evidence rows for the learned words that stand in a project's texts.

    Args:
        texts: As `gather_texts` returns.
        learned: As `learn_words` returns.

    Returns:
        Rows of the `evidence` table, one per project and word; the quote is the word as it stands.
    """
    columns = ["project_id", "column_name", "quote", "criterion_id", "says", "toward_track"]
    if learned.empty:
        return pd.DataFrame(columns=[*columns, "contribution", "reading"])
    by_word = {word: rows for word, rows in learned.groupby("word")}
    seen: set[tuple[str, str]] = set()
    found: list[tuple[object, ...]] = []
    for row in texts.itertuples():
        for match in _WORD.finditer(row.text):
            word = match[0].casefold()
            if word not in by_word or (row.project_id, word) in seen:
                continue
            seen.add((row.project_id, word))
            found += [
                (row.project_id, row.column_name, match[0], LEARNED_ID, _SAYS, one.toward_track)
                + (one.weight,)
                for one in by_word[word].itertuples()
            ]
    return pd.DataFrame(found, columns=[*columns, "contribution"]).assign(reading="evidence")


def list_learned(evidence: pd.DataFrame) -> pd.DataFrame:
    """The learned words that stand in the evidence.

    Args:
        evidence: Rows of the `evidence` table.

    Returns:
        `word`, `toward_track`, `weight` (log-odds), `project_count`, strongest first.
    """
    own = evidence[evidence["criterion_id"] == LEARNED_ID]
    return (
        own.assign(word=own["quote"].str.casefold())
        .groupby(["word", "toward_track"], as_index=False)
        .agg(weight=("contribution", "max"), project_count=("project_id", "nunique"))
        .sort_values(["weight", "word"], ascending=[False, True], ignore_index=True)
    )


def _words_of(texts: pd.DataFrame) -> dict[str, frozenset[str]]:
    joined = texts.groupby("project_id", sort=False)["text"].agg("\n".join)
    return {
        project_id: frozenset(match[0].casefold() for match in _WORD.finditer(text))
        for project_id, text in joined.items()
    }
