"""Steps of the training on few lines: marks, floors, temperature, calibration, the file written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dualtrack.sorting import read_corpus, read_criteria
from dualtrack.sorting.encoder import WIDTH, encode_passages
from dualtrack.sorting.fit import sigmoid, softmax
from dualtrack.sorting.score import NATURES
from dualtrack.sorting.train import (
    TrainedWeights,
    _calibrate,
    _find_floors,
    _marks,
    fit_temperature,
    train_weights,
    write_weights,
)


def test_marks_of_the_same_track_that_a_line_does_not_name_count_less() -> None:
    corpus = pd.DataFrame({"criteria": ["a", "c,b"]})
    tracks, labels = np.array([0, 0, 1]), np.array([0, 1])
    shown, weights = _marks(corpus, ["a", "b", "c"], tracks, labels)
    assert shown.tolist() == [[1, 0, 0], [0, 1, 1]]
    assert weights.tolist() == [[1, 0.3, 1], [1, 1, 1]]


def test_a_floor_is_what_nine_tenths_of_other_tracks_stay_below() -> None:
    # Eleven lines of track 1: their tenth strength has nine tenths of them at or below it.
    wanted = np.arange(11) / 20 + 0.1
    scores = np.append(np.log(wanted / (1 - wanted)), [9.0, 9.0])[:, None]
    labels = np.array([1] * 11 + [0] * 2)
    assert _find_floors(scores, np.array([0]), labels) == pytest.approx([0.55])


def test_the_temperature_is_that_under_which_the_labels_are_likeliest() -> None:
    # Three of four right: a gap of ln 3 says so, and the scores are that gap times 1.5.
    gap = 1.5 * np.log(3)
    trained = TrainedWeights({}, np.array([0, 0, 0, 1]), np.array([[gap, 0.0, -99.0]] * 4))
    assert fit_temperature(trained) == 1.5


def test_calibration_is_each_tracks_own_probability_rising() -> None:
    scores = np.log(np.array([[8, 1, 1], [2, 2, 6], [5, 4, 1], [1, 8, 1]], dtype=float))
    labels = np.array([0, 2, 0, 1])
    found = _calibrate(scores, labels, 1.0)
    assert found == {"operational": [0.5, 0.8], "strategic": [0.8], "maintenance": [0.6]}
    # A temperature of 2 takes the root of the odds: 9 to 1 becomes 3 to 1.
    assert _calibrate(np.log([[9.0, 1.0, 1e-30]]), labels[:1], 2.0)["operational"] == [0.75]


def small_corpus() -> pd.DataFrame:
    """Few lines, of one criterion a track, a third of them held out."""
    lines = read_corpus().query("lang == 'en'")
    lines = lines[~lines["criteria"].str.contains(",")]
    often = lines.groupby("label")["criteria"].value_counts()
    names = [name for label in NATURES for name in often[label].index[:1]]
    few = lines[lines["criteria"].isin(names)].groupby("criteria").head(8)
    held = np.arange(len(few)) % 3 == 0
    return few.assign(is_held_out=held).reset_index(drop=True)


def test_training_on_few_lines_step_by_step(tmp_path: Path) -> None:
    corpus, criteria = small_corpus(), read_criteria()
    held = corpus[corpus["is_held_out"]]
    trained = train_weights(corpus, criteria)
    content = trained.content
    assert list(content) == ["version", "prior", "calibration", "criteria"]
    entries: list[dict[str, object]] = content["criteria"]  # type: ignore[assignment]
    track_of = {one.criterion_id: NATURES.index(one.track) for one in criteria.criteria}
    named = set(corpus["criteria"])
    assert [one["criterion_id"] for one in entries] == [one for one in track_of if one in named]
    tracks = [track_of[str(one["criterion_id"])] for one in entries]
    assert [one["track"] for one in entries] == tracks
    assert all(float(str(one["weight"])) >= 0 for one in entries)
    assert {len(one["vector"]) for one in entries} == {WIDTH}  # type: ignore[arg-type]
    # Floors anew, from the stored vectors and the lines that are not held out.
    vectors = np.zeros((len(corpus), WIDTH))
    for one in encode_passages(corpus["title"].tolist(), corpus["description"].tolist()):
        vectors[one.position] = one.vectors.mean(axis=0)
    labels = corpus["label"].map(NATURES.index).to_numpy()
    is_held = corpus["is_held_out"].to_numpy()
    strength = [sigmoid(vectors @ np.array(one["vector"]) + one["intercept"]) for one in entries]
    for shown, one in zip(strength, entries, strict=True):
        others = shown[~is_held & (labels != one["track"])]
        assert one["floor"] == pytest.approx(np.quantile(others, 0.9), abs=1e-4)
    # Scores anew: prior, criteria above their floors, phrases of criteria.toml.
    prior: dict[str, float] = content["prior"]  # type: ignore[assignment]
    scores = np.tile([prior[name] for name in NATURES], (len(held), 1))
    for shown, one in zip(strength, entries, strict=True):
        above = np.maximum(0, shown[is_held] - one["floor"]) / (1 - float(str(one["floor"])))
        scores[:, int(str(one["track"]))] += above * one["weight"]
    weight_of = {one.criterion_id: one.weight for one in criteria.criteria}
    for row, line in enumerate(held.itertuples()):
        for name in ("title", "description"):
            for found in criteria.phrases.find(str(getattr(line, name))):
                added = weight_of[found] * criteria.column_weights[name]
                scores[row, track_of[found]] += added
    np.testing.assert_allclose(trained.scores, scores, atol=1e-6)
    assert trained.labels.tolist() == labels[is_held].tolist()
    shares = softmax(scores / criteria.temperature)
    calibration: dict[str, list[float]] = content["calibration"]  # type: ignore[assignment]
    for number, name in enumerate(NATURES):
        own = np.sort(shares[trained.labels == number, number])
        np.testing.assert_allclose(calibration[name], own, atol=1e-4)
    # One criterion a line, and the same content read back.
    write_weights(trained, tmp_path / "weights.json")
    text = (tmp_path / "weights.json").read_text("utf-8")
    assert json.loads(text) == content
    assert len(text.splitlines()) == len(entries) + 3
    # Other records to tell of: the weights stay, their calibration and the version move.
    told = held.head(4)[["title", "description", "label"]].reset_index(drop=True)
    other = train_weights(corpus, criteria, told)
    assert other.content["criteria"] == entries and other.content["prior"] == prior
    assert other.labels.tolist() == labels[is_held][:4].tolist()
    np.testing.assert_allclose(other.scores, scores[:4], atol=1e-6)
    assert other.content["version"] != content["version"]
