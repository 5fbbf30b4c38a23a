"""What the text model makes of passages: how strongly each shows each criterion, and where.

A criterion's score is linear in the vectors of a passage's words, so each word has its own share
in it; the words with the largest share are the quote. Weights are data: `model/weights.json`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dualtrack.sorting.encoder import WordVectors, encode_passages
from dualtrack.sorting.fit import sigmoid

__all__ = ["PassageReading", "TextModel", "find_shown", "read_passages", "read_text_model"]

# A quote is the word that shows a criterion best with up to so many words before and after it.
_WORDS_AROUND = 3
_CLAUSE_ENDS = frozenset(".;:!?\n")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True)
class TextModel:
    """Weights of the text model.

    Attributes:
        criterion_ids: Criteria it knows.
        tracks: Track number of each (operational 0, strategic 1, maintenance 2).
        vectors: Width x criteria.
        intercepts: One a criterion.
        floors: Strength below which a criterion is not shown at all, one each.
        weights: What a criterion that is fully shown adds to its track's score, log-odds.
        prior: Score of each track before any evidence.
        calibration: Track to the probabilities that labelled records of that track got, rising.
        version: Changes with every change of encoder or weights; keeps caches apart.
    """

    criterion_ids: tuple[str, ...]
    tracks: NDArray[np.int64]
    vectors: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    floors: NDArray[np.float64]
    weights: NDArray[np.float64]
    prior: dict[str, float]
    calibration: dict[str, tuple[float, ...]]
    version: str


@dataclass(frozen=True)
class PassageReading:
    """Readings of passages, one row each, in the order given.

    Attributes:
        shown: Passages x criteria, 0 to 1.
        starts: First character of the quote, passages x criteria.
        ends: Character after its last.
        in_body: Whether the quote stands in the body; else it is in the title.
    """

    shown: NDArray[np.float64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    in_body: NDArray[np.bool_]


@cache
def read_text_model() -> TextModel:
    """Read the shipped weights."""
    folder = resources.files("dualtrack.sorting") / "model"
    content = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    criteria = content["criteria"]
    return TextModel(
        criterion_ids=tuple(one["criterion_id"] for one in criteria),
        tracks=np.array([one["track"] for one in criteria], dtype=np.int64),
        vectors=np.array([one["vector"] for one in criteria], dtype=float).T,
        intercepts=np.array([one["intercept"] for one in criteria], dtype=float),
        floors=np.array([one["floor"] for one in criteria], dtype=float),
        weights=np.array([one["weight"] for one in criteria], dtype=float),
        prior=content["prior"],
        calibration={name: tuple(rows) for name, rows in content["calibration"].items()},
        version=content["version"],
    )


def read_passages(passages: pd.DataFrame, model: TextModel) -> PassageReading:
    """Read passages.

    Args:
        passages: `title`, `body` (blank for none).
        model: As `read_text_model` returns.

    Returns:
        How strongly each shows each criterion, rounded to three decimals, and the words for it.
        Passages mostly in other letters than Latin show nothing: the model has not learned them.
    """
    titles, bodies = passages["title"].tolist(), passages["body"].tolist()
    shape = (len(passages), len(model.criterion_ids))
    shown = np.zeros(shape)
    starts, ends = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    in_body = np.zeros(shape, dtype=np.bool_)
    projection = model.vectors.astype(np.float32)
    for one in encode_passages(titles, bodies, projection=projection):
        row = one.position
        shares = one.vectors.astype(float)
        if _is_latin(titles[row], bodies[row]):
            shown[row] = find_shown(shares.mean(axis=0) + model.intercepts, model.floors)
        starts[row], ends[row], in_body[row] = _find_words(one, shares, (titles[row], bodies[row]))
    return PassageReading(shown.round(3), starts, ends, in_body)


def _is_latin(title: str, body: str) -> bool:
    text = f"{title} {body}"
    return 2 * len(_LATIN_LETTER.findall(text)) >= len(_LETTER.findall(text))


def find_shown(scores: NDArray[np.float64], floors: NDArray[np.float64]) -> NDArray[np.float64]:
    """How strongly criteria are shown, 0 to 1; what any text has of one counts as nothing.

    Args:
        scores: Log-odds, one a criterion, or records x criteria.
        floors: As `TextModel.floors`.
    """
    return np.asarray(np.maximum(0.0, sigmoid(scores) - floors) / (1.0 - floors))


def _find_words(
    one: WordVectors, shares: NDArray[np.float64], texts: tuple[str, str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """For each criterion the word with the largest share, with its neighbours of that clause."""
    tokens = np.flatnonzero(one.is_word)
    if not len(tokens):
        none = np.zeros(shares.shape[1], dtype=np.int64)
        return none, none, none.astype(np.bool_)
    first, clause = _split_words(one, tokens, texts)
    counts = np.diff(np.append(first, len(tokens)))
    of_word = np.add.reduceat(shares[tokens], first, axis=0) / counts[:, None]
    best = _smooth(of_word, clause).argmax(axis=0)
    left = np.maximum(best - _WORDS_AROUND, np.searchsorted(clause, clause[best], side="left"))
    last = np.searchsorted(clause, clause[best], side="right") - 1
    right = np.minimum(best + _WORDS_AROUND, last)
    word_start = one.spans[tokens[first], 0]
    word_end = one.spans[tokens[np.append(first[1:], len(tokens)) - 1], 1]
    return word_start[left], word_end[right], one.in_body[tokens[first]][best]


def _split_words(
    one: WordVectors, tokens: NDArray[np.int64], texts: tuple[str, str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each word begins among the tokens, and the number of the clause it stands in."""
    spans, in_body = one.spans[tokens], one.in_body[tokens]
    is_new = np.ones(len(tokens), dtype=np.bool_)
    is_new[1:] = (spans[1:, 0] != spans[:-1, 1]) | (in_body[1:] != in_body[:-1])
    first = np.flatnonzero(is_new)
    clauses, number = [], 0
    for place, token in enumerate(first):
        if place:
            side, start = in_body[token], int(spans[token, 0])
            before = int(spans[token - 1, 1])
            text = texts[int(side)]
            between = text[before:start] if side == in_body[token - 1] else "\n"
            tail = texts[int(in_body[token - 1])][before - 1 : before]
            number += tail in _CLAUSE_ENDS or "\n" in between
        clauses.append(number)
    return first, np.array(clauses, dtype=np.int64)


def _smooth(of_word: NDArray[np.float64], clause: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each word with half of its neighbours of the same clause: phrases go before single words."""
    smooth = of_word.copy()
    same = (clause[1:] == clause[:-1])[:, None]
    smooth[1:] += 0.5 * of_word[:-1] * same
    smooth[:-1] += 0.5 * of_word[1:] * same
    return smooth
