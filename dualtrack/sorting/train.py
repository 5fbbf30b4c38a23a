"""Rebuild the weights of the text model from the corpus; the encoder stays as it is shipped.

Criteria are learnt on nine tenths of the lines. What each criterion adds to its track is learnt on
the last tenth, which neither encoder nor criteria have seen, with the phrases of `criteria.toml`
counted beside it: there the text model gets the weight it deserves, not the one it has on lines it
knows by heart.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.encoder import WIDTH, encode_passages
from dualtrack.sorting.fit import fit_additive, fit_criteria, sigmoid, softmax, sum_by_track
from dualtrack.sorting.score import NATURES
from dualtrack.sorting.text import find_quotes
from dualtrack.sorting.text_model import find_shown

__all__ = ["TrainedWeights", "fit_temperature", "train_weights", "write_weights"]

_PENALTY = 10_000.0  # best on the labelled records among 300, 3,000, 10,000, 30,000, 100,000
_SAME_TRACK = 0.3  # a line names one to three criteria; others of its track may be shown, too
_FLOOR_SHARE = 0.90  # of the lines of other tracks show less of a criterion than counts
_START = 3.0  # log-odds a fully shown criterion adds before the fit
_PULL = 60.0  # records that hold a weight at its start
_TEMPERATURES = np.arange(0.50, 2.01, 0.05)
_DECIMALS = 4  # of stored weights: finer digits differ between machines

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TrainedWeights:
    """Weights as they are stored, and the probabilities they give to labelled records.

    Attributes:
        content: What `weights.json` holds.
        labels: Track number of each calibration record.
        scores: Its scores, log-odds, before any temperature.
    """

    content: dict[str, object]
    labels: NDArray[np.int64]
    scores: Array


def train_weights(
    corpus: pd.DataFrame, criteria: Criteria, labelled: pd.DataFrame | None = None
) -> TrainedWeights:
    """Fit criteria and tracks.

    Args:
        corpus: As `read_corpus` returns.
        criteria: For the track of each criterion and for the phrases.
        labelled: Records with `title`, `description`, `label` (a track) to calibrate on; None for
            the held-out tenth of the corpus, whose lines are easier than real ones.
    """
    known = [one for one in criteria.criteria if one.criterion_id in _named(corpus)]
    tracks = np.array([NATURES.index(one.track) for one in known], dtype=np.int64)
    ids = [one.criterion_id for one in known]
    vectors, labels = _encode(corpus), _labels(corpus)
    is_held = corpus["is_held_out"].to_numpy()
    shown, weights = _marks(corpus, ids, tracks, labels)
    coefficients, intercepts = fit_criteria(
        vectors[~is_held], shown[~is_held], weights[~is_held], penalty=_PENALTY
    )
    coefficients, intercepts = coefficients.round(_DECIMALS), intercepts.round(_DECIMALS)
    floors = _find_floors(vectors[~is_held] @ coefficients + intercepts, tracks, labels[~is_held])
    held = corpus[is_held]
    strength = find_shown(vectors[is_held] @ coefficients + intercepts, floors)
    added, prior = fit_additive(
        strength,
        labels[is_held],
        tracks,
        start=np.full(len(ids), _START),
        pull=_PULL,
        offset=_score_phrases(held, criteria),
    )
    added, prior = added.round(_DECIMALS), prior.round(_DECIMALS)
    told = held if labelled is None else labelled
    vectors_told = vectors[is_held] if labelled is None else _encode(told)
    scores = (
        prior
        + sum_by_track(find_shown(vectors_told @ coefficients + intercepts, floors) * added, tracks)
        + _score_phrases(told, criteria)
    )
    entries = [
        {
            "criterion_id": one,
            "track": int(track),
            "weight": float(weight),
            "intercept": float(intercept),
            "floor": float(floor),
            "vector": vector.tolist(),
        }
        for one, track, weight, intercept, floor, vector in zip(
            ids, tracks, added, intercepts, floors, coefficients.T, strict=True
        )
    ]
    content: dict[str, object] = {
        "prior": dict(zip(NATURES, prior.tolist(), strict=True)),
        "calibration": _calibrate(scores, _labels(told), criteria.temperature),
        "criteria": entries,
    }
    digest = hashlib.blake2b(json.dumps(content).encode() + _encoder_bytes(), digest_size=6)
    return TrainedWeights({"version": digest.hexdigest(), **content}, _labels(told), scores)


def fit_temperature(trained: TrainedWeights) -> float:
    """Temperature under which the calibration records are most likely, to two decimals."""
    rows = np.arange(len(trained.labels))
    losses = [
        -np.log(softmax(trained.scores / one)[rows, trained.labels] + 1e-12).mean()
        for one in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))].round(2))


def write_weights(trained: TrainedWeights, path: Path) -> None:
    """Write `weights.json`, one criterion a line."""
    content = dict(trained.content)
    entries = ",\n".join(json.dumps(one) for one in content.pop("criteria"))  # type: ignore[attr-defined]
    head = json.dumps(content).removesuffix("}")
    path.write_text(f'{head},\n"criteria": [\n{entries}\n]}}\n', encoding="utf-8")


def _named(corpus: pd.DataFrame) -> set[str]:
    return {name for cell in corpus["criteria"] for name in cell.split(",")}


def _labels(records: pd.DataFrame) -> NDArray[np.int64]:
    return np.asarray(records["label"].map(NATURES.index), dtype=np.int64)


def _encode(records: pd.DataFrame) -> Array:
    vectors = np.zeros((len(records), WIDTH))
    for one in encode_passages(records["title"].tolist(), records["description"].tolist()):
        vectors[one.position] = one.vectors.mean(axis=0)
    return vectors


def _marks(
    corpus: pd.DataFrame, ids: list[str], tracks: NDArray[np.int64], labels: NDArray[np.int64]
) -> tuple[Array, Array]:
    """Which criteria each line shows, and how much each mark counts."""
    shown = np.zeros((len(corpus), len(ids)))
    for row, cell in enumerate(corpus["criteria"]):
        for name in cell.split(","):
            shown[row, ids.index(name)] = 1.0
    is_unsure = (tracks[None, :] == labels[:, None]) & (shown == 0)
    return shown, np.where(is_unsure, _SAME_TRACK, 1.0)


def _find_floors(scores: Array, tracks: NDArray[np.int64], labels: NDArray[np.int64]) -> Array:
    """Strength most lines of other tracks stay below, for each criterion."""
    strength = sigmoid(scores)
    floors = [
        np.quantile(strength[labels != track, place], _FLOOR_SHARE)
        for place, track in enumerate(tracks)
    ]
    return np.array(floors).round(_DECIMALS)


def _score_phrases(records: pd.DataFrame, criteria: Criteria) -> Array:
    """Scores by phrases alone, records x 3."""
    rows = records.reset_index(drop=True)
    texts = pd.concat(
        [
            pd.DataFrame({"project_id": rows.index, "column_name": name, "text": rows[name]})
            for name in ("title", "description")
        ]
    )
    quotes = find_quotes(texts[texts["text"] != ""], criteria)
    scores = np.zeros((len(rows), len(NATURES)))
    of = {one.criterion_id: (NATURES.index(one.track), one.weight) for one in criteria.criteria}
    for record, criterion_id, column_name in zip(
        quotes["project_id"], quotes["criterion_id"], quotes["column_name"], strict=True
    ):
        track, weight = of[criterion_id]
        scores[record, track] += weight * criteria.column_weights[column_name]
    return scores


def _calibrate(
    scores: Array, labels: NDArray[np.int64], temperature: float
) -> dict[str, list[float]]:
    shares = softmax(scores / temperature)
    return {
        track: np.sort(shares[labels == number, number]).round(4).tolist()
        for number, track in enumerate(NATURES)
    }


def _encoder_bytes() -> bytes:
    folder = resources.files("dualtrack.sorting") / "model"
    return hashlib.sha256((folder / "encoder.onnx").read_bytes()).digest()
